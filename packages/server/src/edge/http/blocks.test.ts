import type { Block } from '@foyer/protocol';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { agent, Desk, done } from '../../ports/chat-store.testkit.ts';
import type { SignedIn } from '../../team/sessions.ts';
import { aBlock } from '../../team/team.testkit.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let anna: SignedIn;
let workspace: string;
beforeAll(async () => {
  t = await anHttpEdge();
  anna = await t.join('agent', 'Anna');
  workspace = anna.actor.workspace;
});
beforeEach(async () => {
  for (const { id } of t.directory.blocks(workspace)) await t.directory.removeBlock(workspace, id);
});
afterAll(() => t.dispose());

const block = (id: string, body: object) => t.call(`POST /api/v1/visitors/${id}/block`, { as: anna, body });
const range = (body: object, as = anna) => t.call('POST /api/v1/blocks', { as, body });

it('[AP30] a visitor is blocked wherever it goes, by the visit or its own id, for as long as is said', async () => {
  const made = (await block('visit-1', { what: 'visitor', forMs: 3_600_000, note: 'rude' })).body as Block;
  const now = t.clock.now();
  expect(made).toMatchObject({ kind: 'visitor', what: 'visitor-1', label: 'Visitor 1', until: now + 3_600_000, note: 'rude' });
  expect(t.directory.isVisitorBlocked(workspace, 'visitor-1')).toBe(true);
  expect((await t.call('GET /api/v1/visitors/visitor-1/blocks', { as: anna })).body).toEqual([made]);
  t.clock.advance(3_600_000);
  expect(t.directory.isVisitorBlocked(workspace, 'visitor-1')).toBe(false);
  expect((await t.call('GET /api/v1/blocks', { as: anna })).body).toEqual([]);
  expect((await t.call(`DELETE /api/v1/blocks/${made.id}`, { as: anna })).status).toBe(404);
});

it('[AP30] who left is blocked as a visitor all the same: met before, or once written', async () => {
  await t.history.meetVisitors([{ workspace, visitor: 'of-last-week', visit: 'long-ago', startedAt: 1 }]);
  await new Desk(t.chats, workspace).open({ visitor: 'k-only-chat' });
  for (const visitor of ['of-last-week', 'k-only-chat']) {
    expect((await block(visitor, { what: 'address' })).status).toBe(404);
    expect((await block(visitor, { what: 'visitor' })).status).toBe(201);
    expect((await t.call(`GET /api/v1/visitors/${visitor}/blocks`, { as: anna })).body).toMatchObject([{ what: visitor, label: '' }]);
  }
  expect((await block('nobody', { what: 'visitor' })).status).toBe(404);
  const far = await t.elsewhere();
  expect((await t.call('POST /api/v1/visitors/k-only-chat/block', { as: far, body: { what: 'visitor' } })).status).toBe(404);
});

it('[AP30] a block that came from a conversation is taken back there too', async () => {
  const desk = new Desk(t.chats, workspace);
  desk.now = t.clock.now();
  const id = await desk.open({ visitor: 'v-rude' });
  await done(desk.act(id, { c: 'block', by: agent(anna.actor.user.id), until: desk.now + 3_600_000 }));
  await t.directory.addBlock(aBlock({ id, workspace, kind: 'visitor', what: 'v-rude', addressHash: '' }));
  expect((await t.call(`DELETE /api/v1/blocks/${id}`, { as: anna })).status).toBe(204);
  expect((await desk.state(id)).blockedUntil).toBe(0);
});

it('[AP30] a range is an address or a CIDR range of a reasonable width, and is kept as typed', async () => {
  for (const wrong of ['', 'nonsense', '0.0.0.0/0', '10.0.0.0/7', '::/15', '1.2.3.4/33', '<script>'])
    expect([wrong, (await range({ range: wrong })).status]).toEqual([wrong, 422]);
  expect((await range({ range: '203.0.113.9', forMs: 1 })).status).toBe(422);
  const made = (await range({ range: ' 203.0.113.0/24 ', note: 'spam' })).body as Block;
  expect(made).toMatchObject({ kind: 'range', what: '203.0.113.0/24', label: '', until: null, note: 'spam' });
  expect((await range({ range: '2001:db8::/32' })).status).toBe(201);
  expect(t.directory.isBlocked(workspace, { address: '203.0.113.200', addressHash: 'x' })).toBe(true);
  expect(t.directory.isBlocked('elsewhere', { address: '203.0.113.200', addressHash: 'x' })).toBe(false);
  expect((await t.call(`DELETE /api/v1/blocks/${made.id}`, { as: anna })).status).toBe(204);
  expect(t.directory.isBlocked(workspace, { address: '203.0.113.200', addressHash: 'x' })).toBe(false);
});

it('[AP30] at most 500 ranges, because each is compared with each address', async () => {
  await Promise.all(Array.from({ length: 500 }, (_, i) => range({ range: `203.0.${i % 250}.${i}`.replace(/\.\d{3,}$/, '.1') })));
  const answer = await range({ range: '198.51.100.1' });
  expect([answer.status, codeOf(answer)]).toEqual([409, 'too_many']);
  expect((await block('visit-1', {})).status).toBe(201);
});
