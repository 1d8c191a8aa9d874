import { describe, expect, test } from 'vitest';
import { readRecent, withRecent } from './recent.ts';

const stored = (text: string | null) => () => ({ getItem: () => text });

describe('what was chosen lately', () => {
  test('[DA33] the newest is first and each is there once, five at most', () => {
    expect(['a', 'b', 'c', 'a', 'd', 'e', 'f'].reduce<readonly string[]>((recent, id) => withRecent(recent, id), [])).toEqual([
      'f',
      'e',
      'd',
      'a',
      'c',
    ]);
  });

  test('[DA33] what cannot be read is as if nothing had been chosen', () => {
    expect(readRecent(stored(null))).toEqual([]);
    expect(readRecent(stored('{'))).toEqual([]);
    expect(readRecent(stored('{"a":1}'))).toEqual([]);
    expect(readRecent(stored('["a",1,null,"b"]'))).toEqual(['a', 'b']);
    expect(
      readRecent(() => {
        throw new Error('blocked');
      }),
    ).toEqual([]);
  });
});
