import type { Conversation } from '@foyer/protocol';
import { Listeners } from '../live/listeners.ts';
import type { LiveClock } from '../live/ports.ts';
import type { ChatRest, Inbox, InboxFilter, InboxSection, SectionKey } from './chat-types.ts';
import type { EntryStore } from './entry-store.ts';
import { type SectionSpec, sectionsOf } from './inbox-sections.ts';

/** Changes of this long are drawn together: at 200 messages a second a list is sorted 50 times instead. */
const TOGETHER_MS = 20;
const AGAIN_MS = 2_000;

interface Place {
  readonly rank: number;
  readonly id: string;
  readonly ids: 1 | -1;
}
interface Section {
  readonly spec: SectionSpec;
  /** Those the server named: whose a resolved one was is known to it alone. */
  readonly named: Set<string>;
  /** Everything above and at this place is known; null: nothing yet, or all. */
  edge: Place | null;
  next: string | null;
  isComplete: boolean;
  isRead: boolean;
  isReading: boolean;
  ids: readonly string[];
}

const isBefore = (a: Place, b: Place): boolean => a.rank < b.rank || (a.rank === b.rank && (a.ids > 0 ? a.id < b.id : a.id > b.id));
const before = (a: Place, b: Place): number => (a.id === b.id ? 0 : isBefore(a, b) ? -1 : 1);

/**
 * InboxList — the conversations of one filter, in stretches, as far as they are read.
 *
 * Purpose     pages come from the server, changes from the stream; both meet here, so that a list is right without being read again.
 * Invariants  a stretch has everything down to its edge; what lies below is read when somebody gets there.
 */
export class InboxList {
  readonly filter: InboxFilter;
  readonly #entries: EntryStore;
  readonly #rest: Pick<ChatRest, 'inbox'>;
  readonly #clock: LiveClock;
  readonly #changed = new Listeners();
  readonly #dirty = new Set<string>();
  readonly #undo: () => void;
  readonly #specs: () => readonly SectionSpec[];
  #sections: readonly Section[];
  #isDue = false;
  #failure: unknown = null;
  /** Of which reading the answers count. */
  #reading = 0;
  #shown: Inbox | null = null;

  constructor(
    filter: InboxFilter,
    q: {
      readonly entries: EntryStore;
      readonly rest: Pick<ChatRest, 'inbox'>;
      readonly clock: LiveClock;
      readonly now: () => number;
      readonly self: string;
    },
  ) {
    this.filter = filter;
    this.#entries = q.entries;
    this.#rest = q.rest;
    this.#clock = q.clock;
    this.#specs = () => sectionsOf(filter, { self: q.self, midnight: new Date(q.now()).setHours(0, 0, 0, 0) });
    this.#sections = this.#specs().map(newSection);
    this.#undo = q.entries.subscribeAny((id) => this.#touch(id));
  }

  readonly subscribe = this.#changed.subscribe;
  get isUsed(): boolean {
    return this.#changed.size > 0;
  }
  readonly get = (): Inbox => {
    this.#shown ??= {
      sections: this.#sections.map(({ spec, ids, isComplete }): InboxSection => ({ key: spec.key, ids, isComplete })),
      isLoading: this.#sections.some(({ isRead }) => !isRead) && this.#failure === null,
      failure: this.#failure,
      loadMore: this.#loadMore,
      again: () => this.load(),
    };
    return this.#shown;
  };

  /** Reads the beginning of each stretch, also again. What stands there stays until it has come. */
  load(): void {
    this.#reading += 1;
    this.#failure = null;
    const fresh = this.#specs().map(newSection);
    const old = this.#sections;
    if (old.some(({ isRead }) => !isRead)) this.#sections = fresh;
    void Promise.all(fresh.map((section) => this.#read(section))).then((all) => {
      if (!all.every(Boolean)) return;
      this.#sections = fresh;
      for (const section of fresh) this.#sort(section);
      this.#draw();
    });
    this.#draw();
  }
  close(): void {
    this.#undo();
    this.#reading += 1;
  }

  readonly #loadMore = (key: SectionKey): void => {
    const section = this.#sections.find(({ spec }) => spec.key === key);
    if (!section || section.isComplete || section.isReading || !section.isRead) return;
    void this.#read(section).then((came) => {
      if (!came) return;
      this.#sort(section);
      this.#draw();
    });
  };

  async #read(section: Section): Promise<boolean> {
    const reading = this.#reading;
    section.isReading = true;
    const { spec } = section;
    const page = await this.#rest
      .inbox({ ...spec.ask, ...(section.next === null ? {} : { after: section.next }) })
      .catch((failure: unknown) => ({ failure }));
    section.isReading = false;
    if (reading !== this.#reading) return false;
    if ('failure' in page) {
      this.#failure = page.failure;
      this.#clock.after(AGAIN_MS, () => reading === this.#reading && this.isUsed && this.load());
      this.#draw();
      return false;
    }
    for (const entry of page.entries) {
      section.named.add(entry.conversation.id);
      this.#entries.put(entry);
    }
    const last = page.entries.at(-1);
    section.next = page.next;
    section.isComplete = page.next === null || (last !== undefined && spec.endsAt(last));
    section.edge = section.isComplete || !last ? null : placeOf(spec, last.conversation);
    section.isRead = true;
    return true;
  }

  #sort(section: Section): void {
    const places: Place[] = [];
    for (const id of this.#entries.all()) {
      const place = this.#placeIn(section, id);
      if (place) places.push(place);
    }
    section.ids = places.toSorted(before).map(({ id }) => id);
  }

  /** null: it does not belong there, or lies below what is read. */
  #placeIn({ spec, edge, named, isRead }: Section, id: string): Place | null {
    const conversation = this.#entries.get(id)?.conversation;
    if (!isRead || !conversation) return null;
    const isNamed = named.has(id) && conversation.status === 'resolved' && this.filter.assignee !== undefined;
    if (!spec.holds(conversation) && !(isNamed && spec.ask.status?.includes('resolved'))) return null;
    const place = placeOf(spec, conversation);
    return edge && isBefore(edge, place) ? null : place;
  }

  #touch(id: string): void {
    this.#dirty.add(id);
    if (this.#isDue) return;
    this.#isDue = true;
    this.#clock.after(TOGETHER_MS, () => {
      this.#isDue = false;
      const ids = [...this.#dirty];
      this.#dirty.clear();
      let isChanged = false;
      for (const section of this.#sections) isChanged = this.#replace(section, ids) || isChanged;
      if (isChanged) this.#draw();
    });
  }
  /** Cost: the stretch once, for all that changed together. */
  #replace(section: Section, ids: readonly string[]): boolean {
    const touched = new Set(ids);
    const places = ids.flatMap((id) => this.#placeIn(section, id) ?? []).toSorted(before);
    const stay = section.ids.filter((id) => !touched.has(id));
    if (places.length === 0 && stay.length === section.ids.length) return false;
    const next: string[] = [];
    let at = 0;
    for (const id of stay) {
      const place = placeOf(section.spec, this.#entries.get(id)?.conversation);
      for (let one = places[at]; one && isBefore(one, place); one = places[(at += 1)]) next.push(one.id);
      next.push(id);
    }
    for (const { id } of places.slice(at)) next.push(id);
    if (next.length === section.ids.length && next.every((id, i) => id === section.ids[i])) return false;
    section.ids = next;
    return true;
  }

  #draw(): void {
    this.#shown = null;
    this.#changed.notify();
  }
}

const newSection = (spec: SectionSpec): Section => ({
  spec,
  named: new Set(),
  edge: null,
  next: null,
  isComplete: false,
  isRead: false,
  isReading: false,
  ids: [],
});
const placeOf = (spec: SectionSpec, conversation: Conversation | undefined): Place => ({
  rank: conversation ? spec.rank(conversation) : 0,
  id: conversation?.id ?? '',
  ids: spec.ids,
});
