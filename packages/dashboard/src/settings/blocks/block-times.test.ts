import { expect, test } from 'vitest';
import { leftWord } from './block-times.ts';

const MINUTE = 60_000;
test.each([
  [0, 'Over'],
  [-5, 'Over'],
  [1, '1 minute left'],
  [59 * MINUTE + 1, '60 minutes left'],
  [119 * MINUTE, '119 minutes left'],
  [2 * 60 * MINUTE, '2 hours left'],
  [25 * 60 * MINUTE, '25 hours left'],
  [48 * 60 * MINUTE, '2 days left'],
  [61 * 60 * MINUTE, '3 days left'],
])('[VP28] what is left of %i ms reads %s', (ms, word) => {
  expect(leftWord(ms)).toBe(word);
});
