import type { Measure } from './core/name-layout.ts';

let ruler: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();
/** Texts are measured at this size and scaled: names come in many sizes, and widths grow with them. */
const AT_PX = 20;

/** In our typeface. A text measured costs 10 µs once; there are a few thousand names. */
export const textWidth: Measure = (text, sizePx, weight) => {
  const key = `${weight} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    ruler ??= document.createElement('canvas').getContext('2d');
    if (ruler) ruler.font = `${weight} ${AT_PX}px Inter, 'Inter fallback', system-ui, sans-serif`;
    width = ruler?.measureText(text).width ?? text.length * AT_PX * 0.6;
    widths.set(key, width);
  }
  return (width * sizePx) / AT_PX;
};

/** Our typeface has arrived, or will not: then the fallback stays. Never throws. */
export const typefaceCame = (): Promise<unknown> =>
  Promise.allSettled([400, 500, 600].map((weight) => document.fonts.load(`${weight} ${AT_PX}px 'Inter'`, '0123456789')));

/** The typeface has arrived: what was measured before was another one. */
export const forgetWidths = (): void => widths.clear();
