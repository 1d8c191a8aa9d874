import type { BrowserContextOptions, Page } from 'playwright-core';
import type { PinReport } from './foyer-map.ts';
import type { Account } from './account.ts';
import type { Browsing } from './browser.ts';
import { within } from './foyer-process.ts';

/** Software draws the map: a first frame may take its time on a machine that does other work. */
const MAP_WITHIN_MS = 30_000;
/** Software draws each pixel: half as many of them as on the usual screen. */
const VIEWPORT = { width: 1_024, height: 640 };

/** Opens the Visitors page, with the map drawn. */
export async function openVisitors(
  browsing: Browsing,
  account: Account,
  path = '/visitors',
  options: BrowserContextOptions = {},
): Promise<Page> {
  const dashboard = await browsing.dashboard(account, path, { viewport: VIEWPORT, ...options });
  await mapIsReady(dashboard);
  return dashboard;
}

export function mapIsReady(dashboard: Page): Promise<void> {
  return dashboard.locator('[data-testid=map][data-ready=true]').waitFor({ timeout: MAP_WITHIN_MS });
}

/** What the map draws, as it would be drawn next. */
export const pins = (dashboard: Page): Promise<PinReport[]> =>
  dashboard.evaluate(() => document.querySelector('canvas')?.foyerMap?.pins() ?? []);
const pinAt = (dashboard: Page, city: string): Promise<PinReport | null> =>
  dashboard.evaluate((id) => document.querySelector('canvas')?.foyerMap?.pinAt(id) ?? null, city);

/** Where to point to be on a pin; waits until it is there and stands still. */
async function pointOf(dashboard: Page, city: string): Promise<{ x: number; y: number }> {
  const find = async (): Promise<{ x: number; y: number }> => {
    for (let last: PinReport | null = null; ;) {
      const pin = await pinAt(dashboard, city);
      if (pin && pin.x !== null && pin.y !== null && pin.x === last?.x && pin.y === last.y) return { x: pin.x, y: pin.y };
      last = pin;
      await framesPass(dashboard);
    }
  };
  return within(find(), MAP_WITHIN_MS, () => `no pin at ${city}`);
}

/** Two frames, and longer than the map waits before it follows its element's size: software draws so seldom that in 60 ms nothing moves. */
const framesPass = (dashboard: Page): Promise<void> =>
  dashboard.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100)));
      }),
  );

export async function clickPin(dashboard: Page, city: string): Promise<void> {
  const find = async (): Promise<void> => {
    for (;;) {
      const { x, y } = await pointOf(dashboard, city);
      await dashboard.mouse.move(x, y);
      if ((await dashboard.locator('canvas[data-pointed]').count()) === 0) continue;
      const now = await pointOf(dashboard, city);
      if (now.x === x && now.y === y) return;
    }
  };
  await within(find(), MAP_WITHIN_MS, () => `no pin to point at in ${city}`);
  await dashboard.mouse.down();
  await dashboard.mouse.up();
}

/** Clicks where the map shows nobody. */
export async function clickBackground(dashboard: Page): Promise<void> {
  const spot = await dashboard.evaluate(() => {
    const canvas = document.querySelector('canvas');
    if (!canvas) return null;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const all = canvas.foyerMap?.pins() ?? [];
    for (let step = 0; step < 100; step++) {
      const x = left + ((step * 37) % 100) * (width / 100);
      const y = top + ((step * 61) % 100) * (height / 100);
      const isFar = all.every((pin) => pin.x === null || pin.y === null || Math.hypot(pin.x - x, pin.y - y) > 60);
      if (isFar && document.elementFromPoint(x, y) === canvas) return { x, y };
    }
    return null;
  });
  if (!spot) throw new Error('there is no free spot on the map');
  await dashboard.mouse.click(spot.x, spot.y);
}

export async function hoverPin(dashboard: Page, city: string): Promise<void> {
  const { x, y } = await pointOf(dashboard, city);
  await dashboard.mouse.move(x - 40, y - 40);
  await dashboard.mouse.move(x, y);
  await dashboard.getByTestId('map-popup').waitFor();
}

/** A number of the overlay card. */
export async function cardValue(dashboard: Page, which: 'live' | 'chats'): Promise<number> {
  return Number((await dashboard.getByTestId(`map-card-${which}`).getAttribute('data-value')) ?? Number.NaN);
}

/** Another filter in place of the present one. */
export async function filterBy(dashboard: Page, filter: string): Promise<void> {
  const input = dashboard.getByTestId('filter-input');
  // The first Escape may only close suggestions.
  for (let i = 0; i < 2; i++) await input.press('Escape');
  if (filter === '') return;
  await input.fill(filter);
  await input.press('Enter');
}

/** Goes to another screen as a link within the page does, without loading the page anew. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}
