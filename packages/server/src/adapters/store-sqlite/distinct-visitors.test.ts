import { createRandom } from '@foyer/domain/simulate';
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, NOON, aVisit, ended, later, nextId } from '../../ports/history-store.testkit.ts';
import type { VisitRecord } from '../../ports/history-store.ts';
import { memoryHistory } from '../store-memory/index.ts';
import { freshStores } from './sqlite.testkit.ts';

it('[AN23] distinct visitors of a range are those of a count at any moment, whatever comes late, leaves the counts, comes back or is purged', async () => {
  const made = await freshStores();
  const memory = memoryHistory();
  const stores = [memory, made.history];
  const workspace = nextId('workspace');
  const random = createRandom(4);
  const known: VisitRecord[] = [];
  let now = NOON;
  const ask = async (): Promise<void> => {
    for (const site of [undefined, 'shop']) {
      const from = NOON + random.int(-3, 6) * DAY;
      const q = { workspace, from, to: random.pick([from + 2 * DAY, from + 7 * DAY, now + DAY]), ...(site === undefined ? {} : { site }) };
      expect(await made.history.distinct(q)).toEqual(await memory.distinct(q));
      // The same again, and a shorter one.
      expect(await made.history.distinct(q)).toEqual(await memory.distinct(q));
      const shorter = { ...q, to: q.from + 30 * HOUR };
      expect(await made.history.distinct(shorter)).toEqual(await memory.distinct(shorter));
    }
  };
  for (let step = 0; step < 150; step++) {
    now += random.int(0, 3) * HOUR;
    const batch: VisitRecord[] = [];
    const visitor = `v${random.int(0, 25)}`;
    const site = random.pick(['shop', 'blog']);
    const draw = random.int(0, 9);
    const some = known.length > 0 ? random.pick(known) : null;
    if (draw <= 4 || !some) batch.push(aVisit({ workspace, visitor, site, startedAt: now, filtered: random.chance(0.1) ? 'bot' : '' }));
    else if (draw <= 6) batch.push(aVisit({ workspace, visitor, site, startedAt: now - random.int(0, 4 * 24) * HOUR }));
    else if (draw === 7) batch.push({ ...later(some, MINUTE, ['/more']), filtered: some.filtered === '' ? 'own_team' : '' });
    else batch.push(ended(later(some, 3 * MINUTE)));
    for (const store of stores) await store.saveVisits(batch);
    for (const visit of batch) {
      const i = known.findIndex((v) => v.visit === visit.visit);
      if (i < 0) known.push(visit);
      else known[i] = visit;
    }
    if (step % 40 === 39) for (const store of stores) await store.purge({ workspace, before: now - 6 * DAY, limit: 10_000 });
    if (random.chance(0.7)) await ask();
  }
  await made.dispose();
});
