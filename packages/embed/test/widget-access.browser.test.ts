import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWidgets } from './widget.testkit.ts';

const kit = useWidgets();
const { foyer } = kit;
const isStored = (count: number) => foyer.until(() => kit.stored().length === count);
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const active = document.querySelector('foyer-widget')?.shadowRoot?.activeElement;
    return active ? (active.getAttribute('aria-label') ?? active.className) : '';
  });
/** What axe finds on the whole page, with the panel's contents: one document, so no page of axe's own (legacy mode), and brought into it once. */
const findings = async (page: Page): Promise<string[]> => {
  const isThere = await page.evaluate(() => 'axe' in window);
  const { violations } = await new AxeBuilder({ page, ...(isThere && { axeSource: ';' }) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(' ')
        .slice(0, 300)}`,
  );
};
const BODY = '<main><h1>Shop</h1><a href="#x">A link of the page</a></main>';
const still = (page: Page) => page.emulateMedia({ reducedMotion: 'reduce' });

describe('for everybody', () => {
  it.each([
    ['light', '#f2c230', 'en'],
    ['dark', '#0b7a82', 'en'],
    ['dark', '#1b1033', 'ar'],
    ['light', '#ffffff', 'de'],
  ] as const)('[WG25][WG23] axe finds nothing: %s, %s, %s', async (theme, accent, language) => {
    kit.site({ theme, accent, language, captureEmail: true, questions: ['Where?'] });
    const page = await kit.tab();
    await still(page);
    const widget = await kit.widget({ body: BODY, attributes: '', head: '<script>document.documentElement.lang="en"</script>' }, page);
    const look = async (what: string) => expect([what, await findings(page)]).toEqual([what, []]);
    await look('launcher');
    await widget.launcher.click();
    await look('greeting');
    await widget.talk();
    await widget.write('Hello https://example.com');
    await isStored(1);
    foyer.chat.tell({ t: 'chat.queue', conversation: foyer.chat.id, position: 2, waitMs: 60_000 });
    await widget.panel.locator('.place').waitFor();
    await look('queue');
    foyer.chat.says({ kind: 'buttons', text: 'Which?', buttons: [{ id: 'a', label: 'This' }, { id: 'b', label: 'That' }] }); // prettier-ignore
    foyer.chat.says({ kind: 'form', text: 'Tell us', fields: [{ id: 'a', label: 'Order', type: 'text', required: true, choices: [] }, { id: 'b', label: 'Size', type: 'choice', required: true, choices: ['S', 'M'] }, { id: 'c', label: 'Yes', type: 'check', required: false, choices: [] }] }); // prettier-ignore
    await widget.log.getByText('Tell us').waitFor();
    await widget.log.locator('.btns button').first().click();
    await widget.log.locator('.say.form .act').click();
    await look('conversation');
    foyer.chat.agent('resolve');
    await widget.log.locator('.rate').waitFor();
    await widget.log.locator('.rate button').nth(2).click();
    await widget.panel.locator('.top .tool').nth(1).click();
    await look('rating and menu');
  });

  it('[WG25] focus goes in, stays in, and returns; Escape closes one thing at a time', async () => {
    kit.site();
    const { launcher, panel, page, talk } = await kit.widget({ body: BODY });
    await launcher.focus();
    await page.keyboard.press('Enter');
    await panel.waitFor();
    await talk();
    expect(await focused(page)).toBe('Message');
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press(stop % 5 === 4 ? 'Shift+Tab' : 'Tab');
      expect(await focused(page)).not.toBe('');
    }
    await panel.getByRole('button', { name: 'Emoji' }).click();
    await panel.locator('.emoji button').first().waitFor();
    await page.keyboard.press('Escape');
    await panel.locator('.emoji').waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Emoji' }).focus();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Open the chat');
  });

  it('[WG25] new words are said to screen readers once, also while it is closed', async () => {
    kit.site();
    const { launcher, page, talk, write } = await kit.widget();
    await talk();
    await write('Hello');
    await isStored(1);
    await page.evaluate(() => {
      const status = document.querySelector('foyer-widget')!.shadowRoot!.querySelector('[role=status].hidden')!;
      const said = ((window as unknown as { said: string[] }).said = []) as string[];
      new MutationObserver(() => status.textContent && said.push(status.textContent)).observe(status, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    foyer.chat.says('Hi there');
    await page.waitForFunction(`said.includes('Marta: Hi there')`);
    await launcher.click();
    foyer.chat.says('Still there?');
    await page.waitForFunction(`said.includes('Marta: Still there?')`);
    expect(await page.evaluate('said')).toEqual(['Marta: Hi there', 'Marta: Still there?']);
  });

  it('[WG23] light and dark as the browser wants it, while it changes', async () => {
    kit.site();
    const { panel, launcher, page } = await kit.widget();
    await launcher.click();
    const ground = () => panel.evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => document.querySelector('foyer-widget')!.shadowRoot!.querySelector('.dark'));
    expect(await ground()).toBe('rgb(17, 22, 30)');
  });

  it.each([
    ['auto', 'tr', ['de-AT'], 'Merhaba! Nasıl yardımcı olabiliriz?'],
    ['auto', 'sv', ['fr-FR'], 'Bonjour ! Comment pouvons-nous vous aider ?'],
    ['es', 'de', ['fr-FR'], '¡Hola! ¿En qué podemos ayudar?'],
    ['auto', 'sv', ['fi-FI'], 'Hello! How can we help?'],
  ] as const)('[WG24] site %s, page %s, browser %s', async (language, lang, locales, words) => {
    kit.site({ language });
    const page = await (await kit.otherContext({ locale: locales[0] })).newPage();
    const { launcher, panel } = await kit.widget({ head: `<script>document.documentElement.lang='${lang}'</script>` }, page);
    await launcher.click();
    await panel.getByText(words).waitFor();
  });

  it('[WG24] Arabic runs from right to left, launcher and all', async () => {
    kit.site({ language: 'ar' });
    const { launcher, panel, talk, log, write, page } = await kit.widget();
    expect((await launcher.boundingBox())!.x).toBe(20);
    await talk();
    await write('مرحبا');
    await isStored(1);
    foyer.chat.says('أهلا');
    await log.getByText('أهلا').waitFor();
    const [own, theirs, frame] = [
      await log.locator('.me .say').boundingBox(),
      await log.getByText('أهلا').boundingBox(),
      await panel.boundingBox(),
    ];
    expect(own!.x - frame!.x).toBeLessThan(30);
    expect(theirs!.x + theirs!.width).toBeGreaterThan(frame!.x + frame!.width - 70);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('[WG26] on a phone it fills the screen, the launcher gives way, inputs have 16 px and targets 44', async () => {
    kit.site({ askName: 'optional' });
    const context = await kit.otherContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const page = await context.newPage();
    await still(page);
    const widget = await kit.widget({ head: '<meta name="viewport" content="width=device-width,initial-scale=1">' }, page);
    await widget.launcher.tap();
    expect(await widget.panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    expect(await widget.launcher.isVisible()).toBe(false);
    await widget.panel.locator('.end .act').tap();
    await widget.panel.locator('.first textarea').fill('Hello');
    await widget.panel.locator('.first .act').tap();
    await widget.field.waitFor();
    const sizes = await widget.panel.evaluate((panel) => ({
      fonts: [...panel.querySelectorAll('input:not([type=file]),textarea,select')].map((input) =>
        parseFloat(getComputedStyle(input).fontSize),
      ),
      targets: [...panel.querySelectorAll('button,.tool')].map((target) => Math.min(target.clientWidth, target.clientHeight)),
    }));
    expect(Math.min(...sizes.fonts)).toBeGreaterThanOrEqual(16);
    expect(Math.min(...sizes.targets)).toBeGreaterThanOrEqual(44);
  });

  it('[WG26] where the keyboard lies over the page its height is what is left', async () => {
    kit.site();
    const context = await kit.otherContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const page = await context.newPage();
    await still(page);
    const widget = await kit.widget({ head: '<meta name="viewport" content="width=device-width,initial-scale=1">' }, page);
    await widget.launcher.tap();
    await page.evaluate(() => {
      Object.defineProperties(visualViewport, { height: { value: 500 }, offsetTop: { value: 60 } });
      visualViewport!.dispatchEvent(new Event('resize'));
    });
    expect(await widget.panel.boundingBox()).toEqual({ x: 0, y: 60, width: 390, height: 500 });
  });
});
