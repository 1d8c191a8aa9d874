import type { ColleaguesFrame, ConsoleDown } from '@foyer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { aNode, aWorld, type TestConsole, type TestNode, WORKSPACE } from '../edge/edge.testkit.ts';

/** Who a console believes to be here, by the frames it was sent. */
class Roster {
  readonly console: TestConsole;
  readonly frames: ColleaguesFrame[] = [];
  #all: ColleaguesFrame['set'] = {};

  constructor(console: TestConsole) {
    this.console = console;
  }
  /** `name: visitors` of each. */
  read(): Record<string, readonly string[]> {
    for (const frame of this.console.news() as ConsoleDown[]) {
      if (frame.t !== 'colleagues') continue;
      this.frames.push(frame);
      this.#all = frame.full ? frame.set : { ...this.#all, ...frame.set };
    }
    return Object.fromEntries(Object.values(this.#all).flatMap((one) => (one ? [[one.name, one.looking] as const] : [])));
  }
}
const olga = { user: 'u-olga', name: 'Olga' };
const anna = { user: 'u-anna', name: 'Anna', session: 'session-2' };
const joon = { user: 'u-joon', name: 'Joon', session: 'session-3' };
const follow = (id: string, view = 'panel') => ({ t: 'follow', view, id, looking: true }) as const;

describe('colleagues on one node', () => {
  let node: TestNode;
  let visitors: string[];
  beforeEach(async () => {
    node = await aNode();
    for (const n of [0, 1, 2]) node.arrive(n);
    visitors = (await node.listed()).map((row) => row.visitor);
    await node.clock.advanceAsync(500);
  });
  const pass = (ms = 250) => node.clock.advanceAsync(ms);

  it('[OB23] a console hears first of everybody, itself among them, then of those who come and go', async () => {
    const first = new Roster(node.console('owner', olga));
    expect(first.read()).toEqual({ Olga: [] });
    expect(first.frames).toMatchObject([{ full: true, now: node.live.now() }]);
    await pass();
    const second = node.console('agent', anna);
    await pass();
    expect(first.read()).toEqual({ Olga: [], Anna: [] });
    expect(new Roster(second).read()).toEqual({ Olga: [], Anna: [] });
    second.session.closed();
    await pass();
    expect(first.read()).toEqual({ Olga: [] });
    expect(first.frames.filter(({ full }) => full)).toHaveLength(1);
  });

  it('[OB24] whom an agent has open is known within a quarter second, by visitor id, whatever id was asked for; a tooltip tells nobody', async () => {
    const eye = new Roster(node.console('owner', olga));
    const other = node.console('agent', anna);
    const rows = await node.listed();
    other.say(follow(rows[0]!.id));
    await pass();
    expect(eye.read()).toEqual({ Olga: [], Anna: [visitors[0]] });
    other.say(follow(visitors[1]!));
    await pass();
    expect(eye.read()).toMatchObject({ Anna: [visitors[1]] });
    other.say({ t: 'follow', view: 'tooltip', id: visitors[2]! });
    await pass();
    expect(eye.read()).toMatchObject({ Anna: [visitors[1]] });
    other.say({ t: 'close', view: 'panel' });
    await pass();
    expect(eye.read()).toMatchObject({ Anna: [] });
    other.say(follow('nobody-of-this-id'));
    await pass();
    expect(eye.read()).toMatchObject({ Anna: [] });
  });

  it('[OB24] a visitor who is no longer listed is looked at by nobody', async () => {
    const eye = new Roster(node.console('owner', olga));
    node.console('agent', anna).say(follow(visitors[0]!));
    await pass();
    expect(eye.read()).toMatchObject({ Anna: [visitors[0]] });
    node.live.endVisits(WORKSPACE);
    await pass(500);
    expect(eye.read()).toMatchObject({ Anna: [] });
  });

  it('[OB23] several consoles of one person are one colleague, gone with the last', async () => {
    const eye = new Roster(node.console('owner', olga));
    const [one, two] = [node.console('agent', anna), node.console('agent', { ...anna, session: 'session-9' })];
    one.say(follow(visitors[0]!));
    two.say(follow(visitors[1]!));
    two.say(follow(visitors[0]!, 'other'));
    await pass();
    expect(eye.read()).toEqual({ Olga: [], Anna: [visitors[0], visitors[1]] });
    one.session.closed();
    await pass();
    expect(eye.read()).toEqual({ Olga: [], Anna: [visitors[1], visitors[0]] });
    two.session.closed();
    await pass();
    expect(eye.read()).toEqual({ Olga: [] });
  });

  it('[OB23] nobody of another workspace is seen, and a session that ends is gone', async () => {
    const eye = new Roster(node.console('owner', olga));
    const stranger = new Roster(node.console('owner', { ...joon, workspace: 'elsewhere' }));
    stranger.console.say(follow(visitors[0]!));
    node.console('agent', anna);
    await pass();
    expect([eye.read(), stranger.read()]).toEqual([{ Olga: [], Anna: [] }, { Joon: [] }]);
    node.consoles.ended({ session: anna.session, why: 'logout' });
    await pass();
    expect(eye.read()).toEqual({ Olga: [] });
    const heard = eye.frames.length;
    stranger.console.session.closed();
    await pass();
    eye.read();
    expect(eye.frames).toHaveLength(heard);
  });

  it('[OB24] one who clicks through a list costs a console at most five small frames a second', async () => {
    const eye = new Roster(node.console('owner', olga));
    const other = node.console('agent', anna);
    await pass(1_000);
    eye.read();
    const before = eye.frames.length;
    for (let i = 0; i < 100; i++) {
      other.say({ t: 'close', view: 'panel' }, follow(visitors[i % 3]!));
      await node.clock.advanceAsync(20);
    }
    await pass();
    expect(eye.read()).toMatchObject({ Anna: [visitors[99 % 3]] });
    expect(eye.frames.length - before).toBeLessThanOrEqual(12);
    expect(eye.frames.slice(before).every(({ set }) => Object.keys(set).length === 1)).toBe(true);
  });

  it('[OB23] one who comes while something changes and changes back ends up with what is true', async () => {
    const other = node.console('agent', anna);
    await pass(1_000);
    other.say(follow(visitors[0]!));
    await node.clock.advanceAsync(40);
    const late = new Roster(node.console('owner', olga));
    other.say({ t: 'close', view: 'panel' });
    await pass(500);
    expect(late.read()).toEqual({ Olga: [], Anna: [] });
  });
});

describe('colleagues on three nodes', () => {
  async function three() {
    const world = aWorld();
    const nodes: TestNode[] = [];
    for (const name of ['n1', 'n2', 'n3']) nodes.push(await aNode({ world, name }));
    await world.clock.advanceAsync(2_000);
    nodes[0]!.arrive(0);
    await world.clock.advanceAsync(500);
    const [row] = await nodes[0]!.listed();
    return { nodes, visitor: row!.visitor, pass: (ms = 250) => world.clock.advanceAsync(ms), world };
  }

  it('[OB25] colleagues see each other wherever their consoles are connected, and one agent on two nodes is one', async () => {
    const { nodes, visitor, pass } = await three();
    const eye = new Roster(nodes[0]!.console('owner', olga));
    const away = nodes[1]!.console('agent', anna);
    nodes[2]!.console('agent', { ...anna, session: 'session-9' });
    await pass();
    away.say(follow(visitor));
    await pass();
    expect(eye.read()).toEqual({ Olga: [], Anna: [visitor] });
    away.session.closed();
    await pass();
    expect(eye.read()).toEqual({ Olga: [], Anna: [] });
    nodes[0]!.live.changed(WORKSPACE, 'notes');
    expect(
      nodes[1]!
        .console('owner', joon)
        .news()
        .filter(({ t }) => t === 'changed'),
    ).toEqual([]);
  });

  it('[OB25] with a node its consoles are gone; a node that joins hears of everybody', async () => {
    const { nodes, visitor, pass, world } = await three();
    const eye = new Roster(nodes[0]!.console('owner', olga));
    nodes[1]!.console('agent', anna).say(follow(visitor));
    await pass();
    expect(eye.read()).toEqual({ Olga: [], Anna: [visitor] });
    const late = await aNode({ world, name: 'n4' });
    await pass(2_000);
    expect(new Roster(late.console('agent', joon)).read()).toEqual({ Olga: [], Anna: [visitor], Joon: [] });
    nodes[1]!.live.halt();
    await pass(5_000);
    expect(eye.read()).toEqual({ Olga: [], Joon: [] });
  });

  it('[OB13] what was changed in notes and filters is read again by every console of the workspace, on every node', async () => {
    const { nodes, pass } = await three();
    const consoles = nodes.map((node, i) => node.console('agent', { user: `u${i}` }));
    const stranger = nodes[1]!.console('agent', { ...joon, workspace: 'elsewhere' });
    await pass();
    for (const console of [...consoles, stranger]) console.news();
    nodes[2]!.directory.keepingChanged(WORKSPACE, 'notes');
    nodes[0]!.live.changed(WORKSPACE, 'filters');
    await pass();
    const changes = (console: TestConsole) => console.news().flatMap((frame) => (frame.t === 'changed' ? [frame.what] : []));
    expect(consoles.map((console) => changes(console).sort())).toEqual(consoles.map(() => ['filters', 'notes']));
    expect(changes(stranger)).toEqual([]);
  });
});
