import type { Row } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { mapHook } from './map-hook.ts';
import { axe } from './no-finding.ts';
import { useScreen } from './screen.ts';

const VIENNA = { country: 'AT', region: 'Vienna', city: 'Vienna', place: 'AT|Vienna|Vienna' } as const;
const BERLIN = { country: 'DE', region: 'Berlin', city: 'Berlin', place: 'DE|Berlin|Berlin' } as const;
const CHICAGO = { country: 'US', region: 'Illinois', city: 'Chicago', place: 'US|Illinois|Chicago' } as const;
const NOWHERE = { country: '', region: '', city: '', place: '' } as const;
const DARK = { active: [48, 200, 115], unassigned: [245, 165, 36], count: [217, 51, 63] } as const;
const LIGHT_ACTIVE = [19, 148, 71];

describe('with WebGL', () => {
  const screen = useScreen({ map: true });
  const { go, at, settle } = screen;
  const map = mapHook(() => screen.page);
  const search = (): Record<string, string> => Object.fromEntries(new URL(screen.page.url()).searchParams);
  const isNear = (colour: readonly number[], to: readonly number[]): boolean => colour.every((n, i) => Math.abs(n - to[i]!) < 24);
  const arrive = (place: Partial<Row>, given: Partial<Row> = {}): Row => screen.server.arrive({ ...place, ...given });
  const hover = async (id: string): Promise<void> => {
    const { x, y } = await map.pointOf(id);
    await screen.page.mouse.move(x - 60, y + 60);
    await screen.page.mouse.move(x, y);
    await at('map-popup').waitFor();
  };
  const click = async (id: string): Promise<void> => {
    const { x, y } = await map.pointOf(id);
    await screen.page.mouse.click(x, y);
  };

  test('[VP34] until there is a picture the page says that the map is loading, and then nothing of it', async () => {
    const { page } = screen;
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/assets\/world-map-[\w-]+\.js$/, async (route) => {
      await released;
      await route.continue();
    });
    arrive(VIENNA);
    await go('/visitors');
    await at('map-waits').waitFor();
    await settle(() => at('map-waits').evaluate((text) => getComputedStyle(text).opacity), '1');
    expect(await at('map-waits').textContent()).toBe('The map is loading');
    release();
    await map.ready();
    await at('map-waits').waitFor({ state: 'hidden' });
  });

  test('[MP3] a pin shows who is there: arrivals, statuses and departures, as they happen', async () => {
    const first = arrive(VIENNA);
    await go('/visitors');
    await map.ready();
    await settle(async () => map.find(VIENNA.place), expect.objectContaining({ kind: 'city', count: 1, core: 'active', badge: null }));
    const second = arrive(VIENNA, { status: 'unassigned', waitingSince: Date.now() });
    await settle(async () => (await map.find(VIENNA.place))?.badge?.text, '2');
    expect(await map.find(VIENNA.place)).toMatchObject({ core: 'unassigned', shares: { unassigned: 1, active: 1 } });
    screen.server.change(second.id, { status: 'ai' });
    await settle(async () => (await map.find(VIENNA.place))?.core, 'ai');
    screen.server.leave(second.id);
    await settle(async () => (await map.find(VIENNA.place))?.count, 1);
    screen.server.leave(first.id);
    await settle(async () => map.find(VIENNA.place), null);
  });

  test.each(['mercator', 'globe'])(
    '[MP10] on a %s the graphics card draws a pin and its count where they are said to be',
    async (projection) => {
      for (let i = 0; i < 12; i += 1) arrive(VIENNA);
      await screen.page.addInitScript((value) => localStorage.setItem('foyer.map.projection', value), projection);
      await go('/visitors');
      await map.ready();
      const { x, y } = await map.pointOf(VIENNA.place);
      await settle(async () => isNear(await map.colourAt(x, y), DARK.active), true);
      const { badge } = (await map.find(VIENNA.place))!;
      expect(badge).toMatchObject({ text: '12', spot: 'right above' });
      // Between the count's edge and its first figure there is nothing but red.
      await settle(async () => isNear(await map.colourAt(badge!.x - badge!.width / 2 + 2.5, badge!.y), DARK.count), true);
      expect(await map.data('projection')).toBe(projection);
    },
  );

  test('[MP13] pointing at a pin opens everybody there, conversations first; Esc closes it; a row chooses', async () => {
    for (let i = 0; i < 9; i += 1) arrive(BERLIN, { title: `Page ${i}` });
    const waiting = arrive(BERLIN, { status: 'unassigned', waitingSince: Date.now(), startedAt: Date.now() - 600_000, name: 'Elif Aydın' });
    await go('/visitors');
    await map.ready();
    await hover(BERLIN.place);
    await settle(() => at('map-popup-visitor').first().getAttribute('data-status'), 'unassigned');
    expect(await at('map-popup-visitor').first().textContent()).toContain('Elif Aydın');
    expect(await at('map-popup').getAttribute('data-total')).toBe('10');
    // It goes on being true while it is open.
    screen.server.change(waiting.id, { status: 'active' });
    await settle(() => at('map-popup').locator('[data-status=unassigned]').count(), 0);
    arrive(BERLIN);
    await settle(() => at('map-popup').getAttribute('data-total'), '11');
    // Into the popup, where it stays, and scrolls to the last.
    const popup = (await at('map-popup').boundingBox())!;
    await screen.page.mouse.move(popup.x + 100, popup.y + popup.height - 80, { steps: 4 });
    await screen.page.mouse.wheel(0, 4_000);
    await at('map-popup').locator(`[data-visit=${waiting.id}]`).waitFor();
    await screen.page.keyboard.press('Escape');
    await at('map-popup').waitFor({ state: 'detached' });
    expect(search()).toEqual({});

    await hover(BERLIN.place);
    await at('map-popup').locator(`[data-visit=${waiting.id}]`).scrollIntoViewIfNeeded();
    await at('map-popup').locator(`[data-visit=${waiting.id}]`).click();
    await settle(async () => search()['visitor'], waiting.visitor);
    await settle(async () => (await map.zoom()) >= 5, true);
  });

  test('[VP24] a visitor in a pin’s popup has the menu, and what is chosen there goes on in the details', async () => {
    const visit = arrive(BERLIN, { online: true, status: 'active' });
    arrive(BERLIN);
    await go('/visitors');
    await map.ready();
    await hover(BERLIN.place);
    const line = at('map-popup').locator('.place-line', { has: screen.page.locator(`[data-visit=${visit.id}]`) });
    await line.hover();
    await line.getByTestId('map-popup-more').click();
    await at('visit-menu').waitFor();
    expect(await at('visit-menu').getAttribute('data-visit')).toBe(visit.id);
    await at('menu-invite').click();
    await at('invite-text').waitFor();
    await settle(async () => search()['visitor'], visit.visitor);
  });

  test('[MP13] it opens within 100 ms of pointing, with room for the rows that are on their way', async () => {
    for (let i = 0; i < 4; i += 1) arrive(BERLIN);
    await go('/visitors');
    await map.ready();
    const { x, y } = await map.pointOf(BERLIN.place);
    const open = (): Promise<number> =>
      screen.page.evaluate(
        ({ x, y }) =>
          new Promise<number>((resolve) => {
            const root = document.querySelector('[data-testid=map]')!;
            const canvas = root.querySelector('canvas')!;
            const began = performance.now();
            const observer = new MutationObserver(() => {
              if (!root.querySelector('[data-testid=map-popup]')) return;
              observer.disconnect();
              resolve(performance.now() - began);
            });
            observer.observe(root, { childList: true });
            canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: y, bubbles: true, pointerType: 'mouse' }));
          }),
        { x, y },
      );
    const tookMs = [await open()];
    for (let i = 0; i < 2; i += 1) {
      await screen.page.keyboard.press('Escape');
      await at('map-popup').waitFor({ state: 'detached' });
      await screen.page.mouse.move(x - 80, y + 80);
      tookMs.push(await open());
    }
    // The best of three: this is about what the page waits for, not about what else the machine does.
    expect(Math.min(...tookMs)).toBeLessThan(100);
    expect((await at('map-popup').boundingBox())!.height).toBeGreaterThan(4 * 42);
  });

  test('[MP14] a click flies there at zoom 5; one is chosen, several are opened, the background lets go', async () => {
    const only = arrive(VIENNA);
    arrive(CHICAGO);
    arrive(CHICAGO);
    await go('/visitors');
    await map.ready();
    await click(VIENNA.place);
    await settle(async () => search()['visitor'], only.visitor);
    await settle(map.zoom, 5);
    const root = (await at('map').boundingBox())!;
    const { x, y } = await map.pointOf(VIENNA.place);
    expect(Math.hypot(x - root.x - root.width / 2, y - root.y - root.height / 2)).toBeLessThan(3);
    await screen.page.mouse.click(root.x + root.width / 2 + 120, root.y + root.height / 2 + 90);
    await settle(async () => search(), {});
    await at('map-fit').click();
    await settle(async () => (await map.zoom()) < 2, true);
    await click(CHICAGO.place);
    await settle(async () => search(), { place: CHICAGO.place });
    await settle(map.zoom, 5);
  });

  test('[MP14] a tap opens the place without a popup', async () => {
    await screen.reopen({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    arrive(VIENNA);
    arrive(VIENNA);
    await go('/visitors');
    await map.ready();
    const { x, y } = await map.pointOf(VIENNA.place);
    await screen.page.touchscreen.tap(x + 8, y);
    await settle(async () => search(), { place: VIENNA.place });
    expect(await at('map-popup').count()).toBe(0);
  });

  test('[MP15] the chosen visitor’s pin has a ripple, wherever the choice was made', async () => {
    const visit = arrive(VIENNA, { status: 'assigned' });
    await go('/visitors');
    await map.ready();
    expect(await at('map-ripple').isHidden()).toBe(true);
    await screen.row(visit.id).click();
    await settle(() => at('map-ripple').getAttribute('hidden'), null);
    expect(await at('map-ripple').getAttribute('data-status')).toBe('assigned');
    await settle(map.zoom, 5);
    const { x, y } = await map.pointOf(VIENNA.place);
    const ripple = (await at('map-ripple').locator('i').first().boundingBox())!;
    expect(Math.abs(ripple.x + ripple.width / 2 - x)).toBeLessThan(2);
    expect(Math.abs(ripple.y + ripple.height / 2 - y)).toBeLessThan(2);
    await screen.page.keyboard.press('Escape');
    await settle(() => at('map-ripple').isHidden(), true);
  });

  test('[MP15] the pin of an open place has a ripple, from its address too; it goes with the list, and the map stays', async () => {
    arrive(VIENNA, { status: 'ai' });
    arrive(VIENNA);
    arrive(CHICAGO);
    await go(`/visitors?place=${encodeURIComponent(VIENNA.place)}`);
    await map.ready();
    await settle(map.zoom, 5);
    await settle(() => at('map-ripple').getAttribute('hidden'), null);
    await settle(() => at('map-ripple').getAttribute('data-status'), 'ai');
    const { x, y } = await map.pointOf(VIENNA.place);
    const ripple = (await at('map-ripple').locator('i').first().boundingBox())!;
    expect(Math.hypot(ripple.x + ripple.width / 2 - x, ripple.y + ripple.height / 2 - y)).toBeLessThan(2);
    await at('place-back').click();
    await settle(() => at('map-ripple').isHidden(), true);
    expect(await map.zoom()).toBe(5);
    await at('map-fit').click();
    await settle(async () => (await map.zoom()) < 2, true);
    await screen.page.goBack();
    await settle(map.zoom, 5);
    await settle(() => at('map-ripple').isHidden(), false);
  });

  test('[MP21] with a filter the button shows who matches, then the whole world; the map does not move by itself', async () => {
    arrive(VIENNA);
    arrive(BERLIN);
    arrive(CHICAGO);
    await go('/visitors');
    await map.ready();
    const world = await map.zoom();
    await at('filter-input').fill('-country:us');
    await settle(() => at('map-fit').getAttribute('data-offered'), 'true');
    expect(await map.zoom()).toBe(world);
    await at('map-fit').click();
    await settle(async () => (await map.zoom()) > world + 2, true);
    await settle(() => at('map-fit').getAttribute('data-offered'), null);
    await at('map-fit').click();
    await settle(async () => Math.abs((await map.zoom()) - world) < 0.02, true);
  });

  test.each([1440, 1100, 1024, 390])(
    '[MP25] at %i px what lies on the map covers nothing of one another, and stays off its edge',
    async (width) => {
      await screen.reopen({ viewport: { width, height: 844 } });
      for (let i = 0; i < 12; i += 1) arrive(NOWHERE);
      arrive(VIENNA);
      await go('/visitors');
      await map.ready();
      await at('unknown-chip').waitFor();
      const boxes = await screen.page.getByTestId('map').evaluate((element) => {
        const { left, right, bottom } = element.getBoundingClientRect();
        return [...element.querySelectorAll('.map-card, .map-chip, .map-by, .map-tools > div')]
          .map((overlay) => ({ name: overlay.className, box: overlay.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0)
          .map(({ name, box }) => ({
            ...{ name, left: box.left, right: box.right, top: box.top, bottom: box.bottom },
            edge: Math.min(box.left - left, right - box.right, bottom - box.bottom),
          }));
      });
      expect(boxes.length).toBeGreaterThan(3);
      for (const [i, a] of boxes.entries()) {
        expect(a.edge, a.name).toBeGreaterThanOrEqual(width > 760 ? 16 : 12);
        for (const b of boxes.slice(i + 1)) {
          const isApart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
          expect(isApart, `${a.name} and ${b.name}`).toBe(true);
        }
      }
    },
  );

  test('[MP16] a lost graphics context comes back with its pins, and goes on', async () => {
    for (let i = 0; i < 3; i += 1) arrive(VIENNA);
    await go('/visitors');
    await map.ready();
    const { x, y } = await map.pointOf(VIENNA.place);
    await map.lose();
    await settle(() => map.data('ready'), 'false');
    await at('map-note').waitFor();
    arrive(VIENNA, { status: 'unassigned' });
    await map.restore();
    await map.ready();
    await at('map-note').waitFor({ state: 'detached' });
    await settle(async () => (await map.find(VIENNA.place))?.count, 4);
    await settle(async () => isNear(await map.colourAt(x, y), DARK.unassigned), true);
  });

  test('[MP18] the card says live visitors and active chats, what each counts, and "of" with a filter', async () => {
    arrive(VIENNA, { status: 'unassigned' });
    arrive(VIENNA, { status: 'chatting' });
    arrive(BERLIN, { status: 'ai' });
    arrive(BERLIN, { online: false, status: 'inactive' });
    await go('/visitors');
    await settle(() => at('map-card-live').textContent(), '3');
    await settle(() => at('map-card-chats').textContent(), '2');
    await at('map-info-chats').focus();
    await screen.page.getByRole('tooltip').filter({ hasText: 'unassigned, assigned' }).waitFor();
    await screen.page.keyboard.press('Escape');
    await screen.page.getByRole('tooltip').filter({ hasText: 'unassigned, assigned' }).waitFor({ state: 'hidden' });
    await at('map-info-live').hover();
    await screen.page.getByRole('tooltip').filter({ hasText: 'connected right now' }).waitFor();
    await at('filter-input').fill('city:berlin');
    await settle(() => at('map-card-live').textContent(), '1 of 3');
    await settle(() => at('map-card-chats').textContent(), '1 of 2');
  });

  test('[MP19] another theme recolours the map at once and loads nothing', async () => {
    for (let i = 0; i < 3; i += 1) arrive(VIENNA);
    await go('/visitors');
    await map.ready();
    const { x, y } = await map.pointOf(VIENNA.place);
    await settle(async () => isNear(await map.colourAt(x, y), DARK.active), true);
    const asked: string[] = [];
    screen.page.on('request', (request) => asked.push(request.url()));
    await screen.page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'light';
    });
    await settle(async () => isNear(await map.colourAt(x, y), LIGHT_ACTIVE), true);
    const box = (await at('map').boundingBox())!;
    const sea = { x: box.x + box.width * 0.36, y: box.y + box.height * 0.52 };
    await settle(async () => (await map.colourAt(sea.x, sea.y)).every((channel) => channel > 200), true);
    expect(asked).toEqual([]);
  });

  test('[MP20] a globe is remembered; [MP21] its whole side is in view, and the whole world is one click away', async () => {
    arrive(VIENNA);
    await go('/visitors');
    await map.ready();
    const world = await map.zoom();
    await at('map-zoom-in').click();
    await settle(async () => (await map.zoom()) > world + 0.9, true);
    await at('map-fit').click();
    await settle(async () => Math.abs((await map.zoom()) - world) < 0.02, true);
    await at('map-globe').click();
    await settle(() => map.data('projection'), 'globe');
    await screen.page.reload();
    await map.ready();
    expect(await map.data('projection')).toBe('globe');
    await at('map-globe').click();
    await settle(() => map.data('projection'), 'mercator');
    await settle(async () => Math.abs((await map.zoom()) - world) < 0.02, true);
  });

  test('[MP22] whoever is nowhere is behind the chip', async () => {
    arrive(VIENNA);
    arrive(NOWHERE);
    arrive(NOWHERE);
    await go('/visitors');
    await settle(() => at('unknown-chip').getAttribute('data-value'), '2');
    await at('unknown-chip').click();
    await settle(() => screen.rows().count(), 2);
  });

  test('[MP23] arrows move the map, plus and minus zoom, and axe finds nothing', async () => {
    for (let i = 0; i < 3; i += 1) arrive(VIENNA);
    await go('/visitors');
    await map.ready();
    const before = await map.pointOf(VIENNA.place);
    await screen.page.locator('[data-testid=map] canvas').focus();
    await screen.page.keyboard.press('ArrowRight');
    await settle(async () => (await map.pointOf(VIENNA.place)).x < before.x - 50, true);
    const zoom = await map.zoom();
    await screen.page.keyboard.press('Equal');
    await settle(async () => (await map.zoom()) > zoom + 0.5, true);
    // The words follow the map every two seconds.
    await settle(async () => (await at('map-top').textContent())?.includes('Vienna: 3 visitors'), true);
    await hover(VIENNA.place);
    for (const theme of ['dark', 'light']) {
      await screen.page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
      }, theme);
      const { violations } = await (await axe(screen.page)).include('[data-testid=map]').analyze();
      expect(violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
  });

  test('[MP2] map, worker, data and fonts come from our own origin under the page’s policy', async () => {
    const types = new Map<string, string>();
    screen.page.on('response', (response) => types.set(new URL(response.url()).pathname, response.headers()['content-type'] ?? ''));
    await go('/visitors');
    await map.ready();
    const typeOf = (part: RegExp): string | undefined => [...types].find(([path]) => part.test(path))?.[1];
    expect(typeOf(/maplibre-gl-worker.*\.mjs$/)).toContain('javascript');
    expect(typeOf(/basemap.*\.json$/)).toContain('json');
    // Anything from elsewhere, and anything the policy forbids, is a complaint of the page: see screen.ts.
    const policy = (await screen.page.request.get(`${screen.server.url}/`)).headers()['content-security-policy'];
    expect(policy).not.toMatch(/unsafe|blob:|data:|worker-src/);
  });
});

describe('without WebGL', () => {
  const screen = useScreen();

  test('[MP17] the map says why it is missing; numbers, chip and list are there, and MapLibre is not loaded', async () => {
    const asked: string[] = [];
    screen.page.on('request', (request) => asked.push(request.url()));
    screen.server.arrive(NOWHERE);
    const visit = screen.server.arrive(VIENNA);
    await screen.go('/visitors');
    await screen.page.locator('[data-testid=map-note][data-code=no_webgl]').waitFor();
    await screen.settle(() => screen.at('map-card-live').textContent(), '2');
    await screen.settle(() => screen.at('unknown-chip').getAttribute('data-value'), '1');
    await screen.row(visit.id).waitFor();
    expect(asked.filter((url) => /world-map|maplibre|basemap/.test(url))).toEqual([]);
  });
});
