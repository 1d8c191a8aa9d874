import type { ReplayAnswer } from '@foyer/protocol';
import type { HistoryStore } from '../ports/history-store.ts';
import { cursorOf, keyFrom } from './cursor.ts';

const QUARTER_MS = 900_000;
/** Visits in one answer: about 300 kB. */
const TOGETHER = 10_000;
/** Answers kept: a day of 100,000 visits, watched by some. About 12 MB at most. */
const KEPT = 40;

export interface ReplayQuery {
  readonly workspace: string;
  readonly site?: string;
  readonly from: number;
  readonly to: number;
  readonly after?: string | undefined;
  readonly now: number;
}

/** What happened in a span of time, for the map that plays it. Spans are whole quarter-hours; those that are over are read once. */
export class Replay {
  readonly #store: Pick<HistoryStore, 'replay'>;
  readonly #kept = new Map<string, Promise<ReplayAnswer>>();

  constructor(store: Pick<HistoryStore, 'replay'>) {
    this.#store = store;
  }

  read(q: ReplayQuery): Promise<ReplayAnswer> {
    const from = q.from - (q.from % QUARTER_MS);
    const to = Math.ceil(q.to / QUARTER_MS) * QUARTER_MS;
    // Whoever is still there may leave: what was read is good until the quarter-hour is over.
    const key = JSON.stringify([q.workspace, q.site, from, to, q.after, Math.floor(q.now / QUARTER_MS)]);
    const known = this.#kept.get(key);
    if (known) return known;
    const answer = this.#page({ ...q, from, to });
    this.#kept.set(key, answer);
    answer.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return answer;
  }

  async #page({ workspace, site, from, to, after, now }: ReplayQuery): Promise<ReplayAnswer> {
    const key = keyFrom(after);
    const found = await this.#store.replay({
      ...{ workspace, from, to, limit: TOGETHER + 1 },
      ...(site === undefined ? {} : { site }),
      ...(key === null ? {} : { after: { startedAt: key[0], visit: key[1] } }),
    });
    const shown = found.slice(0, TOGETHER);
    const places: ReplayAnswer['places'][number][] = [];
    const indexes = new Map<string, number>();
    const placeOf = ({ place, country, region, city, lat, lon, approximate }: (typeof shown)[number]): number => {
      if (place === '') return -1;
      let index = indexes.get(place);
      if (index === undefined) {
        indexes.set(place, (index = places.length));
        places.push([country, region, city, Math.round(lat * 1e3) / 1e3, Math.round(lon * 1e3) / 1e3, approximate ? 1 : 0]);
      }
      return index;
    };
    const second = (at: number): number => Math.min(Math.ceil((to - from) / 1_000), Math.max(0, Math.round((at - from) / 1_000)));
    const last = shown.at(-1);
    return {
      from,
      to,
      readAt: Math.floor(now),
      visits: shown.map((v) => [
        v.number,
        second(v.startedAt),
        v.leftAt === 0 || v.leftAt >= to ? -1 : Math.max(second(v.startedAt), second(v.leftAt)),
        placeOf(v),
        v.pages,
      ]),
      places,
      next: found.length > TOGETHER && last ? cursorOf([last.startedAt, last.visit]) : null,
    };
  }
}
