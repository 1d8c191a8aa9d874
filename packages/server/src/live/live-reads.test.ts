import { expect, it } from 'vitest';
import { aNode, aWorld, type TestNode, WORKSPACE } from '../edge/edge.testkit.ts';

const q = { workspace: WORKSPACE, scope: {}, filter: '', sort: 'arrived', dir: 'asc', limit: 100, hidden: [] } as const;
async function list(node: TestNode, over: Partial<Parameters<TestNode['reads']['list']>[0]> = {}) {
  const found = await node.reads.list({ ...q, ...over });
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

it.each([
  ['asc', 'arrived'],
  ['desc', 'city'],
  ['desc', 'pages'],
] as const)('[OB14] a list is as long as it is asked for, across windows, each visit once (%s by %s)', async (dir, sort) => {
  const node = await aNode();
  for (let i = 0; i < 520; i++) {
    node.arrive(i % 3);
    node.clock.advance(7);
  }
  const whole = await list(node, { dir, sort, limit: 1_000 });
  expect([whole.totals.listed, whole.totals.live, new Set(whole.rows.map(({ id }) => id)).size]).toEqual([520, 520, 520]);
  for (const limit of [0, 1, 199, 200, 201, 399, 400, 401, 520]) {
    const some = await list(node, { dir, sort, limit });
    expect(some.rows.map(({ id }) => id)).toEqual(whole.rows.slice(0, limit).map(({ id }) => id));
    expect(some.totals).toEqual(whole.totals);
  }
  expect([...node.feeds.orders()]).toEqual([]);
});

it('[OB14] a list is whole also when the order it is asked in has still to be read', async () => {
  const node = await aNode();
  for (let i = 0; i < 900; i++) {
    node.arrive(i % 3);
    node.clock.advance(3);
  }
  await node.clock.advanceAsync(500);
  // A console has the same view open, so it is read; time that passes while reading makes its new orders wait.
  node.console().say({ t: 'open', view: 'map', scope: {}, filter: '', streams: ['totals', 'cities'] });
  await node.clock.advanceAsync(500);
  const mono = node.clock.mono.bind(node.clock);
  let slowMs = 0;
  node.clock.mono = () => mono() + (slowMs += 0.4);
  for (const sort of ['city', 'name', 'arrived', 'activity', 'page'] as const) {
    const asked = list(node, { sort, limit: 1_000 });
    await node.clock.advanceAsync(1_000);
    expect((await asked).rows, sort).toHaveLength(900);
  }
});

it('[OB14] with several nodes the answer waits for all of them', async () => {
  const world = aWorld();
  const [a, b] = [await aNode({ world, name: 'a' }), await aNode({ world, name: 'b' })];
  await world.clock.advanceAsync(2_000);
  for (let i = 0; i < 40; i++) (i % 2 === 0 ? a : b).arrive(i % 3);
  await world.clock.advanceAsync(500);
  expect((await list(a)).rows).toHaveLength(40);
  const [row] = (await list(b, { sort: 'city' })).rows;
  expect(await a.reads.detail({ workspace: WORKSPACE, id: row!.id, hidden: ['ip'] })).toMatchObject({ id: row!.id });
});

it('[OB14] after 2 s it answers with what there is', async () => {
  const world = aWorld();
  const a = await aNode({ world, name: 'a' });
  const mute = world.network.join('mute');
  const beat = () => mute.publish('node.beat', { epoch: 'e', heads: {} });
  beat();
  for (let i = 0; i < 6; i++) a.arrive(i % 3);
  let answer: Awaited<ReturnType<typeof list>> | null = null;
  void list(a).then((found) => (answer = found));
  for (let i = 0; i < 3; i++) {
    await world.clock.advanceAsync(i < 2 ? 999 : 2);
    beat();
    if (i < 2) expect(answer).toBeNull();
  }
  expect(answer).toMatchObject({ totals: { listed: a.live.size } });
});

it('[OB6] a detail lacks what the role may not see', async () => {
  const node = await aNode();
  node.arrive(0);
  const { id } = (await list(node)).rows[0]!;
  expect(await node.reads.detail({ workspace: WORKSPACE, id, hidden: [] })).toMatchObject({ ip: '203.0.113.0' });
  expect(await node.reads.detail({ workspace: WORKSPACE, id, hidden: ['ip'] })).not.toHaveProperty('ip');
  expect(await node.reads.list({ ...q, filter: 'ip:203.0.113.0', hidden: ['ip'] })).toMatchObject({
    ok: false,
    error: { code: 'not_allowed' },
  });
});

it('[OB14] nobody of that id is null; the address of a visit is known by its hash only, in its workspace', async () => {
  const node = await aNode();
  node.arrive(1);
  const { id, visitor } = (await list(node)).rows[0]!;
  expect(await node.reads.addressHashOf({ workspace: WORKSPACE, id })).toBe('hash-1');
  expect(await node.reads.addressHashOf({ workspace: WORKSPACE, id: visitor })).toBe('hash-1');
  expect(await node.reads.addressHashOf({ workspace: 'elsewhere', id })).toBeNull();
  expect(await node.reads.detail({ workspace: WORKSPACE, id: 'nobody', hidden: [] })).toBeNull();
});

it('[OB14] places are those of this epoch, from any index on', async () => {
  const node = await aNode();
  for (const n of [0, 1]) node.arrive(n);
  const all = node.reads.places('node-1-epoch', 0)!;
  expect(all.map(({ index }) => index)).toEqual(all.map((_, i) => i + all[0]!.index));
  expect(all.map(({ city }) => city)).toEqual(expect.arrayContaining(['Berlin', 'Paris']));
  expect(node.reads.places('node-1-epoch', all.at(-1)!.index)).toEqual([all.at(-1)]);
  expect(node.reads.places('before', 0)).toBeNull();
});
