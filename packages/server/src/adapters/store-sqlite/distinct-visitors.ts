import type { DatabaseSync } from 'node:sqlite';

interface Range {
  readonly workspace: string;
  readonly site?: string;
  readonly from: number;
  readonly to: number;
}
interface Sum {
  readonly visits: number;
  readonly visitors: number;
}
/** What [from, to) came to, and what the store was like then. */
interface Kept extends Sum {
  readonly to: number;
  /** Visits stored later have a higher one. */
  readonly serial: number;
  readonly recounts: number;
}
/** Reports ask for a few ranges again and again: three periods and those before them, of each site. */
const MOST_KEPT = 500;
/** Visits come a little after they began; what is newer is counted each time. */
const SETTLED_AFTER_MS = 15 * 60_000;

/**
 * The verb that counts visits and their distinct visitors in a range, from the visits themselves.
 *
 * Purpose     a report over 90 days ends with today, so no rollup knows its visitors. What is over is counted once and kept; then only what came since.
 * Invariants  what is kept is right as long as no visit in it was stored since, left the counts, came back, or may be purged.
 * Cost        first 0.1 ms a thousand visits of the range; then the visits of the last quarter-hour and those stored since it was asked last.
 */
export function distinctVisitors(db: DatabaseSync): (q: Range) => Sum {
  const counted =
    "FROM visit INDEXED BY visit_by_start WHERE workspace = :workspace AND started_at >= :from AND started_at < :to AND filtered = ''";
  const all = db.prepare(`SELECT count(*) AS visits, coalesce(sum(previous_at < :since), 0) AS visitors ${counted}`);
  const ofSite = db.prepare(
    `SELECT count(*) AS visits, coalesce(sum(previous_on_site_at < :since), 0) AS visitors ${counted} AND site = :site`,
  );
  const state = db.prepare(`
    SELECT coalesce((SELECT max(serial) FROM visit), 0) AS serial,
      coalesce((SELECT max(started_at) FROM visit WHERE workspace = :workspace), 0) AS latest,
      coalesce((SELECT recounts FROM workspace WHERE workspace = :workspace), 0) AS recounts,
      coalesce((SELECT purged_before FROM workspace WHERE workspace = :workspace), 0) AS purged_before`);
  // Left to itself SQLite takes the index by start, and reads the whole range to find that nothing came.
  const late = db.prepare(
    'SELECT 1 FROM visit INDEXED BY visit_by_serial WHERE serial > :serial AND workspace = :workspace AND started_at < :to LIMIT 1',
  );
  const kept = new Map<string, Kept>();

  const count = ({ workspace, site, to }: Range, from: number, since: number): Sum => {
    const row = site === undefined ? all.get({ workspace, from, to, since }) : ofSite.get({ workspace, from, to, since, site });
    return { visits: Number(row?.['visits'] ?? 0), visitors: Number(row?.['visitors'] ?? 0) };
  };
  const add = (a: Sum, b: Sum): Sum => ({ visits: a.visits + b.visits, visitors: a.visitors + b.visitors });

  return (q) => {
    const { workspace, from, to } = q;
    const now = state.get({ workspace }) ?? {};
    const purgedBefore = Number(now['purged_before']);
    // Of those whose earlier visits are gone the first that is left counts.
    if (purgedBefore > from) return count(q, from, purgedBefore);
    const key = JSON.stringify([workspace, q.site, from]);
    const [serial, recounts] = [Number(now['serial']), Number(now['recounts'])];
    const settled = Math.max(from, Math.min(to, Number(now['latest']) - SETTLED_AFTER_MS));
    let known = kept.get(key);
    const isOld = (k: Kept): boolean =>
      k.recounts !== recounts || k.to > to || k.serial > serial || late.get({ workspace, serial: k.serial, to: k.to }) !== undefined;
    if (known && isOld(known)) known = undefined;
    const before: Sum & { to: number } = known ?? { visits: 0, visitors: 0, to: from };
    const upTo = Math.max(before.to, settled);
    const whole = add(before, count({ ...q, to: upTo }, before.to, from));
    kept.delete(key);
    kept.set(key, { ...whole, to: upTo, serial, recounts });
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return add(whole, count(q, upTo, from));
  };
}
