import type { PastFigures } from '@foyer/protocol';
import { expect, test } from 'vitest';
import { scripted, WALL } from '../../test/scripted.ts';

const figures: PastFigures = {
  timeZone: 'UTC',
  today: 3,
  month: 40,
  days: [{ date: '2025-11-21', visits: 3 }],
  online: { from: 0, to: 86_400_000, points: [] },
};

test('[VM2] figures of the past are asked for once, patched, asked for again after a loss, and not any more when closed', () => {
  const { client, clock, hello, last } = scripted();
  const past = client.openPast('site-1');
  const all = client.openPast(undefined);
  client.start();
  hello();
  expect(last().sent).toEqual([
    { t: 'past', view: 'p1', site: 'site-1' },
    { t: 'past', view: 'p2' },
  ]);
  let heard = 0;
  past.subscribe(() => heard++);
  expect(past.get()).toBeNull();
  last().say({ t: 'past', view: 'p1', now: WALL, set: figures });
  last().say({ t: 'past', view: 'p1', now: WALL, set: { today: 4 } });
  last().say({ t: 'past', view: 'p9', now: WALL, set: { today: 99 } });
  expect([past.get(), all.get(), heard]).toEqual([{ ...figures, today: 4 }, null, 2]);
  last().events.closed(1006, '');
  expect(past.get()?.today).toBe(4);
  all.close();
  clock.advance(1_000);
  hello();
  expect(last().sent).toEqual([{ t: 'past', view: 'p1', site: 'site-1' }]);
  past.close();
  expect(last().sent.at(-1)).toEqual({ t: 'close', view: 'p1' });
  last().say({ t: 'past', view: 'p1', now: WALL, set: { today: 5 } });
  expect(past.get()?.today).toBe(4);
});
