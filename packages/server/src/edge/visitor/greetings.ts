import { createHash } from 'node:crypto';
import { VISITOR_PROTOCOL, type Welcome, type WidgetLook } from '@foyer/protocol';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { Directory } from '../../team/directory.ts';

/** The `welcome` of each site, encoded once until its settings change. */
export class Greetings {
  readonly #directory: Pick<Directory, 'settings' | 'look'>;
  readonly #kept: (site: SiteRecord) => string;
  readonly #retry: { minMs: number; maxMs: number };
  readonly #bySite = new Map<string, string>();
  readonly #silenceBySite = new Map<string, string>();

  /** `kept`: what of a query the site's tabs may tell. */
  constructor(
    directory: Pick<Directory, 'settings' | 'look'>,
    retry: { minMs: number; maxMs: number },
    kept: (site: SiteRecord) => string,
  ) {
    this.#directory = directory;
    this.#kept = kept;
    this.#retry = retry;
  }

  forget(): void {
    this.#bySite.clear();
    this.#silenceBySite.clear();
  }

  welcome(site: SiteRecord): string {
    return encodedOnce(this.#bySite, site.id, () => this.#of(site));
  }

  /** The same with `tracking: false`: a tab that hears it and then `welcome` says `hello` again. */
  silence(site: SiteRecord): string {
    return encodedOnce(this.#silenceBySite, site.id, () => ({ ...this.#of(site), tracking: false }));
  }

  #of(site: SiteRecord): Welcome {
    const settings = this.#directory.settings(site.workspace);
    const look = this.#directory.look(site.id);
    return {
      t: 'welcome',
      v: VISITOR_PROTOCOL,
      tracking: settings?.tracking === true,
      consent: 'none',
      storage: settings?.cookieless === true ? 'none' : 'cookie',
      signals: settings?.signals ?? 'off',
      params: site.params,
      keep: this.#kept(site),
      hash: site.hashRouting,
      ...(look.enabled ? { chat: lookRevision(look) } : {}),
      retry: this.#retry,
    };
  }
}

/** A word that is another as soon as anything of the look is. */
export function lookRevision(look: WidgetLook): string {
  return createHash('sha256').update(JSON.stringify(look)).digest('base64url').slice(0, 10);
}

function encodedOnce(texts: Map<string, string>, site: string, welcome: () => Welcome): string {
  let text = texts.get(site);
  if (text === undefined) {
    text = JSON.stringify(welcome());
    texts.set(site, text);
  }
  return text;
}
