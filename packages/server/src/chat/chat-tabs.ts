import { type ChatState, isActive } from '@foyer/domain/chat';
import type { QueuePlace } from '@foyer/protocol';
import type { ChatChange } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChatService } from './chat-service.ts';
import { visitorChanges } from './frames.ts';
import type { ChatNote } from './notes.ts';
import { type ChatTab, VisitorsHere } from './visitors-here.ts';

/** A visitor's tab that has the chat loaded. */
export interface ChatTabPeer extends ChatTab {
  /** What goes on in it, as far as this tab was told. */
  state: ChatState | null;
  tell(text: string): void;
  /** Says `chat.you` again: the team came or went, or what the visitor is told of it is another. */
  sayYou(): void;
}

/** The tabs of this node that are in chat. Cost of a change: the tabs of its visitor. */
export class ChatTabs {
  readonly here: VisitorsHere<ChatTabPeer>;
  readonly #chat: ChatService;

  constructor(options: {
    clock: Clock;
    broadcast: (note: ChatNote) => void;
    onChanged: (workspace: string, visitor: string) => void;
    chat: ChatService;
  }) {
    this.#chat = options.chat;
    this.here = new VisitorsHere(options);
  }

  take(change: ChatChange): void {
    const { state } = change;
    const tabs = [...this.#tabsOf(state)];
    if (tabs.length === 0) return;
    const frame = visitorChanges(change, this.#chat.faces, this.#chat.signFile);
    const text = frame ? JSON.stringify(frame) : '';
    for (const tab of tabs) {
      tab.state = shownOf(tab.state, state);
      if (frame && tab.state.id === state.id) tab.tell(text);
    }
  }

  /** There is more of this conversation than its tabs may have been told. */
  head(state: ChatState): void {
    for (const tab of this.#tabsOf(state)) {
      tab.state = shownOf(tab.state, state);
      tab.tell(headOf(tab.state));
    }
  }

  heads(): void {
    for (const tab of this.here.all()) if (tab.state && (tab.isShown || isActive(tab.state))) tab.tell(headOf(tab.state));
  }

  typing({ workspace, visitor, on }: Omit<ChatNote & { k: 'chat-typing' }, 'k'>, name: string): void {
    for (const tab of this.here.tabs(workspace, visitor)) tab.tell(JSON.stringify({ t: 'chat.typing', on, name }));
  }

  queue(workspace: string, visitor: string, place: QueuePlace): void {
    for (const tab of this.here.tabs(workspace, visitor)) tab.tell(JSON.stringify(place));
  }

  teamChanged(workspace: string): void {
    for (const tab of this.here.all()) if (tab.workspace === workspace && tab.isShown) tab.sayYou();
  }

  stop(): void {
    this.here.stop();
  }

  /** Of a conversation that is the one its visitor has: changes of an earlier one are not put before them. */
  *#tabsOf(state: ChatState): Generator<ChatTabPeer> {
    const { workspace, visitor, id } = state;
    if (visitor === '' || this.#chat.open.ofVisitor(workspace, visitor)?.id !== id) return;
    yield* this.here.tabs(workspace, visitor);
  }
}

const headOf = ({ id, shownRev }: ChatState): string => JSON.stringify({ t: 'chat.head', conversation: id, rev: shownRev });

/** What a tab has before it: of one conversation the later state; of two the one that goes on, else the one that was begun last. */
function shownOf(known: ChatState | null, state: ChatState): ChatState {
  if (!known) return state;
  if (known.id === state.id) return known.rev > state.rev ? known : state;
  const [knownIsOver, isOver] = [known.phase.status === 'resolved', state.phase.status === 'resolved'];
  if (knownIsOver !== isOver) return isOver ? known : state;
  return known.startedAt > state.startedAt ? known : state;
}
