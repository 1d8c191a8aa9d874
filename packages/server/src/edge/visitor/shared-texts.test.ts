import { expect, it } from 'vitest';
import { SharedTexts } from './shared-texts.ts';

it('[WS8] texts that are the same are one, and what is remembered is bounded', () => {
  const texts = new SharedTexts();
  const mixedUp = [...Array(50_000).keys()].filter(
    (i) => texts.one(`https://shop.test/${i % 30_000}`) !== `https://shop.test/${i % 30_000}`,
  );
  expect(mixedUp).toEqual([]);
  expect(texts.size).toBe(50_000 % 20_000);
});
