import { VISITOR_PROTOCOL } from '@foyer/protocol/link';
import { base, safe, site } from './env.ts';
import { emit } from './events.ts';
import { greeting } from './greeting.ts';
import { greet } from './hear.ts';
import { patchHistory, unpatchHistory } from './navigation.ts';
import { forgetPages, view } from './pages.ts';
import { config, mayBegin, wantChat, wish } from './permission.ts';
import { onInput, onState } from './presence.ts';
import { close, open, send, wake } from './socket.ts';
import { tell } from './widget-calls.ts';

let running: boolean | undefined;

const navigated = safe(() => running && view(location.href));

/** Whoever is back, or has the network back, need not sit out the wait. */
const stateChanged = (): void => {
  onState();
  wake();
};

const events: { [type: string]: (event: never) => void } = {
  popstate: navigated,
  pointerdown: onInput,
  pointermove: onInput,
  keydown: onInput,
  scroll: onInput,
  focus: stateChanged,
  blur: stateChanged,
  online: stateChanged,
  visibilitychange: stateChanged,
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

/** What may begin does, and what may be said by now is said. */
export function begin(): void {
  if (!running && mayBegin()) {
    running = true;
    navigated();
    patchHistory(navigated);
    eachEvent('add');
    open(0);
  }
  greet();
}

export function start(): void {
  wish();
  begin();
}

/** What is said to the widget. Only by these it comes where it would not by itself; whoever closes or hides it waits for it. */
export function chat(...call: unknown[]): void {
  // An array of words as a text begins with the first of them.
  wantChat(call as unknown as string);
  tell(call);
  begin();
}

export function end(): void {
  emit('end');
  running = false;
  eachEvent('remove');
  unpatchHistory();
  send({ t: 'bye' });
  close();
  forgetPages();
}
