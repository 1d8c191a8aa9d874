import type { Row } from '@foyer/protocol';
import { expect, test } from 'vitest';
import { detailOf } from '../../test/fake-visits.ts';
import { aRow, servedBy } from '../../test/scripted.ts';
import { Listeners } from '../live/listeners.ts';
import type { ListOrder } from '../live/row-order.ts';
import { ListPlace } from './use-list-place.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function follow(rows: Map<string, Row>, id: string, order: ListOrder, filter = '') {
  const served = servedBy(() => [...rows.values()]);
  const { client, clock } = served;
  const changed = new Listeners();
  let detail: Row | null = rows.get(id)!;
  const live = { get: () => detail && detailOf(detail), subscribe: changed.subscribe, close: () => {} };
  const place = new ListPlace({ client, clock, query: { scope: {}, filter, order }, live, siteName: (site) => site });
  return {
    ...served,
    place,
    /** What is said of the visit itself, which may come before or after its place in the list. */
    tell: (row: Row | null) => {
      detail = row;
      changed.notify();
    },
    at: () => {
      const now = place.read();
      return now && [now.index, now.total, now.previous?.id, now.next?.id];
    },
  };
}
const crowd = (): Map<string, Row> =>
  new Map(Array.from({ length: 9 }, (_, i) => [`r${i}`, aRow({ id: `r${i}`, pages: i + 1, url: `https://shop.example.com/${i}` })]));
const byPages: ListOrder = { sort: 'pages', dir: 'desc' };

test('[VM25] a visit that changes its place is followed, whichever is heard of first; until then it stays where it was', async () => {
  const rows = crowd();
  const { at, tell, tick, clock } = follow(rows, 'r4', byPages);
  expect(at()).toBeNull();
  await settled();
  expect(at()).toEqual([4, 9, 'r5', 'r3']);
  rows.set('r4', { ...rows.get('r4')!, pages: 50 });
  tick();
  expect(at()).toEqual([4, 9, 'r5', 'r3']);
  tell(rows.get('r4')!);
  await settled();
  expect(at()).toEqual([0, 9, undefined, 'r8']);
  rows.set('r4', { ...rows.get('r4')!, pages: 0 });
  tell(rows.get('r4')!);
  await settled();
  clock.advance(5_000);
  expect(at()).toEqual([8, 9, 'r0', undefined]);
});

test('[VM25] who is not in the list has no place in it, a second after it is left; one that comes back has', async () => {
  const rows = crowd();
  const { at, tell, tick, clock } = follow(rows, 'r4', byPages, 'page:/4,/2');
  await settled();
  expect(at()).toEqual([0, 2, undefined, 'r2']);
  rows.set('r4', { ...rows.get('r4')!, url: 'https://shop.example.com/other' });
  tell(rows.get('r4')!);
  tick();
  expect(at()).toEqual([0, 2, undefined, 'r2']);
  clock.advance(1_000);
  expect(at()).toEqual([-1, 1, undefined, undefined]);
  rows.set('r4', { ...rows.get('r4')!, url: 'https://shop.example.com/4' });
  tell(rows.get('r4')!);
  tick();
  expect(at()).toEqual([0, 2, undefined, 'r2']);
});

test('[VM25] closed, it asks for nothing any more and tells nobody', async () => {
  const rows = crowd();
  const { place, requests, tell } = follow(rows, 'r4', byPages);
  await settled();
  let told = 0;
  place.subscribe(() => (told += 1));
  place.close();
  const before = requests.length;
  tell({ ...rows.get('r4')!, pages: 70 });
  await settled();
  expect([told, requests.length - before]).toEqual([0, 0]);
  expect(requests.at(-1)).toMatchObject({ t: 'close' });
});
