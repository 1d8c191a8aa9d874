import { describe, expect, test } from 'vitest';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
type Told = { readonly foyer?: readonly unknown[]; readonly scheme?: string; readonly anew?: boolean };
const frame = () => screen.page.frameLocator('[data-testid=widget-frame]');
const told = (): Promise<Told[]> =>
  frame()
    .locator('html')
    .evaluate(() => (window as unknown as { told: Told[] }).told);
const accent = (): Promise<string | null> => frame().locator('html').getAttribute('data-accent');

describe('playground', () => {
  test('[PG3] what is changed shows in the frame at once, and on the site only once it is saved', async () => {
    const { server } = screen;
    await go('/playground');
    await settle(accent, '#0f766e');
    expect((await told()).at(-1)).toEqual({ foyer: ['open'] });
    await at('look-accent-code').fill('#AB1234');
    await settle(accent, '#ab1234');
    expect(server.look.of('site-1').accent).toBe('#0f766e');
    await at('save-bar').getByText('Not on the site yet').waitFor();
    await at('save-look').click();
    await at('save-bar').getByText('Saved: this is what visitors see.').waitFor();
    expect(server.look.of('site-1').accent).toBe('#ab1234');
    await at('look-accent-code').fill('#ab12');
    await at('look-accent-code').blur();
    await screen.page.getByRole('alert').getByText('Six digits after #').waitFor();
    expect(await accent()).toBe('#ab1234');
  });

  test('[PG3] what was not saved survives another page, and is discarded when asked', async () => {
    const { page } = screen;
    await go('/playground');
    await at('look-theme').selectOption('dark');
    await at('look-add-question').click();
    await at('look-question').fill('Where is my order?');
    await page.keyboard.press('Enter');
    await settle(() => at('look-question').count(), 2);
    await page.keyboard.press('g');
    await page.keyboard.press('Escape');
    await at('look-question').nth(1).blur();
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await settle(async () => new URL(page.url()).pathname, '/visitors');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await settle(() => at('look-theme').inputValue(), 'dark');
    await settle(async () => (await told()).findLast(({ foyer }) => foyer?.[0] === 'look')?.foyer?.[1], {
      ...screen.server.look.of('site-1'),
      theme: 'dark',
      questions: ['Where is my order?', 'g'],
    });
    await at('discard-look').click();
    await settle(() => at('look-theme').inputValue(), 'auto');
    expect(await at('look-question').count()).toBe(0);
    await settle(() => at('save-bar').getAttribute('data-shown'), null);
  });

  test('[PG3] a refusal is said, and nothing of what was tried is lost', async () => {
    const { server } = screen;
    server.look.refuse = [503, { error: { code: 'unavailable', message: 'Foyer cannot reach its store.' } }];
    await go('/playground');
    await at('look-sound').click();
    await at('save-look').click();
    await at('failure').waitFor();
    expect(await at('look-sound').getAttribute('aria-checked')).toBe('false');
    server.look.refuse = null;
    await at('save-look').click();
    await settle(async () => server.look.of('site-1').sound, false);
    await at('failure').waitFor({ state: 'detached' });
  });

  test('[PG6] as wide as a phone, on a dark page, closed, and anew', async () => {
    await go('/playground');
    await settle(accent, '#0f766e');
    const width = async (): Promise<number> => Math.round((await at('widget-frame').boundingBox())!.width);
    const wide = await width();
    await at('stage-phone').click();
    await settle(async () => (await width()) <= 390, true);
    expect(wide).toBeGreaterThan(600);
    await at('stage-dark').click();
    await settle(() => frame().locator('html').getAttribute('data-scheme'), 'dark');
    await settle(async () => (await told()).at(-1)?.foyer?.[1], { ...screen.server.look.of('site-1'), theme: 'dark' });
    await at('frame-close').click();
    await settle(async () => (await told()).at(-1), { foyer: ['close'] });
    await at('frame-open').click();
    await settle(async () => (await told()).at(-1), { foyer: ['open'] });
    await frame()
      .locator('html')
      .evaluate(() => Object.assign(window, { old: true }));
    await at('frame-anew').click();
    await settle(
      async () =>
        frame()
          .locator('html')
          .evaluate(() => 'old' in window),
      false,
    );
    await settle(accent, '#0f766e');
  });

  test('[PG4] it says how its conversations are marked, and leads to them', async () => {
    const { page } = screen;
    await go('/playground');
    await page.getByText('Conversations from here are marked Playground.').waitFor();
    await page.getByRole('link', { name: 'Show them in the inbox' }).click();
    await settle(async () => page.url().endsWith('/inbox?source=playground'), true);
  });

  test('[PG7] a frame that is no page of ours is said, and tried again', async () => {
    const { server } = screen;
    server.look.isBroken = true;
    await go('/playground');
    await at('frame-failed').waitFor();
    await at('look-editor').waitFor();
    server.look.isBroken = false;
    await at('frame-failed').getByRole('button', { name: 'Try again' }).click();
    await at('frame-failed').waitFor({ state: 'detached' });
    await settle(accent, '#0f766e');
  });

  test('[PG5] an Agent tries it and changes nothing', async () => {
    screen.server.me.role = 'agent';
    await go('/playground');
    await settle(accent, '#0f766e');
    await screen.page.getByText('The look is changed by').waitFor();
    expect(await at('look-accent-code').isDisabled()).toBe(true);
    expect(await at('look-sound').isDisabled()).toBe(true);
    expect(await at('save-bar').count()).toBe(0);
  });

  test('[PG5] Settings, Widget is the same look beside the same frame', async () => {
    const { server, page } = screen;
    await go('/settings/widget?site=site-2');
    await settle(accent, '#0f766e');
    await at('look-accent-code').fill('#112233');
    await settle(accent, '#112233');
    await page.getByRole('link', { name: 'Open in the Playground' }).click();
    await settle(() => at('playground-site').inputValue(), 'site-2');
    await settle(() => at('look-accent-code').inputValue(), '#112233');
    await at('save-look').click();
    await settle(async () => server.look.of('site-2').accent, '#112233');
    expect(server.look.of('site-1').accent).toBe('#0f766e');
  });

  test.each(['/playground', '/settings/widget'])(
    '[DA17] %s: no axe finding and no sideways scrolling, in both themes, wide and narrow',
    async (path) => {
      await go(path);
      await settle(accent, '#0f766e');
      await at('look-add-question').scrollIntoViewIfNeeded();
      await expectNoFinding(screen.page, looksAt([1_440, 900], [390, 844]));
    },
  );

  test('[DA17] the editor on a phone: no axe finding', async () => {
    await go('/playground');
    await screen.page.setViewportSize({ width: 390, height: 844 });
    await at('pane-look').click();
    await at('look-sound').click();
    await at('save-bar').getByText('Not on the site yet').waitFor();
    await expectNoFinding(screen.page, looksAt([390, 844]));
  });
});
