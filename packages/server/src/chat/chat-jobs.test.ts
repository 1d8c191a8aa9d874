import { isDeepStrictEqual } from 'node:util';
import type { ChatSettings } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aFile } from '../ports/chat-store.testkit.ts';
import { aCid, type ChatNode, type ChatterTab, chatWorld, until, WORKSPACE } from './chat.testkit.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
const dropped: string[] = [];
beforeEach(async () => {
  made = await chatWorld();
  dropped.length = 0;
  one = await made.start('node-1', {}, { dropFiles: (ids) => void dropped.push(...ids) });
});
afterEach(() => made.dispose());

async function set(settings: Partial<ChatSettings>): Promise<void> {
  await made.store.putSettings({ workspace: WORKSPACE, settings: { ...(await made.store.settings(WORKSPACE)), ...settings } });
  one.chat.service.changed(WORKSPACE);
  await until(() =>
    Object.entries(settings).every(([name, value]) =>
      isDeepStrictEqual(one.chat.service.settings(WORKSPACE)[name as keyof ChatSettings], value),
    ),
  );
}
const ownerOf = (conversation: string): string => {
  const phase = one.chat.service.open.byId(WORKSPACE, conversation)?.phase;
  return phase?.status === 'assigned' ? phase.agent : (phase?.status ?? 'gone');
};
const begin = async (visitor: ChatterTab): Promise<string> => (await visitor.receipt(visitor.text('Hello'))).conversation;
const pass = (ms: number, steps?: number) => made.pass(ms, steps);

describe('the queue', () => {
  it('[CV21] automatic assignment gives to who is here and has room, and the next when room is made', async () => {
    await set({ assignment: 'automatic', capacity: 1 });
    const desk = one.desk('anna');
    const a = await begin(await one.visitor());
    await pass(1_000);
    const b = await begin(await one.visitor(1));
    await pass(200);
    await until(() => ownerOf(a) === 'anna');
    expect(ownerOf(b)).toBe('unassigned');
    await desk.does({ t: 'chat.resolve', cid: aCid(), conversation: a });
    await pass(200);
    await until(() => ownerOf(b) === 'anna');
  });

  it('[CV21] a chat in which somebody waits returns to the queue 2 min after its agent left; others stay', async () => {
    const desk = one.desk('anna');
    const visitors = [await one.visitor(), await one.visitor(1)];
    const [a, b] = [await begin(visitors[0]!), await begin(visitors[1]!)];
    for (const conversation of [a, b]) await desk.does({ t: 'chat.accept', cid: aCid(), conversation });
    await desk.does({ t: 'chat.say', cid: aCid(), conversation: b, body: { kind: 'text', text: 'answered' } });
    desk.console.session.closed();
    await pass(119_000);
    expect([ownerOf(a), ownerOf(b)]).toEqual(['anna', 'anna']);
    await pass(5_000);
    await until(() => ownerOf(a) === 'unassigned');
    expect(ownerOf(b)).toBe('anna');
  });

  it('[CV22] who waits is told the place, and how long others waited, when it changes', async () => {
    const desk = one.desk('anna');
    const [first, second] = [await one.visitor(), await one.visitor(1)];
    const conversation = await begin(first);
    await one.node.clock.advanceAsync(30_000);
    await begin(second);
    await one.node.clock.advanceAsync(1_100);
    expect(second.all('chat.queue').at(-1)).toMatchObject({ position: 2, waitMs: 0 });
    await desk.does({ t: 'chat.accept', cid: aCid(), conversation });
    await one.node.clock.advanceAsync(1_100);
    expect(second.all('chat.queue').at(-1)).toMatchObject({ position: 1, waitMs: 31_100 });
    expect(first.all('chat.queue').at(-1)).toMatchObject({ position: 1 });
  });

  it('[CV31] while nobody is at the desk no time is told, out of hours no place either, and both are back with the team', async () => {
    const desk = one.desk('anna');
    const [first, second] = [await one.visitor(), await one.visitor(1)];
    const conversation = await begin(first);
    await one.node.clock.advanceAsync(30_000);
    await begin(second);
    await desk.does({ t: 'chat.accept', cid: aCid(), conversation });
    const told = () => second.all('chat.queue').at(-1);
    const teamIs = async (state: string): Promise<void> => {
      await until(() => one.chat.service.team(WORKSPACE).state === state);
      await pass(3_000, 3);
    };
    await pass(1_100);
    expect(told()).toMatchObject({ position: 1, waitMs: expect.toSatisfy((ms: number) => ms > 0) });
    desk.say({ t: 'chat.available', as: 'away' });
    await teamIs('away');
    expect(told()).toMatchObject({ position: 1, waitMs: 0 });
    await set({ hours: { days: [[], [], [], [], [], [], []], closedOn: [] } });
    await teamIs('closed');
    expect(told()).toMatchObject({ position: 0, waitMs: 0 });
    await set({ hours: null });
    desk.say({ t: 'chat.available', as: 'online' });
    await teamIs('online');
    expect(told()).toMatchObject({ position: 1, waitMs: expect.toSatisfy((ms: number) => ms > 0) });
  });
});

describe('availability', () => {
  it('[CV23] an agent is online with a console, away a minute after the last one closed and offline after half an hour; consoles and visitors hear of it', async () => {
    const watching = one.desk('ben');
    const desk = one.desk('anna');
    await pass(1_500, 3);
    const visitor = await one.visitor();
    visitor.say({ t: 'chat.shown', open: true });
    const { service } = one.chat;
    expect([service.availability(WORKSPACE, 'anna'), service.availability(WORKSPACE, 'olga')]).toEqual(['online', 'offline']);
    desk.console.session.closed();
    await pass(59_000);
    expect(service.availability(WORKSPACE, 'anna')).toBe('online');
    await pass(3_000);
    expect(watching.all('chat.availabilities').at(-1)!.set).toEqual({ anna: 'away' });
    await pass(30 * MINUTE);
    expect(watching.all('chat.availabilities').at(-1)!.set).toEqual({ anna: 'offline' });
    watching.say({ t: 'chat.available', as: 'away' });
    await until(() => service.availability(WORKSPACE, 'ben') === 'away');
    expect(await visitor.hears('chat.you', ({ team }) => team.state === 'away')).toBeDefined();
  });
});

describe('what ends by itself', () => {
  it('[CV24] an invitation that was not answered ends when its visitor has gone for half an hour', async () => {
    const desk = one.desk('anna');
    const visitor = await one.visitor();
    await desk.does({ t: 'chat.invite', cid: aCid(), visitor: visitor.id, body: { kind: 'text', text: 'May I help?' } });
    const { id } = one.chat.service.open.ofVisitor(WORKSPACE, visitor.id)!;
    await pass(29 * MINUTE);
    visitor.tab.session.text('{"t":"act"}');
    await pass(5 * MINUTE);
    expect(ownerOf(id)).toBe('invited');
    visitor.tab.session.closed();
    await pass(33 * MINUTE);
    await until(() => !['invited'].includes(ownerOf(id)));
    await one.chat.jobs.endInvitations();
  });

  it('[CV24] conversations go after the days that their workspace keeps them, uploads that were never sent after a day', async () => {
    await set({ keepDays: 30 });
    const file = aFile({ workspace: WORKSPACE, createdAt: one.node.live.now() - DAY - 1 });
    await made.store.addFile(file);
    const asked: unknown[] = [];
    const purging = await made.start(
      'node-0',
      {},
      {
        dropFiles: (ids) => void dropped.push(...ids),
        store: {
          ...made.store,
          purge: async (q) =>
            asked.push(q.resolvedBefore) < 3 ? { conversations: q.limit, files: [`of-${asked.length}`] } : { conversations: 1, files: [] },
        },
      },
    );
    await purging.chat.jobs.purge();
    expect(asked).toEqual(Array(3).fill(one.node.live.now() - 30 * DAY));
    expect(dropped).toEqual(['of-1', 'of-2', file.id]);
    expect(await made.store.file({ workspace: WORKSPACE, id: file.id })).toBe(null);
    await set({ keepDays: 0 });
    await one.chat.jobs.purge();
    expect(asked).toHaveLength(3);
  });
});
