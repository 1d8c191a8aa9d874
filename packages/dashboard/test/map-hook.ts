import type { Page } from 'playwright-core';
import type { PinReport } from '../src/map/foyer-map.ts';

const CANVAS = '[data-testid=map] canvas';
/** Software draws the map: a first frame may take its time on a machine that does other work. */
const READY_WITHIN_MS = 30_000;

/** What the map says of itself (README.md "Hooks for tests"), for a page in a browser. */
export function mapHook(page: () => Page) {
  const find = (id: string): Promise<PinReport | null> =>
    page()
      .locator(CANVAS)
      .evaluate((canvas, city) => (canvas as HTMLCanvasElement).foyerMap?.pinAt(city) ?? null, id);
  return {
    ready: () => page().locator('[data-testid=map][data-ready=true]').waitFor({ timeout: READY_WITHIN_MS }),
    find,
    pins: (): Promise<PinReport[]> =>
      page()
        .locator(CANVAS)
        .evaluate((canvas) => (canvas as HTMLCanvasElement).foyerMap?.pins() ?? []),
    data: (name: string) => page().getByTestId('map').getAttribute(`data-${name}`),
    zoom: async () => Number(await page().getByTestId('map').getAttribute('data-zoom')),
    /** Where a pin is once it stands still. */
    async pointOf(id: string): Promise<{ x: number; y: number }> {
      for (let last: PinReport | null = null; ;) {
        const pin = await find(id);
        if (pin && pin.x !== null && pin.y !== null && pin.x === last?.x && pin.y === last.y) return { x: pin.x, y: pin.y };
        last = pin;
        await page().evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      }
    },
    lose: () =>
      page()
        .locator(CANVAS)
        .evaluate((canvas) => (canvas as HTMLCanvasElement).foyerMap?.loseContext()),
    restore: () =>
      page()
        .locator(CANVAS)
        .evaluate((canvas) => (canvas as HTMLCanvasElement).foyerMap?.restoreContext()),
    /** Red, green and blue of a pixel of the viewport, as drawn. */
    async colourAt(x: number, y: number): Promise<readonly number[]> {
      const png = await page().screenshot({ clip: { x: Math.round(x) - 1, y: Math.round(y) - 1, width: 3, height: 3 } });
      return page().evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(3, 3).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        return [...(context?.getImageData(1, 1, 1, 1).data ?? [])].slice(0, 3);
      }, png.toString('base64'));
    },
  };
}
