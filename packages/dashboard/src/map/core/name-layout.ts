import type { BadgeLayout } from './badge-layout.ts';
import { SPOTS } from './pin.ts';

/** Width in pixels of one line. */
export type Measure = (text: string, sizePx: number, weight: 400 | 500 | 600) => number;

/** Side of the text that touches its point: `left` is a name to the right of it. */
export type Anchor = 'left' | 'right' | 'top' | 'bottom' | 'center';
export interface PlacedName {
  readonly text: string;
  readonly anchor: Anchor;
  /** From the point, in multiples of the text's size. */
  readonly offset: readonly [x: number, y: number];
}

export const PIN_NAME_PX = 12;
const PIN_NAME_HEIGHT = 15;
/** Between a pin and its name. */
const APART_PX = 5;

/**
 * A pin's name: at the side where its own count is not, at the other one, below, above. null where none is free: it gives way to
 * pins, to counts and to the names before it.
 */
export function placePinName(
  text: string,
  pin: {
    readonly x: number;
    readonly y: number;
    readonly radius: number;
    readonly spot: number;
    readonly owner: number;
    /** Pixels beyond its radius that are taken by something else, as a ripple. */
    readonly around?: number;
  },
  layout: BadgeLayout,
  measure: Measure,
): PlacedName | null {
  const { x, y, owner } = pin;
  const width = measure(text, PIN_NAME_PX, 500);
  const away = pin.radius + Math.max(APART_PX, pin.around ?? 0);
  const isCountRight = pin.spot >= 0 && SPOTS[pin.spot]!.startsWith('right');
  const sides: readonly Anchor[] = isCountRight ? ['right', 'left', 'top', 'bottom'] : ['left', 'right', 'top', 'bottom'];
  for (const anchor of sides) {
    const left = anchor === 'left' ? x + away : anchor === 'right' ? x - away - width : x - width / 2;
    const top = anchor === 'top' ? y + away : anchor === 'bottom' ? y - away - PIN_NAME_HEIGHT : y - PIN_NAME_HEIGHT / 2;
    if (!layout.placeLabel(owner, left, top, left + width, top + PIN_NAME_HEIGHT)) continue;
    const dx = anchor === 'left' ? away : anchor === 'right' ? -away : 0;
    const dy = anchor === 'top' ? away : anchor === 'bottom' ? -away : 0;
    return { text, anchor, offset: [dx / PIN_NAME_PX, dy / PIN_NAME_PX] };
  }
  return null;
}

const LINE = 1.2;
/** Capitals stand apart by this much of their size. */
const TRACKING = 0.1;
/** A line of a country's name is at most this many times its size long, if it can be broken. */
const LONGEST_LINE = 7;
/** Where a country's name is tried: at its middle, then line by line up and down, then half its own length to the sides. In lines, and lengths. */
const SHIFTS: readonly (readonly [lengths: number, lines: number])[] = [
  [0, 0],
  [0, -1.2],
  [0, 1.2],
  [0, -2.2],
  [0, 2.2],
  [-0.55, 0],
  [0.55, 0],
  [-0.55, -1.2],
  [0.55, 1.2],
  [-0.55, 1.2],
  [0.55, -1.2],
];

/** A country's name, in capitals, near its middle; null where no place is free. `sizePx` as the style draws it. */
export function placeCountryName(
  name: string,
  { x, y, sizePx }: { readonly x: number; readonly y: number; readonly sizePx: number },
  layout: BadgeLayout,
  measure: Measure,
): PlacedName | null {
  const capitals = name.toUpperCase();
  const wide = (text: string): number => measure(text, sizePx, 600) + text.length * TRACKING * sizePx;
  const lines = broken(capitals, LONGEST_LINE * sizePx, wide);
  const width = Math.max(...lines.map(wide));
  const height = lines.length * LINE * sizePx;
  for (const [lengths, rows] of SHIFTS) {
    const dx = lengths * width;
    const dy = rows * LINE * sizePx;
    const left = x + dx - width / 2;
    const top = y + dy - height / 2;
    if (layout.placeLabel(-1, left, top, left + width, top + height))
      return { text: lines.join('\n'), anchor: 'center', offset: [dx / sizePx, dy / sizePx] };
  }
  return null;
}

/** Words, gathered into lines no longer than `longest` where that can be had. */
export function broken(text: string, longest: number, wide: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && wide(`${last} ${word}`) <= longest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A city's name, in the middle of where it is; null where something lies already. */
export function placeCityName(
  text: string,
  { x, y, sizePx }: { readonly x: number; readonly y: number; readonly sizePx: number },
  layout: BadgeLayout,
  measure: Measure,
): PlacedName | null {
  const width = measure(text, sizePx, 400);
  const height = LINE * sizePx;
  return layout.placeLabel(-1, x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    ? { text, anchor: 'center', offset: [0, 0] }
    : null;
}
