/**
 * Chat — conversations as the rest of the server sees them.
 *
 * Purpose     the one way to say or change something: asked here it is decided and stored, and then everybody who may see it hears of it.
 * Lifecycle   `start` (reads what visits show) → in use → `stop`.
 * On error    a refusal is a value; an outage of the store throws `Outage`, and the same request (same `cid`) may be made again.
 */
import type { ChatState, Faces } from '@foyer/domain/chat';
import type { Availability, ChatFile, ChatSettings, TeamState } from '@foyer/protocol';
import type { Act, ChatChange, ChatOutcome, Circumstances, Invite, Write } from '../ports/chat-store.ts';

type Asked<T> = Omit<T, keyof Circumstances>;
/** A request without what the service itself knows: the time, the workspace's settings, who is here. */
export type ChatAsk = Asked<Act> | Asked<Write> | Asked<Invite>;

export interface ChatCountsOf {
  /** Unassigned + Assigned + AI chat. */
  readonly active: number;
  /** Of these, those without a visit on the map. */
  readonly elsewhere: number;
  readonly unassigned: number;
  /** Assigned conversations by user id. */
  readonly byAgent: ReadonlyMap<string, number>;
}
/** `before`: null when the conversation has begun with this change. */
export type OnChange = (change: ChatChange, entry: { readonly before: ChatState | null }) => void;

export interface Chat {
  request(q: ChatAsk): Promise<ChatOutcome>;
  /** After the commit, on the node that stored it, once for each change. Answers a function that ends it. */
  onChange(listener: OnChange): () => void;
  availability(workspace: string, user: string): Availability;
  /** A console of theirs is open, on any node. */
  here(workspace: string, user: string): boolean;
  /** A tab of the conversation's visitor is connected, on any node. */
  visitorHere(workspace: string, visitor: string): boolean;
  /** The visitor by whom the visit is found on the map; '' when there is none. */
  visitIdOf(conversation: { readonly workspace: string; readonly visitor: string }): string;
  team(workspace: string): TeamState;
  counts(workspace: string, site?: string): ChatCountsOf;
  /** Ids of the conversations that are active or just resolved and have no visit on the map. Cost: those that are open. */
  withoutVisit(workspace: string): readonly string[];
  /** Ids of those of these conversations whose visitor is on the map now. Cost: one question to each other node. */
  onMap(workspace: string, conversations: readonly ChatState[]): Promise<ReadonlySet<string>>;
  settings(workspace: string): ChatSettings;
  /** Settings, teams or what agents have chosen were written: read again, on all nodes. */
  changed(workspace: string): void;
  /** Code outside acts as this AI agent: chats can be handed to it, and visitors see its name. Answers what ends that. */
  addAi(ai: { readonly workspace: string; readonly id: string; readonly name: string }): () => void;
  hasAi(workspace: string, ai: string): boolean;
  readonly faces: Faces;
  /** With `url`: signed for this conversation, good for two days. '' : as it is. */
  signFile(file: ChatFile, conversation: string): ChatFile;
  /** Whether a signed address is right and still good. */
  checkFile(q: { readonly id: string; readonly conversation: string; readonly expires: string; readonly signature: string }): boolean;
  /** What a visitor's tab uploads with; good for a day. */
  ticketOf(q: { readonly site: string; readonly visitor: string }): string;
  /** The visitor of a ticket for this site; null: forged, of another site, or too old. Their files' sender is `visitor:<id>`. */
  readTicket(site: string, ticket: string): string | null;
}
