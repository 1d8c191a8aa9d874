import type { DatabaseSync } from 'node:sqlite';
import { type Counts, type RollupBucket, type RollupDelta, OTHER, TOP, bearable, foldSmallest, isOpen } from '@foyer/domain/analytics';
import type { Dimension } from '@foyer/domain/analytics';

/** New rows of one day and dimension after which it is counted whether they have become too many. */
const LOOK_AFTER_ROWS = 250;
const MAX_REMEMBERED = 2_000;

export interface RollupWriter {
  apply(delta: RollupDelta): void;
}

/**
 * Writes what a batch changed, each row once, and keeps the open dimensions (pages, referrers, cities, campaigns) to their top.
 * The count of rows written since the last look is only a hint, so a transaction that is rolled back does no harm to it.
 */
export function rollupWriter(db: DatabaseSync): RollupWriter {
  const add = db.prepare(`
    INSERT INTO rollup (workspace, step, dimension, from_at, site, value, visits, pages, visitors, workspace_visitors, amount)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET visits = visits + excluded.visits, pages = pages + excluded.pages,
      visitors = visitors + excluded.visitors, workspace_visitors = workspace_visitors + excluded.workspace_visitors,
      amount = amount + excluded.amount`);
  const where = 'workspace = ? AND step = ? AND dimension = ? AND from_at = ? AND site = ?';
  const read = db.prepare(`SELECT visits, pages, visitors, workspace_visitors, amount FROM rollup WHERE ${where} AND value = ?`);
  const remove = db.prepare(`DELETE FROM rollup WHERE ${where} AND value = ?`);
  const removeEmpty = db.prepare(
    `DELETE FROM rollup WHERE ${where} AND value = ? AND visits = 0 AND pages = 0 AND visitors = 0 AND workspace_visitors = 0 AND amount = 0`,
  );
  const rows = db.prepare(`SELECT count(*) AS n FROM rollup WHERE ${where}`);
  const values = db.prepare(`SELECT value, visits, pages, visitors, workspace_visitors, amount FROM rollup WHERE ${where}`);
  const writtenSinceLook = new Map<string, number>();

  type Key = readonly [string, string, string, number, string];
  const keyOf = (b: RollupBucket, dimension: Dimension): Key => [b.workspace, b.step, dimension, b.from, b.site];
  const plus = (key: Key, value: string, c: Counts): void => {
    add.run(...key, value, c.visits, c.pages, c.visitors, c.workspaceVisitors, c.amount);
  };
  const rowOf = (key: Key, value: string): Counts => {
    const row = read.get(...key, value);
    return row
      ? {
          visits: Number(row['visits']),
          pages: Number(row['pages']),
          visitors: Number(row['visitors']),
          workspaceVisitors: Number(row['workspace_visitors']),
          amount: Number(row['amount']),
        }
      : { visits: 0, pages: 0, visitors: 0, workspaceVisitors: 0, amount: 0 };
  };

  /** Takes from the value's own row what it has, and the rest from where its earlier counts were put. */
  function takeAway(key: Key, dimension: Dimension, value: string, change: Counts): void {
    if (!isOpen(dimension)) plus(key, value, change);
    else {
      const { own, other } = bearable(rowOf(key, value), change);
      plus(key, value, own);
      plus(key, OTHER, bearable(rowOf(key, OTHER), other).own);
      removeEmpty.run(...key, OTHER);
    }
    removeEmpty.run(...key, value);
  }

  function keepTop(key: Key, dimension: Dimension, written: number): void {
    const name = key.join('\n');
    const since = (writtenSinceLook.get(name) ?? LOOK_AFTER_ROWS) + written;
    if (since < LOOK_AFTER_ROWS) {
      writtenSinceLook.set(name, since);
      return;
    }
    if (writtenSinceLook.size >= MAX_REMEMBERED) writtenSinceLook.clear();
    writtenSinceLook.set(name, 0);
    if (Number(rows.get(...key)?.['n']) <= TOP.gather) return;
    const all = values.all(...key).map((r) => ({
      value: String(r['value']),
      visits: Number(r['visits']),
      pages: Number(r['pages']),
      visitors: Number(r['visitors']),
      workspaceVisitors: Number(r['workspace_visitors']),
      amount: Number(r['amount']),
    }));
    const { fold, sum } = foldSmallest(all, dimension);
    for (const { value } of fold) remove.run(...key, value);
    if (fold.length > 0) plus(key, OTHER, sum);
  }

  return {
    apply(delta) {
      for (const bucket of delta.buckets()) {
        const written = new Map<Dimension, number>();
        for (const [dimension, value, c] of bucket.entries()) {
          const key = keyOf(bucket, dimension);
          if (c.visits < 0 || c.pages < 0 || c.visitors < 0 || c.workspaceVisitors < 0 || c.amount < 0) takeAway(key, dimension, value, c);
          else {
            plus(key, value, c);
            if (isOpen(dimension)) written.set(dimension, (written.get(dimension) ?? 0) + 1);
          }
        }
        for (const [dimension, n] of written) keepTop(keyOf(bucket, dimension), dimension, n);
      }
    },
  };
}
