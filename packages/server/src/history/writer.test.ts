import { type Logger, pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import type { HistoryStore, VisitRecord } from '../ports/history-store.ts';
import { MINUTE, aVisit, ended, expectRecount, later, nextId } from '../ports/history-store.testkit.ts';
import { Outage } from '../ports/outage.ts';
import type { PendingBounds } from './pending-visits.ts';
import { HistoryWriter } from './writer.ts';

describe('history writer', () => {
  let clock: FakeClock;
  let store: HistoryStore;
  let batches: VisitRecord[][];
  let stored: VisitRecord[];
  let away: boolean;
  let log: Logger;
  let counted: Record<'written' | 'retried' | 'dropped' | 'lost', number>;

  beforeEach(() => {
    clock = new FakeClock();
    store = memoryHistory();
    batches = [];
    stored = [];
    away = false;
    log = pino({ level: 'silent' });
    for (const level of ['warn', 'info', 'error'] as const) vi.spyOn(log, level);
    counted = { written: 0, retried: 0, dropped: 0, lost: 0 };
  });

  const counter = (name: keyof typeof counted) => ({ inc: (by = 1) => void (counted[name] += by) });
  function aWriter(bounds?: PendingBounds): HistoryWriter {
    return new HistoryWriter({
      store: {
        saveVisits: async (batch) => {
          if (away) throw new Outage('the disk is full');
          batches.push([...batch]);
          await store.saveVisits(batch);
        },
      },
      clock,
      log,
      counters: { written: counter('written'), retried: counter('retried'), dropped: counter('dropped'), lost: counter('lost') },
      onStored: (records) => stored.push(...records),
      ...(bounds ? { bounds } : {}),
    });
  }
  const sizes = (): number[] => batches.map((b) => b.length);

  it('[HI24] after a silence a change is written at once, and what comes in the same turn goes with it', async () => {
    const writer = aWriter();
    writer.put(aVisit());
    writer.put(aVisit());
    await clock.advanceAsync(0);
    expect(sizes()).toEqual([2]);
    expect(stored).toHaveLength(2);
    expect(writer.pending).toBe(0);
  });

  it('[HI24] while changes keep coming there is a batch each 100 ms, with the newest state of each visit', async () => {
    const writer = aWriter();
    let visit = aVisit();
    writer.put(visit);
    await clock.advanceAsync(0);
    for (let i = 0; i < 50; i++) {
      visit = later(visit, 10, [`/${i}`]);
      writer.put(visit);
      await clock.advanceAsync(10);
    }
    await clock.advanceAsync(100);
    expect(sizes()).toEqual([1, 1, 1, 1, 1, 1]);
    expect(batches.at(-1)).toEqual([visit]);
  });

  it('[HI24] a crowd is written in batches of a thousand, one after the other', async () => {
    const writer = aWriter();
    const visits = Array.from({ length: 2_500 }, () => aVisit());
    for (const visit of visits) writer.put(visit);
    await clock.advanceAsync(200);
    expect(sizes()).toEqual([1_000, 1_000, 500]);
    expect(stored).toEqual(visits);
  });

  it('[HI24] what has ended stays ended while it waits', async () => {
    const writer = aWriter();
    const visit = aVisit();
    const end = ended(visit);
    writer.put(visit);
    writer.put(end);
    writer.put(later(visit, MINUTE, ['/late']));
    await clock.advanceAsync(0);
    expect(stored).toMatchObject([{ pages: 2, endedAt: end.endedAt }]);
  });

  it('[HI25] a store that is away for 30 s loses nothing, and nothing is reported as stored before it is', async () => {
    const writer = aWriter();
    const workspace = nextId('workspace');
    away = true;
    let visits = Array.from({ length: 1_200 }, () => aVisit({ workspace }));
    for (const visit of visits) writer.put(visit);
    for (let second = 0; second < 30; second++) {
      visits = visits.map((v, i) => (i % 30 === second ? later(v, MINUTE, ['/next']) : v));
      for (const [i, visit] of visits.entries()) if (i % 30 === second) writer.put(i % 60 === second ? ended(visit) : visit);
      await clock.advanceAsync(1_000);
    }
    expect(stored).toEqual([]);
    expect(writer.pending).toBe(1_200);
    expect(log.warn).toHaveBeenCalledTimes(1);
    // 250, 500, 1,000 … 10,000 ms apart: not more than nine tries in 30 s.
    expect(counted.retried).toBeLessThanOrEqual(9);

    away = false;
    await clock.advanceAsync(10_200);
    expect(writer.pending).toBe(0);
    expect(log.info).toHaveBeenCalledTimes(1);
    expect(counted).toMatchObject({ written: 1_200, dropped: 0, lost: 0 });
    const all = await store.visitsById(visits.map((v) => v.visit));
    expect(all.map((v) => v.pages)).toEqual(visits.map(() => 2));
    expect(all.filter((v) => v.endedAt !== null)).toHaveLength(600);
    await expectRecount(store, { workspace, timeZone: 'UTC', visits: all });
  });

  it('[HI25] a state that fails does not overwrite the newer one that came meanwhile', async () => {
    let fail: (error: Error) => void = () => undefined;
    const saveVisits = vi.fn(() => new Promise<void>((_, reject) => (fail = reject)));
    const counters = { written: counter('written'), retried: counter('retried'), dropped: counter('dropped'), lost: counter('lost') };
    const writer = new HistoryWriter({ store: { saveVisits }, clock, log, counters, onStored: () => undefined });
    const [one, two, three] = [aVisit(), ended(aVisit()), aVisit()];
    for (const visit of [one, two, three]) writer.put(visit);
    await clock.advanceAsync(0);
    const newer = [later(one, MINUTE, ['/new']), { ...later(two, MINUTE, ['/late']), endedAt: null }];
    for (const visit of newer) writer.put(visit);
    fail(new Outage('gone'));
    await clock.advanceAsync(250);
    const [[retried]] = saveVisits.mock.calls.slice(1) as unknown as [[VisitRecord[]]];
    expect(new Map(retried.map((v) => [v.visit, [v.pages, v.endedAt]]))).toEqual(
      new Map([
        [one.visit, [2, null]],
        [two.visit, [2, two.endedAt]],
        [three.visit, [1, null]],
      ]),
    );
  });

  it('[HI26] beyond the bound the oldest running state goes, never an ended visit for it', async () => {
    const writer = aWriter({ maxRunning: 3, maxEnded: 2 });
    away = true;
    const running = Array.from({ length: 5 }, () => aVisit());
    const over = Array.from({ length: 2 }, () => ended(aVisit()));
    for (const visit of [...over, ...running]) writer.put(visit);
    expect(writer.pending).toBe(5);
    expect(counted).toMatchObject({ dropped: 2, lost: 0 });
    away = false;
    await clock.advanceAsync(0);
    expect(stored).toEqual([...over, ...running.slice(2)]);
    away = true;
    for (let i = 0; i < 3; i++) writer.put(ended(aVisit()));
    expect(counted.lost).toBe(1);
  });

  it('[HI27] one visit that the store refuses is set aside, the rest of its batch is stored', async () => {
    const writer = aWriter();
    const visits = Array.from({ length: 100 }, () => aVisit());
    const bad = { ...aVisit(), country: null } as unknown as VisitRecord;
    for (const visit of [...visits.slice(0, 37), bad, ...visits.slice(37)]) writer.put(visit);
    await clock.advanceAsync(0);
    expect(stored).toEqual(visits);
    expect(counted).toMatchObject({ written: 100, lost: 1 });
    expect(log.error).toHaveBeenCalledTimes(1);
    expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ visit: bad.visit }), expect.any(String));
    expect(writer.pending).toBe(0);
  });

  it('[HI28] a flush writes all that waits without gathering', async () => {
    const writer = aWriter();
    writer.put(aVisit());
    await clock.advanceAsync(0);
    for (let i = 0; i < 1_500; i++) writer.put(aVisit());
    const flushed = writer.flush({ withinMs: 5_000 });
    await clock.advanceAsync(0);
    expect(await flushed).toBe(0);
    expect(sizes()).toEqual([1, 1_000, 500]);
    expect(await writer.flush({ withinMs: 5_000 })).toBe(0);
  });

  it('[HI28] a flush ends at its time and says what is left', async () => {
    const writer = aWriter();
    away = true;
    writer.put(aVisit());
    writer.put(aVisit());
    const flushed = writer.flush({ withinMs: 5_000 });
    await clock.advanceAsync(5_000);
    expect(await flushed).toBe(2);
  });
});
