import { expect, it } from 'vitest';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { DAY, HOUR, MINUTE, NOON, aVisit, ended, later, nextId } from '../ports/history-store.testkit.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { Replay } from './replay.ts';

const both = async (judge: (history: HistoryStore) => Promise<void>): Promise<void> => {
  await judge(memoryHistory());
  const made = await freshStores();
  await judge(made.history);
  await made.dispose();
};

it('[RP1] a span has everybody who was there in it, when they came and left, and where; who left before is not in it', () =>
  both(async (history) => {
    const at = (startedAt: number, forMs: number, given = {}) => ended(later(aVisit({ startedAt, visitor: 'v', ...given }), forMs));
    await history.saveVisits([
      at(NOON - 2 * HOUR, HOUR),
      at(NOON - HOUR, 2 * HOUR, { place: '', city: '' }),
      at(NOON + MINUTE, MINUTE),
      { ...aVisit({ startedAt: NOON + HOUR }), leftAt: NOON + 2 * HOUR },
      aVisit({ startedAt: NOON + 3 * HOUR, paths: ['/', '/b'] }),
      at(NOON + MINUTE, MINUTE, { filtered: 'bot' }),
      at(NOON + 5 * HOUR, MINUTE),
    ]);
    const answer = await new Replay(history).read({ workspace: 'w', from: NOON + 1, to: NOON + 4 * HOUR - 1, now: NOON + DAY });
    expect(answer).toEqual({
      readAt: NOON + DAY,
      from: NOON,
      to: NOON + 4 * HOUR,
      visits: [
        [0, 0, 3_600, -1, 1],
        [0, 60, 120, 0, 1],
        [0, 3_600, 7_200, 0, 1],
        [0, 10_800, -1, 0, 2],
      ],
      places: [['CZ', 'Prague', 'Praha', 50.08, 14.43, 0]],
      next: null,
    });
  }));

it('[RP2] ten thousand visits are at most a megabyte, the rest comes with the next page, and each is there once', async () => {
  const made = await freshStores();
  const workspace = nextId('workspace');
  for (let i = 0; i < 12; i++)
    await made.history.saveVisits(
      Array.from({ length: 1_000 }, (_, k) =>
        ended(later(aVisit({ workspace, startedAt: NOON + i * HOUR + k * 3_000, place: `p${k % 400}`, city: `City ${k % 400}` }), MINUTE)),
      ),
    );
  const replay = new Replay(made.history);
  const q = { workspace, from: NOON, to: NOON + DAY, now: NOON + DAY };
  const first = await replay.read(q);
  expect(first.visits).toHaveLength(10_000);
  expect(JSON.stringify(first).length).toBeLessThan(1_000_000);
  const rest = await replay.read({ ...q, after: first.next! });
  expect([rest.visits.length, rest.next]).toEqual([2_000, null]);
  expect(rest.visits[0]![1]).toBeGreaterThanOrEqual(first.visits.at(-1)![1]);
  await made.dispose();
});

it('[RP3] within a quarter-hour the same span is read once; after it, and after an outage, anew', async () => {
  let reads = 0;
  let isAway = true;
  const replay = new Replay({
    replay: async () => {
      reads++;
      if (isAway) throw new Error('away');
      return [];
    },
  });
  const q = { workspace: 'w', from: NOON, to: NOON + HOUR, now: NOON + DAY };
  await expect(replay.read(q)).rejects.toThrow('away');
  isAway = false;
  await replay.read(q);
  await replay.read({ ...q, now: q.now + 14 * MINUTE, from: NOON + MINUTE });
  expect(reads).toBe(2);
  await replay.read({ ...q, now: q.now + 15 * MINUTE });
  await replay.read({ ...q, site: 's' });
  expect(reads).toBe(4);
});
