import type { Row } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { mapHook } from './map-hook.ts';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { type Screen, useScreen } from './screen.ts';

const VIENNA = { country: 'AT', region: 'Vienna', city: 'Vienna', place: 'AT|Vienna|Vienna' } as const;
const BERLIN = { country: 'DE', region: 'Berlin', city: 'Berlin', place: 'DE|Berlin|Berlin' } as const;
const DAY_S = 86_400;
const HOUR_S = 3_600;

/** What tests of both kinds of browser do with the slider. */
function replayOf(screen: Screen) {
  const { at } = screen;
  const day = () => screen.server.replay;
  return {
    day,
    search: (): Record<string, string> => Object.fromEntries(new URL(screen.page.url()).searchParams),
    second: async (): Promise<number> => Number(await at('replay-slider').getAttribute('aria-valuenow')),
    count: async (): Promise<number> => Number(await at('past-count').getAttribute('data-value')),
    numbers: () => at('past-line').evaluateAll((lines) => lines.map((line) => Number((line as HTMLElement).dataset['number']))),
    /** Epoch seconds of the moment so many seconds into the last 24 hours. */
    momentAt: (second: number): number => Math.floor((Date.now() - DAY_S * 1_000) / 900_000) * 900 + second,
    /** Two in Vienna from the beginning, one in Berlin for the fifth hour, one of an unknown place for the tenth. */
    small(): void {
      const [vienna, berlin] = [day().indexOf('Vienna'), day().indexOf('Berlin')];
      day().visits = [
        [11, 0, -1, vienna, 3],
        [12, 0, 20 * HOUR_S, vienna, 1],
        [13, 5 * HOUR_S, 6 * HOUR_S, berlin, 2],
        [14, 10 * HOUR_S, 11 * HOUR_S, -1, 1],
      ];
    },
  };
}

describe('with WebGL', () => {
  const screen = useScreen({ map: true });
  const { go, at, settle } = screen;
  const map = mapHook(() => screen.page);
  const { day, search, second, count, numbers, momentAt, small } = replayOf(screen);
  const arrive = (place: Partial<Row>): Row => screen.server.arrive({ ...place });
  const total = async (): Promise<number> => (await map.pins()).reduce((sum, pin) => sum + pin.count, 0);

  test('[RD8] the map’s own pins show the counts of the moment, and those of now when one goes back', async () => {
    small();
    arrive(BERLIN);
    arrive(BERLIN);
    arrive(BERLIN);
    await go('/visitors');
    await map.ready();
    await settle(async () => (await map.find(BERLIN.place))?.count, 3);
    await at('replay-open').click();
    await at('replay-bar').waitFor();
    await settle(async () => (await map.find(VIENNA.place))?.count, 2);
    expect(await map.find(BERLIN.place)).toBeNull();
    await at('replay-slider').press('Home');
    for (let i = 0; i < 5; i += 1) await at('replay-slider').press('PageUp');
    await settle(second, 5 * HOUR_S);
    await settle(async () => (await map.find(BERLIN.place))?.count, 1);
    expect(await map.find(VIENNA.place)).toMatchObject({ count: 2, core: 'active', badge: { text: '2' } });
    await settle(count, 3);
    // What happens now does not show in the past.
    arrive(VIENNA);
    await settle(async () => (await at('past-card').textContent())?.includes('Live now4'), true);
    expect((await map.find(VIENNA.place))?.count).toBe(2);
    await screen.page.keyboard.press('Escape');
    await at('past-card').waitFor({ state: 'detached' });
    await settle(async () => (await map.find(BERLIN.place))?.count, 3);
    await settle(async () => (await map.find(VIENNA.place))?.count, 1);
    expect(search()).toEqual({});
    await settle(() => screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid')), 'replay-open');
  });

  test('[RD9] filter, choice and place are there again, and the camera stands where it stood', async () => {
    small();
    const visit = arrive(BERLIN);
    arrive(VIENNA);
    await go(`/visitors?filter=berlin&visitor=${visit.visitor}`);
    await map.ready();
    await at('panel-visitor-id').waitFor();
    await settle(async () => (await map.zoom()) >= 5, true);
    await at('replay-open').click();
    await at('past-list').waitFor();
    expect(await at('past-list').textContent()).toContain('Your filter is not applied to the past');
    await settle(total, 2);
    const zoom = await map.zoom();
    await at('past-back').click();
    await at('panel-visitor-id').waitFor();
    await at('past-list').waitFor({ state: 'detached' });
    await settle(total, 1);
    expect(search()).toEqual({ filter: 'berlin', visitor: visit.visitor });
    expect(await map.zoom()).toBe(zoom);
  });

  test('[RD9] a pin of the past says how many were there; a line of the list is shown on the map', async () => {
    small();
    await go(`/visitors?replay=${momentAt(5 * HOUR_S + 60)}`);
    await map.ready();
    await settle(numbers, [13, 12, 11]);
    const { x, y } = await map.pointOf(VIENNA.place);
    await screen.page.mouse.move(x - 60, y + 60);
    await screen.page.mouse.move(x, y);
    await at('map-popup').waitFor();
    expect(await at('map-popup').textContent()).toBe('Vienna2 visitors');
    await screen.page.mouse.click(x, y);
    await settle(async () => (await map.zoom()) >= 5, true);
    expect(search()['place']).toBeUndefined();
    await at('past-line').filter({ hasText: 'Visitor 13' }).getByRole('button').click();
    await settle(async () => (await map.find(BERLIN.place))?.x !== null, true);
    await at('map-ripple').waitFor({ state: 'visible' });
  });

  test('[RD5] who comes while it plays has a ring, a dozen at once at most, which goes by itself', async () => {
    await screen.reopen({ viewport: { width: 1_024, height: 640 }, reducedMotion: 'no-preference' });
    day().fill(10_000);
    await go(`/visitors?replay=${momentAt(6 * HOUR_S)}`);
    await map.ready();
    await at('replay-play').click();
    const rings = screen.page.locator('.map-arrival');
    await settle(async () => (await rings.count()) > 0, true);
    expect(await rings.count()).toBeLessThanOrEqual(12);
    await at('replay-play').click();
    await settle(() => rings.count(), 0);
  });

  test('[RD8] ten thousand visits play on the map', async () => {
    day().fill(10_000);
    await go('/visitors?replay=1');
    await map.ready();
    await at('replay-bar').waitFor();
    await at('replay-slider').press('Home');
    for (let i = 0; i < 12; i += 1) await at('replay-slider').press('PageUp');
    const noon = 12 * HOUR_S;
    const there = day().visits.filter(([, came, left]) => came <= noon && (left === -1 || left > noon));
    await settle(count, there.length);
    await settle(total, there.filter(([, , , place]) => place >= 0).length);
    expect(await at('unknown-chip').getAttribute('data-value')).toBe(String(there.filter(([, , , place]) => place < 0).length));
    expect(await at('unknown-chip').isDisabled()).toBe(true);
  });
});

describe('without WebGL', () => {
  const screen = useScreen();
  const { go, at, settle } = screen;
  const { day, search, second, count, numbers, momentAt, small } = replayOf(screen);

  test('[RD13] the list of who was there, the slider and the clock work without a map', async () => {
    small();
    await go('/visitors');
    await at('replay-open').click();
    await at('replay-bar').waitFor();
    await settle(numbers, [12, 11]);
    await at('replay-slider').focus();
    for (let i = 0; i < 10; i += 1) await screen.page.keyboard.press('PageUp');
    await settle(numbers, [14, 12, 11]);
    expect(await at('past-line').first().textContent()).toContain('Unknown location');
    await settle(count, 3);
  });

  test('[RD6] the slider goes by minute, quarter-hour and hour, to both ends, and says moment and count', async () => {
    small();
    screen.server.me.settings.timeZone = 'UTC';
    await go('/visitors?replay=1');
    const slider = at('replay-slider');
    await slider.waitFor();
    const press = async (key: string, expected: number): Promise<void> => {
      await slider.press(key);
      await settle(second, expected);
    };
    await press('ArrowRight', 60);
    await press('ArrowUp', 960);
    await press('PageUp', 4_560);
    await press('ArrowLeft', 4_500);
    await press('ArrowDown', 3_600);
    await press('PageDown', 0);
    await press('PageDown', 0);
    const clock = new Date(momentAt(0) * 1_000).toISOString().slice(11, 16);
    expect(await slider.getAttribute('aria-valuetext')).toMatch(new RegExp(`, ${clock}: 2 visitors$`));
    expect(await at('replay-clock').textContent()).toBe(clock);
    const end = Number(await slider.getAttribute('aria-valuemax'));
    await press('End', end);
    expect(end).toBeGreaterThanOrEqual(DAY_S);
    // A pointer goes where it presses, and takes it along.
    const box = (await slider.boundingBox())!;
    await screen.page.mouse.move(box.x + box.width / 4, box.y + 20);
    await screen.page.mouse.down();
    await settle(async () => Math.abs((await second()) - end / 4) < end / box.width + 2, true);
    await screen.page.mouse.move(box.x + box.width / 2, box.y - 200, { steps: 4 });
    await settle(async () => Math.abs((await second()) - end / 2) < end / box.width + 2, true);
    await screen.page.mouse.up();
    expect(await slider.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('[RD16] while it plays the slider’s value goes along, and a key that moves it is said at once', async () => {
    await screen.reopen({ viewport: { width: 1_440, height: 900 }, reducedMotion: 'no-preference' });
    small();
    await go('/visitors?replay=1');
    await at('replay-bar').waitFor();
    const slider = at('replay-slider');
    const seen = new Set<number>();
    // One that is not listened to is told a few times a second: in less than 5 s there are many.
    await settle(async () => seen.add(await second()).size >= 5, true);
    const words = await slider.getAttribute('aria-valuetext');
    await settle(async () => (await slider.getAttribute('aria-valuetext')) !== words, true);
    await slider.focus();
    const end = Number(await slider.getAttribute('aria-valuemax'));
    await slider.press('End');
    await slider.press('PageDown');
    await slider.press('PageDown');
    await slider.press('PageDown');
    await slider.press(' ');
    await settle(() => at('replay-bar').getAttribute('data-playing'), 'true');
    await slider.press('Home');
    expect(await at('replay-bar').getAttribute('data-playing')).toBe('true');
    expect(await second()).toBeLessThan(end / 2);
  });

  test('[RD5] it plays, faster when asked, pauses, stops at the end and begins again', async () => {
    await screen.reopen({ viewport: { width: 1_440, height: 900 }, reducedMotion: 'no-preference' });
    small();
    await go('/visitors?replay=1');
    await at('replay-bar').waitFor();
    expect(await at('replay-bar').getAttribute('data-playing')).toBe('true');
    await settle(async () => (await second()) > 300, true);
    await at('replay-play').click();
    expect(await at('replay-bar').getAttribute('data-playing')).toBe('false');
    const paused = await second();
    await at('replay-speed-3600').click();
    expect(await second()).toBe(paused);
    expect(await at('replay-speed-3600').getAttribute('aria-checked')).toBe('true');
    await at('replay-speed-3600').press('ArrowLeft');
    await settle(() => at('replay-speed-900').getAttribute('aria-checked'), 'true');
    await at('replay-speed-3600').click();
    await at('replay-slider').press('End');
    await at('replay-slider').press('PageDown');
    await at('replay-play').click();
    await settle(() => at('replay-bar').getAttribute('data-playing'), 'false');
    expect(await second()).toBe(Number(await at('replay-slider').getAttribute('aria-valuemax')));
    await at('replay-slider').press(' ');
    await settle(() => at('replay-bar').getAttribute('data-playing'), 'true');
    await settle(async () => (await second()) < HOUR_S * 12, true);
  });

  test('[RD12] where motion is not wanted it does not begin by itself', async () => {
    small();
    await go('/visitors');
    await at('replay-open').click();
    await at('replay-bar').waitFor();
    expect(await at('replay-bar').getAttribute('data-playing')).toBe('false');
    await settle(() => screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid')), 'replay-play');
    await screen.page.keyboard.press('Enter');
    await settle(async () => (await second()) > 600, true);
  });

  test('[RD10] the moment is in the address when it rests, and a link opens there, paused, also after its day', async () => {
    small();
    await go('/visitors?replay=1');
    await at('replay-slider').waitFor();
    await at('replay-slider').press('PageUp');
    await settle(async () => search()['replay'], String(momentAt(HOUR_S)));
    await screen.page.reload();
    await at('replay-slider').waitFor();
    await settle(second, HOUR_S);
    expect(await at('replay-bar').getAttribute('data-playing')).toBe('false');
    const old = momentAt(0) - 3 * DAY_S;
    await go(`/visitors?replay=${old}`);
    await at('replay-slider').waitFor();
    const asked = day().heard.at(-1)!;
    expect(Number(asked.get('from'))).toBe(old * 1_000 - DAY_S * 500);
    expect(Number(asked.get('to'))).toBe(old * 1_000 + DAY_S * 500);
    await settle(async () => Math.abs((await second()) - DAY_S / 2) <= 900, true);
    // What is no moment is the day's beginning.
    await go('/visitors?replay=hello');
    await at('replay-slider').waitFor();
    expect(await second()).toBe(0);
  });

  test('[RD7] the clock is of the workspace’s zone', async () => {
    small();
    screen.server.me.settings.timeZone = 'Asia/Kolkata';
    await go(`/visitors?replay=${momentAt(0)}`);
    await at('replay-clock').waitFor();
    const expected = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Kolkata' });
    expect(await at('replay-clock').textContent()).toBe(expected.format(momentAt(0) * 1_000));
  });

  test('[RD15] at every speed map and list say the same moment in each frame, and the lines are of the last count', async () => {
    await screen.reopen({ viewport: { width: 1_440, height: 900 }, reducedMotion: 'no-preference' });
    const vienna = day().indexOf('Vienna');
    day().visits = Array.from({ length: 2_000 }, (_, i) => [i + 1, i * 40, i * 40 + 600, vienna, 1] as const);
    await go('/visitors?replay=1');
    await at('replay-bar').waitFor();
    for (const speed of ['900', '3600']) {
      await at('replay-slider').press('Home');
      await at(`replay-speed-${speed}`).click();
      const frames = await screen.page.evaluate(async () => {
        const of = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
        const seen: { card: string; list: string; counts: (string | undefined)[]; behindS: number; lines: number }[] = [];
        for (let i = 0; i < 60; i += 1) {
          await new Promise((done) => requestAnimationFrame(done));
          seen.push({
            card: of('past-count')?.parentElement?.querySelector('small')?.textContent ?? '',
            list: of('past-clock')?.parentElement?.textContent ?? '-',
            counts: [of('past-count')?.dataset['value'], of('past-total')?.dataset['value']],
            behindS: Number(of('past-clock')?.dataset['second']) - Number(of('past-lines')?.dataset['second']),
            lines: document.querySelectorAll('[data-testid="past-line"]').length,
          });
        }
        return seen;
      });
      expect(new Set(frames.map(({ card }) => card)).size).toBeGreaterThan(10);
      for (const { card, list, counts, behindS, lines } of frames) {
        expect(list).toBe(card);
        expect(counts[1]).toBe(counts[0]);
        expect(lines).toBeLessThanOrEqual(25);
        // A tenth of a second of the reader's, and what a busy machine makes of it.
        expect(behindS).toBeGreaterThanOrEqual(0);
        expect(behindS).toBeLessThan(Number(speed) * 0.6);
      }
    }
  });

  test('[RD9] the list of now is out of reach while the past lies over it; Back to now brings it back as it was', async () => {
    small();
    screen.server.fill(40);
    await go('/visitors');
    await screen.rows().first().waitFor();
    await at('replay-open').click();
    await at('past-list').waitFor();
    expect(await screen.page.locator('.sidebar-list').getAttribute('inert')).not.toBeNull();
    expect(await at('past-list').textContent()).toContain('The past, not now');
    await at('replay-back').click();
    await at('past-list').waitFor({ state: 'detached' });
    expect(await screen.page.locator('.sidebar-list').getAttribute('inert')).toBeNull();
    await screen.rows().first().click();
    await at('panel-visitor-id').waitFor();
  });

  test('[RD3] pages are read one after the other, and of one site when one is chosen', async () => {
    day().fill(2_500);
    day().perPage = 1_000;
    await go('/visitors?site=site-2&replay=1');
    await at('replay-bar').waitFor();
    expect(day().heard.map((query) => [query.get('after'), query.get('site')])).toEqual([
      [null, 'site-2'],
      ['1000', 'site-2'],
      ['2000', 'site-2'],
    ]);
    expect(new Set(day().heard.map((query) => query.get('from'))).size).toBe(1);
  });

  test('[RD11] a day without anybody, and a failure, say so', async () => {
    await go('/visitors?replay=1');
    await settle(() => at('replay-wait').getAttribute('data-state'), 'empty');
    await at('replay-back').click();
    await at('replay-wait').waitFor({ state: 'detached' });
    small();
    day().fails = 1;
    await at('replay-open').click();
    await settle(() => at('replay-wait').getAttribute('data-state'), 'failed');
    expect(await at('replay-wait').textContent()).toContain('cannot reach its store');
    await at('replay-again').click();
    await at('replay-bar').waitFor();
  });

  test('[RD14] axe finds nothing, wide or on a phone, playing or not', async () => {
    day().fill(900);
    await go(`/visitors?replay=${momentAt(12 * HOUR_S)}`);
    await at('replay-bar').waitFor();
    await at('past-line').first().waitFor();
    const looks = looksAt([1_440, 900], [390, 844]);
    await expectNoFinding(screen.page, [looks[0]!, looks[3]!]);
    // On a phone the sheet gives way, and all of it can be pressed.
    for (const id of ['replay-play', 'replay-back', 'replay-speed-60', 'replay-slider']) {
      const box = (await at(id).boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(390);
    }
    await at('replay-speed-3600').click();
    await at('replay-back').click();
    await at('replay-bar').waitFor({ state: 'detached' });
  });
});
