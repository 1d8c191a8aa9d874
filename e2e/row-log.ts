import type { Page } from 'playwright-core';

/** The list of a dashboard at one moment; `at`: epoch ms of the machine, the same clock in every page. */
export interface RowsSeen {
  readonly at: number;
  readonly rows: readonly { readonly visit: string; readonly status: string; readonly page: string }[];
}

/** Remembers the list after every change to it, from now on and through re-rendering of the page, in the page itself. */
export async function logRows(dashboard: Page): Promise<void> {
  await dashboard.evaluate(() => {
    const log: RowsSeen[] = [];
    const look = (): void => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=visitor-row]')].map((row) => ({
        visit: row.dataset['visit'] ?? '',
        status: row.dataset['status'] ?? '',
        page: row.querySelector('.visit-page .truncate')?.textContent ?? '',
      }));
      log.push({ at: Date.now(), rows });
    };
    Object.assign(window, { rowLog: log });
    // Mutations are delivered in the task that made them, so no state between two paints is missed.
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
}

export function rowsSeen(dashboard: Page): Promise<RowsSeen[]> {
  return dashboard.evaluate(() => (window as unknown as { rowLog: RowsSeen[] }).rowLog);
}

/** When the list first was as `is` says, at or after `from`. Waits for it. */
export async function firstSeen(dashboard: Page, is: (seen: RowsSeen) => boolean, from = 0): Promise<number> {
  // A poll of what is remembered: the time that is answered is the observer's, not the poll's.
  for (const untilMs = Date.now() + 15_000; Date.now() < untilMs;) {
    const seen = (await rowsSeen(dashboard)).find((each) => each.at >= from && is(each));
    if (seen) return seen.at;
    await dashboard.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  throw new Error(`never seen; the last: ${JSON.stringify((await rowsSeen(dashboard)).at(-1))}`);
}
