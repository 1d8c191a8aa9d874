import { expect, test } from 'vitest';
import { sampleOpening } from './opening.ts';

type History = Parameters<typeof sampleOpening>[0]['archive']['history'];
type Played = Awaited<ReturnType<History['replay']>>[number];
const MINUTE_MS = 60_000;
const OPENED_AT = Date.UTC(2026, 10, 21, 12, 0, 20);

test('[AV22] the minutes before the demo opened are counted from the past and from the visits of the present that say since when they are there', async () => {
  const place = { place: '', country: '', region: '', city: '', lat: 0, lon: 0, approximate: false };
  // Of every kind: over before, just left, still there, come since; more than one answer holds.
  const visits = Array.from({ length: 6_000 }, (_, i): Played & { site: string } => {
    const startedAt = OPENED_AT - 40 * MINUTE_MS + i * 400;
    return {
      ...{ site: i % 3 === 0 ? 'b' : 'a', visit: `v${i}`, startedAt, number: i, pages: 1, ...place },
      leftAt: i % 5 === 0 ? 0 : startedAt + (i % 11) * MINUTE_MS,
    };
  });
  const samples: Parameters<History['sampleOnline']>[0][number][] = [];
  const history: History = {
    replay: ({ site, from, to, after, limit }) =>
      Promise.resolve(
        visits
          .filter((one) => one.site === site && one.startedAt < to && (one.leftAt === 0 || one.leftAt >= from))
          .filter(({ startedAt }) => after === undefined || startedAt > after.startedAt)
          .slice(0, limit),
      ),
    sampleOnline: async (all) => void samples.push(...all),
  };
  const now = OPENED_AT + 10_000;
  await sampleOpening({ archive: { history }, workspace: 'w', sites: ['a', 'b', 'empty'], openedAt: OPENED_AT, now, page: 700 });
  expect(new Set(samples.map(({ at }) => at)).size).toBe(45);
  expect(Math.max(...samples.map(({ at }) => at))).toBe(OPENED_AT - 20_000);
  for (const { site, at, online } of samples)
    expect(online).toBe(visits.filter((one) => one.site === site && one.startedAt <= at && (one.leftAt === 0 || one.leftAt > at)).length);
});
