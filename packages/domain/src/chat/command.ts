import type { ChatFile, ChatSource, Contact, FieldValues, Message, ReachedGoal } from '@foyer/protocol';

export type Actor =
  | { readonly kind: 'visitor' }
  | { readonly kind: 'agent'; readonly id: string }
  /** `epoch`: the ownership under which the AI agent began to think. */
  | { readonly kind: 'ai'; readonly id: string; readonly epoch: number }
  | { readonly kind: 'system' };
type By<K extends Actor['kind']> = Extract<Actor, { kind: K }>;

/** What is to be said. Files are named by id; what they are comes with the facts. */
export type Words =
  | { readonly kind: 'text'; readonly text: string; readonly sources?: readonly { readonly title: string; readonly url: string }[] }
  | { readonly kind: 'attachment'; readonly text: string; readonly files: readonly string[] }
  | Extract<Message['body'], { kind: 'buttons' | 'form' }>;

/** Where a new conversation comes from. */
export interface Origin {
  readonly id: string;
  readonly workspace: string;
  readonly site: string;
  readonly source: ChatSource;
  readonly visitor: string;
  readonly cookieless: boolean;
  readonly team: string;
  readonly contact: Contact;
  /** An AI agent answers first; ''. */
  readonly ai: string;
}

export type ChatCommand =
  | { readonly c: 'start'; readonly by: By<'visitor'>; readonly cid: string; readonly origin: Origin; readonly words: Words }
  | { readonly c: 'invite'; readonly by: By<'agent'>; readonly cid: string; readonly origin: Origin; readonly words: Words }
  | { readonly c: 'say'; readonly by: By<'visitor' | 'agent' | 'ai'>; readonly cid: string; readonly words: Words }
  | { readonly c: 'note'; readonly by: By<'agent'>; readonly cid: string; readonly text: string; readonly mentions: readonly string[] }
  | { readonly c: 'edit'; readonly by: By<'visitor' | 'agent'>; readonly seq: number; readonly text: string }
  | { readonly c: 'remove'; readonly by: By<'visitor' | 'agent'>; readonly seq: number; readonly how: 'delete' | 'undo' }
  | { readonly c: 'choose'; readonly by: By<'visitor'>; readonly cid: string; readonly to: number; readonly button: string }
  | { readonly c: 'submit'; readonly by: By<'visitor'>; readonly cid: string; readonly to: number; readonly values: FieldValues }
  | { readonly c: 'rate'; readonly by: By<'visitor'>; readonly cid: string; readonly stars: number; readonly comment: string }
  | { readonly c: 'introduce'; readonly by: By<'visitor' | 'system'>; readonly contact: Partial<Contact> }
  | { readonly c: 'accept'; readonly by: By<'agent'>; readonly anyway?: true | undefined }
  /** By a colleague, by oneself, or by the queue. */
  | { readonly c: 'assign'; readonly by: By<'agent' | 'system'>; readonly agent: string; readonly anyway?: true | undefined }
  | { readonly c: 'transfer'; readonly by: By<'agent' | 'ai'>; readonly team: string }
  | { readonly c: 'release'; readonly by: By<'agent' | 'ai'> }
  | { readonly c: 'requeue'; readonly by: By<'system'> }
  | { readonly c: 'take_over'; readonly by: By<'agent'> }
  | { readonly c: 'hand_to_ai'; readonly by: By<'agent' | 'system'>; readonly ai: string }
  | { readonly c: 'ask_for_person'; readonly by: By<'visitor'> }
  | { readonly c: 'resolve'; readonly by: Actor }
  | { readonly c: 'reopen'; readonly by: By<'agent'> }
  | { readonly c: 'block'; readonly by: By<'agent'>; readonly until: number }
  | { readonly c: 'unblock'; readonly by: By<'agent'> }
  | { readonly c: 'tag'; readonly by: By<'agent'>; readonly tags: readonly string[] }
  | { readonly c: 'reach'; readonly by: By<'system'>; readonly reached: ReachedGoal }
  | { readonly c: 'mark'; readonly by: By<'visitor' | 'agent'>; readonly delivered: number; readonly read: number }
  | { readonly c: 'see_invitation'; readonly by: By<'visitor'> }
  | { readonly c: 'dismiss_invitation'; readonly by: By<'visitor'> };
export type CommandName = ChatCommand['c'];

/** What a decision needs besides the conversation. Loaded in the transaction that stores it. */
export interface ChatFacts {
  readonly now: number;
  readonly reopenForMs: number;
  readonly undoForMs: number;
  /** The message that the command names; null: there is none. */
  readonly target: Message | null;
  /** Files named by the command that are this sender's, stored, and in no message yet. */
  readonly files: readonly ChatFile[];
  /** Of the agent who would get the conversation: how many are theirs now, and how many may be. */
  readonly load: number;
  readonly capacity: number;
  /** Another conversation of the same visitor that is open; ''. Needed of a resolved one only. */
  readonly openElsewhere: string;
  /** Since when that agent (or for `requeue`, the owner) is away or offline; 0: here. */
  readonly awaySince: number;
  readonly requeueAfterMs: number;
}
