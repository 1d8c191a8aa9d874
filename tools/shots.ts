/**
 * `node tools/shots.ts [folder]`: the pictures of the README, from the demo with a fixed seed in a real browser. They differ from run to
 * run in times and in who has moved on; everything else is the same. The dashboard has to be built: `npm start` or `npm test` does.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InboxPage } from '@foyer/protocol';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../e2e/chromium-flags.ts';
import '../e2e/foyer-map.ts';
import { Inbox } from '../e2e/inbox.ts';
import { Widget } from '../e2e/widget.ts';
import { findChromium } from './chromium.ts';
import { ROOT } from './source.ts';
import { signIn } from './swarm/sign-in.ts';

/** As many as make a map of the world; of figures and their past a demo of the usual size has the better ones. */
const CROWD = 2_000;
const USUAL = 300;
const SEED = 7;
const SHOP = 'Fernhill Outdoor';
const LOGIN = { email: 'demo@foyer.test', password: 'foyer-demo' };
const SIZE = { width: 1_440, height: 900 };
/** Beyond this a picture is too heavy for a README. */
const MOST_BYTES = 250_000;
const QUALITY = 0.86;
const POPUP_WITHIN_MS = 4_000;
const MOST_TRIES = 400;

interface Shot {
  readonly file: string;
  readonly theme: 'dark' | 'light';
  readonly path: string;
  readonly visitors?: number;
  /** Who sees it. */
  readonly by?: 'agent' | 'visitor';
  /** Brings the page into the state to be seen; `agent` opens another page of the dashboard. */
  prepare(page: Page, agent: (path: string) => Promise<Page>): Promise<void>;
}

/** A conversation that fills the screen, of somebody whose name these fonts have. */
async function openReadableConversation(page: Page): Promise<void> {
  const inbox = new Inbox(page);
  await inbox.rows.nth(3).waitFor();
  for (let i = 0; i < (await inbox.rows.count()); i++) {
    await inbox.rows.nth(i).getByRole('link').click();
    await inbox.transcript.waitFor();
    await page.waitForTimeout(500);
    const said = await inbox.transcript.getByTestId('message').count();
    if (said >= 5 && (await isReadable(page, 'transcript')) && (await isReadable(page, 'profile'))) return;
  }
  throw new Error('no conversation can be read');
}

/** A visitor of the shop writes, and an agent answers. */
async function talk(page: Page, agent: (path: string) => Promise<Page>): Promise<void> {
  const widget = new Widget(page);
  await widget.open();
  await widget.write('Which of these stands up to October in the Alps?');
  await widget.said('Which of these stands up to October in the Alps?').waitFor();
  await widget.log
    .locator('.tick')
    .filter({ hasText: /Sent|Delivered/ })
    .first()
    .waitFor();
  const inbox = new Inbox(await agent('/inbox'));
  // Among hundreds that wait.
  const found = await inbox.page.request.get('/api/v1/conversations?status=unassigned');
  const { entries } = (await found.json()) as InboxPage;
  const theirs = entries.find(({ last }) => last?.body.kind === 'text' && last.body.text.includes('October in the Alps'));
  if (!theirs) throw new Error('the message did not come');
  await inbox.page.goto(`/inbox/${theirs.conversation.id}`);
  await inbox.accept();
  await inbox.write('Any of those for four seasons: they are pitched from outside and stay dry in a storm. How many of you are there?');
  await widget
    .said('Any of those for four seasons: they are pitched from outside and stay dry in a storm. How many of you are there?')
    .waitFor();
  await widget.write('Three, and a dog. Do you ship to Austria?');
  await inbox.said('Three, and a dog. Do you ship to Austria?').waitFor();
  await inbox.write('We do, in two to four days. The dog fits in, too.');
  await widget.said('We do, in two to four days. The dog fits in, too.').waitFor();
  await page.mouse.move(10, 10);
}

async function ready(page: Page): Promise<void> {
  await page.locator('[data-testid=map][data-ready=true]').waitFor({ timeout: 60_000 });
  await page.getByTestId('visitor-row').nth(5).waitFor();
}

/** Pins for several, from which the popup hides the fewest others: where to point at them, the best first. */
function roomyPins(page: Page): Promise<{ x: number; y: number }[]> {
  return page.evaluate(({ width, height }) => {
    const pins = (document.querySelector('canvas')?.foyerMap?.pins() ?? []).flatMap(({ x, y, count }) =>
      x === null || y === null ? [] : [{ x, y, count }],
    );
    /** Above the pin, and about this large. */
    const hidden = (from: { x: number; y: number }) =>
      pins.filter(({ x, y }) => Math.abs(x - from.x) < 150 && y < from.y && y > from.y - 350).length;
    const fits = ({ x, y }: { x: number; y: number }) => x > width / 2 && x < width - 140 && y > 430 && y < height - 120;
    return pins.filter((pin) => pin.count >= 6 && fits(pin)).sort((a, b) => hidden(a) - hidden(b) || b.count - a.count);
  }, SIZE);
}

/** Machines that make pictures have few fonts: no name that would be empty boxes, and none that is still to come. */
async function isReadable(page: Page, testId: string): Promise<boolean> {
  const text = await page.getByTestId(testId).evaluate((element) => (element as HTMLElement).innerText);
  const strange = /\p{Extended_Pictographic}|[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]|^Visitor$/mu;
  return !strange.test(text.replaceAll('↩', ''));
}

async function openReadablePopup(page: Page): Promise<void> {
  for (const { x, y } of await roomyPins(page)) {
    await page.mouse.move(x + 3, y + 3);
    await page.mouse.move(x, y);
    const isOpen = page.getByTestId('map-popup-visitor').nth(2).waitFor({ timeout: POPUP_WITHIN_MS });
    // Somebody has left meanwhile, or the pin lies under another one.
    if (!(await isOpen.then(() => true).catch(() => false))) continue;
    if (await isReadable(page, 'map-popup')) return;
    await page.keyboard.press('Escape');
  }
  throw new Error('no popup can be read');
}

/** The demo's two months are written behind its start, the latest day first: until nothing more is added to the first one. */
async function pastIsThere(page: Page): Promise<void> {
  const visits = async (): Promise<number> => {
    const answer = await page.request.get(new URL('/api/v1/analytics/overview?period=90d&step=day', page.url()).href);
    const { points } = (await answer.json()) as { points: { visits: number }[] };
    return points.slice(0, -1).reduce((sum, point) => sum + point.visits, 0);
  };
  for (let before = -1, now = await visits(); now !== before || now === 0;) {
    await page.waitForTimeout(4_000);
    [before, now] = [now, await visits()];
  }
  await page.reload();
}

const SHOTS: readonly Shot[] = [
  {
    file: 'visitors.webp',
    theme: 'dark',
    path: '/visitors',
    async prepare(page) {
      await ready(page);
      await openReadablePopup(page);
      for (let tries = 0; tries < MOST_TRIES && !(await isReadable(page, 'visit-list')); tries++) await page.waitForTimeout(250);
    },
  },
  {
    file: 'visitor.webp',
    theme: 'light',
    path: '/visitors?filter=status:unassigned',
    async prepare(page) {
      await page.getByTestId('visitor-row').first().click();
      await page.getByTestId('panel-visitor-id').waitFor();
      await page.locator('[data-testid=map][data-ready=true]').waitFor({ timeout: 60_000 });
      await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('[data-testid=map]')?.dataset['zoom']) >= 4.9);
    },
  },
  {
    file: 'monitor.webp',
    visitors: USUAL,
    theme: 'dark',
    path: '/monitor',
    async prepare(page) {
      await pastIsThere(page);
      await page.getByTestId('visit-row').nth(5).waitFor();
      for (let tries = 0; tries < MOST_TRIES && !(await isReadable(page, 'visit-table')); tries++) await page.waitForTimeout(250);
    },
  },
  {
    file: 'analytics.webp',
    visitors: USUAL,
    theme: 'light',
    path: '/analytics?period=30d',
    async prepare(page) {
      await pastIsThere(page);
      await page.getByTestId('figures').waitFor();
    },
  },
  { file: 'inbox.webp', theme: 'dark', path: '/inbox', prepare: openReadableConversation },
  { file: 'widget.webp', theme: 'light', path: '/demo/collections/tents/', by: 'visitor', prepare: talk },
];

/** What the browser can do that Playwright does not offer: the smaller format. */
async function asWebp(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  const url = await page.evaluate(
    async ({ source, quality }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', quality);
    },
    { source: `data:image/png;base64,${png.toString('base64')}`, quality: QUALITY },
  );
  await page.close();
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** Answers the shop's site when everybody is there. */
async function filled(origin: string, cookie: string, visitors: number): Promise<string> {
  for (const untilMs = Date.now() + 90_000; Date.now() < untilMs;) {
    const response = await fetch(`${origin}/api/v1/visitors?limit=1`, { headers: { cookie } });
    const { live } = (await response.json()) as { live: number };
    if (live >= visitors * 0.9) {
      const sites = (await (await fetch(`${origin}/api/v1/sites`, { headers: { cookie } })).json()) as { id: string; name: string }[];
      const shop = sites.find(({ name }) => name === SHOP);
      if (!shop) throw new Error(`there is no site ${SHOP}`);
      return shop.id;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the demo did not fill up');
}

async function main(): Promise<void> {
  const folder = process.argv[2] ?? join(ROOT, 'docs/images');
  mkdirSync(folder, { recursive: true });
  const found = await findChromium();
  if (found.path === undefined) throw new Error(`no Chromium: ${found.problem}`);
  const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_FLAGS });
  try {
    for (const [visitors, shots] of Map.groupBy(SHOTS, (shot) => shot.visitors ?? CROWD)) await take(browser, folder, visitors, shots);
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, folder: string, visitors: number, shots: readonly Shot[]): Promise<void> {
  const demo = spawn(process.execPath, [join(ROOT, 'tools/demo.ts'), '--visitors', `${visitors}`, '--seed', `${SEED}`, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const origin = await new Promise<string>((resolve, reject) => {
      demo.stdout.on('data', (text: Buffer) => {
        const [, url] = /ready at (http:\S+)/.exec(text.toString()) ?? [];
        if (url !== undefined) resolve(url);
      });
      demo.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
    });
    const cookie = await signIn(origin, LOGIN);
    const site = await filled(origin, cookie, visitors);
    const at = cookie.indexOf('=');
    const session = { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: origin };
    for (const { file, theme, path, prepare, by = 'agent' } of shots) {
      const agents = await browser.newContext({ viewport: SIZE, baseURL: origin });
      await agents.addCookies([session]);
      const context = await browser.newContext({
        viewport: SIZE,
        reducedMotion: 'reduce',
        storageState: { cookies: [], origins: [{ origin, localStorage: [{ name: 'foyer.theme', value: theme }] }] },
      });
      if (by === 'agent') await context.addCookies([session]);
      const page = await context.newPage();
      await page.goto(by === 'agent' ? `${origin}${path}${path.includes('?') ? '&' : '?'}site=${site}` : `${origin}${path}`);
      await prepare(page, async (agentsPath) => {
        const other = await agents.newPage();
        await other.goto(`${origin}${agentsPath}`);
        return other;
      });
      // Flags.
      await page.waitForLoadState('networkidle');
      const picture = await asWebp(browser, await page.screenshot());
      await context.close();
      await agents.close();
      if (picture.length > MOST_BYTES) throw new Error(`${file} has ${picture.length} bytes`);
      writeFileSync(join(folder, file), picture);
      process.stdout.write(`${file}: ${Math.round(picture.length / 1_000)} kB\n`);
    }
  } finally {
    demo.kill('SIGTERM');
  }
}

await main();
