import { expect, test } from 'vitest';
import { type Row, STATUSES } from '../../packages/protocol/src/index.ts';
import type { SimConsole } from './sim-console.ts';
import { World } from './world.ts';

const SEEDS = Number(process.env['FOYER_FUZZ_SEEDS'] ?? 200);
const FIRST = Number(process.env['FOYER_FUZZ_FIRST'] ?? 1);
const STEPS = 90;
const BATCH = 20;

/** The truth, from the tabs alone: who is there, and the pages that may be current (one, unless nobody looks at any of the tabs). */
function truth(world: World): Map<number, readonly string[]> {
  const online = new Map<number, readonly string[]>();
  for (const browser of world.browsers) {
    const tabs = world.tabs.filter((tab) => tab.browser === browser);
    const focused = tabs.filter((tab) => tab.focused);
    if (tabs.length > 0)
      online.set(
        browser.no,
        (focused.length > 0 ? focused : tabs).map((tab) => tab.url),
      );
  }
  return online;
}

function rowsOf(console: SimConsole): Row[] {
  return console.store.rows.order.map((id) => console.store.row(id)!);
}

function check(world: World): void {
  const all = world.consoles[0]!;
  const rows = rowsOf(all);
  const online = rows.filter((row) => row.online);
  const expected = truth(world);

  expect(new Set(rows.map((row) => row.visitor)).size, 'one listed visit a visitor').toBe(rows.length);
  expect(online.length, 'everybody who is there is online, and nobody else').toBe(expected.size);
  for (const [no, urls] of expected) {
    const row = online.find((one) => one.visitor === world.visitorOf(no));
    expect(urls, `the current page of b${no}`).toContain(row?.url);
    checkConversation(world, row!);
  }
  expect(
    online.every((row) => !row.reconnecting),
    'nobody is still expected',
  ).toBe(true);
  expect(new Set(rows.map((row) => row.n)).size, 'numbers are unique').toBe(rows.length);
  expect(
    rows.every((row) => row.n > 0),
    'everybody has a number',
  ).toBe(true);

  const totals = all.store.totals!;
  expect(totals.listed).toBe(rows.length);
  expect(totals.live).toBe(online.length);
  expect(totals.browsing + totals.chatting).toBe(totals.live);
  for (const status of STATUSES) expect(totals.byStatus[status], status).toBe(rows.filter((row) => row.status === status).length);
  const placed = [...all.store.cities.values()].reduce((n, [, ...counts]) => n + counts.reduce((a, b) => a + b, 0), 0);
  expect(placed + totals.unknownPlace, 'the map counts the listed').toBe(totals.listed);

  for (const console of world.consoles) {
    const looks = new Map<string, Set<string>>();
    for (const { user, looking } of world.consoles) {
      const all = looks.get(user.id) ?? new Set();
      looks.set(user.id, looking === '' ? all : all.add(looking));
    }
    expect(new Map([...console.team.all].map(([user, { looking }]) => [user, new Set(looking)])), 'colleagues').toEqual(looks);
  }

  for (const console of world.consoles.slice(1)) {
    const shown = rowsOf(console);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const matching = rows.filter((row) => matches(console.filter, row));
    expect(console.store.totals!.listed, `${console.filter}: listed`).toBe(matching.length);
    expect(console.store.rows.total, `${console.filter}: total`).toBe(matching.length);
    expect(shown.length).toBe(Math.min(matching.length, console.window.after));
    for (const row of shown) expect(row, 'consoles agree').toEqual(byId.get(row.id));
    const keys = console.store.rows.order.map((id) => ({ key: console.store.key(id)!, id }));
    const sign = console.window.dir === 'asc' ? 1 : -1;
    const sorted = [...keys].sort((a, b) => sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : 1));
    expect(keys, 'in order').toEqual(sorted);
  }
}

function checkConversation(world: World, row: Row): void {
  const said = world.conversations.get(row.visitor);
  if (!said) return;
  if (said.state === 'none') expect(['active', 'inactive'], 'no conversation').toContain(row.status);
  else expect([row.status, row.waitingSince], 'its conversation').toEqual([said.state, said.state === 'unassigned' ? said.at : 0]);
}

function matches(filter: string, row: Row): boolean {
  switch (filter) {
    case '':
      return true;
    case 'berlin':
      return row.city === 'Berlin';
    case '-paris':
      return row.city !== 'Paris';
    case 'page:/a':
      return row.url.includes('/a') || row.title.includes('/a');
    case 'status:active':
      return row.status === 'active';
    case 'status:unassigned':
      return row.status === 'unassigned';
    case 'is:online':
      return row.online;
    default:
      throw new Error(`the model does not know the filter ${filter}`);
  }
}

for (let first = FIRST; first < FIRST + SEEDS; first += BATCH) {
  const last = Math.min(first + BATCH, FIRST + SEEDS) - 1;
  test(`[CL2] at rest every console equals the truth, after cuts, partial delivery, clock jumps, moves and deaths: seeds ${first}–${last}`, async () => {
    for (let seed = first; seed <= last; seed++) {
      const world = new World(seed);
      await world.start();
      try {
        for (let i = 0; i < STEPS; i++) await world.step();
        await world.rest();
        check(world);
      } catch (cause) {
        throw new Error(`seed ${seed} failed (run it alone: FOYER_FUZZ_FIRST=${seed} FOYER_FUZZ_SEEDS=1)\n${world.log.join('\n')}`, {
          cause,
        });
      } finally {
        for (const node of world.nodes) node.live.halt();
      }
    }
  });
}
