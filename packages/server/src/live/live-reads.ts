import { without } from '@foyer/domain/board';
import { type Detail, LIMITS, type Place, type Row, type Scope, type Sort } from '@foyer/protocol';
import type { LiveReads } from '../edge/http/deps.ts';
import type { Clock } from '../ports/clock.ts';
import type { Feeds, Watcher } from './feeds.ts';
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

  async list(q: { workspace: string; scope: Scope; filter: string; sort: Sort; dir: 'asc' | 'desc'; limit: number; hidden: readonly string[] }): ReturnType<LiveReads['list']> {
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
      await this.#until(() => !feed.isCounting, seen);
      return { ok: true, value: { total: seen.listed, live: seen.live, rows: seen.rows().map((row) => without(row, q.hidden)) } };
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

  #until(isDone: () => boolean, watcher: ListWatcher): Promise<void> {
    if (isDone()) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#clock.setTimeout(resolve, ANSWER_WITHIN_MS);
      watcher.onPatch = () => {
        if (!isDone()) return;
        cancel();
        resolve();
      };
    });
  }
}

class ListWatcher implements Watcher {
  listed = 0;
  live = 0;
  onPatch: () => void = () => {};
  #order: readonly string[] = [];
  #rows = new Map<string, Row>();

  patch(_: string, patch: ViewPatch): void {
    const { totals, rows } = patch;
    this.listed = totals?.set.listed ?? this.listed;
    this.live = totals?.set.live ?? this.live;
    if (rows) {
      const before = rows.full ? new Map<string, Row>() : this.#rows;
      this.#order = rows.order ?? this.#order;
      this.#rows = new Map(this.#order.map((id) => [id, { ...before.get(id), ...rows.set?.[id] } as Row]));
    }
    this.onPatch();
  }

  detail(): void {}

  rows(): Row[] {
    return this.#order.map((id) => this.#rows.get(id)!);
  }
}
