/**
 * `node tools/shots.ts [folder]`: the pictures of the README, from the demo with a fixed seed in a real browser. They differ from run to
 * run in times and in who has moved on; everything else is the same. The dashboard has to be built (`npm run check` does).
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../e2e/chromium-flags.ts';
import '../e2e/foyer-map.ts';
import { findChromium } from './chromium.ts';
import { ROOT } from './source.ts';
import { signIn } from './swarm/sign-in.ts';

const VISITORS = 2_000;
const SEED = 7;
const LOGIN = { email: 'demo@foyer.test', password: 'foyer-demo' };
const SIZE = { width: 1_440, height: 900 };
/** Beyond this a picture is too heavy for a README. */
const MOST_BYTES = 250_000;
const QUALITY = 0.86;

interface Shot {
  readonly file: string;
  readonly theme: 'dark' | 'light';
  readonly path: string;
  /** Brings the page into the state to be seen. */
  prepare(page: Page): Promise<void>;
}

async function ready(page: Page): Promise<void> {
  await page.locator('[data-testid=map][data-ready=true]').waitFor({ timeout: 60_000 });
  await page.getByTestId('visitor-row').nth(5).waitFor();
}

/** The middle of the largest pin where somebody waits, west of everything that the popup would cover. */
function waitingPin(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate((middle) => {
    const pins = document.querySelector('canvas')?.foyerMap?.pins() ?? [];
    const [best] = pins.filter(({ x, core }) => x !== null && x < middle && core === 'unassigned').sort((a, b) => b.count - a.count);
    if (!best) throw new Error('nobody waits in the west');
    return { x: best.x ?? 0, y: best.y ?? 0 };
  }, SIZE.width / 2);
}

const SHOTS: readonly Shot[] = [
  {
    file: 'visitors.webp',
    theme: 'dark',
    path: '/visitors',
    async prepare(page) {
      await ready(page);
      const { x, y } = await waitingPin(page);
      await page.mouse.move(x, y);
      await page.getByTestId('map-popup-visitor').nth(2).waitFor();
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

async function filled(origin: string, cookie: string): Promise<void> {
  for (const untilMs = Date.now() + 90_000; Date.now() < untilMs;) {
    const response = await fetch(`${origin}/api/v1/visitors?limit=1`, { headers: { cookie } });
    const { live } = (await response.json()) as { live: number };
    if (live >= VISITORS * 0.9) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the demo did not fill up');
}

async function main(): Promise<void> {
  const folder = process.argv[2] ?? join(ROOT, 'docs/images');
  mkdirSync(folder, { recursive: true });
  const found = await findChromium();
  if (found.path === undefined) throw new Error(`no Chromium: ${found.problem}`);
  const demo = spawn(process.execPath, [join(ROOT, 'tools/demo.ts'), '--visitors', `${VISITORS}`, '--seed', `${SEED}`, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_FLAGS });
  try {
    const origin = await new Promise<string>((resolve, reject) => {
      demo.stdout.on('data', (text: Buffer) => {
        const [, url] = /ready at (http:\S+)/.exec(text.toString()) ?? [];
        if (url !== undefined) resolve(url);
      });
      demo.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
    });
    const cookie = await signIn(origin, LOGIN);
    await filled(origin, cookie);
    for (const { file, theme, path, prepare } of SHOTS) {
      const context = await browser.newContext({
        viewport: SIZE,
        reducedMotion: 'reduce',
        storageState: { cookies: [], origins: [{ origin, localStorage: [{ name: 'foyer.theme', value: theme }] }] },
      });
      const at = cookie.indexOf('=');
      await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: origin }]);
      const page = await context.newPage();
      await page.goto(origin + path);
      await prepare(page);
      // Flags.
      await page.waitForLoadState('networkidle');
      const picture = await asWebp(browser, await page.screenshot());
      await context.close();
      if (picture.length > MOST_BYTES) throw new Error(`${file} has ${picture.length} bytes`);
      writeFileSync(join(folder, file), picture);
      process.stdout.write(`${file}: ${Math.round(picture.length / 1_000)} kB\n`);
    }
  } finally {
    await browser.close();
    demo.kill('SIGTERM');
  }
}

await main();
