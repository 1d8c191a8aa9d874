import { TIMES } from '@foyer/protocol';
import { Gather } from '../live/gather.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChatNote, VisitorHere } from './notes.ts';

/** A tab in chat, as the service knows it. */
export interface ChatTab {
  readonly workspace: string;
  readonly site: string;
  /** Of the conversation. */
  readonly visitor: string;
  /** By whom the visit is found; ''. */
  readonly visit: string;
  readonly isShown: boolean;
}
/** Visits remembered of visitors whose id does not say them; the oldest go first. */
const MOST_LINKS = 20_000;
type ByVisitor<T> = Map<string, Map<string, T>>;

/**
 * VisitorsHere — which visitors are in chat, on which tabs of this node, and whether on any other.
 *
 * Invariants  a tab that goes counts for 5 s more, so a page change is no leaving: neither for mails nor for the badge.
 * Bound       tabs that have the chat loaded; other nodes are told what changes, gathered to 20 notes a second.
 */
export class VisitorsHere<T extends ChatTab> {
  readonly #tabs: ByVisitor<Set<T>> = new Map();
  /** Until when who has just gone still counts, and as what. */
  readonly #lingering: ByVisitor<VisitorHere & { readonly until: number }> = new Map();
  readonly #parts = new Map<string, ByVisitor<VisitorHere>>();
  readonly #changed: ByVisitor<true> = new Map();
  /** Which visit a tab without storage was on, also after it has gone: its badge ends with its conversation. */
  readonly #links = new Map<string, string>();
  readonly #toNodes: Gather;
  readonly #clock: Clock;
  readonly #broadcast: (note: ChatNote) => void;
  readonly #onChanged: (workspace: string, visitor: string) => void;

  constructor(options: {
    clock: Clock;
    broadcast: (note: ChatNote) => void;
    /** What visits show may have changed. */
    onChanged: (workspace: string, visitor: string) => void;
  }) {
    this.#clock = options.clock;
    this.#broadcast = options.broadcast;
    this.#onChanged = options.onChanged;
    this.#toNodes = new Gather({ clock: options.clock, waitMs: 10, everyMs: 50, work: () => this.#tell() });
  }

  join(tab: T): void {
    const tabs = get(this.#tabs, tab.workspace, tab.visitor) ?? new Set<T>();
    put(this.#tabs, tab.workspace, tab.visitor, tabs.add(tab));
    drop(this.#lingering, tab.workspace, tab.visitor);
    this.changed(tab);
  }

  /** Its link to a visit, or what its screen shows, is another. */
  changed({ workspace, visitor, visit }: T): void {
    this.#link(workspace, visitor, visit);
    put(this.#changed, workspace, visitor, true);
    this.#toNodes.want();
    this.#onChanged(workspace, visitor);
  }

  leave(tab: T): void {
    const { workspace, visitor } = tab;
    const tabs = get(this.#tabs, workspace, visitor);
    if (!tabs?.has(tab)) return;
    const before = this.#here(workspace, visitor)!;
    tabs.delete(tab);
    if (tabs.size > 0) return this.changed(tab);
    drop(this.#tabs, workspace, visitor);
    const until = this.#clock.mono() + TIMES.graceMs;
    put(this.#lingering, workspace, visitor, { ...before, until });
    this.#clock.setTimeout(() => {
      if (get(this.#lingering, workspace, visitor)?.until !== until) return;
      drop(this.#lingering, workspace, visitor);
      this.changed(tab);
    }, TIMES.graceMs);
  }

  /** On this node. */
  tabs(workspace: string, visitor: string): Iterable<T> {
    return get(this.#tabs, workspace, visitor) ?? [];
  }

  *all(): Generator<T> {
    for (const visitors of this.#tabs.values()) for (const tabs of visitors.values()) yield* tabs;
  }

  isHere(workspace: string, visitor: string): boolean {
    return this.#everywhere(workspace, visitor).length > 0;
  }

  isShown(workspace: string, visitor: string): boolean {
    return this.#everywhere(workspace, visitor).some(({ shown }) => shown);
  }

  /** By whom the visit is, or was, found on the map; '' when no tab of theirs was tracked. */
  visitOf(workspace: string, visitor: string): string {
    const here = this.#everywhere(workspace, visitor).find(({ visit }) => visit !== '')?.visit;
    return here ?? this.#links.get(`${workspace}\n${visitor}`) ?? '';
  }

  /** Who of those in chat has this visit; ''. Cost: who is in chat. */
  visitorAt(workspace: string, visit: string): string {
    for (const visitor of this.#tabs.get(workspace)?.keys() ?? []) if (this.#here(workspace, visitor)?.visit === visit) return visitor;
    for (const part of this.#parts.values()) {
      for (const [visitor, here] of part.get(workspace) ?? []) if (here.visit === visit) return visitor;
    }
    return '';
  }

  take(from: string, note: ChatNote & { k: 'chat-here' }): void {
    if (note.full) this.#parts.delete(from);
    const part = this.#parts.get(from) ?? new Map<string, Map<string, VisitorHere>>();
    this.#parts.set(from, part);
    for (const [workspace, set] of Object.entries(note.set)) {
      for (const [visitor, here] of Object.entries(set)) {
        if (here) {
          put(part, workspace, visitor, here);
          this.#link(workspace, visitor, here.visit);
        } else drop(part, workspace, visitor);
      }
    }
  }

  left(node: string): void {
    this.#parts.delete(node);
  }

  everything(): ChatNote {
    const set: Record<string, Record<string, VisitorHere>> = {};
    for (const by of [this.#lingering, this.#tabs] as ByVisitor<unknown>[]) {
      for (const [workspace, visitors] of by) {
        for (const visitor of visitors.keys()) (set[workspace] ??= {})[visitor] = this.#here(workspace, visitor)!;
      }
    }
    return { k: 'chat-here', full: true, set };
  }

  stop(): void {
    this.#toNodes.stop();
  }

  #link(workspace: string, visitor: string, visit: string): void {
    if (visit === '' || visit === visitor) return;
    this.#links.set(`${workspace}\n${visitor}`, visit);
    if (this.#links.size > MOST_LINKS) this.#links.delete(this.#links.keys().next().value!);
  }

  #tell(): void {
    const set: Record<string, Record<string, VisitorHere | null>> = {};
    for (const [workspace, visitors] of this.#changed) {
      for (const visitor of visitors.keys()) (set[workspace] ??= {})[visitor] = this.#here(workspace, visitor);
    }
    this.#changed.clear();
    this.#broadcast({ k: 'chat-here', set });
  }

  #here(workspace: string, visitor: string): VisitorHere | null {
    const tabs = [...this.tabs(workspace, visitor)];
    if (tabs.length === 0) {
      const gone = get(this.#lingering, workspace, visitor);
      return gone ? { visit: gone.visit, shown: gone.shown } : null;
    }
    return { visit: tabs.find(({ visit }) => visit !== '')?.visit ?? '', shown: tabs.some(({ isShown }) => isShown) };
  }

  #everywhere(workspace: string, visitor: string): VisitorHere[] {
    const parts = [...this.#parts.values()].flatMap((part) => get(part, workspace, visitor) ?? []);
    const own = this.#here(workspace, visitor);
    return own ? [own, ...parts] : parts;
  }
}

const get = <T>(by: ByVisitor<T>, workspace: string, visitor: string): T | undefined => by.get(workspace)?.get(visitor);

function put<T>(by: ByVisitor<T>, workspace: string, visitor: string, value: T): void {
  const of = by.get(workspace);
  if (of) of.set(visitor, value);
  else by.set(workspace, new Map([[visitor, value]]));
}

function drop<T>(by: ByVisitor<T>, workspace: string, visitor: string): void {
  const of = by.get(workspace);
  if (of?.delete(visitor) && of.size === 0) by.delete(workspace);
}
