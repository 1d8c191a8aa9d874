import { beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../messages/catalogue.ts';
import { ageWord, waitWord } from './age.ts';

beforeAll(() => loadCatalogue('en'));

test('[VP2] a row says how long ago the visit began: now, minutes, hours', () => {
  const at = (ms: number): string => ageWord(1_000, 1_000 + ms);
  expect([at(-5), at(59_999), at(60_000), at(59 * 60_000), at(65 * 60_000)]).toEqual(['now', 'now', '1m', '59m', '1h 05m']);
});

test('[VP2] who waits is told with the second', () => {
  const since = (seconds: number): string => waitWord(0, seconds * 1_000);
  expect([since(0), since(42), since(102), since(3_725)]).toEqual(['0:00', '0:42', '1:42', '1:02:05']);
});
