import { expect, test } from 'vitest';
import { leftWord } from './block-times.ts';

const MINUTE = 60_000;
test.each([
  [0, 'Over'],
  [-5, 'Over'],
  [1, '1 minute left'],
  [59 * MINUTE + 1, '60 minutes left'],
  [60 * MINUTE, '60 minutes left'],
  [61 * MINUTE, '2 hours left'],
  [24 * 60 * MINUTE, '24 hours left'],
  [24 * 60 * MINUTE + 1, '2 days left'],
])('[VP28] what is left of %i ms reads %s', (ms, word) => {
  expect(leftWord(ms)).toBe(word);
});
