import { safe } from './env.ts';
import { on } from './events.ts';
import { context, goal, identify } from './facts.ts';
import { view } from './pages.ts';
import { deny, grant, recall, store } from './permission.ts';
import { begin, chat, end, start } from './tracker.ts';

declare global {
  interface Window {
    foyer: ((...args: unknown[]) => unknown) & { q?: Iterable<unknown>[]; v?: 1 };
  }
}

/** Every command of `foyer(...)`; an unknown one does nothing. */
const commands: Record<string, (...args: never[]) => unknown> = {
  identify,
  context,
  goal,
  on,
  shutdown: end,
  start,
  page: (page: { url?: string; title?: string } = {}) => view(new URL(page.url || '', location as unknown as URL).href, true, page.title),
  consent(choice: string) {
    if (choice === 'granted') grant();
    else {
      deny();
      end();
    }
    store();
    begin();
  },
};

function boot(): void {
  const stub = window.foyer;
  if (!stub?.v) {
    const foyer: typeof stub = safe((name, ...args) =>
      (commands[name as string] || chat)(...((commands[name as string] ? args : [name, ...args]) as never[])),
    );
    window.foyer = foyer;
    foyer.v = 1;
    recall();
    for (const call of stub?.q || []) foyer(...call);
    begin();
  }
}

if (document.prerendering) document.addEventListener('prerenderingchange', safe(boot));
else boot();
