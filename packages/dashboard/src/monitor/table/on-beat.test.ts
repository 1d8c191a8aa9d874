import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Listeners } from '../../live/listeners.ts';
import { subscribeOnBeat } from './on-beat.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

test('[VM29] after a rest a row is drawn at once, then all that changed together at the next quarter of a second', () => {
  vi.advanceTimersByTime(10_040);
  const rows = [new Listeners(), new Listeners()];
  const drawn: string[] = [];
  const undo = rows.map((row, i) => subscribeOnBeat(row.subscribe, () => drawn.push(`row ${i} at ${performance.now()}`)));
  rows[0]!.notify();
  expect(drawn).toEqual(['row 0 at 10040']);
  vi.advanceTimersByTime(20);
  rows[0]!.notify();
  rows[1]!.notify();
  rows[0]!.notify();
  vi.advanceTimersByTime(189);
  expect(drawn).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(drawn.slice(1)).toEqual(['row 0 at 10250', 'row 1 at 10250']);
  vi.advanceTimersByTime(20);
  rows[0]!.notify();
  rows[1]!.notify();
  undo[1]!();
  vi.advanceTimersByTime(1_000);
  expect(drawn.slice(3)).toEqual(['row 0 at 10500']);
});
