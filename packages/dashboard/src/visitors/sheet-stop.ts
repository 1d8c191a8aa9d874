/** How much of a phone's screen the list takes. */
export type SheetStop = 'peek' | 'half' | 'full';
export const STOPS: readonly SheetStop[] = ['peek', 'half', 'full'];
/** As in CSS: what each stop is, of the page's height. */
export function sheetHeightPx(stop: SheetStop, pagePx: number): number {
  return { peek: 132, half: Math.round(pagePx * 0.6), full: pagePx - 8 }[stop];
}
