import type { ReplayAnswer } from '@foyer/protocol';
import { request } from '../api/request.ts';
import { type Day, DayPages } from './day.ts';

const HALF_DAY_MS = 43_200_000;
const DAY_MS = 2 * HALF_DAY_MS;

export interface DayQuery {
  readonly site: string | undefined;
  /** Epoch ms that has to be in it. null: the last 24 hours. */
  readonly moment: number | null;
  /** Epoch ms. */
  readonly now: number;
}
/** Asks for one page. Throws `ApiFailure`. */
export type ReadPage = (query: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<ReplayAnswer>;

const readPage: ReadPage = (query, signal) => request<ReplayAnswer>(`/replay?${new URLSearchParams(query).toString()}`, { signal });

/** The last 24 hours; or, for a link to a moment before them, the day around it. */
export function spanOf({ moment, now }: Pick<DayQuery, 'moment' | 'now'>): { readonly from: number; readonly to: number } {
  const to = Math.round(moment === null || moment >= now - DAY_MS ? now : Math.min(now, moment + HALF_DAY_MS));
  return { from: to - DAY_MS, to };
}

/** Reads a day, page by page. `onVisits`: how many there are so far. Throws `ApiFailure`, and what an abort throws. */
export async function loadDay(
  q: DayQuery,
  {
    signal,
    onVisits,
    read = readPage,
  }: { readonly signal: AbortSignal; readonly onVisits: (visits: number) => void; readonly read?: ReadPage },
): Promise<Day> {
  const pages = new DayPages();
  const { from, to } = spanOf(q);
  const query = { from: String(from), to: String(to), ...(q.site === undefined ? {} : { site: q.site }) };
  for (let after: string | null = ''; after !== null;) {
    const page: ReplayAnswer = await read(after === '' ? query : { ...query, after }, signal);
    pages.add(page);
    onVisits(pages.visits);
    after = pages.isFull ? null : page.next;
  }
  return pages.build();
}
