import type { Page } from 'playwright-core';
import './foyer-map.ts';

/** All that a Visitors page shows of one place with one visitor, at one moment. '' and null: not shown. */
export interface Shown {
  /** Epoch ms of the machine, the same clock in every page. */
  readonly at: number;
  /** The visitor's row: status, name, page, and the badge of who comes back. */
  readonly row: { readonly status: string; readonly name: string; readonly page: string; readonly returning: string } | null;
  readonly tip: string;
  readonly pin: { readonly count: number; readonly core: string } | null;
  /** Rows of the popup over the pin. */
  readonly popup: readonly { readonly status: string; readonly text: string }[] | null;
  readonly panel: string;
  /** Of the overlay card, and of the list's head. */
  readonly live: number | null;
  readonly listed: string;
}

/**
 * Looks at the page every 20 ms, in the page, and remembers each change. Not by frames, as software draws few of them; what is
 * read is the document, and the pins as the next frame draws them.
 */
export async function logScreen(dashboard: Page, place: string): Promise<void> {
  await dashboard.evaluate((city) => {
    const textOf = (selector: string, within: ParentNode = document): string => within.querySelector(selector)?.textContent ?? '';
    const look = (): Omit<Shown, 'at'> => {
      const row = document.querySelector<HTMLElement>('[data-testid=visitor-row]');
      const pin = document.querySelector('canvas')?.foyerMap?.pinAt(city);
      const popup = document.querySelector('[data-testid=map-popup]');
      const value = document.querySelector<HTMLElement>('[data-testid=map-card-live]')?.dataset['value'];
      return {
        row: row && {
          status: row.dataset['status'] ?? '',
          name: textOf('.visit-name .truncate', row),
          page: textOf('.visit-page .truncate', row),
          returning: textOf('[data-testid=returning]', row),
        },
        tip: textOf('[data-testid=visit-tip]'),
        pin: pin ? { count: pin.count, core: pin.core } : null,
        popup:
          popup &&
          [...popup.querySelectorAll<HTMLElement>('[data-testid=map-popup-visitor]')].map((each) => ({
            status: each.dataset['status'] ?? '',
            text: each.textContent ?? '',
          })),
        panel: textOf('[data-testid=visit-panel]'),
        live: value === undefined ? null : Number(value),
        listed: textOf('[data-testid=tab-visitors] .tally'),
      };
    };
    const log: Shown[] = [];
    let last = '';
    const note = (): void => {
      const shown = look();
      const text = JSON.stringify(shown);
      if (text !== last) log.push({ at: Date.now(), ...shown });
      last = text;
    };
    setInterval(note, 20);
    note();
    Object.assign(window, { screenLog: log });
  }, place);
}

export interface Agreement {
  /** When the last part of the page had come to say so. */
  readonly at: number;
  /** Between the first part that said so and the last one. */
  readonly spreadMs: number;
}

/** When all parts said what they should, for the first time at or after `from`. Throws with what was shown last when they do not come to it. */
export async function agreed(
  dashboard: Page,
  parts: Readonly<Record<string, (shown: Shown) => boolean>>,
  options: { readonly from: number; readonly withinMs?: number },
): Promise<Agreement> {
  let log: Shown[] = [];
  for (const untilMs = Date.now() + (options.withinMs ?? 10_000); Date.now() < untilMs;) {
    log = await dashboard.evaluate(() => (window as unknown as { screenLog: Shown[] }).screenLog);
    // What was shown at `from` is the last look before it.
    const first = Math.max(
      0,
      log.findLastIndex(({ at }) => at <= options.from),
    );
    const since = log.slice(first);
    const all = since.find((shown) => Object.values(parts).every((says) => says(shown)));
    if (all) {
      const firsts = Object.values(parts).map((says) => since.find(says)?.at ?? all.at);
      return { at: all.at, spreadMs: all.at - Math.max(options.from, Math.min(...firsts)) };
    }
    await dashboard.waitForTimeout(30);
  }
  const shown = log.at(-1);
  const silent = shown ? Object.keys(parts).filter((name) => !parts[name]?.(shown)) : [];
  throw new Error(`not said by ${silent.join(', ')}; shown: ${JSON.stringify(shown, null, 1)}`);
}
