import type { PublicLook } from '@foyer/protocol';
import type { Locator, Page } from 'playwright-core';
import { lookOf } from './chat-double.testkit.ts';
import { type HostPage, useHostPages } from './host-page.testkit.ts';

/** A page of the host with the widget on it. */
export interface Widget {
  readonly page: Page;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly field: Locator;
  readonly log: Locator;
  /** Opens the panel and a conversation's view. */
  talk(): Promise<void>;
  write(text: string): Promise<void>;
}

export const widgetOf = (page: Page): Widget => {
  const root = page.locator('foyer-widget');
  const panel = root.locator('.panel');
  const field = panel.locator('.write textarea');
  return {
    page,
    launcher: root.locator('.launcher'),
    panel,
    field,
    log: panel.locator('.log'),
    async talk() {
      if (!(await panel.isVisible())) await root.locator('.launcher').click();
      if (await panel.locator('.end .act').isVisible()) await panel.locator('.end .act').click();
      await field.waitFor();
    },
    async write(text) {
      await field.fill(text);
      await field.press('Enter');
    },
  };
};

export function useWidgets() {
  const pages = useHostPages();
  const { foyer } = pages;
  return {
    ...pages,
    get context() {
      return pages.context;
    },
    /** What the site's look says, and that it has a chat. */
    site(look: Partial<PublicLook> = {}): void {
      foyer.welcome = { ...foyer.welcome, chat: 'r1' };
      foyer.chat.look = lookOf(look);
    },
    async widget(host: HostPage = {}, page?: Page): Promise<Widget> {
      if (!foyer.welcome.chat) foyer.welcome = { ...foyer.welcome, chat: 'r1' };
      const widget = widgetOf(await pages.open(host, page));
      await widget.launcher.waitFor();
      return widget;
    },
    /** Texts that the visitor has said, as they are stored. */
    stored: (): string[] => foyer.chat.messages.flatMap(({ from, body }) => (from.kind === 'visitor' && 'text' in body ? [body.text] : [])),
  };
}
