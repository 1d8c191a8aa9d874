import { type Detail, LIMITS, type Row } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { expectHarmless } from './harmless.ts';
import { HOSTILE } from './hostile-values.ts';
import { HostSite } from './host-page.ts';
import { helloOf } from './sockets.ts';
import { goWithin } from './visitors-page.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let host: HostSite;
let owner: Account;

beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  host = await HostSite.start(
    () => `<script>window.foyer=window.foyer||function(){(foyer.q=foyer.q||[]).push(arguments)}</script>
      <script async src="${foyer.origin}/foyer.js" data-site="demo"></script>`,
  );
});
afterAll(async () => {
  await host.stop();
  await foyer.dispose();
});

/** A tab whose owner makes it say `value` in every place that a tab has: by the tracker, and by a socket of their own beside it. */
async function hostileTab(value: string): Promise<void> {
  const profile = await browsing.profile();
  await profile.addInitScript((said) => {
    Object.defineProperty(Document.prototype, 'referrer', { get: () => said });
    document.addEventListener('DOMContentLoaded', () => {
      document.title = said;
      const { foyer } = window as unknown as { foyer(...command: unknown[]): void };
      foyer('identify', { id: said, name: said.slice(0, 200), email: said, data: { [said.slice(0, 50)]: said } });
    });
  }, value);
  const tab = await profile.newPage();
  const path = encodeURIComponent(value.toWellFormed().slice(0, 1_000));
  await tab.goto(`${host.origin}/${path}?utm_campaign=${path.slice(0, 300)}`);
  // The tracker says no address that a browser could not be at; nothing keeps the tab from saying it without the tracker.
  const address = value.slice(0, LIMITS.urlChars);
  const hello = helloOf(`own-socket-${HOSTILE.indexOf(value)}`, '/', {
    pages: [{ n: 1, url: address, title: value.slice(0, LIMITS.titleChars), ref: address }],
    lang: value.slice(0, 35),
    tz: value.slice(0, 60),
  });
  const url = `${foyer.origin.replace(/^http/, 'ws')}/foyer.js/socket?site=demo&v=1`;
  await tab.evaluate(
    ({ to, frames }) =>
      new Promise<void>((resolve, reject) => {
        const socket = Object.assign(window, { own: new WebSocket(to) }).own;
        socket.onclose = ({ reason }) => reject(new Error(`closed: ${reason}`));
        socket.onmessage = ({ data }) => {
          const { t } = JSON.parse(data as string) as { t: string };
          if (t === 'welcome') for (const frame of frames) socket.send(frame);
          if (t === 'you') resolve();
        };
      }),
    { to: url, frames: [hello, { t: 'identify', name: value, email: value, id: value }].map((frame) => JSON.stringify(frame)) },
  );
}

describe('what a hostile visitor says', () => {
  test('[EE30] is text in rows and in the panel, never a dangerous link, and moves nothing', async () => {
    const dashboard = await browsing.dashboard(owner);
    await Promise.all(HOSTILE.map(hostileTab));
    const everybody = 2 * HOSTILE.length;
    const list = async () => (await owner.get<{ rows: Row[] }>('/visitors?limit=100')).rows;
    await expect.poll(async () => (await list()).filter(({ n }) => n > 0).length).toBe(everybody);
    await expect.poll(() => dashboard.getByTestId('visit-list').getAttribute('data-total')).toBe(String(everybody));
    await expectHarmless(dashboard, 'the list');

    const rows = dashboard.getByTestId('visitor-row');
    const seen = await rows.evaluateAll((elements) =>
      elements.map((element) => ({
        height: element.getBoundingClientRect().height,
        width: element.scrollWidth - element.clientWidth,
        fits: [...element.children].every((child) => child.getBoundingClientRect().right <= element.getBoundingClientRect().right + 1),
      })),
    );
    expect(new Set(seen.map(({ height }) => height)).size).toBe(1);
    expect(seen.filter(({ width, fits }) => width > 0 || !fits)).toEqual([]);
    // A name of nothing that can be seen would leave a row that nobody can speak of.
    const names = await rows.locator('.visit-name').allTextContents();
    expect(names.filter((name) => !/[\p{L}\p{N}\p{P}\p{S}]/u.test(name))).toEqual([]);

    for (const { id, visitor } of await list()) {
      await goWithin(dashboard, `/visitors?visitor=${visitor}`);
      await dashboard.getByTestId('panel-visitor-id').filter({ hasText: visitor }).waitFor();
      const detail = await owner.get<Detail>(`/visitors/${id}`);
      const panel = dashboard.getByTestId('visit-panel');
      const shown = await panel.evaluate((element) => element.textContent);
      if (detail.title.trim() !== '') expect(shown, detail.title).toContain(detail.title);
      if (detail.name.trim() !== '') expect(shown, detail.name).toContain(detail.name);
      expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
      await expectHarmless(dashboard, detail.title);
    }
  });
});
