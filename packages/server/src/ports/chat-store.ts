/**
 * ChatStore — conversations and their messages (core.db, synchronous=FULL).
 *
 * Purpose     decide and store in one transaction, so that who may speak is true when it is stored, and what is acknowledged stays.
 * Invariants  per conversation `seq` and `rev` without holes; per workspace `chatSeq` + 1 for every change; one stored message for each
 *             sender and client id, and the same receipt for each repeat.
 * Order       changes of one call are those of one decision (two, when an invitation replaces another); verbs resolve after commit, and
 *             reads see what was resolved before they were asked.
 * On error    rejects with `Outage` when nothing was done and the same call may go well later; everything else is a bug.
 */
import type { ChatCommand, ChatState, Origin, Refusal, Waiting, Words } from '@foyer/domain/chat';
import type {
  Availability,
  CannedReply,
  ChatAgent,
  ChatFile,
  ChatSettings,
  ChatSource,
  ChatTeam,
  ConversationProfile,
  ConversationStatus,
  Message,
} from '@foyer/protocol';

/** What decisions go by besides the conversation; the workspace's settings, and what presence knows. */
export interface Circumstances {
  readonly now: number;
  readonly reopenForMs: number;
  readonly requeueAfterMs: number;
  readonly undoForMs: number;
  /** For agents who have no capacity of their own. */
  readonly capacity: number;
  /** Since when the agent concerned is away; 0: is here. Of `assign` the assigned, of `requeue` the owner. */
  readonly awaySince: number;
}
/** A command to a conversation that is known. `visitor`: who asks; another one's conversation is as if there were none. */
export interface Act extends Circumstances {
  readonly do: 'act';
  readonly workspace: string;
  readonly conversation: string;
  readonly visitor?: string | undefined;
  readonly command: Exclude<ChatCommand, { c: 'start' | 'invite' }>;
}
/** A visitor's words: into the latest conversation if it goes on, else into a new one with this origin. */
export interface Write extends Circumstances {
  readonly do: 'write';
  readonly origin: Origin;
  readonly cid: string;
  readonly words: Words;
}
/** An agent's first words to a visitor. */
export interface Invite extends Circumstances {
  readonly do: 'invite';
  readonly origin: Origin;
  readonly agent: string;
  readonly cid: string;
  readonly words: Words;
  readonly anyway: boolean;
}
export type ChatRequest = Act | Write | Invite;

export interface Receipt {
  readonly conversation: string;
  /** 0: nothing was said by it. */
  readonly seq: number;
  readonly at: number;
}
export interface ChatChange {
  readonly workspace: string;
  readonly chatSeq: number;
  readonly state: ChatState;
  /** As it was; null: it begins with this. */
  readonly before: ChatState | null;
  /** What was shown to the visitor before: `prev` of the frame. */
  readonly prevShownRev: number;
  /** New and changed ones, by `seq`. */
  readonly messages: readonly Message[];
  /** Files of a message that was taken back: delete their content. */
  readonly goneFiles: readonly string[];
}
export type ChatOutcome =
  | { readonly ok: true; readonly receipt: Receipt; /** [] when it was done before. */ readonly changes: readonly ChatChange[] }
  | { readonly ok: false; readonly refusal: Refusal };

export interface StoredConversation {
  readonly state: ChatState;
  readonly chatSeq: number;
}
export interface StoredEntry extends StoredConversation {
  /** The last message that says something to the visitor or is from them; null: none. */
  readonly last: Message | null;
  /** Visitor's messages that `agent` has not seen; at most 100. */
  readonly unread: number;
  /** ISO 3166 alpha-2, of the profile; '' not known. */
  readonly country: string;
}
export interface InboxFilter {
  /** None but these. */
  readonly ids?: readonly string[] | undefined;
  readonly status?: readonly ConversationStatus[] | undefined;
  readonly source?: readonly ChatSource[] | undefined;
  /** User ids; `none`: nobody's. */
  readonly assignee?: readonly string[] | undefined;
  readonly team?: string | undefined;
  readonly tag?: string | undefined;
  readonly site?: string | undefined;
  readonly visitor?: string | undefined;
  /** In names, addresses and transcripts (of the newest 5,000 messages that have all its words). */
  readonly text?: string | undefined;
}
/** A file that was uploaded. Its content lies beside the database, under its id. */
export interface FileRecord extends ChatFile {
  readonly workspace: string;
  /** Who may put it into a message: see `senderOf`. */
  readonly sender: string;
  /** '' until it is in a message. */
  readonly conversation: string;
  readonly seq: number;
  readonly sha256: string;
  readonly createdAt: number;
}
export interface CannedRecord extends Omit<CannedReply, 'mine'> {
  readonly workspace: string;
  readonly createdBy: string;
}
/**
 * What a conversation knows of its visitor's browser, from its first message on: kept with it, whether the visit is tracked or not.
 * `ip` is masked; `pages` are the latest 10, newest first.
 */
export type ChatProfile = Omit<
  ConversationProfile,
  'conversation' | 'visitor' | 'n' | 'online' | 'contact' | 'visits' | 'earlier' | 'ip'
> & {
  readonly ip: string;
};

export interface AgentRecord extends ChatAgent {
  readonly lastAssignedAt: number;
}

export interface ChatStore {
  /** Load, decide, store, as one transaction. A repeat of what was said (same sender, same `cid`) gets the same receipt and changes nothing. */
  request(q: ChatRequest): Promise<ChatOutcome>;

  /** The last `chatSeq` of each workspace that has one. */
  heads(): Promise<ReadonlyMap<string, number>>;
  conversation(q: { workspace: string; id: string }): Promise<StoredConversation | null>;
  /** As a line of this agent's inbox. */
  entry(q: { workspace: string; agent: string; id: string }): Promise<StoredEntry | null>;
  /** Newest first. */
  conversationsOf(q: { workspace: string; visitor: string; limit: number }): Promise<StoredConversation[]>;
  /** Every active one, every invitation that waits, and those resolved after `resolvedAfter`, of all workspaces: what visits show after a start. */
  shown(q: { resolvedAfter: number }): Promise<StoredConversation[]>;
  /** Who waits in a workspace, longest first. */
  waiting(workspace: string): Promise<Waiting[]>;
  /** Ids of conversations of these agents in which the visitor waits. */
  awaiting(q: { workspace: string; agents: readonly string[] }): Promise<{ conversation: string; agent: string }[]>;

  /** Messages that changed after `rev`, oldest change first, whole decisions; `rev`: up to here it is complete. */
  messagesAfter(q: {
    workspace: string;
    conversation: string;
    rev: number;
    limit: number;
  }): Promise<{ messages: Message[]; rev: number; more: boolean }>;
  /** The last ones before `seq`, oldest first. */
  messagesBefore(q: { workspace: string; conversation: string; seq: number; limit: number }): Promise<Message[]>;
  /** Conversations changed after `chatSeq`, oldest change first. */
  changesAfter(q: { workspace: string; agent: string; chatSeq: number; limit: number }): Promise<StoredEntry[]>;
  /** 'waiting': only those in which somebody waits, longest first. `after`: `next` of the page before. */
  inbox(q: {
    workspace: string;
    agent: string;
    filter: InboxFilter;
    sort: 'newest' | 'waiting';
    after?: string | undefined;
    limit: number;
  }): Promise<{ entries: StoredEntry[]; next: string | null }>;
  /** Messages with all words of `text` (the last one may be a beginning), newest first. */
  search(q: {
    workspace: string;
    text: string;
    after?: string | undefined;
    limit: number;
  }): Promise<{ found: { conversation: StoredConversation; message: Message }[]; next: string | null }>;
  /** Conversations that wait for this agent or for anybody, with visitor's messages the agent has not seen. */
  unread(q: { workspace: string; agent: string }): Promise<number>;

  profile(q: { workspace: string; conversation: string }): Promise<ChatProfile | null>;
  /** In at most 16 kB: the oldest pages go, then custom data. false: there is no such conversation. */
  putProfile(q: { workspace: string; conversation: string; profile: ChatProfile }): Promise<boolean>;

  addFile(file: FileRecord): Promise<void>;
  file(q: { workspace: string; id: string }): Promise<FileRecord | null>;
  /** A file that is in a message of this conversation, whatever the workspace; null: there is none. */
  fileIn(q: { conversation: string; id: string }): Promise<FileRecord | null>;
  /** In no message, and older. */
  unusedFiles(q: { before: number; limit: number }): Promise<string[]>;
  deleteFiles(ids: readonly string[]): Promise<void>;
  /** Those of `ids` that there is no record of. */
  unknownFiles(ids: readonly string[]): Promise<string[]>;

  /** One's own and the shared ones, by shortcut. */
  cannedReplies(q: { workspace: string; user: string }): Promise<CannedRecord[]>;
  /** By id; 'shortcut_taken' within its own or the shared ones, 'too_many' beyond `most` in the workspace. */
  putCannedReply(q: { reply: CannedRecord; most: number }): Promise<true | 'shortcut_taken' | 'too_many'>;
  deleteCannedReply(q: { workspace: string; id: string }): Promise<boolean>;
  teams(workspace: string): Promise<ChatTeam[]>;
  putTeam(q: { workspace: string; team: ChatTeam; most: number }): Promise<true | 'too_many'>;
  /** Its waiting conversations wait for whoever is there. */
  deleteTeam(q: { workspace: string; id: string }): Promise<boolean>;
  /** Agents with a choice, a capacity or a load of their own; the others have the defaults. */
  agents(workspace: string): Promise<AgentRecord[]>;
  putAgent(q: { workspace: string; id: string; capacity: number | null; available: Availability }): Promise<void>;
  settings(workspace: string): Promise<ChatSettings>;
  putSettings(q: { workspace: string; settings: ChatSettings }): Promise<void>;

  /** Conversations that were resolved before, at most `limit`; with everything in them. Answers the files to delete, and how many went. */
  purge(q: { workspace: string; resolvedBefore: number; limit: number }): Promise<{ conversations: number; files: string[] }>;
  /** Of a person, or by id, whatever their state. */
  erase(q: { workspace: string; visitor?: string; conversations?: readonly string[] }): Promise<{ conversations: number; files: string[] }>;
  close(): Promise<void>;
}
