import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { Outage } from '../../ports/outage.ts';
import { DbThread } from './db-thread.ts';
import { newDataDir, quiet, removeDataDir } from './sqlite.testkit.ts';
import type { NaughtyVerbs } from './testdata/naughty.worker.ts';

/** A thread starts in 40 ms, and in seconds on a machine that is busy with other things. */
const PATIENTLY = { timeout: 25_000 };

describe('a database thread', () => {
  let dir: string;
  let clock: FakeClock;
  let thread: DbThread<NaughtyVerbs>;
  const started = (maxWaiting = 100): DbThread<NaughtyVerbs> => {
    const url = new URL('./testdata/naughty.worker.ts', import.meta.url);
    return new DbThread<NaughtyVerbs>({ name: 'naughty.db', url, data: { dir }, clock, log: quiet, maxWaiting });
  };
  beforeEach(async () => {
    dir = newDataDir();
    clock = new FakeClock();
    thread = started();
    await thread.ready;
  });
  afterEach(async () => {
    await thread.close();
    removeDataDir(dir);
  });

  it('[HI19] what waited for a thread that dies is rejected, and the next calls go to a new one', async () => {
    const outcomes = await Promise.allSettled([
      thread.call('order'),
      thread.call('hold', { ms: 20 }),
      thread.call('die'),
      thread.call('order'),
    ]);
    expect(outcomes[0]).toMatchObject({ status: 'fulfilled' });
    for (const outcome of outcomes.slice(2)) expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Outage) });
    await expect(thread.call('order')).rejects.toThrow(Outage);
    clock.advance(100);
    await vi.waitUntil(async () => thread.call('order').catch(() => null), PATIENTLY);
  });

  it('[HI19] a thread that does not come back is tried with growing pauses, until it does', async () => {
    await expect(thread.call('dieBroken')).rejects.toThrow(Outage);
    const warned = vi.spyOn(quiet, 'warn');
    for (const [i, pauseMs] of [100, 200, 400].entries()) {
      clock.advance(pauseMs - 1);
      expect(warned).toHaveBeenCalledTimes(i);
      clock.advance(1);
      await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(i + 1), PATIENTLY);
    }
    expect(warned.mock.calls[0]?.[0]).toMatchObject({ err: { message: expect.stringContaining('the disk is broken') } });
    rmSync(join(dir, 'broken'));
    clock.advance(800);
    await vi.waitUntil(async () => thread.call('order').catch(() => null), PATIENTLY);
    warned.mockRestore();
  });

  it('[HI20] more than the given number of calls waiting are an outage', async () => {
    const crowded = started(3);
    await crowded.ready;
    const calls = [1, 2, 3, 4].map((n) => crowded.call('note', { n }));
    await expect(calls[3]).rejects.toThrow(/3 calls are waiting already/);
    await expect(calls[3]).rejects.toThrow(Outage);
    await Promise.all(calls.slice(0, 3));
    await crowded.call('note', { n: 5 });
    await crowded.close();
  });

  it('[HI23] urgent calls go before others that came earlier', async () => {
    const hold = thread.call('hold', { ms: 100 });
    await Promise.all([hold, ...[1, 2, 3, 4, 5, 6].map((n) => thread.call('note', { n })), thread.call('urgent', { n: 100 })]);
    const order = await thread.call('order');
    // Two fit into the transaction that had begun when it came.
    expect(order.indexOf(100)).toBeLessThanOrEqual(2);
    expect(order).toHaveLength(7);
  });

  it('[ST8] a call that is refused says why, as a fault of the caller', async () => {
    const [refused, fine] = await Promise.allSettled([thread.call('refuse'), thread.call('note', { n: 1 })]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { message: 'naughty.db: no', cause: { message: 'no' } } });
    expect(refused).not.toMatchObject({ reason: expect.any(Outage) });
    expect(fine).toMatchObject({ status: 'fulfilled' });
  });

  it('[HI17] closing answers what was asked before', async () => {
    const calls = [1, 2, 3, 4, 5].map((n) => thread.call('note', { n }));
    await thread.close();
    expect(await Promise.all(calls)).toEqual([1, 2, 3, 4, 5]);
    await expect(thread.call('order')).rejects.toThrow(Outage);
  });
});
