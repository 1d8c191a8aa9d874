/** Chat's part of /api/v1: schemas for what comes in, plain types for answers. */
import * as v from 'valibot';
import { type Availability, AVAILABILITIES, CHAT_SOURCES, type Conversation, CONVERSATION_STATUSES, type Message } from './chat.ts';
import { chatId, messageText, short } from './chat-schemas.ts';
import { CHAT_LIMITS } from './chat-limits.ts';

export const CHAT_SORTS = ['newest', 'waiting'] as const;
const limit = v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number), v.minValue(1), v.maxValue(CHAT_LIMITS.pageConversations));
const list = <T extends v.GenericSchema<string, string>>(item: T) =>
  v.pipe(
    v.string(),
    v.maxLength(2_000),
    v.transform((text) => text.split(',')),
    v.array(item),
    v.minLength(1),
  );
/** Query of GET /api/v1/conversations. Lists are comma-separated; within one list any, between them all. */
export const InboxQuery = v.strictObject({
  status: v.optional(list(v.picklist(CONVERSATION_STATUSES))),
  source: v.optional(list(v.picklist(CHAT_SOURCES))),
  /** User ids; `none`: nobody's. */
  assignee: v.optional(list(chatId)),
  team: v.optional(chatId),
  tag: v.optional(short(CHAT_LIMITS.tagChars)),
  site: v.optional(chatId),
  visitor: v.optional(chatId),
  /** `none`: those without a visit on the map. */
  visit: v.optional(v.picklist(['none'])),
  text: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
  sort: v.optional(v.picklist(CHAT_SORTS), 'newest'),
  /** `next` of the page before. */
  after: v.optional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.optional(limit, String(CHAT_LIMITS.pageConversations)),
});
export type InboxQuery = v.InferOutput<typeof InboxQuery>;
const number = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'a whole number is needed'), v.transform(Number), v.maxValue(most));
/** Query of GET /conversations/:id/messages. Changes after `after` (a `rev`), or messages before `before` (a `seq`), or the last ones. */
export const MessagesQuery = v.pipe(
  v.strictObject({
    after: v.optional(number(1_000_000_000)),
    before: v.optional(number(1_000_000_000)),
    limit: v.optional(v.pipe(number(CHAT_LIMITS.pageMessages), v.minValue(1)), String(CHAT_LIMITS.pageMessages)),
  }),
  v.check(({ after, before }) => after === undefined || before === undefined, 'after and before exclude each other'),
);
export type MessagesQuery = v.InferOutput<typeof MessagesQuery>;
/** Query of GET /chat/changes. */
export const ChangesQuery = v.strictObject({
  after: number(Number.MAX_SAFE_INTEGER),
  limit: v.optional(limit, String(CHAT_LIMITS.pageConversations)),
});
/** Query of GET /chat/search. Every word must be in the message, as a word or the beginning of one. */
export const ChatSearchQuery = v.strictObject({
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/))),
  limit: v.optional(limit, String(CHAT_LIMITS.pageConversations)),
});
export type ChatSearchQuery = v.InferOutput<typeof ChatSearchQuery>;
export const TRANSCRIPT_FORMATS = ['text', 'json'] as const;
export const TranscriptQuery = v.strictObject({
  format: v.optional(v.picklist(TRANSCRIPT_FORMATS), 'text'),
  /** In the text; JSON has them always. */
  notes: v.optional(v.picklist(['yes', 'no']), 'no'),
});

export const CannedReplyBody = v.strictObject({
  /** Typed after `/`. */
  shortcut: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[\p{L}\p{N}_-]{1,40}$/u)),
  /** With variables as `{visitor.name}`. */
  text: messageText,
  shared: v.boolean(),
});
export type CannedReplyBody = v.InferOutput<typeof CannedReplyBody>;
export const TeamBody = v.strictObject({ name: short(60), members: v.pipe(v.array(chatId), v.maxLength(500)) });
export type TeamBody = v.InferOutput<typeof TeamBody>;

const minuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_440));
const Span = v.pipe(
  v.strictObject({ from: minuteOfDay, to: minuteOfDay }),
  v.check(({ from, to }) => from < to, 'ends before it begins'),
);
const DayHours = v.pipe(
  v.array(Span),
  v.maxLength(6),
  v.check((spans) => spans.every(({ from }, i) => i === 0 || from >= (spans[i - 1]?.to ?? 0)), 'overlap or are not in order'),
);
/** Monday first; [] = closed. In the workspace's time zone. null: always open. */
export const WorkingHours = v.nullable(
  v.strictObject({
    days: v.pipe(v.array(DayHours), v.length(7)),
    /** Closed all day: `2026-12-25`. */
    closedOn: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/))), v.maxLength(100)), []),
  }),
);
export type WorkingHours = v.InferOutput<typeof WorkingHours>;

const setting = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
export const ChatSettingsPatch = v.partial(
  v.strictObject({
    reopenForMs: setting(30 * 86_400_000),
    requeueAfterMs: v.pipe(setting(86_400_000), v.minValue(10_000)),
    /** 'manual': agents accept; 'automatic': whoever has the most room. */
    assignment: v.picklist(['manual', 'automatic']),
    /** Conversations at once, for agents without a number of their own. */
    capacity: v.pipe(setting(CHAT_LIMITS.capacity), v.minValue(1)),
    hours: WorkingHours,
    /** Agents see what the visitor types before it is sent; the visitor is told. */
    typingPreview: v.boolean(),
    /** Colours the wait of an unanswered conversation. */
    answerGoalMs: setting(86_400_000),
    /** Conversations are deleted this long after they were resolved; 0: never. */
    keepDays: setting(3_650),
  }),
);
export type ChatSettingsPatch = v.InferOutput<typeof ChatSettingsPatch>;
/** Of one agent. `capacity` null: the workspace's. */
export const ChatAgentPatch = v.partial(
  v.strictObject({ capacity: v.nullable(v.pipe(setting(CHAT_LIMITS.capacity), v.minValue(1))), available: v.picklist(AVAILABILITIES) }),
);
export type ChatAgentPatch = v.InferOutput<typeof ChatAgentPatch>;

export interface ChatSettings {
  reopenForMs: number;
  requeueAfterMs: number;
  assignment: 'manual' | 'automatic';
  capacity: number;
  hours: WorkingHours;
  typingPreview: boolean;
  answerGoalMs: number;
  keepDays: number;
}
export interface InboxEntry {
  readonly conversation: Conversation;
  /** The last message that says something; null: none yet. */
  readonly last: Message | null;
  /** Visitor's messages the asking agent has not seen; at most 100. */
  readonly unread: number;
  /** `Visitor N` and where they are, as far as the conversation's profile knows; absent: not known. */
  readonly n?: number;
  /** ISO 3166 alpha-2. */
  readonly country?: string;
}
export interface InboxPage {
  readonly entries: readonly InboxEntry[];
  /** `after` of the next page; null: there is none. */
  readonly next: string | null;
}
/** Conversations changed after a `chatSeq`, oldest change first. */
export interface ChangesPage {
  readonly chatSeq: number;
  readonly entries: readonly InboxEntry[];
  readonly more: boolean;
}
/** A piece of a transcript. `rev`: with `after`, up to here it is complete; else the conversation's. */
export interface MessagesPage {
  readonly conversation: Conversation;
  /** With `after` oldest change first, else oldest message first. */
  readonly messages: readonly Message[];
  readonly rev: number;
  /** With `after`: there are further changes; else: there are earlier messages. */
  readonly more: boolean;
}
export interface FoundMessages {
  readonly found: readonly FoundMessage[];
  /** `after` of the next page; null: there is none. */
  readonly next: string | null;
}
export interface FoundMessage {
  readonly conversation: Conversation;
  readonly message: Message;
  /** `Visitor N`; absent: not known. */
  readonly n?: number;
}
export interface CannedReply {
  id: string;
  shortcut: string;
  text: string;
  shared: boolean;
  mine: boolean;
}
export interface ChatTeam {
  id: string;
  name: string;
  members: string[];
}
export interface ChatAgent {
  id: string;
  capacity: number | null;
  available: Availability;
  /** Conversations that are theirs now. */
  load: number;
}
