/**
 * The chat on a site's page. A chunk of the tracker, in a Shadow DOM, talking over the tracker's socket.
 *
 * Lifecycle   mount (once) → a welcome that has a chat → drawn → a welcome without one, a denial or a shutdown → gone → …
 */
import { h, render } from 'preact';
import type { PublicLook, Welcome } from '@foyer/protocol/link';
import { App } from './app.tsx';
import { listenForGesture, offerCard } from './chunks.ts';
import { forgetKept, keep, recall } from './kept.ts';
import { followTheme, readLook, wear } from './look.ts';
import { markAgain, mark } from './notice.ts';
import { begin, close, hide, open } from './panel-state.ts';
import { connected, disconnected, forget, hear, hello, step, tellPage } from './session.ts';
import { shadow, stage } from './stage.ts';
import { change, drawWith, state } from './state.ts';
import { borrow, calls, config, kept, on, type Parts } from './tracker.ts';

const commands: Readonly<Record<string, (argument?: unknown) => void>> = {
  open: () => open(),
  close,
  hide,
  show: () => change({ isHidden: false }),
  /** The words stand in the field: the visitor sends them. */
  message(text) {
    open();
    begin(String(text ?? ''));
    // One that is there already does not look for a draft any more.
    const field = shadow()?.querySelector<HTMLTextAreaElement>('.write textarea');
    if (!field) return;
    field.value = state.draft;
    field.dispatchEvent(new Event('input'));
  },
  look: (look) => void wear({ ...(state.look ?? ({} as PublicLook)), ...(look as Partial<PublicLook>) }),
};

function take(call: unknown): void {
  if (!Array.isArray(call)) return (hear[(call as { t: keyof typeof hear }).t] as ((frame: unknown) => void) | undefined)?.(call);
  const [name, argument] = call as [string, unknown];
  // Until the look is here there is nothing to open; it is asked for, and the call waits.
  if (state.look) commands[name]?.(argument);
  else early.push(call);
}
const early: unknown[] = [];

async function arrive({ chat }: Partial<Welcome>): Promise<void> {
  if (!chat) return leave();
  const isFirst = !state.look;
  try {
    await readLook(chat);
  } catch {
    // The next welcome tries again; without a look there is nothing to show.
    return;
  }
  connected();
  if (!isFirst) return;
  const { outgoing, view, skipsEmail = false, isMuted = false } = recall();
  change({ skipsEmail, isMuted, line: { ...state.line, outgoing: outgoing ?? [] } });
  // What the page before could not say is said now; a panel that was open stays so, but not over a whole phone.
  if (outgoing?.[0]) hello();
  if (view && innerWidth > 480) open(view);
  for (const call of early.splice(0)) take(call);
}
function leave(): void {
  forget();
  change({ look: null });
}

export function mount(parts: Parts): void {
  borrow(parts);
  drawWith(() => stage(state.look?.enabled && !state.isHidden ? (root) => render(<App />, root) : (root) => render(null, root)));
  followTheme();
  listenForGesture();
  on('welcome', (welcome) => void arrive(welcome as Welcome));
  on('offline', (waitMs) => {
    disconnected();
    // Never again: the visitor is blocked.
    if (waitMs === Infinity) hide();
  });
  on('end', () => {
    if (kept() === false) forgetKept();
    leave();
  });
  document.addEventListener('visibilitychange', () => {
    markAgain();
    mark();
    offerCard();
  });
  addEventListener('pagehide', () => keep({ view: state.isOpen ? state.view : '' }));
  const wake = (): void => step({ e: 'wake', now: performance.now() });
  addEventListener('online', wake);
  addEventListener('popstate', tellPage);
  const waiting = calls.splice(0);
  calls.push = (...more) => {
    more.forEach(take);
    return 0;
  };
  // Else the next welcome does. A visitor who was blocked while this was loading never gets one.
  const welcome = config();
  if (welcome && welcome.t) void arrive(welcome);
  waiting.forEach(take);
}
