import type { Count } from '@foyer/protocol';

/** The head of a group in the table. */
export interface GroupHead {
  readonly name: string;
  readonly count: number;
  /** Px from the top of the table's body. */
  readonly top: number;
  /** Where its last row ends. */
  readonly end: number;
  /** Its first row of the display. */
  readonly first: number;
}
/** Where rows and heads of groups stand: everything of one height, so that a place is arithmetic, however many rows there are. */
export interface Geometry {
  readonly height: number;
  readonly heads: readonly GroupHead[];
  readonly topOf: (row: number) => number;
  /** The row whose place holds this point, or the next one below it. */
  readonly rowAt: (y: number) => number;
}

/** `groups`: of the whole view, none when it has no groups. `base`: row 0 of the display is that row of the view. */
export function geometryOf(q: {
  readonly groups: readonly Count[];
  readonly base: number;
  readonly count: number;
  readonly rowPx: number;
  readonly headPx: number;
}): Geometry {
  const { groups, base, count, rowPx, headPx } = q;
  const heads: GroupHead[] = [];
  let start = 0;
  for (const { key, count: rows } of groups) {
    const first = Math.max(0, start - base);
    const last = Math.min(count, start + rows - base);
    start += rows;
    if (last <= first) continue;
    const top = heads.length * headPx + first * rowPx;
    heads.push({ name: key, count: rows, top, end: top + headPx + (last - first) * rowPx, first });
  }
  const headOf = (row: number): number => {
    let [low, high] = [0, heads.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (heads[middle]!.first <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    heads,
    height: heads.length * headPx + count * rowPx,
    topOf: (row) => headOf(row) * headPx + row * rowPx,
    rowAt: (y) => {
      const head = heads.findLast(({ top }) => top <= y);
      const row = head ? head.first + Math.max(0, Math.floor((y - head.top - headPx) / rowPx)) : Math.floor(y / rowPx);
      return Math.max(0, Math.min(count, row));
    },
  };
}
