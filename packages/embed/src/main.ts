import { safe, settings } from './env.ts';
import { on } from './events.ts';
import { context, identify } from './facts.ts';
import { view } from './pages.ts';
import { choose, recall } from './permission.ts';
import { begin, end, greet } from './tracker.ts';

declare global {
  interface Window {
    foyer: ((...args: unknown[]) => unknown) & { q?: Iterable<unknown>[]; poll?: unknown };
  }
}

/** Every command of `foyer(...)`; an unknown one does nothing. */
const commands: Record<string, (...args: never[]) => unknown> = {
  identify,
  context,
  on,
  shutdown: end,
  start: () => begin(true),
  page: (page: { url?: string; title?: string } = {}) => view(new URL(page.url || '', location.href).href, page.title, true),
  consent(choice: string) {
    const granted = choice === 'granted';
    if (!granted) end();
    choose(granted ? 'g' : 'd');
    begin();
    greet();
  },
};

function boot(): void {
  const stub = window.foyer;
  if (stub?.poll !== undefined) return;
  window.foyer = safe((name, ...args) => commands[name as string]!(...(args as never[])));
  window.foyer.poll = 0;
  recall();
  for (const call of stub?.q || []) window.foyer(...call);
  if (settings.manual == null) begin(true);
}

if (document.prerendering) document.addEventListener('prerenderingchange', safe(boot));
else boot();
