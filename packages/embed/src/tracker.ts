import { VISITOR_PROTOCOL } from '@foyer/protocol/link';
import { base, safe, settings, site } from './env.ts';
import { greeting } from './greeting.ts';
import { patchHistory, unpatchHistory } from './navigation.ts';
import { forgetPages, view } from './pages.ts';
import { config, mayConnect } from './permission.ts';
import { onInput, onState } from './presence.ts';
import { close, open, send, wake } from './socket.ts';

let running = false;
/** Somebody said start; without data-manual the snippet itself did. A wish waits for consent, consent is no wish. */
let isWished = settings.manual == null;

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
    const frames = config.t && greeting();
    close();
    if (frames?.[0])
      navigator.sendBeacon(`${base}/beacon`, JSON.stringify({ site, v: VISITOR_PROTOCOL, frames: [...frames, { t: 'bye' }] }));
  },
  pageshow({ persisted }: PageTransitionEvent) {
    if (!persisted) return;
    view(location.href, true);
    open(0);
  },
};
const onEvent = safe((event: Event) => events[event.type]!(event as never));

/** Passive, so that scrolling never waits for us; capturing, so that a page that stops events still counts. */
function eachEvent(change: 'add' | 'remove'): void {
  for (const type in events) window[`${change}EventListener`](type, onEvent, { passive: true, capture: true });
}

export function begin(): void {
  if (running || !isWished || !mayConnect()) return;
  running = true;
  navigated();
  patchHistory(navigated);
  eachEvent('add');
  open(0);
}

export function start(): void {
  isWished = true;
  begin();
}

export function end(): void {
  running = false;
  eachEvent('remove');
  unpatchHistory();
  send({ t: 'bye' });
  close();
  forgetPages();
}
