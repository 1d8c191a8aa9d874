import type { ReplayAnswer } from '@foyer/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { DayPages } from './day.ts';
import { DayIndex } from './day-index.ts';
import { loadDay, spanOf } from './load-day.ts';
import { Player } from './player.ts';

const FROM = Date.UTC(2026, 10, 20, 12);
const DAY_S = 86_400;
const PAGE: ReplayAnswer = {
  from: FROM,
  to: FROM + DAY_S * 1_000,
  readAt: FROM + DAY_S * 1_000,
  visits: [
    [1, 0, 900, 0, 3],
    [2, 1_000, 5_000, 1, 1],
    [3, 1_000, -1, 0, 2],
    [4, 80_000, 80_600, -1, 1],
  ],
  places: [
    ['AT', 'Vienna', 'Vienna', 48.2, 16.4, 0],
    ['DE', 'Berlin', 'Berlin', 52.5, 13.4, 0],
  ],
  next: null,
};

let waiting: ((now: number) => void) | null = null;
let now = 0;
const frames = {
  next: (run: (now: number) => void) => {
    waiting = run;
    return () => {
      waiting = null;
    };
  },
};
/** Frames for so many milliseconds, 20 ms each. */
function pass(ms: number): void {
  for (const until = now + ms; now < until;) {
    now += 20;
    const run = waiting;
    waiting = null;
    run?.(now);
  }
}
beforeEach(() => {
  waiting = null;
  now = 0;
});

function make(isStepped = false): Player {
  const pages = new DayPages();
  pages.add(PAGE);
  return new Player(new DayIndex(pages.build()), { frames, isStepped });
}
const cities = (player: Player): Record<number, number> => Object.fromEntries([...player.store.cities.values()].map(([i, n]) => [i!, n!]));

describe('the player', () => {
  test('[RD8] the map’s stores have the counts of the moment, as the server would say them', async () => {
    const player = make();
    expect(cities(player)).toEqual({ 0: 1 });
    expect(player.store.totals).toMatchObject({ live: 1, unknownPlace: 0 });
    player.seek(1_000);
    expect(cities(player)).toEqual({ 0: 1, 1: 1 });
    player.seek(80_010);
    expect(cities(player)).toEqual({ 0: 1 });
    expect(player.store.totals).toMatchObject({ live: 2, unknownPlace: 1, byStatus: { active: 2 } });
    player.seek(950);
    expect(cities(player)).toEqual({});
    await expect.poll(() => player.places.get(1)?.city).toBe('Berlin');
    expect(player.places.find('AT|Vienna|Vienna')?.index).toBe(0);
  });

  test('[RD5] it plays at its speed, pauses, stops at the end and begins again', () => {
    const player = make();
    player.play();
    pass(1_020);
    expect(player.second).toBeCloseTo(900, 0);
    player.setSpeed(3_600);
    pass(1_000);
    expect(player.second).toBeCloseTo(4_500, 0);
    player.pause();
    expect(waiting).toBeNull();
    pass(1_000);
    expect(player.second).toBeCloseTo(4_500, 0);
    expect(player.moment).toMatchObject({ isPlaying: false, speed: 3_600, total: 2 });
    player.play();
    pass(30_000);
    expect(player.second).toBe(DAY_S);
    expect(player.moment.isPlaying).toBe(false);
    expect(waiting).toBeNull();
    player.play();
    expect(player.second).toBe(0);
    expect(player.moment.isPlaying).toBe(true);
    player.dispose();
    expect(waiting).toBeNull();
  });

  test('[RD5] after a pause of the page itself it goes on where it was', () => {
    const player = make();
    player.play();
    pass(100);
    const before = player.second;
    now += 60_000;
    pass(20);
    expect(player.second - before).toBeLessThan(1_900);
  });

  test('[RD8] counts reach the map at most ten times a second, also when the day flies', () => {
    const player = make();
    let told = 0;
    player.store.subscribeTotals(() => (told += 1));
    let drawn = 0;
    player.subscribeFrame(() => (drawn += 1));
    player.setSpeed(3_600);
    player.play();
    pass(2_000);
    expect(drawn).toBeGreaterThan(60);
    expect(told).toBeLessThanOrEqual(21);
  });

  test.each([60, 900, 3_600] as const)('[RD15] at %i× list and pins are told the same second, ten times a second at most', (speed) => {
    const player = make();
    player.seek(900);
    player.setSpeed(speed);
    player.play();
    let told = 0;
    const undo = player.subscribeCounted(() => {
      told += 1;
      const { second, total, isPlaying } = player.counted;
      expect(isPlaying).toBe(true);
      // What the pins have is of this very second, which is the one on the clock.
      expect(player.store.totals?.live).toBe(total);
      expect(player.index.onlineAt(second)).toBe(total);
      expect(Math.floor(player.second)).toBe(second);
    });
    pass(2_000);
    expect(told).toBeGreaterThan(15);
    expect(told).toBeLessThanOrEqual(21);
    expect(player.second - player.counted.second).toBeLessThanOrEqual(speed * 0.12);
    undo();
    player.pause();
    expect(player.counted).toMatchObject({ isPlaying: false, second: Math.floor(player.second) });
  });

  test('[RD12] where motion is not wanted it moves a step a second', () => {
    const player = make(true);
    const seen: number[] = [];
    player.play();
    player.subscribeFrame(() => seen.push(player.second));
    pass(4_000);
    expect(seen.length).toBeLessThanOrEqual(4);
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });

  test('[RD5] who comes while it plays is told with their place; nobody by a jump, or where motion is not wanted', () => {
    for (const isStepped of [false, true]) {
      const player = make(isStepped);
      const came: number[] = [];
      player.subscribeArrivals((places) => came.push(...places));
      player.seek(990);
      player.seek(4_000);
      player.seek(990);
      expect(came).toEqual([]);
      player.play();
      pass(1_200);
      expect(came.toSorted((a, b) => a - b)).toEqual(isStepped ? [] : [0, 1]);
      player.pause();
    }
  });

  test('[RD6] moved by hand while it plays, it goes on from there', () => {
    const player = make();
    player.play();
    pass(100);
    player.seek(40_000);
    pass(1_000);
    expect(player.second).toBeGreaterThan(40_800);
    player.seek(-10);
    expect(player.second).toBe(0);
    player.seek(DAY_S + 10);
    expect(player.second).toBe(DAY_S);
  });
});

describe('reading a day', () => {
  test('[RD3] pages are asked for one after the other, all of one span', async () => {
    const asked: Record<string, string>[] = [];
    const counts: number[] = [];
    const day = await loadDay(
      { site: 's1', moment: null, now: PAGE.to },
      {
        signal: new AbortController().signal,
        onVisits: (visits) => counts.push(visits),
        read: (query) => {
          asked.push({ ...query });
          return Promise.resolve({ ...PAGE, next: asked.length < 3 ? `n${asked.length}` : null });
        },
      },
    );
    const span = { from: String(PAGE.from), to: String(PAGE.to), site: 's1' };
    expect(asked).toEqual([span, { ...span, after: 'n1' }, { ...span, after: 'n2' }]);
    expect(counts).toEqual([4, 8, 12]);
    expect(day.visits).toBe(12);
  });

  test('[RD10] a moment of the last 24 hours is in them; an older one is in the middle of its day', () => {
    const at = PAGE.to;
    expect(spanOf({ moment: null, now: at })).toEqual({ from: at - 86_400_000, to: at });
    expect(spanOf({ moment: at - 86_000_000, now: at })).toEqual({ from: at - 86_400_000, to: at });
    expect(spanOf({ moment: at - 300_000_000, now: at })).toEqual({ from: at - 343_200_000, to: at - 256_800_000 });
    expect(spanOf({ moment: at - 86_500_000, now: at })).toEqual({ from: at - 129_700_000, to: at - 43_300_000 });
  });
});
