import type { Result } from '@foyer/domain';
import type {
  ChangesPage,
  ChatCounts,
  ChatReceipt,
  ChatRefusal,
  ConsoleChatDown,
  ConsoleChatUp,
  Conversation,
  InboxEntry,
  InboxPage,
  InboxQuery,
  Message,
  MessageBody,
} from '@foyer/protocol';

/** Why something was not done. `message` is the server's own sentence; `refusalWord` says it in the reader's language. */
export interface Declined {
  readonly code: ChatRefusal;
  readonly message: string;
}
/** Resolves when the server has answered; while the connection is away it is asked again afterwards. Never rejects. */
export type Done = Promise<Result<ChatReceipt, Declined>>;
export interface Said {
  /** '' when it was not taken: as many as there may be wait already. */
  readonly cid: string;
  readonly done: Done;
}
/** Said here and not acknowledged yet. */
export interface OutgoingMessage {
  readonly cid: string;
  /** Epoch ms of the server, as known here. */
  readonly at: number;
  readonly body: MessageBody;
  /** null: on its way. Else it stays until it is said again or dropped. */
  readonly failed: ChatRefusal | null;
}
export interface VisitorTypes {
  /** '' unless the workspace asks for previews. */
  readonly text: string;
}
export interface Looker {
  readonly id: string;
  readonly typing: boolean;
}
/** A transcript as far as it is loaded: without a hole from `messages[0]` to the last one. */
export interface OpenConversation {
  readonly conversation: Conversation;
  /** By `seq`; what was undone is left out. */
  readonly messages: readonly Message[];
  readonly outgoing: readonly OutgoingMessage[];
  /** Others who have it open. */
  readonly lookers: readonly Looker[];
  readonly visitorTyping: VisitorTypes | null;
  readonly hasEarlier: boolean;
  readonly loadEarlier: () => void;
}
export type TranscriptState = 'loading' | 'open' | 'missing' | 'failed';

export type InboxTab = 'open' | 'waiting' | 'mine' | 'ai' | 'resolved';
export interface InboxFilter {
  readonly tab: InboxTab;
  readonly source?: Conversation['source'] | undefined;
  /** User id; `none`: nobody's. */
  readonly assignee?: string | undefined;
  readonly team?: string | undefined;
  readonly tag?: string | undefined;
  readonly site?: string | undefined;
}
export type SectionKey = 'waiting' | 'open' | 'mine' | 'ai' | 'today' | 'resolved';
export interface InboxSection {
  readonly key: SectionKey;
  readonly ids: readonly string[];
  /** All there are are in `ids`. */
  readonly isComplete: boolean;
}
export interface Inbox {
  readonly sections: readonly InboxSection[];
  /** Nothing is known yet. */
  readonly isLoading: boolean;
  readonly failure: unknown;
  readonly loadMore: (section: SectionKey) => void;
  readonly again: () => void;
}

/** What the client needs of the console's socket. */
export interface ChatWire {
  readonly isOpen: () => boolean;
  readonly send: (frame: ConsoleChatUp) => void;
  readonly onFrame: (listener: (frame: ConsoleChatDown) => void) => () => void;
  /** Called when the connection opens or is lost. */
  readonly onConnection: (listener: () => void) => () => void;
}
/** What it needs of REST. All throw `ApiFailure`. */
export interface ChatRest {
  readonly inbox: (q: Partial<Omit<InboxQuery, 'limit'>>) => Promise<InboxPage>;
  readonly entry: (conversation: string) => Promise<InboxEntry>;
  /** The last ones before `seq`, oldest first; the newest without it. */
  readonly before: (conversation: string, seq?: number) => Promise<readonly Message[]>;
  /** What changed after `rev`, oldest change first; `rev`: up to here it is complete. */
  readonly after: (conversation: string, rev: number) => Promise<{ messages: readonly Message[]; rev: number; more: boolean }>;
  readonly changes: (chatSeq: number) => Promise<ChangesPage>;
  readonly counts: (site?: string) => Promise<ChatCounts>;
}
