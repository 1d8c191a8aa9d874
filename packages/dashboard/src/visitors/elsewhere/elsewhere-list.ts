import type { InboxEntry } from '@foyer/protocol';
import type { ChatRest, Inbox, InboxSection, SectionKey } from '../../chat/chat-types.ts';
import type { EntryStore } from '../../chat/entry-store.ts';
import { type SectionSpec, sectionsOf } from '../../chat/inbox-sections.ts';
import { Listeners } from '../../live/listeners.ts';
import type { LiveClock } from '../../live/ports.ts';

/** Visitors come and go by the dozen a second; who reads this list reads it once a second. */
const AT_MOST_EVERY_MS = 1_000;
/** Who comes back after their conversation was resolved is no news that is told: looked at in this time. */
const LOOK_AGAIN_MS = 60_000;
const AGAIN_MS = 2_000;
/** Changes of this long are drawn together. */
const TOGETHER_MS = 20;
/** Where nearly everybody is on the map pages are short or empty: so many are read for one wish. */
const MOST_PAGES = 4;

interface Options {
  readonly site: string | undefined;
  /** One's own user id. */
  readonly self: string;
  readonly entries: EntryStore;
  readonly rest: Pick<ChatRest, 'inbox'>;
  readonly clock: LiveClock;
  /** Epoch ms of the server. */
  readonly now: () => number;
}
interface Section {
  readonly spec: SectionSpec;
  readonly named: readonly string[];
  readonly next: string | null;
  readonly isComplete: boolean;
}

/**
 * ElsewhereList — conversations without a visit on the map, in the stretches of the inbox: waiting, open, resolved today.
 *
 * Purpose     the server alone knows who is on the map, so it names them, and again when it says that it is others; how each one stands
 *             comes with every change, so a state is seen at once, and moves the line to where it belongs.
 * Invariants  as far as was read is read again; what stands on the screen stays until all of it has come.
 * Lifecycle   `open` while it is shown.
 */
export class ElsewhereList {
  readonly #q: Options;
  readonly #changed = new Listeners();
  #sections: readonly Section[] = [];
  #isRead = false;
  #failure: unknown = null;
  /** Of which reading the answers count. */
  #reading = 0;
  #isLoadingMore = false;
  #isHeld = false;
  #isStale = false;
  #isDrawing = false;
  #shown: Inbox | null = null;

  constructor(q: Options) {
    this.#q = q;
  }
  readonly subscribe = this.#changed.subscribe;
  readonly get = (): Inbox => {
    this.#shown ??= {
      sections: this.#sections.map((section): InboxSection => ({
        key: section.spec.key,
        ids: this.#idsIn(section.spec),
        isComplete: section.isComplete,
      })),
      isLoading: !this.#isRead && this.#failure === null,
      failure: this.#failure,
      loadMore: this.#loadMore,
      again: () => void this.#load(),
    };
    return this.#shown;
  };

  /** Reads, and follows from now on. Answers its end. */
  open(): () => void {
    const undo = this.#q.entries.subscribeAny((id) => {
      if (this.#sections.some(({ named }) => named.includes(id))) this.#drawSoon();
    });
    const again = (): void => {
      stop = this.#q.clock.after(LOOK_AGAIN_MS, () => {
        this.stale();
        again();
      });
    };
    let stop = (): void => {};
    again();
    this.stale();
    return () => {
      undo();
      stop();
      this.#reading += 1;
    };
  }

  /** Others than before have no visit. */
  stale(): void {
    if (this.#isHeld) {
      this.#isStale = true;
      return;
    }
    this.#isHeld = true;
    void this.#load();
    this.#q.clock.after(AT_MOST_EVERY_MS, () => {
      this.#isHeld = false;
      if (!this.#isStale) return;
      this.#isStale = false;
      this.stale();
    });
  }

  async #load(): Promise<void> {
    const reading = (this.#reading += 1);
    const { site, self, now } = this.#q;
    const specs = sectionsOf({ tab: 'open', ...(site ? { site } : {}) }, { self, midnight: new Date(now()).setHours(0, 0, 0, 0) });
    try {
      const read = await Promise.all(
        specs.map((spec) => {
          const known = this.#sections.find((section) => section.spec.key === spec.key)?.named.length ?? 0;
          return this.#read({ spec, named: [], next: null, isComplete: false }, Math.max(1, known));
        }),
      );
      if (reading !== this.#reading) return;
      this.#sections = read;
      this.#isRead = true;
      this.#failure = null;
    } catch (failure) {
      if (reading !== this.#reading) return;
      this.#failure = failure;
      this.#q.clock.after(AGAIN_MS, () => reading === this.#reading && void this.#load());
    }
    this.#isLoadingMore = false;
    this.#draw();
  }

  readonly #loadMore = (key: SectionKey): void => {
    const section = this.#sections.find(({ spec }) => spec.key === key);
    if (!section || section.isComplete || this.#isLoadingMore) return;
    this.#isLoadingMore = true;
    const reading = this.#reading;
    void this.#read(section, section.named.length + 1)
      .then(
        (further) => {
          if (reading !== this.#reading) return;
          this.#sections = this.#sections.map((one) => (one === section ? further : one));
        },
        // What is there stays; who scrolls on asks again.
        () => undefined,
      )
      .finally(() => {
        if (reading !== this.#reading) return;
        this.#isLoadingMore = false;
        this.#draw();
      });
  };

  /** On from where the stretch ends, until it names `wanted` or there is no more. */
  async #read(section: Section, wanted: number): Promise<Section> {
    const { entries, rest } = this.#q;
    const { spec } = section;
    const named = [...section.named];
    let { next } = section;
    for (let page = 0; page === 0 || (named.length < wanted && page < MOST_PAGES * Math.ceil(wanted / 50)); page += 1) {
      const read = await rest.inbox({ ...spec.ask, visit: 'none', ...(next === null ? {} : { after: next }) });
      for (const entry of read.entries) {
        entries.put(entry);
        if (!named.includes(entry.conversation.id)) named.push(entry.conversation.id);
      }
      next = read.next;
      const last = read.entries.at(-1);
      if (next === null || (last && spec.endsAt(last))) return { spec, named, next, isComplete: true };
    }
    return { spec, named, next, isComplete: false };
  }

  /** By what is known of each now, which may be more than when it was named. */
  #idsIn(spec: SectionSpec): readonly string[] {
    const { entries } = this.#q;
    const there = new Map<string, InboxEntry>();
    for (const { named } of this.#sections) {
      for (const id of named) {
        const entry = entries.get(id);
        if (entry && spec.holds(entry.conversation)) there.set(id, entry);
      }
    }
    const rank = (id: string): number => spec.rank(there.get(id)!.conversation);
    return [...there.keys()].toSorted((a, b) => rank(a) - rank(b) || (a < b ? -spec.ids : spec.ids));
  }

  #drawSoon(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    this.#q.clock.after(TOGETHER_MS, () => {
      this.#isDrawing = false;
      this.#draw();
    });
  }
  #draw(): void {
    this.#shown = null;
    this.#changed.notify();
  }
}
