/**
 * One end of a conversation, widget or console: what it has, what it still has to say, and what to ask for. Pure; the shell owns the socket.
 *
 * Words leave one at a time: the next when the one before has its receipt. So they are stored in the order they were said, whatever is cut,
 * refused for a while or repeated; a person types slower than a round trip.
 */
import { CHAT_LIMITS, type ChatRefusal } from '@foyer/protocol/link';

/** As much of a message as it takes to keep it. */
interface Kept {
  readonly seq: number;
  readonly rev: number;
  readonly cid: string;
}
interface Said {
  readonly cid: string;
}
export interface Outgoing<F extends Said> {
  readonly frame: F;
  /** Refused for good: stays until it is said again or dropped. */
  readonly failed: ChatRefusal | null;
}
export interface Line<F extends Said, M extends Kept> {
  readonly open: boolean;
  /** '' until there is one. */
  readonly conversation: string;
  /** Everything up to here is in `messages`. */
  readonly rev: number;
  /** By `seq`. */
  readonly messages: readonly M[];
  /** Not acknowledged yet, oldest first. */
  readonly outgoing: readonly Outgoing<F>[];
  /** Its receipt is waited for; ''. */
  readonly inFlight: string;
  /** Nothing is sent before this (monotonic ms); 0: at once. */
  readonly waitUntil: number;
}
export type LineEvent<F extends Said, M extends Kept> =
  | { readonly e: 'opened' }
  | { readonly e: 'closed' }
  | { readonly e: 'say'; readonly frame: F }
  /** Send again what had failed; or give it up. */
  | { readonly e: 'retry'; readonly cid: string }
  | { readonly e: 'drop'; readonly cid: string }
  | { readonly e: 'receipt'; readonly cid: string }
  | {
      readonly e: 'refused';
      readonly cid: string;
      readonly code: ChatRefusal;
      readonly retryAfterMs?: number | undefined;
      readonly now: number;
    }
  /** `waitUntil` has come. */
  | { readonly e: 'wake'; readonly now: number }
  | { readonly e: 'head'; readonly conversation: string; readonly rev: number }
  | {
      readonly e: 'changes';
      readonly conversation: string;
      /** Answers to `ask` begin where was asked: `prev` is that `rev`. */
      readonly prev: number;
      readonly rev: number;
      readonly messages: readonly M[];
      readonly more?: true | undefined;
    };
export interface LineStep<F extends Said, M extends Kept> {
  readonly line: Line<F, M>;
  readonly send: F | null;
  /** Ask for what changed after this. */
  readonly ask: { readonly conversation: string; readonly rev: number } | null;
}

export const newLine = <F extends Said, M extends Kept>(): Line<F, M> => ({
  open: false,
  conversation: '',
  rev: 0,
  messages: [],
  outgoing: [],
  inFlight: '',
  waitUntil: 0,
});

/** True when no more is taken before something is acknowledged: say so instead of losing it. */
export const isFull = (line: Line<Said, Kept>): boolean => line.outgoing.length >= CHAT_LIMITS.unacknowledged;

/** Cost: O(messages) for a change, else O(outgoing). Never throws; `say` on a full line changes nothing. */
export function deliver<F extends Said, M extends Kept>(line: Line<F, M>, event: LineEvent<F, M>): LineStep<F, M> {
  switch (event.e) {
    case 'opened':
      return step({ ...line, open: true }, line.conversation !== '');
    case 'closed':
      return step({ ...line, open: false, inFlight: '', waitUntil: 0 });
    case 'say':
      if (isFull(line) || line.outgoing.some(({ frame }) => frame.cid === event.frame.cid)) return step(line);
      return step({ ...line, outgoing: [...line.outgoing, { frame: event.frame, failed: null }] });
    case 'retry':
      return step({ ...line, outgoing: line.outgoing.map((o) => (o.frame.cid === event.cid ? { ...o, failed: null } : o)) });
    case 'drop':
      return step(line.inFlight === event.cid ? line : acknowledged(line, [event.cid]));
    case 'receipt':
      return step(acknowledged(line, [event.cid]));
    case 'refused':
      return step(refused(line, event));
    case 'wake':
      return step(event.now >= line.waitUntil ? { ...line, waitUntil: 0 } : line);
    case 'head': {
      const there = attach(line, event.conversation);
      return step(there, event.rev > there.rev);
    }
    case 'changes':
      return changed(attach(line, event.conversation), event);
  }
}

/** What leaves now. Only the oldest that has not failed, and only when nothing is on its way. */
function step<F extends Said, M extends Kept>(line: Line<F, M>, asks = false): LineStep<F, M> {
  const ask = asks && line.open ? { conversation: line.conversation, rev: line.rev } : null;
  const next = line.open && line.inFlight === '' && line.waitUntil === 0 ? line.outgoing.find(({ failed }) => failed === null) : undefined;
  return next ? { line: { ...line, inFlight: next.frame.cid }, send: next.frame, ask } : { line, send: null, ask };
}

/** A new conversation begins with nothing of the old one but what was not said yet. */
const attach = <F extends Said, M extends Kept>(line: Line<F, M>, conversation: string): Line<F, M> =>
  line.conversation === conversation ? line : { ...line, conversation, rev: 0, messages: [] };

function acknowledged<F extends Said, M extends Kept>(line: Line<F, M>, cids: readonly string[]): Line<F, M> {
  const outgoing = line.outgoing.filter(({ frame }) => !cids.includes(frame.cid));
  return { ...line, outgoing, inFlight: cids.includes(line.inFlight) ? '' : line.inFlight };
}

function refused<F extends Said, M extends Kept>(line: Line<F, M>, event: Extract<LineEvent<F, M>, { e: 'refused' }>): Line<F, M> {
  if (line.inFlight !== event.cid) return line;
  if (event.retryAfterMs !== undefined) return { ...line, inFlight: '', waitUntil: event.now + event.retryAfterMs };
  return { ...line, inFlight: '', outgoing: line.outgoing.map((o) => (o.frame.cid === event.cid ? { ...o, failed: event.code } : o)) };
}

/** What came is kept in any case; only what has no gap before it moves `rev`, so nothing is taken for complete that is not. */
function changed<F extends Said, M extends Kept>(line: Line<F, M>, event: Extract<LineEvent<F, M>, { e: 'changes' }>): LineStep<F, M> {
  const bySeq = new Map(line.messages.map((message) => [message.seq, message]));
  for (const message of event.messages) {
    const known = bySeq.get(message.seq);
    if (!known || known.rev <= message.rev) bySeq.set(message.seq, message);
  }
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  const isGap = event.prev > line.rev;
  const after = { ...line, messages, rev: isGap ? line.rev : Math.max(line.rev, event.rev) };
  // Seen in the transcript is as good as a receipt.
  const seen = event.messages.map(({ cid }) => cid).filter((cid) => cid !== '');
  return step(acknowledged(after, seen), isGap || event.more === true);
}
