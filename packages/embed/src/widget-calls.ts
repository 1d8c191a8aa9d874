import { emit, on } from './events.ts';
import { base, safe, settings } from './env.ts';
import { facts } from './facts.ts';
import { tab } from './greeting.ts';
import { clean } from './pages.ts';
import { config, mayBegin, mayKeepSecret, remember } from './permission.ts';
import { phase, sayNow, wake } from './socket.ts';
import type { mount } from './widget/main.tsx';

/** Commands of the page and frames of the server, in order, until the widget is there and puts its own `push` in place. */
const calls: unknown[] = [];
let loading: Promise<unknown> | 0 | undefined;

/** Its own chunk, fetched once; if it could not be, whatever comes next tries again. It inherits the nonce of the script, as poll.js does. */
export const loadWidget = (): void => {
  if (mayBegin())
    loading ||= import(/* @vite-ignore */ `${base}/widget.js`).then(
      // One after the other, because names would weigh more than what they name. The widget gives them back (widget/tracker.ts).
      safe((chunk: { mount: typeof mount }) =>
        chunk.mount([calls, settings, tab, facts, on, emit, sayNow, wake, clean, mayKeepSecret, remember, () => phase && config]),
      ),
      () => (loading = 0),
    );
};

export const tell = (call: unknown): void => {
  calls.push(call);
  loadWidget();
};
