/** What a new message does besides standing in the transcript: marks, badge, sound, card, and a word to the screen reader and the page. */
import type { VisitorMessage } from '@foyer/protocol/link';
import { offerCard, ring } from './chunks.ts';
import { change, shown, state, unread } from './state.ts';
import { emit, say } from './tracker.ts';

/** Older ones were there before: catching up is silent. */
const FRESH_FOR_MS = 60_000;
/** The conversation, and the last message of it that was noticed. */
let noticed: readonly [string, number] = ['', 0];
/**
 * A team may say twenty things in a second (a script, many at once, a long absence made up for), and each is a change to what has arrived: a
 * mark for each would be more frames than the server takes from a tab, which closes it for minutes and so holds up what was to be marked.
 */
const MARK_EVERY_MS = 500;
let nextMark: ReturnType<typeof setTimeout> | undefined;
let saidMarks = '';
let saidUnread = 0;

const isSeen = (): boolean => state.isOpen && state.view === 'talk' && !document.hidden;

/** Tells the team what has arrived and what was seen, once each: the first at once, of those that follow the last. */
export function mark(): void {
  if (!nextMark) {
    tellMarks();
    nextMark = setTimeout(() => {
      nextMark = undefined;
      tellMarks();
    }, MARK_EVERY_MS);
  }
  const count = isSeen() ? 0 : unread(state).length;
  if (count !== saidUnread) emit('unread', (saidUnread = count));
}
/** Also before the transcript goes out of sight: what stood there was seen. */
export function tellMarks(): void {
  const { conversation, line } = state;
  const last = shown(state).at(-1)?.seq;
  if (conversation && last) {
    const { read, delivered } = conversation.marks.visitor;
    const marks = { delivered: Math.max(last, delivered), read: isSeen() ? last : read };
    const text = JSON.stringify([conversation.id, marks]);
    if (text !== saidMarks && (marks.delivered > delivered || marks.read > read) && line.open) {
      saidMarks = text;
      say({ t: 'chat.marks', conversation: conversation.id, ...marks });
    }
  }
}
/** The connection is another: what was said on the one before may not have arrived. */
export const markAgain = (): void => {
  saidMarks = '';
};

export function notice(messages: readonly VisitorMessage[]): void {
  const { id } = state.conversation!;
  for (const message of messages) {
    const { seq, from, body, at, gone, editedAt } = message;
    if (from.kind === 'visitor') continue;
    const text = 'text' in body ? body.text : '';
    const isNew = (noticed[0] !== id || seq > noticed[1]) && !gone && !editedAt && state.clockMs + performance.now() - at < FRESH_FOR_MS;
    if (body.kind === 'event' || from.kind === 'system' || !isNew) continue;
    noticed = [id, seq];
    change({ typing: null, spoken: `${from.name || state.texts.chat}: ${text}` });
    emit('message', { from: from.kind, name: from.name, text });
    if (!isSeen()) ring();
  }
  offerCard();
  mark();
}
