interface Size {
  readonly width: number;
  readonly height: number;
}
interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
/** Space to the sidebar, to the map's card and to the edge of the screen, in px. */
const GAP = 10;
const EDGE = 12;
/** The tooltip's first line stands beside the row's. */
const RISE = 12;
/** Less is no tooltip: then the card has to give way. */
const LEAST = 240;

/** From the pointer to the tooltip of a row that has nothing beside it. */
const AWAY = 24;

/** Beside the pointer in a row as wide as the page: before it where there is no room behind it, level with the row, whole on the screen. */
export function placedInRow(q: {
  readonly row: Rect;
  /** null: nobody points. */
  readonly x: number | null;
  readonly tip: Size;
  readonly screen: Size;
  readonly rtl: boolean;
}): { readonly left: number; readonly top: number; readonly maxHeight: number } {
  const { row, tip, screen, rtl } = q;
  const x = q.x ?? (row.left + row.right) / 2;
  const [before, after] = [x - AWAY - tip.width, x + AWAY];
  const last = screen.width - tip.width - EDGE;
  const left = rtl ? (before >= EDGE ? before : after) : after <= last ? after : before;
  const maxHeight = screen.height - 2 * EDGE;
  const top = Math.max(EDGE, Math.min(row.top - RISE, screen.height - Math.min(tip.height, maxHeight) - EDGE));
  return { left: Math.round(Math.max(EDGE, Math.min(left, last))), top: Math.round(top), maxHeight: Math.round(maxHeight) };
}

/**
 * Where the details of a row go: beside the sidebar, level with the row, moved up where the screen ends,
 * and never over the map's card: what would reach it starts under it.
 */
export function placedTip(q: {
  readonly row: Rect;
  readonly sidebar: Rect;
  readonly card: Rect | null;
  readonly tip: Size;
  readonly screen: Size;
  readonly rtl: boolean;
}): { readonly left: number; readonly top: number; readonly maxHeight: number } {
  const { row, sidebar, card, tip, screen, rtl } = q;
  const beside = rtl ? sidebar.left - GAP - tip.width : sidebar.right + GAP;
  const left = Math.max(EDGE, Math.min(beside, screen.width - tip.width - EDGE));
  const crosses = card !== null && card.left < left + tip.width && card.right > left;
  const under = crosses ? card.bottom + EDGE : EDGE;
  const highest = screen.height - under - EDGE < LEAST ? EDGE : under;
  const maxHeight = screen.height - highest - EDGE;
  const height = Math.min(tip.height, maxHeight);
  const top = Math.max(highest, Math.min(row.top - RISE, screen.height - height - EDGE));
  return { left: Math.round(left), top: Math.round(top), maxHeight: Math.round(maxHeight) };
}
