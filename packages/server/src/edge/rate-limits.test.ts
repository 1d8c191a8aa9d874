import { describe, expect, it } from 'vitest';
import { Bucket, CONNECTIONS_PER_ADDRESS, ConnectionLimits, FRAMES_PER_TAB, KeyedBuckets } from './rate-limits.ts';
import { LOGIN, Throttle } from './throttle.ts';

/** How many of `tries` are let through when they come evenly over `overMs`. */
function passed(take: (nowMs: number) => boolean, tries: number, overMs: number, fromMs = 0): number {
  let through = 0;
  for (let i = 0; i < tries; i++) if (take(fromMs + (i * overMs) / tries)) through++;
  return through;
}

describe('frames of one tab', () => {
  it('[AD8] 60 pass at once, the 61st does not', () => {
    const bucket = new Bucket(FRAMES_PER_TAB);
    expect(passed((now) => bucket.take(now), 61, 0)).toBe(60);
  });

  it('[AD8] 20 a second pass for ever', () => {
    const bucket = new Bucket(FRAMES_PER_TAB);
    expect(passed((now) => bucket.take(now), 20 * 3_600, 3_600_000)).toBe(20 * 3_600);
  });

  it('[AD8] 10,000 a second are stopped within the burst', () => {
    const bucket = new Bucket(FRAMES_PER_TAB);
    let frames = 0;
    while (bucket.take(frames / 10)) frames++;
    expect(frames).toBeGreaterThanOrEqual(60);
    expect(frames).toBeLessThanOrEqual(61);
  });

  it('[AD8] after silence the whole burst is there again, not more', () => {
    const bucket = new Bucket(FRAMES_PER_TAB);
    passed((now) => bucket.take(now), 100, 0);
    expect(passed((now) => bucket.take(now), 100, 0, 3_000)).toBe(60);
    expect(passed((now) => bucket.take(now), 100, 0, 1e9)).toBe(60);
  });
});

describe('connections', () => {
  const from = (address: string, limits: ConnectionLimits) => (now: number) => limits.admit({ addressHash: address, site: 's' }, now).ok;

  it('[AD7] 500 tabs behind one address pass at once, and again after a restart of theirs', () => {
    const limits = new ConnectionLimits();
    expect(passed(from('a', limits), 500, 0)).toBe(500);
    expect(passed(from('a', limits), 500, 0, 1_000)).toBe(500);
  });

  it('[AD7] beyond the burst an address is told when to come back, and may then', () => {
    const limits = new ConnectionLimits();
    passed(from('a', limits), CONNECTIONS_PER_ADDRESS.burst, 0);
    const refused = limits.admit({ addressHash: 'a', site: 's' }, 0);
    expect(refused).toEqual({ ok: false, by: 'address', retryAfterMs: 20 });
    expect(from('a', limits)(20)).toBe(true);
    expect(from('a', limits)(20)).toBe(false);
  });

  it('[AD7] one address that floods does not hold up another', () => {
    const limits = new ConnectionLimits();
    passed(from('a', limits), 10_000, 0);
    expect(from('b', limits)(0)).toBe(true);
  });

  it('[AD7] a site is limited over all its addresses', () => {
    const limits = new ConnectionLimits();
    let through = 0;
    for (let i = 0; i < 25_000; i++) if (limits.admit({ addressHash: `a${i % 1_000}`, site: 's' }, 0).ok) through++;
    expect(through).toBe(20_000);
    expect(limits.admit({ addressHash: 'new', site: 's' }, 0)).toEqual({ ok: false, by: 'site', retryAfterMs: 1 });
    expect(limits.admit({ addressHash: 'new', site: 'other' }, 0)).toEqual({ ok: true });
  });

  it('[AD9] what is remembered of addresses is bounded, and shrinks by itself', () => {
    const buckets = new KeyedBuckets({ burst: 2, perS: 1 }, 100);
    for (let i = 0; i < 1_000; i++) buckets.take(`a${i}`, 0);
    expect(buckets.size).toBe(100);
    for (let i = 0; i < 100; i++) buckets.take('b', 1e6 + i * 1_000);
    expect(buckets.size).toBe(1);
  });

  it('[AD9] the one used longest ago is forgotten first', () => {
    const buckets = new KeyedBuckets({ burst: 1, perS: 1 }, 2);
    buckets.take('old', 0);
    buckets.take('young', 0);
    buckets.take('new', 0);
    expect(buckets.take('young', 0)).toBeGreaterThan(0);
    expect(buckets.take('old', 0)).toBe(0);
  });
});

describe('failing to sign in', () => {
  const failing = (times: number, throttle = new Throttle()) => {
    for (let i = 0; i < times; i++) throttle.fail('anna', 0);
    return throttle;
  };

  it.each([
    [0, 0],
    [5, 0],
    [6, 1_000],
    [7, 2_000],
    [8, 4_000],
    [11, 32_000],
    [12, 60_000],
    [1_000, 60_000],
  ])('[AD10] after %i failures the wait is %i ms', (times, wait) => {
    const throttle = failing(times);
    expect(throttle.check('anna', 0)).toEqual(wait === 0 ? { ok: true } : { ok: false, retryAfterMs: wait });
    expect(throttle.check('anna', wait)).toEqual({ ok: true });
    expect(throttle.check('bert', 0)).toEqual({ ok: true });
  });

  it('[AD10] success forgets, and so do 15 quiet minutes', () => {
    const throttle = failing(10);
    throttle.succeed('anna');
    expect(throttle.check('anna', 0)).toEqual({ ok: true });
    failing(10, throttle);
    throttle.fail('anna', LOGIN.forgetAfterMs);
    expect(throttle.check('anna', LOGIN.forgetAfterMs)).toEqual({ ok: true });
  });

  it('[AD10] a clock that jumps back an hour makes nobody wait an hour', () => {
    const throttle = new Throttle();
    for (let i = 0; i < 20; i++) throttle.fail('anna', 3_600_000);
    expect(throttle.check('anna', 0)).toEqual({ ok: false, retryAfterMs: 60_000 });
  });

  it('[AD9] what is remembered of failures is bounded', () => {
    const throttle = new Throttle({ ...LOGIN, maxKeys: 100 });
    for (let i = 0; i < 1_000; i++) throttle.fail(`k${i}`, 0);
    expect(throttle.size).toBe(100);
  });
});
