import { casting, ORIGINS, SIDE_SITES } from '@foyer/domain/simulate';
import type { VisitRecord } from '@foyer/server';
import { expect, test } from 'vitest';
import { writePastLife } from './past-life.ts';

type Asked = Parameters<typeof writePastLife>[0];
type History = Asked['archive']['history'];
const NOW = Date.UTC(2026, 10, 21, 17);
const DAY_MS = 86_400_000;

/** What is written, with a store that only remembers. */
async function written(seed: number, isOver: () => boolean = () => false) {
  const visits: VisitRecord[] = [];
  const talks: Parameters<History['bookConversations']>[0]['conversations'][number][] = [];
  const samples: Parameters<History['sampleOnline']>[0][number][] = [];
  const place = { country: 'DE', region: 'Berlin', city: 'Berlin', place: 'DE|Berlin|Berlin', lat: 52, lon: 13 };
  const archive: Asked['archive'] = {
    lookup: () => ({ ...place, approximate: false, organisation: '', by: 'database' }),
    visitorOf: (site, of) => `${site} ${of}`,
    history: {
      meetVisitors: () => Promise.resolve([]),
      saveVisits: async (batch) => void visits.push(...batch),
      bookConversations: async ({ conversations, upTo }) => {
        // What was really said is still to be counted.
        expect(upTo).toBe(0);
        talks.push(...conversations);
      },
      sampleOnline: async (batch) => void samples.push(...batch),
    },
  };
  await writePastLife({
    ...{ archive, cast: casting({ origins: ORIGINS, shares: SIDE_SITES.map(({ share }) => share) }), agents: ['a', 'b'] },
    ...{ workspace: 'w', sides: SIDE_SITES, visitors: 100, seed, now: NOW, isOver },
    sites: ['shop', ...SIDE_SITES.map(({ key }) => key)].map((id) => ({ id, address: `https://${id}.example/` })),
  });
  return { visits, talks, samples };
}

test('[AV17] two months of visits with orders, leads and conversations, none of it near enough to be listed as here', async () => {
  const { visits, talks, samples } = await written(7);
  expect(visits.length).toBeGreaterThan(3_000);
  const days = new Set(visits.map(({ startedAt }) => Math.floor(startedAt / DAY_MS)));
  expect(days.size).toBeGreaterThanOrEqual(61);
  for (const { startedAt, lastActivityAt, endedAt, pages, trail } of visits) {
    expect(endedAt).toBe(lastActivityAt);
    expect(lastActivityAt).toBeGreaterThanOrEqual(startedAt);
    expect(lastActivityAt).toBeLessThanOrEqual(NOW - 15 * 60_000);
    expect(trail.length).toBe(Math.min(50, pages));
  }
  expect(new Set(visits.map(({ visit }) => visit)).size).toBe(visits.length);
  expect(new Set(visits.map(({ site }) => site)).size).toBe(1 + SIDE_SITES.length);
  expect(visits.some(({ campaign }) => campaign === 'autumn-tents · google · cpc')).toBe(true);
  const goals = visits.flatMap((visit) => visit.goals);
  expect(goals.filter(({ goal, value }) => goal === 'checkout' && value > 0).length).toBeGreaterThan(50);
  expect(goals.filter(({ goal }) => goal === 'lead-captured').length).toBeGreaterThan(10);
  const share = talks.length / visits.length;
  expect(share).toBeGreaterThan(0.04);
  expect(share).toBeLessThan(0.08);
  expect(talks.some(({ figures }) => figures.botMs > 0 && figures.firstReplyMs === -1)).toBe(true);
  expect(talks.some(({ figures }) => figures.stars === 5)).toBe(true);
  // Nights are quiet.
  const hour = (h: number): number => visits.filter(({ startedAt }) => new Date(startedAt).getHours() === h).length;
  expect(hour(20)).toBeGreaterThan(4 * hour(3));
  expect(samples.every(({ online, at }) => online >= 0 && at < NOW)).toBe(true);
  expect(samples.length).toBe(samples.filter(({ at }) => at % 900_000 === 0).length);
});

test('[AV17] the same seed has the same past, and one that is over writes no more', async () => {
  const [one, two] = [await written(5), await written(5)];
  expect(two.visits).toEqual(one.visits);
  expect(two.talks).toEqual(one.talks);
  let asked = 0;
  const cut = await written(5, () => ++asked > 600);
  expect(cut.visits.length).toBe(500);
});
