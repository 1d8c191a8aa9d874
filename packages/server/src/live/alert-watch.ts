import { type Board, rowOf, type View, viewKey } from '@foyer/domain/board';
import { readFilter } from '@foyer/domain/rules';
import type { Row } from '@foyer/protocol';

/** What somebody wants to be told of: visits that begin (visitor), or that come to match (page). Canonical filter; '' = every site. */
export interface Watched {
  readonly kind: 'visitor' | 'page';
  readonly site: string;
  readonly filter: string;
}
export const watchKey = ({ kind, site, filter }: Watched): string => `${kind}\n${viewKey(site === '' ? {} : { site }, filter)}`;

/** A visit has begun for this long: what it is known by (returning, a name) is there within a second, with a store that is slow within some. */
const BEGINS_FOR_MS = 10_000;

interface Watch {
  readonly view: View;
  readonly boardKey: string;
  /** Visits that matched, by slot, for as long as they are listed: each is told once. */
  readonly told: Set<number>;
  /** Told as soon as the visit has its number. */
  readonly waiting: Set<number>;
}

/**
 * AlertWatch — one workspace's visits on their home node, watched for what alerts ask for.
 *
 * Purpose     a change of a visit is looked at once for each different {kind, site, filter}, however many agents ask for it; without an
 *             alert it costs nothing. What matched before it was asked for is no news.
 * Cost        as a view: one test a changed visit; 1 B a listed visit, and a number for each that matched.
 */
export class AlertWatch {
  readonly #board: Board;
  readonly #now: () => number;
  readonly #watches = new Map<string, Watch>();
  #tell: (key: string, row: Row) => void = () => {};

  constructor(board: Board, now: () => number) {
    this.#board = board;
    this.#now = now;
  }

  /** Watches for these and nothing else; what was watched for goes on. `tell`: once for each visit and key. */
  set(all: readonly Watched[], tell: (key: string, row: Row) => void): void {
    this.#tell = tell;
    const wanted = new Map(all.map((watched) => [watchKey(watched), watched]));
    for (const [key, { view, boardKey }] of this.#watches) {
      if (wanted.has(key)) continue;
      view.watcher = null;
      this.#board.close(boardKey);
      this.#watches.delete(key);
    }
    for (const [key, watched] of wanted) if (!this.#watches.has(key)) this.#open(key, watched);
  }

  /** The visit has its number now. */
  met(slot: number): void {
    for (const [key, { waiting }] of this.#watches) if (waiting.delete(slot)) this.#tell(key, rowOf(this.#board.table, slot));
  }

  #open(key: string, { kind, site, filter }: Watched): void {
    // Beside the views of consoles, whose end is not ours.
    const boardKey = `alert\n${key}`;
    const { table } = this.#board;
    const view = this.#board.open(boardKey, { scope: site === '' ? {} : { site }, filter: readFilter(filter) });
    const told = new Set<number>();
    const waiting = new Set<number>();
    this.#watches.set(key, { view, boardKey, told, waiting });
    view.watcher = {
      came: (slot, isNews) => {
        if (told.has(slot)) return;
        const begins = this.#now() - table.startedAt[slot]! < BEGINS_FOR_MS;
        if (kind === 'visitor' && !begins && isNews) return;
        told.add(slot);
        if (!isNews) return;
        if (table.number[slot] === 0) waiting.add(slot);
        else this.#tell(key, rowOf(table, slot));
      },
      ended: (slot) => {
        told.delete(slot);
        waiting.delete(slot);
      },
    };
  }
}
