import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Account } from './account.ts';
import type { Browsing } from './browser.ts';

/** The inbox of somebody who is signed in. */
export class Inbox {
  readonly page: Page;
  readonly rows: Locator;
  readonly transcript: Locator;
  readonly field: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rows = page.getByTestId('conversation-row');
    this.transcript = page.getByTestId('transcript');
    this.field = page.getByTestId('composer-input');
  }

  static async open(browsing: Browsing, account: Account, path = '/inbox', options: BrowserContextOptions = {}): Promise<Inbox> {
    return new Inbox(await browsing.dashboard(account, path, options));
  }

  row(conversation: string): Locator {
    return this.page.locator(`[data-testid=conversation-row][data-conversation="${conversation}"]`);
  }

  async choose(conversation: string): Promise<void> {
    await this.row(conversation).getByRole('link').click();
    await this.page.locator(`[data-testid=composer][data-conversation="${conversation}"]`).waitFor();
  }

  async accept(): Promise<void> {
    await this.page.getByTestId('accept').click();
    await this.field.waitFor();
  }

  async resolve(): Promise<void> {
    await this.page.getByTestId('resolve').click();
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.page.getByTestId('send').click();
  }

  /** A message of either side by its words. */
  said(text: string): Locator {
    return this.transcript.getByText(text, { exact: true });
  }

  /** How far the last own message got. */
  delivery(): Promise<string | null> {
    return this.transcript.getByTestId('delivery').last().getAttribute('data-state');
  }
}

/** The list at one moment; `at`: epoch ms of the machine, the same clock in every page. */
export interface ListSeen {
  readonly at: number;
  readonly rows: readonly { readonly conversation: string; readonly status: string; readonly text: string }[];
  /** Messages of the conversation that is open. */
  readonly messages: readonly string[];
}

/** Remembers list and transcript after every change, in the page itself. */
export async function logInbox(page: Page): Promise<void> {
  await page.evaluate(() => {
    const log: ListSeen[] = [];
    const look = (): void => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=conversation-row]')].map((row) => ({
        conversation: row.dataset['conversation'] ?? '',
        status: row.dataset['status'] ?? '',
        text: row.textContent ?? '',
      }));
      const messages = [...document.querySelectorAll('[data-testid=message]')].map((message) => message.textContent ?? '');
      log.push({ at: Date.now(), rows, messages });
    };
    Object.assign(window, { inboxLog: log });
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
}

/** When list and transcript first were as `is` says, at or after `from`. Waits for it. */
export async function inboxFirstSeen(page: Page, is: (seen: ListSeen) => boolean, from = 0): Promise<number> {
  let log: ListSeen[] = [];
  for (const untilMs = Date.now() + 15_000; Date.now() < untilMs;) {
    log = await page.evaluate(() => (window as unknown as { inboxLog: ListSeen[] }).inboxLog);
    const seen = log.find((each) => each.at >= from && is(each));
    if (seen) return seen.at;
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  throw new Error(`never seen; the last: ${JSON.stringify(log.at(-1))}`);
}
