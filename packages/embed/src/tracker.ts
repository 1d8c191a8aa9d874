import { linkUp } from '@foyer/domain/link';
import { VISITOR_PROTOCOL, type VisitorDown } from '@foyer/protocol/link';
import { base, safe, site } from './env.ts';
import { emit } from './events.ts';
import { greeting } from './greeting.ts';
import { patchHistory, unpatchHistory } from './navigation.ts';
import { forgetPages, stored, view } from './pages.ts';
import { config, mayConnect, maySpeak, remember, setConfig } from './permission.ts';
import { onInput, onState } from './presence.ts';
import { close, link, open, phase, say, send, wake } from './socket.ts';

let running = false;
let isWished: boolean | undefined;

/** Says hello if it may, and falls silent if it may not (any more). */
export function greet(): void {
  if (!phase) return;
  if (!maySpeak()) {
    say([]);
    forgetPages();
    linkUp(link);
  } else if (phase < 2) say(greeting());
}

const hear: { [T in VisitorDown['t']]?: (frame: Extract<VisitorDown, { t: T }>) => void } = {
  welcome(frame) {
    setConfig(frame);
    link.retryWindow = frame.retry;
    emit('welcome', frame);
    greet();
  },
  you({ visitor, visit, resume, secret }) {
    remember(resume, secret);
    linkUp(link);
    emit('ready', { visitor, visit });
  },
  resume: ({ token }) => remember(token),
  stored: ({ n }) => stored(n),
};

const navigated = safe(() => running && view(location.href));

const events: { [type: string]: (event: never) => void } = {
  popstate: navigated,
  pointerdown: onInput,
  pointermove: onInput,
  keydown: onInput,
  scroll: onInput,
  focus: onState,
  blur: onState,
  online: wake,
  visibilitychange() {
    onState();
    wake();
  },
  // Closed before the page is frozen, or it could not come back from the bfcache; the beacon outlives the page.
  pagehide() {
    const frames = config.t ? greeting() : [];
    close();
    if (frames[0]) navigator.sendBeacon(`${base}/beacon`, JSON.stringify({ site, v: VISITOR_PROTOCOL, frames: [...frames, { t: 'bye' }] }));
  },
  pageshow({ persisted }: PageTransitionEvent) {
    if (!persisted) return;
    view(location.href, undefined, true);
    open(0);
  },
};
const onEvent = safe((event: Event) => events[event.type]!(event as never));

/** Passive, so that scrolling never waits for us; capturing, so that a page that stops events still counts. */
function eachEvent(change: 'add' | 'remove'): void {
  for (const type in events) window[`${change}EventListener`](type, onEvent, { passive: true, capture: true });
}

/** `wish`: somebody said start; without data-manual, the snippet itself. A wish waits for consent, consent is no wish. */
export function begin(wish?: boolean): void {
  isWished ||= wish;
  if (running || !isWished || !mayConnect()) return;
  running = true;
  navigated();
  patchHistory(navigated);
  eachEvent('add');
  open(0, (frame) => (hear[frame.t] as (frame: VisitorDown) => void)(frame));
}

export function end(): void {
  if (!running) return;
  running = false;
  eachEvent('remove');
  unpatchHistory();
  send({ t: 'bye' });
  close();
  forgetPages();
}
