/** The scripted server's looks, and a frame in the place of the widget's that writes down what it is told. */
import { WIDGET_LOOK, type WidgetLook } from '@foyer/protocol';

type Answer = [status: number, body: unknown];

export class FakeLook {
  readonly #looks = new Map<string, WidgetLook>();
  /** The frame is no page of ours: the session is over, or a proxy answers. */
  isBroken = false;
  refuse: Answer | null = null;

  of(site: string): WidgetLook {
    return this.#looks.get(site) ?? WIDGET_LOOK;
  }

  /** null: no route of looks. */
  answer(route: string, body: Readonly<Record<string, unknown>>): Answer | null {
    const [, method, site = ''] = /^(GET|PATCH) \/sites\/([^/]+)\/look$/.exec(route) ?? [];
    if (!method) return null;
    if (method === 'PATCH') {
      if (this.refuse) return this.refuse;
      this.#looks.set(site, { ...this.of(site), ...body });
    }
    return [200, this.of(site)];
  }

  /** Says that it listens as the server's page does, and shows the last look as attributes. */
  frame(): { readonly html: string; readonly policy: string } {
    const policy = "default-src 'none'; script-src 'nonce-test'; frame-ancestors 'self'";
    if (this.isBroken) return { html: '<!doctype html><title>Sign in first.</title>', policy };
    return {
      policy,
      html: `<!doctype html><html lang="en"><head><title>frame</title><script nonce="test">
window.told = [];
addEventListener('message', (event) => {
  if (event.source !== parent || event.origin !== location.origin) return;
  window.told.push(event.data);
  const { foyer, scheme, anew } = event.data;
  if (scheme) document.documentElement.dataset.scheme = scheme;
  if (foyer && foyer[0] === 'look') document.documentElement.dataset.accent = foyer[1].accent;
  if (anew) location.reload();
});
parent.postMessage({ playground: 'ready' }, location.origin);
</script></head><body><p>A page</p></body></html>`,
    };
  }
}
