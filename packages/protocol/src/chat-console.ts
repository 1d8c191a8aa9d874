/**
 * Chat between an agent's console and the server, on the console's socket beside views (console.ts).
 *
 *   console `chat.hello` {chatSeq} → `chat.head`, then `chat.change` for every change in the workspace, each with the next `chatSeq`;
 *   a hole (also one that only a later `chat.head` shows) is filled by GET /api/v1/chat/changes?after=.
 *   `chat.watch` says which conversation is open on the screen: its typing previews come, and colleagues see who looks.
 */
import * as v from 'valibot';
import { AVAILABILITIES, type Availability, type Conversation, type Message } from './chat.ts';
import { AgentBody, chatId, clientId, Mentions, messageSeq, messageText, Tags } from './chat-schemas.ts';
import type { ChatReceipt, ChatRefused } from './chat-visitor.ts';

const what = { cid: clientId, conversation: chatId };
/** Over one's own limit, or although a colleague is there already: asked for knowingly. */
const anyway = v.optional(v.literal(true));
const blockForMs = v.pipe(v.number(), v.integer(), v.minValue(60_000), v.maxValue(366 * 86_400_000));

const Hello = v.strictObject({ t: v.literal('chat.hello'), chatSeq: messageSeq });
const Say = v.strictObject({ t: v.literal('chat.say'), ...what, body: AgentBody });
const Note = v.strictObject({ t: v.literal('chat.note'), ...what, text: messageText, mentions: Mentions });
const Edit = v.strictObject({ t: v.literal('chat.edit'), ...what, seq: messageSeq, text: messageText });
const Remove = v.strictObject({ t: v.literal('chat.remove'), ...what, seq: messageSeq, how: v.picklist(['delete', 'undo']) });
const Accept = v.strictObject({ t: v.literal('chat.accept'), ...what, anyway });
const Assign = v.strictObject({ t: v.literal('chat.assign'), ...what, agent: chatId, anyway });
const Transfer = v.strictObject({ t: v.literal('chat.transfer'), ...what, team: chatId });
const Release = v.strictObject({ t: v.literal('chat.release'), ...what });
const TakeOver = v.strictObject({ t: v.literal('chat.take_over'), ...what });
const HandToAi = v.strictObject({ t: v.literal('chat.hand_to_ai'), ...what, ai: chatId });
const Resolve = v.strictObject({ t: v.literal('chat.resolve'), ...what });
const Reopen = v.strictObject({ t: v.literal('chat.reopen'), ...what });
/** `forMs` absent: until it is taken back. */
const Block = v.strictObject({ t: v.literal('chat.block'), ...what, forMs: v.optional(blockForMs) });
const Unblock = v.strictObject({ t: v.literal('chat.unblock'), ...what });
const SetTags = v.strictObject({ t: v.literal('chat.tags'), ...what, tags: Tags });
/** Writes to a visitor first. `conversation` is made by the server and comes with the receipt. */
const Invite = v.strictObject({ t: v.literal('chat.invite'), cid: clientId, visitor: chatId, body: AgentBody, anyway });
const Typing = v.strictObject({ t: v.literal('chat.typing'), conversation: chatId, on: v.boolean() });
const Marks = v.strictObject({ t: v.literal('chat.marks'), conversation: chatId, read: messageSeq });
/** null: none is open. */
const Watch = v.strictObject({ t: v.literal('chat.watch'), conversation: v.nullable(chatId) });
/** The agent writes a first message to this visitor; null: no more. Colleagues are told (`Colleague.inviting`). */
const Inviting = v.strictObject({ t: v.literal('chat.inviting'), visitor: v.nullable(chatId) });
const Available = v.strictObject({ t: v.literal('chat.available'), as: v.picklist(AVAILABILITIES) });

export const ConsoleChatUp = v.variant('t', [
  Hello,
  Say,
  Note,
  Edit,
  Remove,
  Accept,
  Assign,
  Transfer,
  Release,
  TakeOver,
  HandToAi,
  Resolve,
  Reopen,
  Block,
  Unblock,
  SetTags,
  Invite,
  Typing,
  Marks,
  Watch,
  Inviting,
  Available,
]);
export type ConsoleChatUp = v.InferOutput<typeof ConsoleChatUp>;

/** One change, the same for every agent of the workspace. Its `chatSeq` is the last one's + 1; anything else is a gap. */
export interface ConsoleChange {
  readonly t: 'chat.change';
  readonly now: number;
  readonly chatSeq: number;
  readonly conversation: Conversation;
  /** New and changed ones. */
  readonly messages: readonly Message[];
}
export interface ConsoleHead {
  readonly t: 'chat.head';
  readonly now: number;
  readonly chatSeq: number;
}
/** Who else has the conversation open, by user id; sent when it changes, to those who have. */
export interface Lookers {
  readonly t: 'chat.lookers';
  readonly conversation: string;
  readonly agents: readonly { readonly id: string; readonly typing: boolean }[];
}
export interface VisitorTyping {
  readonly t: 'chat.typing';
  readonly conversation: string;
  readonly on: boolean;
  /** '' unless the workspace asks for previews. */
  readonly text: string;
}
/** Full with the first; then changes, by user id. */
export interface Availabilities {
  readonly t: 'chat.availabilities';
  readonly set: Readonly<Record<string, Availability>>;
}
/** Other conversations than before have no visit on the map (REST: /conversations?visit=none, /chat/counts); at most once a second. */
export interface ElsewhereFrame {
  readonly t: 'chat.elsewhere';
  readonly now: number;
}
/** One of this agent's alerts (REST: /alerts) has something to say: once for each visit and alert. */
export interface AlertFrame {
  readonly t: 'chat.alert';
  readonly now: number;
  readonly alert: string;
  readonly name: string;
  /** '' of a new chat without a visit. */
  readonly visit: string;
  readonly visitor: string;
  /** Of a new chat. */
  readonly conversation?: string;
  /** `Visitor N`; 0 when not known yet. */
  readonly n: number;
  readonly visitorName: string;
  readonly title: string;
  readonly country: string;
  readonly city: string;
  readonly sound: boolean;
  readonly notify: boolean;
}
export type ConsoleChatDown =
  AlertFrame | ConsoleChange | ElsewhereFrame | ConsoleHead | ChatReceipt | ChatRefused | Lookers | VisitorTyping | Availabilities;
