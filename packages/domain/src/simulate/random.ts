/**
 * A seeded source of chance: the same seed gives the same draws on every machine.
 * Not for secrets. Algorithm: mulberry32, 2^32 period, enough for worlds of a few million draws.
 */
export interface Random {
  /** In [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** An exponential waiting time with this mean. */
  wait(mean: number): number;
  /** Log-normal around `median`: how long people look at a page (long tail, never negative). */
  around(median: number, sigma: number): number;
  /** `length` characters of [a-z0-9], for ids. */
  id(length: number): string;
}

const ID_CHARS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new Error('pick needs at least one choice');
      return from[int(0, from.length - 1)] as T;
    },
    wait: (mean) => -Math.log(1 - next()) * mean,
    around(median, sigma) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
    id(length) {
      let id = '';
      while (id.length < length) id += ID_CHARS[int(0, ID_CHARS.length - 1)];
      return id;
    },
  };
}

/** Draws from `items` in proportion to their weights. Cost: O(log n) a draw. */
export function weightedChoice<T>(items: readonly T[], weightOf: (item: T) => number): (random: Random) => T {
  const upTo: number[] = [];
  let sum = 0;
  for (const item of items) upTo.push((sum += weightOf(item)));
  if (!(sum > 0)) throw new Error('weights must add up to more than nothing');
  return (random) => {
    const target = random.next() * sum;
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) > target) high = middle;
      else low = middle + 1;
    }
    return items[low] as T;
  };
}
