/**
 * Chat between a visitor's tab and the server, on the tab's socket beside the frames of presence (visitor.ts).
 *
 *   widget is needed → tab `chat.hello` → server `chat.you` (who, what is going on, head) → `chat.after` where something is missing
 *   → `chat.say` | `chat.answer` | … {cid} → `chat.receipt` or `chat.refused` {cid}; `chat.changes` for both sides' doings.
 *
 * It does not need presence's `hello`: with tracking off, chat works all the same.
 */
import * as v from 'valibot';
import type { ChatFile, ChatRefusal, ConversationStatus, Marks, Message } from './chat.ts';
import { clientId, Comment, Email, FieldValues, chatId, messageSeq, short, Stars, VisitorBody } from './chat-schemas.ts';
import { CHAT_LIMITS } from './chat-limits.ts';
import { LIMITS } from './limits.ts';

const token = (max: number) => v.pipe(v.string(), v.minLength(8), v.maxLength(max), v.regex(/^[A-Za-z0-9._-]+$/));
const at = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(LIMITS.urlChars)),
  title: v.pipe(v.string(), v.maxLength(LIMITS.titleChars)),
});
/** How much of a conversation the tab has. */
const have = v.strictObject({ conversation: chatId, rev: messageSeq });

const ChatHello = v.strictObject({
  t: v.literal('chat.hello'),
  v: v.pipe(v.number(), v.integer()),
  tab: token(32),
  /** The visitor's secret; cookieless, the tab's own from an earlier `chat.you`. Absent: the server makes one and says it in `chat.you`. */
  secret: v.fallback(v.optional(token(64)), undefined),
  lang: v.pipe(v.string(), v.maxLength(35)),
  tz: v.pipe(v.string(), v.maxLength(60)),
  page: at,
  have: v.optional(have),
  /** Global Privacy Control or Do Not Track is on. */
  signal: v.optional(v.boolean()),
  /** From the Playground of a signed-in agent: the conversations are marked so. */
  playground: v.optional(v.literal(true)),
});
/** The chat is opened or closed on the screen: the visit is Chatting before anything was sent. */
const ChatShown = v.strictObject({ t: v.literal('chat.shown'), open: v.boolean() });
const ChatSay = v.strictObject({
  t: v.literal('chat.say'),
  cid: clientId,
  body: VisitorBody,
  /** Of a form before the chat or out of hours: counts when these words begin a conversation. */
  contact: v.optional(v.strictObject({ name: v.optional(short(LIMITS.identityChars)), email: v.optional(Email) })),
  team: v.optional(chatId),
});
/** Another page, while a conversation goes on: kept with it, also when tracking is off. */
const ChatPage = v.strictObject({ t: v.literal('chat.page'), ...at.entries });
const ChatAnswer = v.strictObject({ t: v.literal('chat.answer'), cid: clientId, conversation: chatId, to: messageSeq, button: chatId });
const ChatSubmit = v.strictObject({
  t: v.literal('chat.submit'),
  cid: clientId,
  conversation: chatId,
  to: messageSeq,
  values: FieldValues,
});
const ChatRate = v.strictObject({ t: v.literal('chat.rate'), cid: clientId, conversation: chatId, stars: Stars, comment: Comment });
/** Pre-chat form and e-mail capture. What is verified is never overwritten by it. */
const ChatIntroduce = v.strictObject({
  t: v.literal('chat.introduce'),
  cid: clientId,
  conversation: chatId,
  name: v.optional(short(LIMITS.identityChars)),
  email: v.optional(Email),
});
/** `text`: what stands in the field so far, only where the workspace asks for it and the visitor is told. */
const ChatTyping = v.strictObject({
  t: v.literal('chat.typing'),
  on: v.boolean(),
  text: v.optional(v.pipe(v.string(), v.maxLength(CHAT_LIMITS.previewChars))),
});
const ChatMarks = v.strictObject({ t: v.literal('chat.marks'), conversation: chatId, delivered: messageSeq, read: messageSeq });
/** Changes after `rev`, oldest first; and a page of the messages before `seq`. */
const ChatAfter = v.strictObject({ t: v.literal('chat.after'), ...have.entries });
const ChatBefore = v.strictObject({ t: v.literal('chat.before'), conversation: chatId, seq: messageSeq });
const ChatPerson = v.strictObject({ t: v.literal('chat.person'), cid: clientId, conversation: chatId });
const ChatEnd = v.strictObject({ t: v.literal('chat.end'), cid: clientId, conversation: chatId });
const ChatInvitation = v.strictObject({ t: v.literal('chat.invitation'), conversation: chatId, act: v.picklist(['seen', 'dismissed']) });
const ChatMail = v.strictObject({ t: v.literal('chat.mail'), cid: clientId, conversation: chatId, email: Email });

export const VisitorChatUp = v.variant('t', [
  ChatHello,
  ChatShown,
  ChatPage,
  ChatSay,
  ChatAnswer,
  ChatSubmit,
  ChatRate,
  ChatIntroduce,
  ChatTyping,
  ChatMarks,
  ChatAfter,
  ChatBefore,
  ChatPerson,
  ChatEnd,
  ChatInvitation,
  ChatMail,
]);
export type VisitorChatUp = v.InferOutput<typeof VisitorChatUp>;

/** A conversation as its visitor sees it: nothing of the team's own. */
export interface VisitorConversation {
  readonly id: string;
  readonly status: ConversationStatus;
  /** Who answers; null: nobody yet. */
  readonly owner: { readonly kind: 'agent' | 'ai'; readonly name: string; readonly face: string } | null;
  readonly marks: { readonly visitor: Marks; readonly team: Marks };
  readonly rated: boolean;
  /** The visitor's e-mail address is known: it is not asked for. */
  readonly hasEmail: boolean;
  readonly invitation: boolean;
}
/** Notes are left out; of agents the name and face, not the id. */
export interface VisitorMessage extends Omit<Message, 'from'> {
  readonly from: { readonly kind: 'visitor' | 'agent' | 'ai' | 'system'; readonly name: string; readonly face: string };
}
/** What the widget says before anything is asked. */
export interface TeamState {
  readonly state: 'online' | 'away' | 'closed';
  /** Epoch ms when the team is back; 0: unknown, or it is here. */
  readonly backAt: number;
}
export interface ChatYou {
  readonly t: 'chat.you';
  readonly now: number;
  /** Only when new. With `keep: 'tab'` it goes into no storage but the tab's own memory. */
  readonly secret?: string;
  readonly keep: 'cookie' | 'tab';
  readonly team: TeamState;
  /** The conversation that goes on, with its head; null: the next message begins one. */
  readonly conversation: VisitorConversation | null;
  readonly rev: number;
  /** Sent with each upload (`ticket=`): proves who uploads, without the secret. Good for a day. */
  readonly ticket: string;
  /** Agents see what stands in the field before it is sent; the visitor is told. */
  readonly preview: boolean;
}
/** Somebody wrote to this visitor: load the widget and say `chat.hello`. Also sent after `hello` when a conversation is open. */
export interface ChatWake {
  readonly t: 'chat.wake';
}
export interface ChatReceipt {
  readonly t: 'chat.receipt';
  readonly cid: string;
  readonly conversation: string;
  /** 0 for what adds no message. */
  readonly seq: number;
  readonly at: number;
}
export interface ChatRefused {
  readonly t: 'chat.refused';
  readonly cid: string;
  readonly code: ChatRefusal;
  readonly message: string;
  /** Send it again after this; absent: never. */
  readonly retryAfterMs?: number;
}
/** Whoever has less than `prev` has a gap: ask `chat.after`. `more`: there are further changes, ask again with this `rev`. */
export interface VisitorChanges {
  readonly t: 'chat.changes';
  readonly prev: number;
  readonly rev: number;
  readonly conversation: VisitorConversation;
  readonly messages: readonly VisitorMessage[];
  readonly more?: true;
}
export interface VisitorHistory {
  readonly t: 'chat.history';
  readonly conversation: string;
  /** Oldest first; none: the beginning was reached. */
  readonly messages: readonly VisitorMessage[];
}
export interface VisitorHead {
  readonly t: 'chat.head';
  readonly conversation: string;
  readonly rev: number;
}
export interface AgentTyping {
  readonly t: 'chat.typing';
  readonly on: boolean;
  readonly name: string;
}
/** 1 = next. */
export interface QueuePlace {
  readonly t: 'chat.queue';
  readonly conversation: string;
  readonly position: number;
  /** By the waits of the last hour; 0: nobody can say. */
  readonly waitMs: number;
}
export type VisitorChatDown =
  ChatYou | ChatWake | ChatReceipt | ChatRefused | VisitorChanges | VisitorHistory | VisitorHead | AgentTyping | QueuePlace;
/** Answer to an upload. */
export interface Uploaded {
  readonly file: ChatFile;
}
