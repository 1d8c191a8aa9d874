import { without } from '@foyer/domain/board';
import { type Detail, LIMITS, type Place, type Row, type RowKey, type Scope, type Sort, type Totals, type Window } from '@foyer/protocol';
import type { LiveReads, LiveTotals } from '../edge/http/deps.ts';
import type { Clock } from '../ports/clock.ts';
import type { Feed, Feeds, Watcher } from './feeds.ts';
import type { LiveNode } from './node.ts';
import type { ViewPatch } from './view-patch.ts';

/** A read waits this long for every node's part and for a new filter to be counted; then it answers with what there is. */
const ANSWER_WITHIN_MS = 2_000;

/** The REST side of the live core: one-off reads through the same views that consoles have. */
export class LiveReadsOf implements LiveReads {
  readonly #feeds: Feeds;
  readonly #live: LiveNode;
  readonly #clock: Clock;

  constructor(feeds: Feeds, live: LiveNode, clock: Clock) {
    this.#feeds = feeds;
    this.#live = live;
    this.#clock = clock;
  }

  async list(q: {
    workspace: string;
    scope: Scope;
    filter: string;
    sort: Sort;
    dir: 'asc' | 'desc';
    limit: number;
    hidden: readonly string[];
  }): ReturnType<LiveReads['list']> {
    const seen = new ListWatcher();
    const feed = this.#feeds.open(seen, 'rest', {
      workspace: q.workspace,
      scope: q.scope,
      filter: q.filter,
      streams: ['totals', 'rows'],
      window: { sort: q.sort, dir: q.dir, before: 0, after: Math.min(q.limit, LIMITS.windowRows) },
      hidden: q.hidden,
    });
    if ('code' in feed) return { ok: false, error: feed };
    try {
      const rows = await this.#page(feed, seen, q);
      return { ok: true, value: { totals: seen.totals, rows: rows.map((row) => without(row, q.hidden)) } };
    } finally {
      feed.close();
    }
  }

  async detail(q: { workspace: string; id: string; hidden: readonly string[] }): Promise<Detail | null> {
    const { detail } = await this.#follow(q.workspace, q.id);
    return detail === null ? null : without(detail, q.hidden);
  }

  async addressHashOf(q: { workspace: string; id: string }): Promise<string | null> {
    const { detail, addressHash } = await this.#follow(q.workspace, q.id);
    return detail === null || addressHash === '' ? null : addressHash;
  }

  places(epoch: string, from: number): readonly Place[] | null {
    return epoch === this.#live.epoch ? this.#live.places.from(from, this.#live.places.size) : null;
  }

  /** With one node the answer is there at once; other nodes' come within the time for answers. */
  async #follow(workspace: string, id: string): Promise<{ detail: Detail | null; addressHash: string }> {
    let detail: Detail | null = null;
    let wake = (): void => {};
    const watcher: Watcher = {
      patch: () => {},
      detail: (_, found) => {
        detail = found;
        if (found) wake();
      },
    };
    const stop = this.#feeds.follow(watcher, 'rest', workspace, id);
    try {
      if (detail === null && this.#live.membership.members.length > 1) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          this.#clock.setTimeout(resolve, ANSWER_WITHIN_MS);
        });
      }
      return { detail, addressHash: this.#feeds.addressHashOf(workspace, id) };
    } finally {
      stop();
    }
  }

  /** The first `limit` rows, a window at a time, each from the last row of the one before. All within the time for answers. */
  async #page(feed: Feed, seen: ListWatcher, q: { sort: Sort; dir: 'asc' | 'desc'; limit: number }): Promise<Row[]> {
    const until = this.#clock.mono() + ANSWER_WITHIN_MS;
    const rows = new Map<string, Row>();
    for (;;) {
      const isWhole = await this.#complete(feed, seen, until - this.#clock.mono());
      const known = rows.size;
      for (const row of seen.rows()) rows.set(row.id, row);
      const anchor = seen.lastRow;
      if (!isWhole || !anchor || rows.size >= q.limit || rows.size === known) return [...rows.values()].slice(0, q.limit);
      // One more than is missing: the anchor itself comes again.
      const window: Window = { sort: q.sort, dir: q.dir, anchor, before: 0, after: Math.min(q.limit - rows.size + 1, LIMITS.windowRows) };
      feed.move(window);
    }
  }

  /** Whether every node has told all it has. */
  #complete(feed: Feed, watcher: ListWatcher, withinMs: number): Promise<boolean> {
    if (feed.isComplete()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const cancel = this.#clock.setTimeout(() => resolve(false), withinMs);
      watcher.heard = () => {
        if (!feed.isComplete()) return;
        cancel();
        resolve(true);
      };
    });
  }
}

const NOBODY: LiveTotals = {
  listed: 0,
  live: 0,
  chatting: 0,
  browsing: 0,
  unknownPlace: 0,
  byStatus: { unassigned: 0, assigned: 0, ai: 0, chatting: 0, active: 0, resolved: 0, inactive: 0 },
};
/** What a patch says of the counts; the rest as before. */
function pick(set: Partial<Totals>, before: LiveTotals): LiveTotals {
  const { listed, live, chatting, browsing, unknownPlace, byStatus } = { ...before, ...set };
  return { listed, live, chatting, browsing, unknownPlace, byStatus: { ...byStatus } };
}

class ListWatcher implements Watcher {
  totals: LiveTotals = NOBODY;
  heard: () => void = () => {};
  #order: readonly string[] = [];
  #rows = new Map<string, Row>();
  #keys = new Map<string, RowKey>();

  patch(_: string, patch: ViewPatch): void {
    const { totals, rows } = patch;
    if (totals) this.totals = pick(totals.set, this.totals);
    if (rows) {
      const before = rows.full ? new Map<string, Row>() : this.#rows;
      this.#order = rows.order ?? this.#order;
      const keys = rows.full ? new Map<string, RowKey>() : this.#keys;
      this.#rows = new Map(this.#order.map((id) => [id, { ...before.get(id), ...rows.set?.[id] } as Row]));
      this.#keys = new Map(this.#order.map((id) => [id, rows.keys?.[id] ?? keys.get(id)!]));
    }
  }

  detail(): void {}

  rows(): Row[] {
    return this.#order.map((id) => this.#rows.get(id)!);
  }

  get lastRow(): Window['anchor'] {
    const id = this.#order.at(-1);
    return id === undefined ? undefined : { id, key: this.#keys.get(id)! };
  }
}
