import type { Message } from '@foyer/protocol';
import type { ChatState } from '../chat/index.ts';
import { quarterStart } from './calendar.ts';

/** What is counted of a conversation: all of it, each time anew, so that saying it twice changes nothing. */
export interface ConversationFigures {
  /** Its visitor has written something: an invitation that nobody answered is no chat. */
  readonly isChat: boolean;
  /** Messages by the quarter-hour (UTC) in which they were sent and by whom: 'visitor', 'ai' or `agent:<id>`. */
  readonly messages: readonly (readonly [quarter: number, by: string, count: number])[];
  /** From the visitor's first word to the first answer by a person of the team; −1: none yet. */
  readonly firstReplyMs: number;
  /** The agent who gave it. */
  readonly firstReplyBy: string;
  /** From its beginning until it was last resolved; −1: it is not. */
  readonly resolvedMs: number;
  readonly resolvedBy: string;
  /** 0: not rated. */
  readonly stars: number;
  /** Who is rated by it: the agent who has or had it; ''. */
  readonly ratedAgent: string;
  /** How long AI agents had it; −1: none ever did. What is not over yet counts until the last message. */
  readonly botMs: number;
}

/** Kinds that say something. Events and notes do not, and a rating is counted by itself. */
const isSaid = ({ body, gone }: Message): boolean =>
  gone !== 'undone' && body.kind !== 'event' && body.kind !== 'note' && body.kind !== 'rating';

/** The events after which an AI agent no longer has the conversation. */
const ENDS_BOT = new Set([
  'accepted',
  'assigned',
  'transferred',
  'released',
  'requeued',
  'taken_over',
  'asked_for_person',
  'resolved',
  'ended',
  'reopened',
  'blocked',
]);

/**
 * The figures of a conversation, of its state and all its messages, in any order. Pure. Cost: O(messages).
 * A reply to a proactive invitation is no answer to a visitor: the clock of the first reply starts with the visitor's first word.
 */
export function conversationFigures(state: ChatState, messages: readonly Message[]): ConversationFigures {
  const inOrder = [...messages].sort((a, b) => a.seq - b.seq);
  const counts = new Map<string, [number, string, number]>();
  let askedAt = -1;
  let firstReplyMs = -1;
  let firstReplyBy = '';
  let botMs = -1;
  let botSince = -1;
  let lastAt = state.startedAt;
  const endBot = (at: number): void => {
    if (botSince >= 0) botMs = Math.max(0, botMs) + Math.max(0, at - botSince);
    botSince = -1;
  };
  for (const message of inOrder) {
    const { at, from, body } = message;
    lastAt = Math.max(lastAt, at);
    if (body.kind === 'event') {
      if (body.event === 'handed_to_ai') {
        endBot(at);
        botSince = at;
      } else if (ENDS_BOT.has(body.event)) endBot(at);
      continue;
    }
    if (!isSaid(message) || from.kind === 'system') continue;
    const by = from.kind === 'agent' ? `agent:${from.id}` : from.kind;
    const quarter = quarterStart(at);
    const key = `${quarter} ${by}`;
    const count = counts.get(key);
    if (count) count[2]++;
    else counts.set(key, [quarter, by, 1]);
    if (from.kind === 'visitor' && askedAt < 0) askedAt = at;
    if (from.kind === 'agent' && askedAt >= 0 && firstReplyMs < 0) {
      firstReplyMs = Math.max(0, at - askedAt);
      firstReplyBy = from.id;
    }
  }
  if (botSince >= 0) endBot(lastAt);
  const { phase } = state;
  const agent =
    phase.status === 'assigned' || phase.status === 'invited' ? phase.agent : phase.status === 'resolved' ? phase.lastAgent : '';
  const isChat = askedAt >= 0;
  const isResolved = isChat && phase.status === 'resolved';
  return {
    isChat,
    messages: [...counts.values()],
    firstReplyMs,
    firstReplyBy,
    resolvedMs: isResolved ? Math.max(0, phase.at - state.startedAt) : -1,
    resolvedBy: isResolved ? phase.lastAgent : '',
    stars: state.rating?.stars ?? 0,
    ratedAgent: state.rating ? agent : '',
    botMs,
  };
}
