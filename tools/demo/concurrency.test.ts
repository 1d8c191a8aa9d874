import { expect, test } from 'vitest';
import { createRandom } from '@foyer/domain/simulate';
import { Concurrency } from './concurrency.ts';

test('[AV22] how many were there at once is what counting the stays at each time comes to, also of those who are still there', () => {
  const random = createRandom(3);
  const [from, to, stepMs] = [100_030, 400_000, 1_000];
  const stays = Array.from({ length: 400 }, () => {
    const startedAt = random.int(0, 450_000);
    return { site: random.pick(['a', 'b', 'unknown']), startedAt, leftAt: random.chance(0.1) ? 0 : startedAt + random.int(0, 60_000) };
  });
  const there = new Concurrency({ sites: ['a', 'b'], from, to, stepMs });
  for (const stay of stays) there.add(stay);
  const samples = [...there.samples()];
  expect(samples.map(({ at }) => at)).toEqual(Array.from({ length: 299 }, (_, i) => [101_000 + i * 1_000, 101_000 + i * 1_000]).flat());
  for (const { site, at, online } of samples)
    expect(online).toBe(
      stays.filter((stay) => stay.site === site && stay.startedAt <= at && (stay.leftAt === 0 || stay.leftAt > at)).length,
    );
});
