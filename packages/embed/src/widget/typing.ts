/** Who is typing, both ways. A signal holds for `CHAT_TIMES.typingForMs` unless it is repeated. */
import { CHAT_LIMITS, CHAT_TIMES } from '@foyer/protocol/link';
import { change, state } from './state.ts';
import { say } from './tracker.ts';

/** Twice within the time that a signal holds. */
const REPEAT_MS = CHAT_TIMES.typingForMs / 2 - 500;
/** What is typed so far is shown as it grows, not letter by letter. */
const PREVIEW_EVERY_MS = 900;

let theirs: ReturnType<typeof setTimeout> | undefined;
export function hearTyping({ on, name }: { readonly on: boolean; readonly name: string }): void {
  clearTimeout(theirs);
  change({ typing: on ? name : null });
  if (on) theirs = setTimeout(() => change({ typing: null }), CHAT_TIMES.typingForMs);
}

let toldAt = -Infinity;
let isTold = false;
let latest = '';
let later: ReturnType<typeof setTimeout> | undefined;

/** `text`: what stands in the field. Nobody hears of an address form: only words of a conversation count. */
export function typed(text: string): void {
  latest = text;
  clearTimeout(later);
  const preview = state.you?.preview;
  const on = text.trim() !== '';
  if (!on && !isTold) return;
  const waitMs = toldAt + (preview ? PREVIEW_EVERY_MS : REPEAT_MS) - performance.now();
  if (on === isTold && waitMs > 0) {
    if (preview) later = setTimeout(() => typed(latest), waitMs);
    return;
  }
  isTold = on;
  toldAt = performance.now();
  say({ t: 'chat.typing', on, ...(preview && on ? { text: text.slice(0, CHAT_LIMITS.previewChars) } : {}) });
}
