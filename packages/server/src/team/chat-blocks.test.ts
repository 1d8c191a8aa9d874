import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OnChange } from '../chat/service.ts';
import type { ChatChange } from '../ports/chat-store.ts';
import { agent, Desk, done } from '../ports/chat-store.testkit.ts';
import { ChatBlocks } from './chat-blocks.ts';
import { type ATeam, auditOf, aTeam, setUp } from './team.testkit.ts';

const FOR_EVER = 8_640_000_000_000_000;
let t: ATeam;
let desk: Desk;
let tell: OnChange = () => undefined;
const outages: unknown[] = [];

beforeEach(async () => {
  t = await aTeam();
  desk = new Desk(t.chats, (await setUp(t)).actor.workspace);
  desk.now = t.clock.now();
  const { directory, store, clock } = t;
  new ChatBlocks({ directory, store, clock, onOutage: (cause) => outages.push(cause) }).follow({
    onChange: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
});
afterEach(() => t.dispose());

/** As the service does, and what follows from it. */
async function act(conversation: string, command: Parameters<Desk['act']>[1]): Promise<void> {
  const { changes } = await done(desk.act(conversation, command));
  for (const change of changes) tell(change, { before: change.before });
  await t.directory.changeSite('nobody', 'nothing', (now) => now);
}
const blocks = () => t.directory.blocks(desk.workspace);

it('[TM31] who is blocked in a conversation is blocked as a visitor, until it is taken back or over', async () => {
  const id = await desk.open({ visitor: 'v1', origin: { contact: { name: 'Eve', email: 'e@x.example', verified: false } } });
  const until = t.clock.now() + 60_000;
  await act(id, { c: 'block', by: agent('olga'), until });
  expect(blocks()).toMatchObject([{ id, kind: 'visitor', what: 'v1', label: 'Eve', until, createdBy: 'olga' }]);
  expect(t.directory.isVisitorBlocked(desk.workspace, 'v1')).toBe(true);
  await act(id, { c: 'block', by: agent('olga'), until: FOR_EVER });
  expect(blocks().map((one) => one.until)).toEqual([null]);
  await act(id, { c: 'unblock', by: agent('olga') });
  expect(blocks()).toEqual([]);
  const noted = () =>
    auditOf(t.dataDir)
      .filter(({ action }) => action.startsWith('block.'))
      .map(({ action }) => action);
  await expect.poll(noted).toEqual(['block.add', 'block.add', 'block.remove']);
});

it('[TM31] who has no browser, and what is not about blocking, blocks nobody', async () => {
  const api = await desk.open({ origin: { visitor: '', source: 'api' } });
  await act(api, { c: 'block', by: agent(), until: FOR_EVER });
  const id = await desk.open({ visitor: 'v2' });
  await act(id, { c: 'accept', by: agent() });
  expect(blocks()).toEqual([]);
  expect(outages).toEqual([]);
});

it('[TM31] the same decision heard twice is one block', async () => {
  const id = await desk.open({ visitor: 'v3' });
  const { changes } = await done(desk.act(id, { c: 'block', by: agent(), until: FOR_EVER }));
  const change = changes[0] as ChatChange;
  for (let i = 0; i < 2; i++) tell(change, { before: change.before });
  await t.directory.changeSite('nobody', 'nothing', (now) => now);
  expect(blocks()).toHaveLength(1);
});
