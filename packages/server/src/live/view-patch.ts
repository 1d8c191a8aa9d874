import type { CityCounts, Row, RowKey, ViewFrame } from '@foyer/protocol';

/** A view's frame without its address. */
export type ViewPatch = Omit<ViewFrame, 't' | 'view' | 'now'>;
type Totals = NonNullable<ViewPatch['totals']>;
type Cities = NonNullable<ViewPatch['cities']>;
type Rows = NonNullable<ViewPatch['rows']>;

/** One patch that does what `a` and then `b` do. Cost: their sizes. */
export function mergePatches(a: ViewPatch, b: ViewPatch): ViewPatch {
  return {
    ...(b.counting === undefined ? {} : { counting: b.counting }),
    ...(a.totals || b.totals ? { totals: mergeStream(a.totals, b.totals, mergeTotals) } : {}),
    ...(a.cities || b.cities ? { cities: mergeStream(a.cities, b.cities, mergeCities) } : {}),
    ...(a.rows || b.rows ? { rows: mergeStream(a.rows, b.rows, mergeRows) } : {}),
  };
}

interface Stream {
  readonly seq: number;
  readonly prev?: number;
  readonly full?: true;
}

function mergeStream<S extends Stream>(a: S | undefined, b: S | undefined, merge: (a: S, b: S) => S): S {
  if (!a) return b!;
  if (!b || b.full) return b ?? a;
  const merged = { ...merge(a, b), seq: b.seq };
  return a.full ? { ...merged, full: true } : { ...merged, prev: a.prev ?? a.seq - 1 };
}

function mergeTotals(a: Totals, b: Totals): Totals {
  return { seq: b.seq, set: { ...a.set, ...b.set } };
}

function mergeCities(a: Cities, b: Cities): Cities {
  const byPlace = new Map<number, CityCounts>();
  for (const counts of [...a.set, ...b.set]) byPlace.set(counts[0]!, counts);
  return { seq: b.seq, set: [...byPlace.values()] };
}

function mergeRows(a: Rows, b: Rows): Rows {
  const order = b.order ?? a.order;
  const keep = order ? new Set(order) : null;
  const set: Record<string, Partial<Row>> = {};
  const keys: Record<string, RowKey> = {};
  for (const rows of [a, b]) {
    for (const [id, row] of Object.entries(rows.set ?? {})) if (!keep || keep.has(id)) set[id] = { ...set[id], ...row };
    for (const [id, key] of Object.entries(rows.keys ?? {})) if (!keep || keep.has(id)) keys[id] = key;
  }
  const groups = b.groups ?? a.groups;
  return { seq: b.seq, before: b.before, total: b.total, ...(order ? { order } : {}), ...(groups ? { groups } : {}), keys, set };
}
