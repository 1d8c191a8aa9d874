import type { ConversationState } from '@foyer/domain/presence';
import type { Row } from '@foyer/protocol';
import { describe, expect, it } from 'vitest';
import { aNode, aWorld, type TestNode, WORKSPACE } from '../edge/edge.testkit.ts';
import { Upkeep } from '../history/upkeep.ts';
import { type ConversationNote, Conversations } from './conversations.ts';

const MIN = 60_000;
const note = (over: Partial<ConversationNote> = {}): ConversationNote => ({
  k: 'conversation',
  workspace: WORKSPACE,
  visitor: 'v1',
  state: 'unassigned',
  id: 'chat-1',
  waitingSince: 1_000,
  at: 1_000,
  ...over,
});

describe('what is remembered', () => {
  it('[OB26] the latest decision wins in whatever order notes come, also of one millisecond', () => {
    const notes = [
      note(),
      note({ state: 'ai', at: 2_000 }),
      note({ state: 'assigned', at: 2_000 }),
      note({ state: 'unassigned', at: 1_500 }),
    ];
    const orders = [notes, [...notes].reverse(), [notes[2]!, notes[0]!, notes[1]!, notes[3]!], [...notes, ...notes]];
    const kept = orders.map((order) => {
      const conversations = new Conversations();
      for (const one of order) conversations.put(one);
      return conversations.of(WORKSPACE, 'v1')?.state;
    });
    expect(new Set(kept)).toEqual(new Set(['assigned']));
  });

  it('[OB26] one that is over is remembered for ten minutes, so that an earlier note that comes late changes nothing', () => {
    const conversations = new Conversations();
    conversations.put(note({ state: 'none', at: 5_000 }));
    expect(conversations.put(note({ at: 4_000 }))).toBe(false);
    conversations.sweep(5_000 + 10 * MIN);
    expect(conversations.size).toBe(1);
    conversations.sweep(5_001 + 10 * MIN);
    expect([conversations.size, conversations.of(WORKSPACE, 'v1')]).toEqual([0, undefined]);
    conversations.put(note());
    conversations.sweep(Number.MAX_SAFE_INTEGER);
    expect([...conversations.open()]).toHaveLength(1);
  });

  it('[OB26] beyond the bound the workspace with most of them forgets its oldest, and a small one nothing', () => {
    const conversations = new Conversations({ most: 3 });
    for (const at of [1, 2, 3]) conversations.put(note({ visitor: `v${at}`, at }));
    conversations.put(note({ workspace: 'small', visitor: 'v1' }));
    expect(conversations.size).toBe(3);
    expect(conversations.of('small', 'v1')).toBeDefined();
    expect([1, 2, 3].filter((n) => conversations.of(WORKSPACE, `v${n}`))).toEqual([2, 3]);
  });
});

const state = (over: Partial<ConversationState> = {}): ConversationState => ({
  state: 'unassigned',
  id: 'chat-1',
  waitingSince: 1_767_268_700_000,
  ...over,
});
const say = (node: TestNode, visitor: string, over: Partial<ConversationState> = {}, at = node.live.now()): void =>
  node.live.converse({ workspace: WORKSPACE, visitor, at, ...state(over) });
const statuses = (rows: readonly Row[]): string[] => rows.map((row) => row.status);

describe('on a node', () => {
  it('[OB26] a row shows its conversation; totals, cities, filter and detail say the same', async () => {
    const node = await aNode();
    for (const n of [0, 0, 1]) node.arrive(n);
    const [row] = await node.listed();
    say(node, row!.visitor);
    await node.clock.advanceAsync(200);
    const [waiting, ...others] = await node.listed('status:unassigned');
    expect([waiting, others]).toMatchObject([{ id: row!.id, status: 'unassigned', waitingSince: 1_767_268_700_000 }, []]);
    const found = await node.reads.list({ workspace: WORKSPACE, scope: {}, filter: '', sort: 'status', dir: 'asc', limit: 9, hidden: [] });
    if (!found.ok) throw new Error(found.error.message);
    const { totals, rows } = found.value;
    expect([statuses(rows), totals.live, totals.chatting, totals.browsing, totals.byStatus.unassigned]).toEqual([
      ['unassigned', 'active', 'active'],
      3,
      1,
      2,
      1,
    ]);
    expect(await node.reads.detail({ workspace: WORKSPACE, id: row!.id, hidden: [] })).toMatchObject({
      chat: 'chat-1',
      status: 'unassigned',
    });
    node.clock.advance(1);
    say(node, row!.visitor, { state: 'resolved' });
    expect(await node.listed('status:resolved')).toMatchObject([{ id: row!.id, waitingSince: 0 }]);
    node.clock.advance(1);
    say(node, row!.visitor, { state: 'none', id: '' });
    expect(await node.reads.detail({ workspace: WORKSPACE, id: row!.id, hidden: [] })).toMatchObject({ chat: '', status: 'active' });
  });

  it('[OB26] said before the visitor comes, it is shown when the visitor does', async () => {
    const node = await aNode();
    const tab = node.arrive(0);
    const [row] = await node.listed();
    tab.session.closed();
    await node.clock.advanceAsync(31 * MIN);
    expect(await node.listed()).toEqual([]);
    say(node, row!.visitor, { state: 'assigned' });
    node.arrive(0, { secret: tab.you!.secret! });
    expect(await node.listed()).toMatchObject([{ visitor: row!.visitor, status: 'assigned' }]);
  });

  it('[PR21][OB17] held by an open conversation a visit is not over for the store either, and its next input goes on with it', async () => {
    const node = await aNode();
    const upkeep = new Upkeep({
      clock: node.clock,
      live: node.live,
      history: node.history,
      directory: node.directory,
      team: { notedVisitors: async () => [], deleteNotesOf: async () => 0 },
      onOutage: (what, cause) => {
        throw new Error(what, { cause });
      },
    });
    upkeep.start();
    const tab = node.arrive(0);
    node.clock.advance(1);
    const other = node.arrive(1);
    const rows = await node.listed();
    say(node, rows[0]!.visitor);
    await node.clock.advanceAsync(50 * MIN);
    expect((await node.listed()).map(({ id, online }) => [id, online])).toEqual([[rows[0]!.id, true]]);
    const { resume } = tab.you!;
    tab.say({ t: 'act' });
    tab.say({ t: 'page', n: 2, url: 'https://shop.test/late', title: 'Late' });
    other.say({ t: 'page', n: 2, url: 'https://shop.test/late', title: 'Late' });
    await node.clock.advanceAsync(MIN);
    const now = await node.listed();
    expect(now.map(({ id }) => id === rows[0]!.id || id === rows[1]!.id)).toEqual([true, false]);
    expect(tab.you!.visit).toBe(rows[0]!.id);
    expect(tab.you!.resume).not.toBe(resume);
    expect(await node.history.visitsById([rows[0]!.id, rows[1]!.id])).toMatchObject([{ endedAt: null, pages: 2 }, { pages: 1 }]);
    upkeep.stop();
  });
});

describe('on three nodes', () => {
  async function three() {
    const world = aWorld();
    const nodes: TestNode[] = [];
    for (const name of ['n1', 'n2', 'n3']) nodes.push(await aNode({ world, name }));
    await world.clock.advanceAsync(2_000);
    const tabs = Array.from({ length: 12 }, (_, i) => nodes[i % 3]!.arrive(i % 3));
    await world.clock.advanceAsync(15_000);
    return { world, nodes, tabs, pass: (ms: number) => world.clock.advanceAsync(ms) };
  }

  /** A read waits for every node’s part, and nodes answer as time passes. */
  async function listed(world: { clock: { advanceAsync(ms: number): Promise<void> } }, node: TestNode): Promise<readonly Row[]> {
    const answer = node.listed();
    await world.clock.advanceAsync(500);
    return answer;
  }

  it('[OB26] said on any node it is shown wherever the visit has its home, and stays when homes move', async () => {
    const { world, nodes, tabs, pass } = await three();
    const rows = await listed(world, nodes[0]!);
    rows.forEach((row, i) => say(nodes[i % 3]!, row.visitor, { state: 'ai', id: `chat-${i}` }));
    await pass(500);
    expect(statuses(await listed(world, nodes[1]!))).toEqual(rows.map(() => 'ai'));
    const late = await aNode({ world, name: 'n4' });
    await pass(5_000);
    expect(late.live.size).toBeGreaterThan(0);
    expect(statuses(await listed(world, late))).toEqual(rows.map(() => 'ai'));
    nodes[2]!.live.halt();
    await pass(4_000);
    for (const [i, tab] of tabs.entries())
      if (i % 3 === 2) nodes[0]!.arrive(i % 3, { tab: `back-${i}xxxx`, secret: tab.you!.secret!, resume: tab.you!.resume });
    await pass(20_000);
    expect(statuses(await listed(world, nodes[0]!))).toEqual(rows.map(() => 'ai'));
  });

  it('[PR21] one that holds its visit goes on holding it when homes move', async () => {
    const { world, nodes, pass } = await three();
    const rows = await listed(world, nodes[0]!);
    for (const row of rows) say(nodes[0]!, row.visitor);
    await pass(45 * MIN);
    expect(await listed(world, nodes[1]!)).toHaveLength(12);
    await aNode({ world, name: 'n4' });
    await pass(15_000);
    const now = await listed(world, nodes[1]!);
    expect(now.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
    expect(now.every(({ status, online, reconnecting }) => status === 'unassigned' && online && !reconnecting)).toBe(true);
  });
});
