import { urgencyOf } from '@foyer/domain/rules';
import type { Count, Group, Sort, SortKey } from '@foyer/protocol';
import type { ListOrder } from './row-order.ts';
import { type Seek, seekAnchor, shareOf, surrounding } from './seek.ts';

/**
 * `seekAnchor` for every order: texts are interpolated like numbers, rows of equal keys by their ids (which decide among them),
 * and in a list with groups the search stays inside the target's group, whose place the counts of the groups tell.
 */
export const seekAnywhere: Seek = (target, marks, round, list) => {
  const { order, rows } = list;
  if (!order.group) return seekOwn(target, marks, round, list);
  const group = groupAt(rows.groups, target);
  if (!group) return null;
  const key = groupKey(order.group, group.name);
  const inside = marks.flatMap((mark) =>
    typeof mark.key === 'object' && mark.key[0] === key && mark.index >= group.from && mark.index < group.to
      ? [{ ...mark, key: mark.key[1] }]
      : [],
  );
  if (inside.length > 0) {
    const own = seekOwn(target, inside, round, list);
    return own && { key: [key, own.key as SortKey], id: own.id };
  }
  const { key: own, id } = edgeOf(order, target - group.from <= group.to - target);
  return { key: [key, own], id };
};

const seekOwn: Seek = (target, marks, round, list) => {
  const { a, b, bracketed } = surrounding(target, marks);
  if (!a) return null;
  const near = !b || Math.abs(a.index - target) <= Math.abs(b.index - target) ? a : b;
  if (!b || a.index === b.index) return near;
  if (typeof a.key === 'number' && typeof b.key === 'number' && a.key !== b.key) return seekAnchor(target, marks, round);
  // Texts beyond those that are known tell nothing of how far it is to the end; the end itself does.
  if (!bracketed) return edgeOf(list.order, target < a.index);
  const share = shareOf(target, a, b, { bracketed, round });
  if (a.key === b.key) {
    const id = between(a.id, b.id, share);
    return id === a.id || id === b.id ? near : { key: a.key, id };
  }
  const key = between(String(a.key), String(b.key), share);
  return key === a.key || key === b.key ? near : { key, id: '' };
};

/** Characters after the common ones that are counted with: 42 bits of ASCII, 48 of anything. */
const ASCII = { base: 128, digits: 6 };
const ANY = { base: 65_536, digits: 3 };

/** The text that lies so far from `a` towards `b`, as if their characters were the digits of a number. */
export function between(a: string, b: string, share: number): string {
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  const codeAt = (text: string, i: number): number => (i < text.length ? text.charCodeAt(i) : 0);
  const { base, digits } = Math.max(codeAt(a, same), codeAt(b, same)) < ASCII.base ? ASCII : ANY;
  const valueOf = (text: string): number => {
    let value = 0;
    for (let i = same; i < same + digits; i += 1) value = value * base + Math.min(base - 1, codeAt(text, i));
    return value;
  };
  const from = valueOf(a);
  let left = Math.min(base ** digits - 1, Math.max(0, Math.round(from + share * (valueOf(b) - from))));
  let tail = '';
  for (let i = 0; i < digits; i += 1) {
    const digit = left % base;
    if (digit > 0 || tail !== '') tail = String.fromCharCode(digit) + tail;
    left = (left - digit) / base;
  }
  return a.slice(0, same) + tail;
}

/** In the order of the groups, as the server keys them: contexts by urgency, countries by code with the unknown place last. */
const groupKey = (group: Group, name: string): SortKey =>
  group === 'context' ? urgencyOf(name) : name === '' ? '\uffff' : name.toLowerCase();

function groupAt(groups: readonly Count[], row: number): { readonly name: string; readonly from: number; readonly to: number } | null {
  let from = 0;
  for (const { key, count } of groups) {
    if (row < from + count) return { name: key, from, to: from + count };
    from += count;
  }
  return null;
}

const TEXTS: ReadonlySet<Sort> = new Set(['name', 'country', 'city', 'browser', 'page', 'referrer', 'site']);
/** Past every number and text that a row is sorted by. */
const LEAST = -1e300;
const MOST = 1e300;
const LAST_TEXT = '\uffff\uffff';

/** Just before the first row of a list, or of a group, or just after its last one. */
function edgeOf({ sort, dir }: ListOrder, isStart: boolean): { readonly key: SortKey; readonly id: string } {
  const isLow = (dir === 'asc') === isStart;
  return { key: TEXTS.has(sort) ? (isLow ? '' : LAST_TEXT) : isLow ? LEAST : MOST, id: isLow ? '' : LAST_TEXT };
}
