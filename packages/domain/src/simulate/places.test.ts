import { describe, expect, test } from 'vitest';
import { addressIn, languageIn, ORIGINS } from './places.ts';
import { createRandom, weightedChoice } from './random.ts';

describe('where they come from', () => {
  test('[SI5] the table has hundreds of cities, each prefix once, IPv6 among them', () => {
    expect(ORIGINS.length).toBeGreaterThan(350);
    expect(new Set(ORIGINS.map((origin) => origin.ipv4)).size).toBe(ORIGINS.length);
    expect(ORIGINS.filter((origin) => origin.ipv6 !== '').length).toBeGreaterThan(60);
    expect(new Set(ORIGINS.map((origin) => origin.country)).size).toBeGreaterThan(85);
    for (const origin of ORIGINS) {
      expect(origin.country).toMatch(/^[A-Z]{2}$/);
      expect(origin.timeZone).toMatch(/^[A-Z]\w+\/[\w/-]+$/);
      expect(origin.weight).toBeGreaterThan(0);
      expect(origin.ipv4).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  test('[SI5] an address lies in its prefix and is never a private one', () => {
    const random = createRandom(3);
    for (const origin of ORIGINS) {
      const address = addressIn(origin, random);
      expect(address.startsWith(`${origin.ipv4}.`) || (origin.ipv6 !== '' && address.startsWith(`${origin.ipv6}:`))).toBe(true);
      expect(address).not.toMatch(
        /^(10|127|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^(fc|fd|fe8)/,
      );
      expect(languageIn(origin.country, random)).toMatch(/^[a-z]{2,3}-[A-Z]{2}$/);
    }
  });
});

describe('chance', () => {
  test('[SI1] weighted choices follow their weights and draws stay in range', () => {
    const random = createRandom(1);
    const choose = weightedChoice([1, 2, 7], (weight) => weight);
    const seen = new Map<number, number>();
    for (let i = 0; i < 20_000; i++) {
      const drawn = choose(random);
      seen.set(drawn, (seen.get(drawn) ?? 0) + 1);
    }
    for (const weight of [1, 2, 7]) expect(seen.get(weight)).toSatisfy((count: number) => Math.abs(count / 2_000 / weight - 1) < 0.1);
    for (let i = 0; i < 1_000; i++) {
      expect(random.int(2, 4)).toBeGreaterThanOrEqual(2);
      expect(random.int(2, 4)).toBeLessThanOrEqual(4);
      expect(random.wait(10)).toBeGreaterThanOrEqual(0);
      expect(random.around(10, 1)).toBeGreaterThan(0);
    }
    expect(random.id(12)).toMatch(/^[a-z0-9]{12}$/);
  });
});
