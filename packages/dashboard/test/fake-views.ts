/** The scripted server's answer to one view: everything at first, then what changed. Slow and simple on purpose. */
import { CITY_ORDER, type ConsoleUp, type Count, type Row, type RowKey, type Totals, type ViewFrame, type Window } from '@foyer/protocol';
import { groupsOf, ordered } from './fake-monitor.ts';
import { matches, PLACES, totalsOf } from './fake-visits.ts';
import { compareRows } from './scripted-order.ts';

type Open = Extract<ConsoleUp, { t: 'open' }>;

/** Newest first, ids descending among equals: the order of the list. */
export const newestFirst = (a: Row, b: Row): number => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1);

export function windowOf(rows: readonly Row[], window: Window): { before: number; total: number; order: { row: Row; key: RowKey }[] } {
  const { anchor } = window;
  const all = ordered(rows, window);
  const at = anchor
    ? all.filter(({ row, key }) => compareRows(window, key, row.id, anchor.key, anchor.id) < 0).length
    : Math.round((window.share ?? 0) * all.length);
  const from = Math.max(0, at - window.before);
  return { before: from, total: rows.length, order: all.slice(from, Math.min(rows.length, at + window.after)) };
}

export class FakeView {
  readonly open: Open;
  window: Window | undefined;
  #seq = { totals: 0, rows: 0, cities: 0 };
  #totals: Totals | null = null;
  #rows: { before: number; total: number; order: string[]; sent: Map<string, Row>; keys: Map<string, string>; groups: string } | null =
    null;
  #cities: string | null = null;

  constructor(open: Open) {
    this.open = open;
    this.window = open.window;
  }

  again(): void {
    this.#totals = null;
    this.#rows = null;
    this.#cities = null;
  }

  /** null: nothing changed. `visits` is in list order. */
  frame(visits: readonly Row[], now: number): ViewFrame | null {
    const { scope, filter, streams } = this.open;
    const mine = visits.filter(
      (row) =>
        (row.filtered !== '') === (scope.filtered === true) &&
        (!scope.site || row.site === scope.site) &&
        (scope.city === undefined || row.place === scope.city) &&
        (scope.region === undefined || (row.place !== '' && `${row.country}|${row.region}` === scope.region)) &&
        (scope.country === undefined || row.country === scope.country) &&
        (scope.visitors === undefined || scope.visitors.includes(row.visitor)) &&
        (filter === '' || matches(row, filter)),
    );
    const frame = {
      ...(streams.includes('totals') ? this.#totalsPart(mine) : {}),
      ...(streams.includes('cities') ? this.#citiesPart(mine) : {}),
      ...(streams.includes('rows') && this.window ? this.#rowsPart(mine, this.window) : {}),
    };
    return Object.keys(frame).length === 0 ? null : { t: 'view', view: this.open.view, now, ...frame };
  }

  #totalsPart(rows: readonly Row[]): Pick<ViewFrame, 'totals'> {
    const next = totalsOf(rows);
    const old = this.#totals;
    this.#totals = next;
    if (!old) return { totals: { seq: ++this.#seq.totals, full: true, set: next } };
    const set = Object.fromEntries(
      Object.entries(next).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key as keyof Totals])),
    );
    return Object.keys(set).length === 0 ? {} : { totals: { seq: ++this.#seq.totals, set } };
  }

  #citiesPart(rows: readonly Row[]): Pick<ViewFrame, 'cities'> {
    const counts = new Map<number, number[]>();
    for (const row of rows) {
      const index = PLACES.findIndex((place) => place[2] === row.city && row.city !== '');
      if (index < 0) continue;
      const list = counts.get(index) ?? [index, ...CITY_ORDER.map(() => 0)];
      list[1 + CITY_ORDER.indexOf(row.status)]! += 1;
      counts.set(index, list);
    }
    const text = JSON.stringify([...counts.values()]);
    if (text === this.#cities) return {};
    this.#cities = text;
    return { cities: { seq: ++this.#seq.cities, full: true, set: [...counts.values()] } };
  }

  #rowsPart(rows: readonly Row[], window: Window): Pick<ViewFrame, 'rows'> {
    const next = windowOf(rows, window);
    const order = next.order.map(({ row }) => row.id);
    const groups: readonly Count[] =
      window.group === undefined
        ? []
        : groupsOf(
            window.group,
            ordered(rows, window).map(({ row }) => row),
          );
    const old = this.#rows;
    this.#rows = {
      before: next.before,
      total: next.total,
      order,
      sent: new Map(next.order.map(({ row }) => [row.id, row])),
      keys: new Map(next.order.map(({ row, key }) => [row.id, JSON.stringify(key)])),
      groups: JSON.stringify(groups),
    };
    const set: Record<string, Partial<Row>> = {};
    const keys: Record<string, RowKey> = {};
    for (const { row, key } of next.order) {
      const before = old?.sent.get(row.id);
      if (!before) set[row.id] = row;
      else if (before !== row)
        set[row.id] = Object.fromEntries(Object.entries(row).filter(([name, value]) => before[name as keyof Row] !== value));
      if (old?.keys.get(row.id) !== JSON.stringify(key)) keys[row.id] = key;
    }
    const regrouped = window.group !== undefined && old?.groups !== JSON.stringify(groups) ? { groups } : {};
    const { before, total } = next;
    if (!old) return { rows: { seq: ++this.#seq.rows, full: true, before, total, order, ...regrouped, keys, set } };
    const reordered = order.join() !== old.order.join();
    const said = {
      ...(reordered ? { order } : {}),
      ...regrouped,
      ...(Object.keys(keys).length > 0 ? { keys } : {}),
      ...(Object.keys(set).length > 0 ? { set } : {}),
    };
    if (before === old.before && total === old.total && Object.keys(said).length === 0) return {};
    return { rows: { seq: ++this.#seq.rows, before, total, ...said } };
  }
}
