import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expectNoFinding, looksAt } from './no-finding.ts';
import { useScreen } from './screen.ts';

const screen = useScreen();
const { go, at, settle } = screen;
const log = () => screen.server.requestLog;
const search = (): Record<string, string> => Object.fromEntries(new URL(screen.page.url()).searchParams);
const rows = () => at('request-row');
const tokens = () => at('requests-token').allTextContents();
const PATH = '/analytics/requests';
const LOOKS = looksAt([1_440, 900], [390, 844]);

async function type(term: string): Promise<void> {
  await at('requests-filter').fill(term);
  await at('requests-filter').press('Enter');
}

describe('the request log', () => {
  test('[RL1] a request is a line: time of the workspace’s zone, source, endpoint, status in words, latency, address, place, browser, error', async () => {
    screen.server.me.settings.timeZone = 'Asia/Kolkata';
    const noon = new Date();
    noon.setUTCHours(0, 30, 15, 0);
    log().come({ at: Math.min(noon.getTime(), Date.now()), source: 'api', method: 'POST', endpoint: '/api/v1/chat', status: 429, error: 'too_fast', latencyMs: 1_840, ip: '198.51.100.0', country: 'AT', city: 'Vienna', browser: 'curl' }); // prettier-ignore
    await go(`${PATH}?from=7d`);
    await rows().waitFor();
    const cells = (await rows().locator('td').allTextContents()).map((text) => text.trim());
    expect(cells.slice(1)).toEqual([
      'API',
      'POST /api/v1/chat',
      '429 Too many requests',
      '1,840 ms',
      '198.51.100.0',
      'Vienna',
      'curl',
      'too_fast',
    ]);
    expect(cells[0]).toContain('06:00:15');
    expect(await rows().locator('.flag').getAttribute('alt')).toBe('Austria');
    expect(await screen.page.title()).toContain('Request log');
  });

  test('[RL2] terms are typed, chosen, shown as tokens and kept in the address; a link shows the same', async () => {
    log().fill(120);
    await go(PATH);
    await rows().first().waitFor();
    await type('source:api');
    await settle(tokens, ['source: API']);
    await type('status:2xx');
    await type('country:Germany');
    await settle(() => Promise.resolve(search()), { source: 'api', status: '2', country: 'DE' });
    await settle(() => rows().count(), log().rows.filter((row) => row.source === 'api' && row.country === 'DE').length);
    await screen.page.reload();
    await rows().first().waitFor();
    await settle(tokens, ['source: API', 'status: 2xx', 'country: Germany']);
    // Backspace takes the last one off, its own button any, a choice another.
    await at('requests-filter').press('Backspace');
    await settle(() => Promise.resolve(search()), { source: 'api', status: '2' });
    await screen.page.getByRole('button', { name: 'Remove filter source: API' }).click();
    await at('requests-status').selectOption('5');
    await settle(() => Promise.resolve(search()), { status: '5' });
    await at('requests-source').selectOption('playground');
    await settle(() => rows().count(), 20);
    await rows().first().getByRole('button', { name: '/api/v1/files' }).click();
    await settle(tokens, ['endpoint: /api/v1/files', 'source: Playground', 'status: 5xx']);
    await screen.page.getByRole('button', { name: 'Clear all filters' }).click();
    await settle(() => Promise.resolve(search()), {});
  });

  test('[RL2] what is not understood is said, and stays to be mended', async () => {
    log().fill(3);
    await go(PATH);
    await rows().first().waitFor();
    await type('status:404');
    await at('requests-problem').waitFor();
    expect(await at('requests-problem').textContent()).toContain('2xx, 3xx, 4xx or 5xx');
    expect(await at('requests-filter').inputValue()).toBe('status:404');
    expect(await at('requests-filter').getAttribute('aria-invalid')).toBe('true');
    await type('status:4xx');
    await at('requests-problem').waitFor({ state: 'detached' });
    await settle(() => Promise.resolve(search()), { status: '4' });
  });

  test('[RL2] addresses, sources and countries that cannot be are refused with what was typed', async () => {
    log().fill(3);
    await go(PATH);
    await rows().first().waitFor();
    for (const [term, said] of [
      ['999.1.1.1', 'No address begins with 999.1.1.1'],
      ['ip:1.2.3.4.5', 'No address begins with 1.2.3.4.5'],
      ['status:9999', 'not 9999'],
      ['source:moon', 'There is no source moon'],
      ['country:Atlantis', 'There is no country Atlantis'],
    ] as const) {
      await type(term);
      await settle(async () => ((await at('requests-problem').textContent()) ?? '').includes(said), true);
      expect(await at('requests-filter').inputValue()).toBe(term);
    }
    await settle(() => Promise.resolve(search()), {});
  });

  test('[RL15] what a link asks for and cannot be is left out, and said', async () => {
    log().fill(6);
    await go(`${PATH}?ip=999.1.1.1&source=moon&status=9999&country=DE`);
    await rows().first().waitFor();
    await settle(() => at('requests-left-out').count(), 3);
    const said = (await at('requests-left-out').allTextContents()).join(' ');
    for (const part of ['999.1.1.1', 'moon', '9999']) expect(said).toContain(part);
    const asked = log().heard.at(-1);
    expect([asked?.get('ip'), asked?.get('source'), asked?.get('status'), asked?.get('country')]).toEqual([null, null, null, 'DE']);
    await go(`${PATH}?from=2199-01-01T00:00`);
    await at('requests-range-problem').waitFor();
    expect(await at('requests-range-problem').textContent()).toContain('still to come');
  });

  test('[RL14] what dashboards read is left out, which is said, and there on one press', async () => {
    log().fill(6);
    for (let i = 0; i < 40; i += 1)
      log().come({ source: 'console_read', method: 'GET', endpoint: '/api/v1/chat/counts', status: 200, error: '' });
    await go(PATH);
    await settle(() => rows().count(), 6);
    expect(await at('requests-no-reads').textContent()).toContain('left out');
    expect(await at('tops-endpoint').textContent()).not.toContain('chat/counts');
    await at('requests-reads').click();
    await settle(() => Promise.resolve(search()), { source: 'all' });
    await settle(() => rows().count(), 46);
    await settle(async () => (await at('tops-endpoint').textContent())?.includes('chat/counts'), true);
    await settle(tokens, ['source: All sources']);
    expect(await at('requests-source').inputValue()).toBe('all');
    await at('requests-no-reads').waitFor({ state: 'detached' });
    await at('requests-source').selectOption('console_read');
    await settle(() => rows().count(), 40);
  });

  test('[RL3] a whole address finds those that share its masked beginning: it is marked and said', async () => {
    log().fill(30);
    await go(PATH);
    await rows().first().waitFor();
    await type('198.51.100.23');
    await settle(() => rows().locator('mark').first().textContent(), '198.51.100');
    expect(await at('requests-stored').textContent()).toContain('198.51.100.23 is stored as 198.51.100.0');
    expect(log().heard.at(-1)?.get('ip')).toBe('198.51.100.23');
    await settle(() => rows().count(), 20);
    await type('ip:203.0');
    await settle(() => rows().locator('mark').first().textContent(), '203.0');
    await at('requests-stored').waitFor({ state: 'detached' });
  });

  test('[RL4] top endpoints and countries have their sums, and filter on a click', async () => {
    log().fill(60);
    await go(PATH);
    const top = at('tops-endpoint')
      .getByRole('row', { name: /^\/api\/v1\/conversations /u })
      .first();
    await top.waitFor();
    expect((await top.getByRole('cell').allTextContents()).slice(0, 2)).toEqual(['10', '10']);
    expect(await top.getByRole('cell').nth(2).textContent()).toMatch(/ms$/);
    await top.getByRole('button').click();
    await settle(() => Promise.resolve(search()), { endpoint: '/api/v1/conversations' });
    await settle(() => rows().count(), 10);
    await top.getByRole('button').click();
    await settle(() => Promise.resolve(search()), {});
    await at('tops-country').getByRole('button', { name: 'Unknown' }).click();
    await settle(() => Promise.resolve(search()), { country: 'none' });
    await settle(() => rows().count(), 12);
    expect(await at('tops-country').getByRole('button', { name: 'Unknown' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('[RL5] pages follow one another both ways, and each is in the address', async () => {
    log().fill(120);
    await go(`${PATH}?from=7d`);
    await rows().first().waitFor();
    const ids = () => rows().evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['id']));
    const first = await ids();
    expect(await at('requests-newer').isDisabled()).toBe(true);
    await at('requests-older').click();
    await settle(async () => (await ids())[0], '70');
    await at('requests-older').click();
    await settle(() => rows().count(), 20);
    expect(await at('requests-older').isDisabled()).toBe(true);
    expect(search()).toEqual({ from: '7d', after: '21' });
    await at('requests-newer').click();
    await settle(async () => (await ids())[0], '70');
    await screen.page.goBack();
    await settle(() => rows().count(), 20);
    await at('requests-newest').click();
    await settle(ids, first);
    // Another filter begins at the newest.
    await at('requests-older').click();
    await settle(async () => (await ids())[0], '70');
    await at('requests-status').selectOption('4');
    await settle(() => Promise.resolve(search()), { from: '7d', status: '4' });
  });

  test('[RL5] of a page for which enough was read it is said that older ones may match', async () => {
    log().fill(100);
    log().readsMost = 40;
    await go(`${PATH}?status=5`);
    await at('requests-part').waitFor();
    const before = await rows().count();
    expect(before).toBeLessThan(50);
    await at('requests-part').getByRole('button').click();
    await settle(async () => search()['after'] !== undefined, true);
    await rows().first().waitFor();
  });

  test('[RL6] requests that come are announced, not thrown in', async () => {
    log().fill(5);
    await go(PATH);
    await rows().first().waitFor();
    for (let i = 0; i < 3; i += 1) log().come();
    await at('requests-fresh').waitFor({ timeout: 15_000 });
    expect(await at('requests-fresh').textContent()).toBe('3 new requests');
    expect(await rows().count()).toBe(5);
    await at('requests-fresh').click();
    await settle(() => rows().count(), 8);
    await at('requests-fresh').waitFor({ state: 'detached' });
  });

  test('[RL7] it says for how long requests are kept, and how many are missing', async () => {
    log().fill(2);
    log().dropped = 1_234;
    await go(PATH);
    await at('requests-dropped').waitFor();
    expect(await at('requests-dropped').textContent()).toContain('1,234 requests are missing');
    expect(await at('requests-kept').textContent()).toBe('Kept 30 days.');
  });

  test('[RL8] the lines that are shown come as a file', async () => {
    log().fill(8);
    log().come({ endpoint: '=cmd|x', source: 'api', method: 'GET', city: 'A "B", C' });
    await go(PATH);
    await rows().first().waitFor();
    const [download] = await Promise.all([screen.page.waitForEvent('download'), at('requests-csv').click()]);
    expect(download.suggestedFilename()).toMatch(/^foyer-requests-\d{4}-\d\d-\d\d\.csv$/);
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect(lines).toHaveLength(11);
    expect(lines[1]).toContain(`,'=cmd|x,`);
    expect(lines[1]).toContain('"A ""B"", C"');
  });

  test('[RL9] an agent has no addresses: no column, no filter, and a link with one says so', async () => {
    screen.server.me.role = 'agent';
    log().seesAddresses = false;
    log().fill(4);
    await go(`${PATH}?ip=198.51.100.23&status=2`);
    await rows().first().waitFor();
    await at('requests-no-ip').waitFor();
    expect(log().heard.every((query) => !query.has('ip'))).toBe(true);
    expect(await at('requests-table').getByRole('columnheader').allTextContents()).not.toContain('IP');
    await type('198.51.100.23');
    expect(await at('requests-problem').textContent()).toContain('Your role may not see addresses');
  });

  test('[RL10] an empty log, nothing found and a failure each say what to do', async () => {
    await go(PATH);
    await at('requests-empty').getByText('Nothing was asked in this time').waitFor();
    await at('requests-range').selectOption('30d');
    await at('requests-empty').getByText('Nothing has been asked yet').waitFor();
    log().fill(4);
    await go(`${PATH}?endpoint=%2Fnowhere`);
    await at('requests-empty').getByText('No request matches').waitFor();
    await at('requests-clear').click();
    await settle(() => rows().count(), 4);
    log().fails = 1;
    await at('requests-status').selectOption('2');
    await at('requests-again').waitFor();
    await at('requests-again').click();
    await settle(() => rows().count(), 3);
    await at('requests-again').waitFor({ state: 'detached' });
  });

  test('[RL12] an own range is of the workspace’s zone; one that cannot be is refused', async () => {
    screen.server.me.settings.timeZone = 'Europe/Berlin';
    log().fill(4);
    await go(PATH);
    await rows().first().waitFor();
    await at('requests-range').selectOption('own');
    await at('requests-from').fill('2026-03-29T03:00');
    await at('requests-to').fill('2026-03-29T01:30');
    await at('requests-to').press('Enter');
    await at('requests-range-problem').waitFor();
    expect(await at('requests-range-problem').textContent()).toContain('end has to be after');
    await at('requests-to').fill('2026-03-29T04:00');
    await at('requests-to').press('Enter');
    await settle(async () => log().heard.at(-1)?.get('to'), String(Date.UTC(2026, 2, 29, 2)));
    expect(log().heard.at(-1)?.get('from')).toBe(String(Date.UTC(2026, 2, 29, 1)));
    await screen.page.reload();
    await settle(() => at('requests-from').inputValue(), '2026-03-29T03:00');
    await at('requests-range').selectOption('1h');
    await settle(() => Promise.resolve(search()), { from: '1h' });
    await settle(() => rows().count(), 4);
  });

  test('[RL11] hostile and long texts are text, and stay in their places', async () => {
    const hostile = '<img src=x onerror="document.title=\'x\'">';
    log().come({
      endpoint: `/api/v1/${'very-long-'.repeat(19)}`,
      browser: `${hostile} ${'x'.repeat(180)}`,
      city: hostile,
      error: 'e'.repeat(200),
      country: 'XX',
    });
    await screen.page.setViewportSize({ width: 390, height: 844 });
    await go(PATH);
    await rows().first().waitFor();
    expect(await screen.page.locator('img[src="x"]').count()).toBe(0);
    expect(await screen.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await at('requests-table').evaluate((table) => table.scrollWidth - table.clientWidth)).toBe(0);
  });

  test('[RL11] axe finds nothing in either theme, wide or on a phone', async () => {
    log().fill(60);
    log().dropped = 3;
    await go(`${PATH}?ip=198.51.100.23`);
    await rows().first().waitFor();
    await at('tops-country').getByRole('button').first().waitFor();
    await expectNoFinding(screen.page, [LOOKS[0]!, LOOKS[3]!]);
  });
});
