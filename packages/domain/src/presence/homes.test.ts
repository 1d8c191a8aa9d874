import { expect, test } from 'vitest';
import { homeOf } from './homes.ts';

const visitors = Array.from({ length: 30_000 }, (_, i) => `v${(i * 2_654_435_761).toString(16)}`);

test('[CL1] each node is home of about its share', () => {
  const members = ['a1b2', 'c3d4', 'e5f6'];
  const counts = new Map<string, number>();
  for (const visitor of visitors) counts.set(homeOf(visitor, members), (counts.get(homeOf(visitor, members)) ?? 0) + 1);
  for (const member of members) expect(counts.get(member)! / visitors.length).toBeCloseTo(1 / 3, 1);
});

test('[CL1] a node that goes moves only its own visitors', () => {
  const before = ['a1b2', 'c3d4', 'e5f6'];
  const after = ['a1b2', 'e5f6'];
  for (const visitor of visitors) if (homeOf(visitor, before) !== 'c3d4') expect(homeOf(visitor, after)).toBe(homeOf(visitor, before));
});
