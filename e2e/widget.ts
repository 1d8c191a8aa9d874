import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';

/** A file as Playwright puts it into an input. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** The widget in somebody's tab, as a person uses it: by what it shows and says. Playwright looks into its Shadow DOM by itself. */
export class Widget {
  readonly tab: Page;
  readonly host: Locator;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly log: Locator;
  readonly field: Locator;
  /** Somebody wrote first. */
  readonly card: Locator;

  /** `within`: a frame of the page; default the page itself. */
  constructor(tab: Page, within: Page | FrameLocator = tab) {
    this.tab = tab;
    this.host = within.locator('foyer-widget');
    this.launcher = this.host.getByRole('button', { name: /^Open the chat/ });
    this.panel = this.host.getByRole('dialog');
    this.log = this.panel.getByRole('log');
    this.field = this.panel.getByRole('textbox', { name: 'Message' });
    this.card = this.host.getByRole('group', { name: /^Message from/ });
  }

  /** A page of somebody's shop, in a new tab. */
  static async on(profile: BrowserContext, url: string): Promise<Widget> {
    const tab = await profile.newPage();
    await tab.goto(url);
    return new Widget(tab);
  }

  /** To where words are written: past the greeting, when there is one. */
  async open(): Promise<void> {
    await this.launcher.click();
    const begin = this.panel.getByRole('button', { name: 'New conversation' });
    await begin.or(this.field).first().waitFor();
    if (await begin.isVisible()) await begin.click();
    await this.field.waitFor();
  }

  async close(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Close the chat' }).click();
    await this.panel.waitFor({ state: 'detached' });
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Attaches a file, and sends it when it has been taken. */
  async attach(file: GivenFile): Promise<void> {
    await this.choose(file);
    const send = this.panel.locator('form.write').getByRole('button', { name: 'Send' });
    await this.panel.getByRole('button', { name: `Remove ${file.name}` }).waitFor();
    await send.click();
  }

  /** As the file dialog would. */
  async choose(file: GivenFile): Promise<void> {
    await this.panel.getByLabel('Attach a file').setInputFiles(file);
  }

  /** A message of either side by its words. */
  said(text: string): Locator {
    return this.log.getByText(text, { exact: true });
  }

  /** How far the last own message got, in words; '' while there is none. */
  async delivery(): Promise<string> {
    return (await this.log.locator('.tick').last().textContent()) ?? '';
  }
}
