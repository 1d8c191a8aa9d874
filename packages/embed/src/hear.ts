import { linkUp } from '@foyer/domain/link';
import type { VisitorDown } from '@foyer/protocol/link';
import { emit } from './events.ts';
import { greeting } from './greeting.ts';
import { forgetPages, stored } from './pages.ts';
import { config, maySpeak, remember, setConfig } from './permission.ts';
import { link, phase, say } from './socket.ts';
import { loadWidget } from './widget-calls.ts';

/** Says hello if it may, and falls silent if it may not (any more). */
export function greet(): void {
  if (!phase) return;
  if (config.chat) (window.requestIdleCallback || setTimeout)(loadWidget);
  if (!maySpeak()) {
    say([]);
    forgetPages();
    linkUp(link);
  } else if (phase < 2) say(greeting());
}

/** What each frame of the server does; of an unknown one the caller's `safe` hears. */
export const hear: { readonly [T in Exclude<VisitorDown['t'], 'closed'>]: (frame: Extract<VisitorDown, { t: T }>) => void } = {
  welcome(frame) {
    setConfig(frame);
    link.retryWindow = frame.retry;
    emit('welcome', frame);
    greet();
  },
  you({ t: _, resume, secret, ...known }) {
    remember(resume, secret);
    linkUp(link);
    emit('ready', known);
  },
  resume: ({ token }) => remember(token),
  stored,
};
