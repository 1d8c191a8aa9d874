import type { Availability, ConsoleChatDown } from '@foyer/protocol';
import type { ChatChange } from '../ports/chat-store.ts';
import type { ChatService } from './chat-service.ts';
import { consoleChange } from './frames.ts';
import type { ChatDesk, Lookers } from './lookers.ts';
import type { ChatNote } from './notes.ts';

/** An agent's console that follows the chat. */
export interface ChatConsole extends ChatDesk {
  tell(frame: ConsoleChatDown): void;
  /** A frame that many get, encoded once. */
  tellText(text: string): void;
}

/** The consoles of this node that follow the chat. Cost of a change: encoded once, sent to each of the workspace. */
export class ChatConsoles {
  readonly #chat: ChatService;
  readonly #now: () => number;
  readonly #byWorkspace = new Map<string, Set<ChatConsole>>();
  readonly #toldAvailable = new Map<string, Map<string, Availability>>();

  constructor(options: { chat: ChatService; now: () => number }) {
    this.#chat = options.chat;
    this.#now = options.now;
  }

  /** It hears from now on of every change; and now of the head and of who is available. */
  enter(console: ChatConsole): void {
    const { workspace } = console;
    const all = this.#byWorkspace.get(workspace) ?? new Set();
    this.#byWorkspace.set(workspace, all.add(console));
    this.#chat.lookers.enter(console);
    console.tell(this.#chat.head(workspace));
    console.tell({ t: 'chat.availabilities', set: Object.fromEntries(this.#availabilities(workspace)) });
  }

  leave(console: ChatConsole): void {
    this.#byWorkspace.get(console.workspace)?.delete(console);
    this.#chat.lookers.leave(console);
  }

  take(change: ChatChange): void {
    const { workspace } = change;
    const consoles = this.#byWorkspace.get(workspace);
    if (!consoles || consoles.size === 0) return;
    const text = JSON.stringify(consoleChange(change, this.#now(), this.#chat.signFile));
    for (const console of consoles) console.tellText(text);
  }

  /** Other conversations than before have no visit on the map. */
  elsewhere(workspace: string): void {
    for (const console of this.#byWorkspace.get(workspace) ?? []) console.tell({ t: 'chat.elsewhere', now: this.#now() });
  }

  head(workspace: string): void {
    const head = this.#chat.head(workspace);
    for (const console of this.#byWorkspace.get(workspace) ?? []) console.tell(head);
  }

  heads(): void {
    for (const workspace of this.#byWorkspace.keys()) this.head(workspace);
  }

  /** What has changed since the last time; answers whether anything has. Cost: the members of the workspace. */
  tellAvailabilities(workspace: string): boolean {
    const told = this.#toldAvailable.get(workspace);
    const now = this.#availabilities(workspace);
    const changed = [...now].filter(([user, availability]) => told?.get(user) !== availability);
    for (const user of told?.keys() ?? []) if (!now.has(user)) changed.push([user, 'offline']);
    if (changed.length === 0) return false;
    this.#toldAvailable.set(workspace, now);
    const set = Object.fromEntries(changed);
    for (const console of this.#byWorkspace.get(workspace) ?? []) console.tell({ t: 'chat.availabilities', set });
    return true;
  }

  /** A visitor types: told to those who have the conversation open. */
  typing({ workspace, conversation, on, text }: Omit<ChatNote & { k: 'chat-typing' }, 'k'>, lookers: Lookers): void {
    const consoles = this.#byWorkspace.get(workspace);
    for (const desk of lookers.desksAt(workspace, conversation)) {
      const console = desk as ChatConsole;
      if (consoles?.has(console)) console.tell({ t: 'chat.typing', conversation, on, text });
    }
  }

  #availabilities(workspace: string): Map<string, Availability> {
    return new Map([...this.#chat.roster.members(workspace)].map((user) => [user, this.#chat.availability(workspace, user)]));
  }
}
