import type { ReplayAnswer } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { type Day, DayPages } from './day.ts';
import { CHECKPOINT_S, DayIndex } from './day-index.ts';

const FROM = Date.UTC(2026, 10, 20, 12);
const DAY_S = 86_400;
type Visit = ReplayAnswer['visits'][number];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const placesOf = (count: number): ReplayAnswer['places'] =>
  Array.from({ length: count }, (_, i) => ['AT', `R${i % 5}`, `City ${i}`, i % 80, i % 170, 0] as const);

function world(visits: number, places: number, seed = 1): { readonly visits: Visit[]; readonly places: ReplayAnswer['places'] } {
  const next = random(seed);
  const made = Array.from({ length: visits }, (_, i): Visit => {
    // Some were there already, many come at one second, some leave in it, some stay.
    const came = next() < 0.05 ? 0 : Math.floor(next() < 0.1 ? 43_200 : next() * DAY_S);
    const stays = next();
    const left = stays < 0.05 ? -1 : Math.min(DAY_S, came + Math.floor(stays < 0.1 ? 0 : next() ** 3 * 7_200));
    return [i + 1, came, left, next() < 0.1 ? -1 : Math.floor(next() * places), 1 + Math.floor(next() * 9)];
  });
  return { visits: made.sort((a, b) => a[1] - b[1]), places: placesOf(places) };
}
function dayOf(pages: readonly Pick<ReplayAnswer, 'visits' | 'places'>[], most?: number): Day {
  const day = new DayPages(most);
  for (const [i, page] of pages.entries())
    if (!day.isFull)
      day.add({
        from: FROM,
        to: FROM + DAY_S * 1_000,
        readAt: FROM + DAY_S * 1_000 + 5,
        next: i === pages.length - 1 ? null : `p${i}`,
        ...page,
      });
  return day.build();
}

/** What a look at every visit gives. */
function bruteForce(visits: readonly Visit[], second: number): { counts: Map<number, number>; there: number[] } {
  const counts = new Map<number, number>();
  const there: number[] = [];
  for (const [n, came, left, place] of visits) {
    const until = left === -1 ? Number.POSITIVE_INFINITY : Math.max(left, came + 1);
    if (came > second || until <= second) continue;
    counts.set(place, (counts.get(place) ?? 0) + 1);
    there.push(n);
  }
  return { counts, there };
}
function expectSame(index: DayIndex, visits: readonly Visit[], second: number): void {
  const { counts, there } = bruteForce(visits, second);
  const kept = new Map<number, number>();
  for (let place = -1; place < index.day.places.length; place += 1) if (index.countAt(place) !== 0) kept.set(place, index.countAt(place));
  expect(kept, `counts at ${second}`).toEqual(counts);
  expect(index.total).toBe(there.length);
  expect(index.unknown).toBe(counts.get(-1) ?? 0);
}

describe('the index of a day', () => {
  test('[RD1] at every second, forwards, backwards and by jumps, the counts are those of all visits', () => {
    for (const seed of [1, 2, 3]) {
      const { visits, places } = world(3_000, 60, seed);
      const index = new DayIndex(dayOf([{ visits, places }]));
      const next = random(seed * 99);
      let second = 0;
      for (let i = 0; i < 400; i += 1) {
        const how = next();
        second = how < 0.4 ? second + Math.floor(next() * 400) : how < 0.7 ? second - Math.floor(next() * 400) : Math.floor(next() * DAY_S);
        second = Math.max(0, Math.min(DAY_S, second));
        index.seek(second);
        expectSame(index, visits, second);
      }
      for (const edge of [0, 43_199, 43_200, 43_201, CHECKPOINT_S, CHECKPOINT_S - 1, DAY_S]) {
        index.seek(edge);
        expectSame(index, visits, edge);
      }
    }
  });

  test('[RD1] what is told as changed brings a copy of the counts up to date', () => {
    const { visits, places } = world(2_000, 40, 7);
    const index = new DayIndex(dayOf([{ visits, places }]));
    const copy = new Map<number, number>();
    const next = random(11);
    for (let i = 0; i < 300; i += 1) {
      index.seek(next() * DAY_S);
      for (const place of index.takeChanged()) copy.set(place, index.countAt(place));
      const { counts } = bruteForce(visits, index.second);
      for (let place = -1; place < places.length; place += 1) expect(copy.get(place) ?? 0).toBe(counts.get(place) ?? 0);
    }
  });

  test('[RD1] beyond its ends it is at its ends', () => {
    const { visits, places } = world(100, 5);
    const index = new DayIndex(dayOf([{ visits, places }]));
    index.seek(-5);
    expect(index.second).toBe(0);
    index.seek(DAY_S * 2);
    expect(index.second).toBe(DAY_S);
    expectSame(index, visits, DAY_S);
    expect(new DayIndex(dayOf([{ visits: [], places: [] }])).total).toBe(0);
  });

  test('[RD2] going on passes what happened meanwhile; a jump a quarter-hour at most', () => {
    const { visits, places } = world(100_000, 2_000);
    const index = new DayIndex(dayOf([{ visits, places }]));
    index.seek(20_000);
    index.passed = 0;
    index.seek(20_010);
    expect(index.passed).toBe(
      visits.filter(([, came]) => came > 20_000 && came <= 20_010).length +
        visits.filter(([, came, left]) => left !== -1 && Math.max(left, came + 1) > 20_000 && Math.max(left, came + 1) <= 20_010).length,
    );
    const next = random(5);
    for (let i = 0; i < 40; i += 1) {
      index.passed = 0;
      const to = Math.floor(next() * DAY_S);
      index.seek(to);
      const quarter = Math.floor(to / CHECKPOINT_S) * CHECKPOINT_S;
      const within = visits.filter(([, came]) => came > quarter && came <= to).length;
      const left = visits.filter(
        ([, came, gone]) => gone !== -1 && Math.max(gone, came + 1) > quarter && Math.max(gone, came + 1) <= to,
      ).length;
      expect(index.passed).toBeLessThanOrEqual(within + left + 2_001 + index.total);
    }
  });

  test('[RD4] the curve has the most at once of each step', () => {
    const { visits, places } = world(800, 10, 4);
    const index = new DayIndex(dayOf([{ visits, places }]));
    const steps = 48;
    const expected = new Array<number>(steps).fill(0);
    // Counts change only where somebody comes or goes.
    const seconds = new Set(visits.flatMap(([, came, left]) => [came, left === -1 ? came : Math.max(left, came + 1)]));
    for (let step = 0; step < steps; step += 1) seconds.add(Math.ceil((step * (DAY_S + 1)) / steps));
    for (const second of seconds) {
      if (second > DAY_S) continue;
      const step = Math.floor((second * steps) / (DAY_S + 1));
      expected[step] = Math.max(expected[step]!, bruteForce(visits, second).there.length);
    }
    expect([...index.histogram(steps)]).toEqual(expected);
  });

  test('[RD9] those who were there, the last arrival first', () => {
    const { visits, places } = world(1_000, 10, 9);
    const index = new DayIndex(dayOf([{ visits, places }]));
    const { there } = bruteForce(visits, 50_000);
    const found = index.present(50_000, 10_000);
    expect(found.map(({ number }) => number).sort((a, b) => a - b)).toEqual(there.sort((a, b) => a - b));
    expect(found.map(({ cameAt }) => cameAt)).toEqual(found.map(({ cameAt }) => cameAt).sort((a, b) => b - a));
    expect(index.present(50_000, 7)).toEqual(found.slice(0, 7));
  });
});

describe('pages of a day', () => {
  test('[RD3] a place of several pages is one, two of one name are two', () => {
    const vienna = ['AT', 'Vienna', 'Vienna', 48.2, 16.4, 0] as const;
    const other = ['AT', 'Vienna', 'Vienna', 40, 10, 0] as const;
    const berlin = ['DE', 'Berlin', 'Berlin', 52.5, 13.4, 1] as const;
    const day = dayOf([
      { visits: [[1, 0, -1, 0, 1]], places: [vienna] },
      {
        visits: [
          [2, 5, -1, 1, 1],
          [3, 6, -1, 0, 1],
          [4, 7, -1, -1, 1],
          [5, 8, -1, 2, 1],
        ],
        places: [berlin, vienna, other],
      },
    ]);
    expect([...day.place]).toEqual([0, 0, 1, -1, 2]);
    expect(day.places.map(({ id }) => id)).toEqual(['AT|Vienna|Vienna', 'DE|Berlin|Berlin', 'AT|Vienna|Vienna|2']);
    expect(day.places[1]).toMatchObject({ index: 1, city: 'Berlin', lat: 52.5, lon: 13.4, approximate: true });
    expect(day.isCut).toBe(false);
    expect(day.lengthS).toBe(DAY_S);
  });

  test('[RD3] beyond the most that is read the day ends where the visits do', () => {
    const { visits, places } = world(1_000, 10);
    const day = dayOf(
      [
        { visits: visits.slice(0, 400), places },
        { visits: visits.slice(400, 800), places },
        { visits: visits.slice(800), places },
      ],
      600,
    );
    expect(day).toMatchObject({ visits: 600, isCut: true, lengthS: visits[599]![1] });
    const index = new DayIndex(day);
    index.seek(DAY_S);
    expectSame(index, visits.slice(0, 600), day.lengthS);
  });

  test('[RD3] a day that is not over ends when it was read, by the earliest of its pages', () => {
    const day = new DayPages();
    const page = { from: FROM, to: FROM + DAY_S * 1_000, visits: [[1, 60, -1, -1, 1]] as const, places: [], next: null };
    day.add({ ...page, readAt: FROM + 3_600_500, next: 'more' });
    day.add({ ...page, readAt: FROM + 4_000_000 });
    expect(day.build().lengthS).toBe(3_600);
  });
});
