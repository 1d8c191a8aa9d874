import { CHAT_TIMES, type Lookers as LookersFrame } from '@foyer/protocol';
import { Gather } from '../live/gather.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChatNote, Looking } from './notes.ts';

/** A console in chat, as far as looking goes. */
export interface ChatDesk {
  readonly workspace: string;
  readonly user: string;
  lookers(frame: LookersFrame): void;
}
interface Look {
  conversation: string;
  /** Monotonic; 0: does not type. */
  typingUntilMs: number;
}
type Part = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Looking>>>>>>;

/**
 * Lookers — which agents have a conversation open, and who types in it, over all nodes; told to those who have it open too.
 *
 * Invariants  several consoles of one agent are one looker; nobody is told of themselves. A typing signal ends by itself after 6 s.
 * Bound       one conversation a console; what changes is gathered.
 */
export class Lookers {
  readonly #desks = new Map<ChatDesk, Look | null>();
  readonly #parts = new Map<string, Part>();
  readonly #told = new Map<ChatDesk, string>();
  readonly #changed = new Map<string, Set<string>>();
  readonly #clock: Clock;
  readonly #broadcast: (note: ChatNote) => void;
  readonly #toNodes: Gather;
  readonly #toDesks: Gather;

  constructor(options: { clock: Clock; broadcast: (note: ChatNote) => void }) {
    this.#clock = options.clock;
    this.#broadcast = options.broadcast;
    this.#toNodes = new Gather({ clock: options.clock, waitMs: 10, everyMs: 50, work: () => this.#tellNodes() });
    this.#toDesks = new Gather({ clock: options.clock, waitMs: 10, everyMs: 100, work: () => this.#tellDesks() });
  }

  enter(desk: ChatDesk): void {
    this.#desks.set(desk, null);
  }

  /** null: no conversation is open. */
  watch(desk: ChatDesk, conversation: string | null): void {
    this.#desks.set(desk, conversation === null ? null : { conversation, typingUntilMs: 0 });
    this.#told.delete(desk);
    this.#news(desk);
  }

  watching(desk: ChatDesk): string {
    return this.#desks.get(desk)?.conversation ?? '';
  }

  type(desk: ChatDesk, conversation: string, on: boolean): void {
    const look = this.#desks.get(desk);
    if (!look || look.conversation !== conversation) return;
    look.typingUntilMs = on ? this.#clock.mono() + CHAT_TIMES.typingForMs : 0;
    if (on) this.#clock.setTimeout(() => this.#news(desk), CHAT_TIMES.typingForMs);
    this.#news(desk);
  }

  leave(desk: ChatDesk): void {
    if (!this.#desks.delete(desk)) return;
    this.#told.delete(desk);
    this.#news(desk);
  }

  /** Consoles here that have it open. */
  *desksAt(workspace: string, conversation: string): Generator<ChatDesk> {
    for (const [desk, look] of this.#desks) if (look?.conversation === conversation && desk.workspace === workspace) yield desk;
  }

  take(from: string, note: ChatNote & { k: 'chat-looks' }): void {
    const before = note.full ? {} : (this.#parts.get(from) ?? {});
    const after: Record<string, Part[string]> = { ...before };
    for (const [workspace, users] of Object.entries(note.set)) after[workspace] = { ...before[workspace], ...users };
    this.#parts.set(from, after);
    this.#toDesks.want();
  }

  left(node: string): void {
    if (this.#parts.delete(node)) this.#toDesks.want();
  }

  everything(): ChatNote {
    const set: Record<string, Record<string, Record<string, Looking>>> = {};
    for (const { workspace, user } of this.#desks.keys()) (set[workspace] ??= {})[user] = this.#looksOf(workspace, user);
    return { k: 'chat-looks', full: true, set };
  }

  stop(): void {
    this.#toNodes.stop();
    this.#toDesks.stop();
  }

  #news({ workspace, user }: ChatDesk): void {
    const users = this.#changed.get(workspace) ?? new Set();
    this.#changed.set(workspace, users.add(user));
    this.#toNodes.want();
    this.#toDesks.want();
  }

  #tellNodes(): void {
    const set: Record<string, Record<string, Record<string, Looking>>> = {};
    for (const [workspace, users] of this.#changed) {
      set[workspace] = Object.fromEntries([...users].map((user) => [user, this.#looksOf(workspace, user)]));
    }
    this.#changed.clear();
    this.#broadcast({ k: 'chat-looks', set });
  }

  /** Of this node's consoles of one agent. */
  #looksOf(workspace: string, user: string): Record<string, Looking> {
    const looks: Record<string, Looking> = {};
    const nowMs = this.#clock.mono();
    for (const [desk, look] of this.#desks) {
      if (!look || desk.user !== user || desk.workspace !== workspace) continue;
      if (looks[look.conversation] !== 'typing') looks[look.conversation] = look.typingUntilMs > nowMs ? 'typing' : 'looking';
    }
    return looks;
  }

  #tellDesks(): void {
    for (const [desk, look] of this.#desks) {
      if (!look) continue;
      const agents = this.#at(desk.workspace, look.conversation).filter(({ id }) => id !== desk.user);
      const text = JSON.stringify(agents);
      if ((this.#told.get(desk) ?? '[]') === text) continue;
      this.#told.set(desk, text);
      desk.lookers({ t: 'chat.lookers', conversation: look.conversation, agents });
    }
  }

  #at(workspace: string, conversation: string): { id: string; typing: boolean }[] {
    const merged = new Map<string, boolean>();
    const note = (user: string, looking: Looking | undefined): void => {
      if (looking !== undefined) merged.set(user, merged.get(user) === true || looking === 'typing');
    };
    for (const user of new Set([...this.#desks.keys()].filter((desk) => desk.workspace === workspace).map((desk) => desk.user)))
      note(user, this.#looksOf(workspace, user)[conversation]);
    for (const part of this.#parts.values()) {
      for (const [user, looks] of Object.entries(part[workspace] ?? {})) note(user, looks[conversation]);
    }
    return [...merged].map(([id, typing]) => ({ id, typing })).sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
