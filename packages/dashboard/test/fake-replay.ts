/** What the scripted server answers about a day to be played. */
import type { ReplayAnswer } from '@foyer/protocol';
import { COORDINATES, PLACES, seeded } from './fake-visits.ts';

const QUARTER_MS = 900_000;
const DAY_S = 86_400;
type Visit = ReplayAnswer['visits'][number];

export class FakeReplay {
  /** Places by their index: not those that they have in the views of now. */
  readonly places: ReplayAnswer['places'] = PLACES.filter(([, , city]) => city !== '')
    .map(([country, region, city]) => [country, region, city, COORDINATES[city]?.[0] ?? 0, COORDINATES[city]?.[1] ?? 0, 0] as const)
    .reverse();
  /** Seconds since the day's beginning, in the order in which they came. */
  visits: Visit[] = [];
  perPage = 10_000;
  /** So many answers are refusals. */
  fails = 0;
  readonly heard: URLSearchParams[] = [];

  /** A day with its waves: few at night, most at noon and in the evening. */
  fill(count: number): void {
    const random = seeded(3);
    const made: Visit[] = [];
    while (made.length < count) {
      const came = Math.floor(random() * DAY_S);
      const busy =
        0.25 + 0.75 * Math.max(0, Math.sin((came / DAY_S) * Math.PI * 2 - 0.6)) + 0.4 * Math.max(0, Math.sin((came / DAY_S) * Math.PI * 4));
      if (random() > busy) continue;
      const left = came + 20 + Math.floor(random() ** 3 * 5_400);
      const place = random() < 0.04 ? -1 : Math.floor(random() ** 1.7 * this.places.length);
      made.push([0, came, left > DAY_S ? -1 : left, place, 1 + Math.floor(random() * 8)]);
    }
    this.visits = made.sort((a, b) => a[1] - b[1]).map(([, ...rest], i) => [4_000 + i, ...rest] as const);
  }
  indexOf(city: string): number {
    return this.places.findIndex((place) => place[2] === city);
  }

  /** null: not this route. */
  answer(route: string, query: URLSearchParams): [number, unknown] | null {
    if (route !== 'GET /replay') return null;
    this.heard.push(query);
    if (this.fails > 0) {
      this.fails -= 1;
      return [422, { error: { code: 'unavailable', message: 'Foyer cannot reach its store.' } }];
    }
    const from = Number(query.get('from'));
    const to = Number(query.get('to'));
    const skip = Number(query.get('after') ?? 0);
    const answer: ReplayAnswer = {
      from: from - (from % QUARTER_MS),
      to: Math.ceil(to / QUARTER_MS) * QUARTER_MS,
      readAt: Math.max(to, Date.now()),
      visits: this.visits.slice(skip, skip + this.perPage),
      places: this.places,
      next: skip + this.perPage < this.visits.length ? String(skip + this.perPage) : null,
    };
    return [200, answer];
  }
}
