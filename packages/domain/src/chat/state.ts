import type { ChatRefusal, ChatSource, Contact, Marks, Message, MessageBody, ReachedGoal } from '@foyer/protocol';

/**
 * Who is in charge of a conversation. What holds in one phase only lives in that phase.
 *
 * `invited`: an agent wrote first, and nothing came back yet.
 */
export type Phase =
  | { readonly status: 'invited'; readonly agent: string; readonly at: number; readonly seenAt: number }
  | { readonly status: 'unassigned'; readonly since: number }
  | { readonly status: 'assigned'; readonly agent: string; readonly since: number }
  | { readonly status: 'ai'; readonly ai: string; readonly since: number }
  | { readonly status: 'resolved'; readonly at: number; readonly lastAgent: string };

/** A conversation as it is decided about. Everything the store keeps of it but its messages. */
export interface ChatState {
  readonly id: string;
  readonly workspace: string;
  readonly site: string;
  readonly source: ChatSource;
  /** '' when no browser is behind it. */
  readonly visitor: string;
  /** Its visitor is not recognised tomorrow: nothing is ever reopened. */
  readonly cookieless: boolean;
  readonly phase: Phase;
  /** Grows with every change of who may answer. What was begun under an earlier one is refused. */
  readonly epoch: number;
  readonly team: string;
  readonly contact: Contact;
  readonly tags: readonly string[];
  /** Reached in it, or on its visit while it went on; in the order in which they were. */
  readonly goals: readonly ReachedGoal[];
  readonly startedAt: number;
  readonly lastMessageAt: number;
  /** Since when the visitor waits for an answer; 0: does not. */
  readonly awaitingSince: number;
  /** Messages so far: the last one's `seq`. */
  readonly seq: number;
  /** Decisions so far. */
  readonly rev: number;
  /** The last decision that changed something its visitor sees. */
  readonly shownRev: number;
  readonly visitorMarks: Marks;
  readonly teamMarks: Marks;
  /** The last word in it by the visitor: what the team has unread lies up to here. */
  readonly visitorSeq: number;
  readonly rating: { readonly stars: number; readonly comment: string } | null;
  readonly blockedUntil: number;
}

export interface Started {
  readonly e: 'started';
  readonly id: string;
  readonly workspace: string;
  readonly site: string;
  readonly source: ChatSource;
  readonly visitor: string;
  readonly cookieless: boolean;
  readonly team: string;
  readonly contact: Contact;
  readonly phase: Phase;
  readonly at: number;
}
/** What was decided. `evolve` applies it; the store writes it. */
export type ChatEvent =
  | Started
  | { readonly e: 'added'; readonly message: Message }
  | { readonly e: 'edited'; readonly seq: number; readonly body: MessageBody; readonly at: number }
  /** `note`: visitors never saw it. */
  | { readonly e: 'removed'; readonly seq: number; readonly how: 'deleted' | 'undone'; readonly note: boolean }
  | { readonly e: 'answered'; readonly seq: number; readonly by: number }
  /** The phase changed; with `epoch + 1` when somebody else may answer now. */
  | { readonly e: 'moved'; readonly phase: Phase; readonly epoch: number; readonly team: string }
  | { readonly e: 'marked'; readonly side: 'visitor' | 'team'; readonly marks: Marks }
  | { readonly e: 'invitation_seen'; readonly at: number }
  | { readonly e: 'tagged'; readonly tags: readonly string[] }
  | { readonly e: 'reached'; readonly goals: readonly ReachedGoal[] }
  | { readonly e: 'introduced'; readonly contact: Contact }
  | { readonly e: 'rated'; readonly stars: number; readonly comment: string }
  | { readonly e: 'blocked'; readonly until: number };

export interface Refusal {
  readonly code: ChatRefusal;
  /** Who it is instead: the owner, the inviting colleague, the conversation that is open; ''. */
  readonly who: string;
}

/** Who may answer the visitor now. */
export function ownerOf(state: Pick<ChatState, 'phase' | 'epoch'>): { kind: 'nobody' | 'agent' | 'ai'; id: string; epoch: number } {
  const { phase, epoch } = state;
  if (phase.status === 'assigned' || phase.status === 'invited') return { kind: 'agent', id: phase.agent, epoch };
  return phase.status === 'ai' ? { kind: 'ai', id: phase.ai, epoch } : { kind: 'nobody', id: '', epoch };
}

/** Counted as an active chat, and worth an agent's attention. */
export const isActive = (state: Pick<ChatState, 'phase'>): boolean =>
  state.phase.status === 'unassigned' || state.phase.status === 'assigned' || state.phase.status === 'ai';
