import { expect, test } from 'vitest';
import { namedOf } from './named-of.ts';

test('[VP7] of many colleagues a few visitors are followed for their names: the first of each before the second of anyone', () => {
  const looking = (id: string, ...visitors: string[]) => ({ id, looking: visitors });
  expect(Object.fromEntries(namedOf([looking('a', 'v1', 'v2', 'v3', 'v4', 'v5'), looking('b'), looking('c', 'v6')]))).toEqual({
    a: ['v1', 'v2', 'v3'],
    c: ['v6'],
  });
  const many = Array.from({ length: 20 }, (_, i) => looking(`u${i}`, `v${i}`, `w${i}`));
  expect([...namedOf(many).values()]).toEqual([['v0'], ['v1'], ['v2'], ['v3']]);
});
