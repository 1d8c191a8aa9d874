import { deliveryOf } from '@foyer/domain/chat';
import type { Author, Conversation, Delivery, Message, ReachedGoal } from '@foyer/protocol';
import type { OutgoingMessage } from '../../chat/chat-types.ts';

/** Consecutive messages of one person further apart than this do not join. */
const JOIN_WITHIN_MS = 5 * 60_000;
/** Messages that are drawn, or left out, together. */
const BLOCK = 24;

export type TranscriptItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'goal'; readonly key: string; readonly reached: ReachedGoal }
  | { readonly kind: 'event'; readonly key: string; readonly message: Message; readonly waitedMs: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** Follows another one of the same person: name, time and face stand there. */
      readonly isContinued: boolean;
      /** null: it says nothing about it (the next own one does, or it is the visitor's). */
      readonly delivery: Delivery | null;
      /** What was clicked, or sent in, in answer to it. */
      readonly answer: Message | null;
      /** Of a submission: the form it answers. */
      readonly asked: Message | null;
    }
  | { readonly kind: 'outgoing'; readonly key: string; readonly outgoing: OutgoingMessage; readonly isContinued: boolean };
export interface TranscriptBlock {
  readonly key: string;
  readonly items: readonly TranscriptItem[];
}

/** After these it waits (anew) for whoever accepts it. Given to somebody, it is accepted by nobody until it is put back. */
const INTO_QUEUE: ReadonlySet<string> = new Set(['requeued', 'released', 'transferred', 'asked_for_person', 'reopened']);
const OUT_OF_QUEUE: ReadonlySet<string> = new Set(['accepted', 'assigned', 'taken_over', 'handed_to_ai', 'resolved', 'ended', 'blocked']);

/** Whether it is the visitor's own act or what happened, small and without a bubble. */
const isEvent = ({ body }: Message): boolean => body.kind === 'event' || body.kind === 'choice' || body.kind === 'rating';
const isSame = (a: Author, b: Author): boolean => a.kind === b.kind && a.id === b.id;

/**
 * A transcript as it is drawn, from above, in blocks that stay the same when earlier messages are loaded.
 *
 * `newFrom`: `seq` above which nothing is new; 0: no line. Days are those of the browser's zone.
 * Cost: O(messages).
 */
export function transcriptBlocks(q: {
  readonly marks: Conversation['marks'];
  readonly messages: readonly Message[];
  readonly outgoing: readonly OutgoingMessage[];
  readonly self: string;
  readonly newFrom: number;
  /** Of the conversation: each stands at its time, once what was said before it is loaded. */
  readonly goals?: readonly ReachedGoal[];
}): readonly TranscriptBlock[] {
  const { marks, messages, outgoing, self, newFrom, goals = [] } = q;
  const reached = goals.toSorted((a, b) => a.at - b.at);
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  const lastOwn = lastOfEach(messages, marks);
  const blocks: { key: string; items: TranscriptItem[] }[] = [];
  let block = -1;
  let before: Message | null = null;
  let day = '';
  let isNewSaid = newFrom === 0;
  let waitsSince = 0;
  const put = (item: TranscriptItem): void => void blocks.at(-1)?.items.push(item);

  const putGoals = (until: number): void => {
    for (let goal = reached[0]; goal && goal.at < until; goal = reached[0]) {
      reached.shift();
      if (blocks.length === 0) continue;
      put({ kind: 'goal', key: `goal ${goal.goal}`, reached: goal });
      before = null;
    }
  };

  for (const message of messages) {
    putGoals(message.at);
    const nth = Math.floor(message.seq / BLOCK);
    if (nth !== block) {
      block = nth;
      blocks.push({ key: `b${nth}`, items: [] });
    }
    const today = new Date(message.at).toDateString();
    if (today !== day) {
      day = today;
      before = null;
      put({ kind: 'day', key: `day ${message.seq}`, at: message.at });
    }
    if (!isNewSaid && message.seq > newFrom && message.from.kind === 'visitor') {
      isNewSaid = true;
      before = null;
      put({ kind: 'new', key: 'new' });
    }
    if (message.from.kind === 'visitor' && waitsSince === 0) waitsSince = message.at;
    const key = String(message.seq);
    if (isEvent(message)) {
      const happened = message.body.kind === 'event' ? message.body.event : '';
      const accepted = happened === 'accepted' && message.from.kind === 'agent';
      put({ kind: 'event', key, message, waitedMs: accepted && waitsSince > 0 ? message.at - waitsSince : 0 });
      if (INTO_QUEUE.has(happened)) waitsSince = message.at;
      else if (OUT_OF_QUEUE.has(happened)) waitsSince = 0;
      before = null;
      continue;
    }
    if (message.from.kind === 'agent' || message.from.kind === 'ai') waitsSince = message.body.kind === 'note' ? waitsSince : 0;
    put({
      kind: 'message',
      key,
      message,
      isContinued: before !== null && joins(before, message),
      delivery: lastOwn.get(message.seq) ?? null,
      answer: message.answeredBy > 0 ? (bySeq.get(message.answeredBy) ?? null) : null,
      asked: message.body.kind === 'submission' ? (bySeq.get(message.body.to) ?? null) : null,
    });
    before = message;
  }

  putGoals(Infinity);
  if (outgoing.length > 0) {
    const items: TranscriptItem[] = [];
    let isContinued = before !== null && isSame(before.from, { kind: 'agent', id: self });
    let isNote = before?.body.kind === 'note';
    for (const one of outgoing) {
      const note = one.body.kind === 'note';
      items.push({ kind: 'outgoing', key: `out ${one.cid}`, outgoing: one, isContinued: isContinued && isNote === note });
      isContinued = one.failed === null;
      isNote = note;
    }
    blocks.push({ key: 'outgoing', items });
  }
  return blocks;
}

const joins = (a: Message, b: Message): boolean =>
  isSame(a.from, b.from) && (a.body.kind === 'note') === (b.body.kind === 'note') && b.at - a.at < JOIN_WITHIN_MS;

/** Each word for what became of own messages stands once: under the last one of which it holds. */
function lastOfEach(messages: readonly Message[], marks: Conversation['marks']): ReadonlyMap<number, Delivery> {
  const last = new Map<Delivery, number>();
  for (let i = messages.length - 1; i >= 0 && last.size < 3; i -= 1) {
    const message = messages[i];
    if (!message || message.from.kind === 'visitor' || message.from.kind === 'system') continue;
    if (message.body.kind === 'note' || message.body.kind === 'event' || message.gone !== '') continue;
    const delivery = deliveryOf(message, marks);
    if (!last.has(delivery)) last.set(delivery, message.seq);
    if (delivery === 'read') break;
  }
  return new Map([...last].map(([delivery, seq]) => [seq, delivery]));
}
