import type { DatabaseSync } from 'node:sqlite';
import { quarterStart } from '@foyer/domain/analytics';
import type { OnlineSample } from '../../ports/history-store.ts';

const MINUTE_MS = 60_000;

/** The verb that keeps samples of who is online, and what their quarter-hours come to. The same sample twice changes nothing. */
export function sampleOnline(db: DatabaseSync): (q: { samples: readonly OnlineSample[]; lookedAt: number | undefined }) => void {
  const keep = db.prepare(`
    INSERT INTO online_sample (workspace, at, site, online) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET online = max(online, excluded.online)`);
  const known = db.prepare('SELECT online FROM online_sample WHERE workspace = ? AND at = ? AND site = ?');
  const together = db.prepare('SELECT sum(online) AS online FROM online_sample WHERE workspace = ? AND at = ?');
  const add = db.prepare(`
    INSERT INTO online_quarter (workspace, site, at, most, sum, samples) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET most = max(most, excluded.most), sum = sum + excluded.sum, samples = samples + excluded.samples`);

  const looked = db.prepare(
    'INSERT INTO looked_at (at, minutes) VALUES (?, ?) ON CONFLICT DO UPDATE SET minutes = minutes | excluded.minutes',
  );

  const changed = (workspace: string, site: string, at: number, before: unknown, after: number): void => {
    const isNew = before === null || before === undefined;
    add.run(workspace, site, quarterStart(at), after, after - (isNew ? 0 : Number(before)), isNew ? 1 : 0);
  };
  return ({ samples, lookedAt }) => {
    if (lookedAt !== undefined) {
      const quarter = quarterStart(lookedAt);
      looked.run(quarter, 1 << Math.floor((lookedAt - quarter) / MINUTE_MS));
    }
    for (const { workspace, site, online, at: exact } of samples) {
      const at = Math.round(exact);
      const allBefore = together.get(workspace, at)?.['online'];
      const before = known.get(workspace, at, site)?.['online'];
      keep.run(workspace, at, site, online);
      changed(workspace, site, at, before, Math.max(online, Number(before ?? 0)));
      changed(workspace, '', at, allBefore, Number(together.get(workspace, at)?.['online']));
    }
  };
}
