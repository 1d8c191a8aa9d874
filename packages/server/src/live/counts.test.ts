import { CITY_ORDER, type CityCounts, type Row, STATUSES, type Totals } from '@foyer/protocol';
import { expect, it } from 'vitest';
import { aNode, aWorld, type TestNode, type TestTab, WORKSPACE } from '../edge/edge.testkit.ts';
import { Shown } from './view.testkit.ts';

const STATES = ['unassigned', 'assigned', 'ai', 'chatting', 'resolved', 'none'] as const;
const CHATTING: readonly string[] = ['unassigned', 'assigned', 'ai', 'chatting'];
const FILTERS = ['', 'status:unassigned', 'is:chatting', 'is:online', '-berlin', 'status:inactive'];

/** The definitions of product.md section 1, over rows. Nothing of the server's own counting is used. */
function defined(rows: readonly Row[]): Partial<Totals> {
  const online = rows.filter((row) => row.online);
  const chatting = online.filter((row) => CHATTING.includes(row.status));
  return {
    listed: rows.length,
    live: online.length,
    chatting: chatting.length,
    browsing: online.length - chatting.length,
    unknownPlace: rows.filter((row) => row.place === '').length,
    byStatus: Object.fromEntries(
      STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length]),
    ) as Totals['byStatus'],
  };
}
function onTheMap(cities: ReadonlyMap<number, CityCounts>, node: TestNode): Map<string, number[]> {
  return new Map(
    [...cities.values()].map(([index, ...counts]) => [node.live.places.at(index!).id, CITY_ORDER.map((_, i) => counts[i] ?? 0)]),
  );
}
function definedCities(rows: readonly Row[]): Map<string, number[]> {
  const cities = new Map<string, number[]>();
  for (const { place, status } of rows) {
    if (place === '') continue;
    const counts = cities.get(place) ?? CITY_ORDER.map(() => 0);
    counts[(CITY_ORDER as readonly string[]).indexOf(status)]! += 1;
    cities.set(place, counts);
  }
  return cities;
}

/** mulberry32 */
function seeded(seed: number): (below: number) => number {
  let a = seed;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

it.each(Array.from({ length: 12 }, (_, i) => [i + 1, i % 3 === 0 ? 1 : 3]))(
  '[BD11] every count is what the definitions say of the rows, on every console and over REST (seed %i, %i nodes)',
  async (seed, size) => {
    const dice = seeded(seed);
    const world = aWorld();
    const nodes: TestNode[] = [];
    for (let i = 0; i < size; i++) nodes.push(await aNode({ world, name: `n${i}` }));
    await world.clock.advanceAsync(2_000);
    const pick = <T>(list: readonly T[]): T => list[dice(list.length)]!;
    const views = FILTERS.flatMap((filter) =>
      nodes.map((node) => {
        const shown = new Shown();
        node.feeds.open({ patch: (_, patch) => void shown.apply(patch), detail() {} }, 'v', {
          workspace: WORKSPACE,
          scope: {},
          filter,
          streams: ['totals', 'cities'],
          window: undefined,
          hidden: [],
        });
        return { node, filter, shown };
      }),
    );
    const tabs: TestTab[] = [];
    for (let step = 0; step < 160; step++) {
      const roll = dice(10);
      if (roll < 4 || tabs.length === 0) tabs.push(pick(nodes).arrive(dice(4)));
      else if (roll < 6) pick(tabs).say({ t: 'act' });
      else if (roll < 7) tabs.splice(dice(tabs.length), 1)[0]!.session.closed();
      else {
        const visitor = pick(tabs).you?.visitor ?? '';
        pick(nodes).live.converse({
          workspace: WORKSPACE,
          visitor,
          state: pick(STATES),
          id: `chat-${step}`,
          waitingSince: 1,
          at: world.clock.now(),
        });
      }
      await world.clock.advanceAsync(pick([0, 30, 2_000, 20_000, 100_000]));
    }
    await world.clock.advanceAsync(2_000);

    const read = async (node: TestNode, filter: string) => {
      const asked = node.reads.list({ workspace: WORKSPACE, scope: {}, filter, sort: 'arrived', dir: 'desc', limit: 1_000, hidden: [] });
      await world.clock.advanceAsync(300);
      const answer = await asked;
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    };
    for (const { node, filter, shown } of views) {
      // Time goes on while one looks: what is compared is a moment in which nothing happened.
      let now = await read(node, filter);
      let before: string;
      let after = '';
      do {
        before = after;
        now = await read(node, filter);
        after = JSON.stringify([now, shown.totals, [...shown.cities]]);
      } while (before !== after);
      const expected = defined(now.rows);
      expect(now.totals, `REST, ${filter}`).toMatchObject(expected);
      expect(shown.totals, `console, ${filter}`).toMatchObject(expected);
      expect(onTheMap(shown.cities, node), `map, ${filter}`).toEqual(definedCities(now.rows));
    }
  },
);
