/**
 * The words of chat, shared by both sockets, REST and the store. Sequence (one conversation):
 *
 *   sender `chat.say` {cid} → stored, then `chat.receipt` {cid, seq} → `chat.changes` {prev, rev, messages} to everybody who may see it.
 *   A sender repeats what has no receipt; the same `cid` gets the same receipt and is stored once.
 *   A receiver whose own `rev` is below `prev` asks with `chat.after`; heads come without a message, so a missed last one is noticed too.
 *
 * `seq` counts the messages of a conversation without holes, in the order of the transcript. `rev` counts its changes (an edit, a read
 * mark, a new owner), and is what gaps are told by: visitors do not see notes, so each frame names the `rev` before it as they saw it.
 */
import type { ReachedGoal } from './site-rules.ts';

export const CONVERSATION_STATUSES = ['invited', 'unassigned', 'assigned', 'ai', 'resolved'] as const;
/** `invited`: an agent wrote first and nothing came back yet; no chat, no badge. The other four are product.md section 5. */
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];
export const CHAT_SOURCES = ['widget', 'api', 'playground', 'whatsapp', 'fluent_support'] as const;
export type ChatSource = (typeof CHAT_SOURCES)[number];
export const AVAILABILITIES = ['online', 'away', 'offline'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** Who a message is from. `id`: user id of an agent, id of an AI agent; '' else. */
export interface Author {
  readonly kind: 'visitor' | 'agent' | 'ai' | 'system';
  readonly id: string;
}
/** Who may answer the visitor. `epoch` grows with every change of it: what was begun under an earlier one is refused. */
export interface Ownership {
  readonly kind: 'nobody' | 'agent' | 'ai';
  readonly id: string;
  readonly epoch: number;
}
/** How far one side has received and read the other's messages, as `seq`; never falls. */
export interface Marks {
  readonly delivered: number;
  readonly read: number;
}
/** What became of an own message. `sending` and `failed` exist at the sender only. */
export type Delivery = 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

export interface ChatFile {
  readonly id: string;
  readonly name: string;
  /** As found in the content, not as claimed. */
  readonly type: string;
  readonly bytes: number;
  /** Pixels of a raster image; 0 else. */
  readonly width: number;
  readonly height: number;
  /**
   * Where it is read, relative to the server's origin: signed, bound to the conversation, good for a day at least. Absent in the store and
   * from whoever uploads. With `preview=1` a raster image comes inline; everything else is a download.
   */
  readonly url?: string;
}
export interface ChatButton {
  readonly id: string;
  readonly label: string;
}
export const FIELD_TYPES = ['text', 'email', 'phone', 'number', 'date', 'long', 'choice', 'check'] as const;
export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly type: (typeof FIELD_TYPES)[number];
  readonly required: boolean;
  /** Of `choice`; [] else. */
  readonly choices: readonly string[];
}
export interface FieldValue {
  readonly id: string;
  /** Kept with the value, so a transcript reads the same after the form was changed. */
  readonly label: string;
  readonly value: string;
}
/** What happened, small and centred in the transcript. `by` is the message's author. */
export const CHAT_EVENTS = [
  'invited',
  'dismissed',
  'accepted',
  'assigned',
  'transferred',
  'released',
  'requeued',
  'taken_over',
  'handed_to_ai',
  'asked_for_person',
  'resolved',
  'ended',
  'reopened',
  'blocked',
  'unblocked',
  'introduced',
] as const;
export type ChatEventKind = (typeof CHAT_EVENTS)[number];

/** What a message says. Texts are plain: nothing in them is markup. */
export type MessageBody =
  | { readonly kind: 'text'; readonly text: string; readonly sources?: readonly { readonly title: string; readonly url: string }[] }
  | { readonly kind: 'attachment'; readonly text: string; readonly files: readonly ChatFile[] }
  | { readonly kind: 'buttons'; readonly text: string; readonly buttons: readonly ChatButton[] }
  | { readonly kind: 'form'; readonly text: string; readonly fields: readonly FormField[] }
  /** The visitor clicked a button of message `to`, or filled in its form. */
  | { readonly kind: 'choice'; readonly to: number; readonly button: string; readonly label: string }
  | { readonly kind: 'submission'; readonly to: number; readonly values: readonly FieldValue[] }
  | { readonly kind: 'rating'; readonly stars: number; readonly comment: string }
  /** Only the team sees it. */
  | { readonly kind: 'note'; readonly text: string; readonly mentions: readonly string[] }
  /** `whom`: user id, AI agent or team concerned; ''. */
  | { readonly kind: 'event'; readonly event: ChatEventKind; readonly whom: string };

export interface Message {
  readonly seq: number;
  /** `rev` of the conversation when this message last changed. */
  readonly rev: number;
  readonly at: number;
  readonly from: Author;
  /** The sender's own id of it; '' for what the system adds. */
  readonly cid: string;
  readonly body: MessageBody;
  /** Epoch ms of the last edit; 0: none. */
  readonly editedAt: number;
  /** 'undone': as if never sent, shown to nobody; 'deleted': its place stays, its words are gone. */
  readonly gone: '' | 'deleted' | 'undone';
  /** `seq` of the choice or submission that answered these buttons or this form; 0: none yet. */
  readonly answeredBy: number;
}

/** What is known of the person, as typed, or as the site signed it. */
export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly verified: boolean;
}
/** A conversation as the team sees it. */
export interface Conversation {
  readonly id: string;
  readonly site: string;
  readonly source: ChatSource;
  /** '' when no browser is behind it (API, WhatsApp, Fluent Support). */
  readonly visitor: string;
  readonly status: ConversationStatus;
  readonly owner: Ownership;
  readonly team: string;
  readonly contact: Contact;
  readonly tags: readonly string[];
  /** Reached in it, or by its visitor while it went on; first reached first. */
  readonly goals: readonly ReachedGoal[];
  readonly startedAt: number;
  readonly lastMessageAt: number;
  /** Since when the visitor waits for an answer; 0: does not. */
  readonly awaitingSince: number;
  /** Since when it is Unassigned, with what its visitor had waited before; 0: it is not. */
  readonly waitingSince: number;
  /** 0 unless resolved. */
  readonly resolvedAt: number;
  readonly seq: number;
  readonly rev: number;
  /** The last `rev` that changed something the visitor sees. */
  readonly shownRev: number;
  readonly marks: { readonly visitor: Marks; readonly team: Marks };
  readonly rating: { readonly stars: number; readonly comment: string } | null;
  /** An agent's first message, before it was answered. */
  readonly invitation: { readonly by: string; readonly at: number; readonly seenAt: number } | null;
  /** Until when its visitor may not write; 0: not blocked. */
  readonly blockedUntil: number;
}

/** A command that was understood and declined. */
export const CHAT_REFUSALS = [
  'not_found',
  'blocked',
  'resolved',
  'not_owner',
  'stale_owner',
  'taken',
  'at_capacity',
  'not_available',
  'has_conversation',
  'already_invited',
  'not_yours',
  'too_late',
  'already_answered',
  'already_rated',
  'not_answerable',
  'bad_answer',
  'bad_file',
  'not_allowed',
  'rate_limited',
  'unavailable',
] as const;
export type ChatRefusal = (typeof CHAT_REFUSALS)[number];
