import type { CannedReply, ChatColleague, ChatSettings, ChatTeam } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newChatSettings } from '../../chat/settings.ts';
import type { SignedIn } from '../../team/sessions.ts';
import { auditOf } from '../../team/team.testkit.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let adam: SignedIn;
let anna: SignedIn;
let bert: SignedIn;
let far: SignedIn;
beforeAll(async () => {
  t = await anHttpEdge();
  [adam, anna, bert] = [await t.join('admin', 'Adam'), await t.join('agent', 'Anna'), await t.join('agent', 'Bert')];
  far = await t.elsewhere();
});
afterAll(() => t.dispose());

describe('canned replies', () => {
  const list = async (as: SignedIn) => (await t.call('GET /api/v1/canned-replies', { as })).body as CannedReply[];
  const add = (as: SignedIn, shortcut: unknown, shared: unknown = false, text: unknown = 'Hello {visitor.name}') =>
    t.call('POST /api/v1/canned-replies', { as, body: { shortcut, text, shared } });

  it('[CR9] are one’s own and those shared, by shortcut, as written', async () => {
    const text = '<img src=x onerror=alert(1)> {visitor.name}\n“ü” \u{1F600}';
    const own = (await add(anna, ' Hi ', false, text)).body as CannedReply;
    expect(own).toEqual({ id: own.id, shortcut: 'hi', text, shared: false, mine: true });
    const shared = (await add(bert, 'bye', true)).body as CannedReply;
    expect(await list(anna)).toEqual([{ ...shared, mine: false }, own]);
    expect(await list(bert)).toEqual([shared]);
    expect(await list(far)).toEqual([]);
  });

  it('[CR9] nobody has a shortcut twice; what is wrong is told', async () => {
    expect(codeOf(await add(anna, 'HI'))).toBe('shortcut_taken');
    expect(codeOf(await add(adam, 'bye', true))).toBe('shortcut_taken');
    expect((await add(bert, 'hi')).status).toBe(201);
    for (const wrong of ['', '/hi', 'a b', 'x'.repeat(41), 7, '<b>'])
      expect([wrong, (await add(anna, wrong)).status]).toEqual([wrong, 422]);
    for (const wrong of ['', '  ', 'x'.repeat(8_193), null]) expect((await add(anna, 'ok', false, wrong)).status).toBe(422);
  });

  it('[CR9] who made one changes it, leads also shared ones, and nobody takes one away from the others', async () => {
    const shared = (await list(bert)).find(({ shortcut }) => shortcut === 'bye')!;
    const own = (await list(anna)).find(({ shortcut }) => shortcut === 'hi')!;
    const change = (as: SignedIn, id: string, body: object) =>
      t.call(`PUT /api/v1/canned-replies/${id}`, { as, body: { shortcut: 'bye', text: 'Bye!', shared: true, ...body } });
    const remove = async (as: SignedIn, id: string) => (await t.call(`DELETE /api/v1/canned-replies/${id}`, { as })).status;
    expect((await change(anna, shared.id, {})).status).toBe(403);
    expect((await change(adam, shared.id, { shared: false })).status).toBe(403);
    expect((await change(adam, shared.id, { text: 'See you' })).body).toMatchObject({ text: 'See you', mine: false });
    expect((await change(far, shared.id, {})).status).toBe(404);
    expect((await change(adam, own.id, {})).status).toBe(404);
    expect((await change(bert, shared.id, { shortcut: 'hi', shared: false })).status).toBe(409);
    expect([await remove(anna, shared.id), await remove(far, shared.id), await remove(adam, own.id)]).toEqual([403, 404, 404]);
    expect([await remove(adam, shared.id), await remove(bert, shared.id), await remove(anna, own.id)]).toEqual([204, 404, 204]);
  });

  it('[CR9] consoles hear of each change', async () => {
    const heard: string[] = [];
    const stop = t.directory.onChange(({ kind }) => void heard.push(kind));
    const { id } = (await add(anna, 'heard')).body as CannedReply;
    await t.call(`DELETE /api/v1/canned-replies/${id}`, { as: anna });
    stop();
    expect(heard).toEqual(['chat', 'chat']);
  });
});

describe('teams', () => {
  const list = async (as = anna) => (await t.call('GET /api/v1/chat/teams', { as })).body as ChatTeam[];

  it('[CR10] are made, changed and deleted by leads, of members; the service hears of each', async () => {
    t.told.length = 0;
    const [a, b] = [anna.actor.user.id, bert.actor.user.id];
    const made = (await t.call('POST /api/v1/chat/teams', { as: adam, body: { name: ' Sales ', members: [a, a, b] } })).body as ChatTeam;
    expect(made).toEqual({ id: made.id, name: 'Sales', members: [a, b] });
    expect([await list(), await list(far)]).toEqual([[made], []]);
    const change = (body: object, as = adam) => t.call(`PUT /api/v1/chat/teams/${made.id}`, { as, body });
    expect((await change({ name: 'Support', members: [b] })).body).toEqual({ id: made.id, name: 'Support', members: [b] });
    expect((await change({ name: 'Support', members: ['otto'] })).status).toBe(422);
    expect((await change({ name: '', members: [] })).status).toBe(422);
    expect((await change({ name: 'x', members: [] }, far)).status).toBe(404);
    await t.team.remove(t.owner.actor, b);
    // Who is gone may stay named, by nobody's fault.
    expect((await change({ name: 'Support', members: [b, a] })).status).toBe(200);
    expect((await t.call(`DELETE /api/v1/chat/teams/${made.id}`, { as: far })).status).toBe(404);
    expect((await t.call(`DELETE /api/v1/chat/teams/${made.id}`, { as: adam })).status).toBe(204);
    expect((await t.call(`DELETE /api/v1/chat/teams/${made.id}`, { as: adam })).status).toBe(404);
    const { workspace } = anna.actor;
    expect(t.told).toEqual(Array.from({ length: 4 }, () => `chat ${workspace}`));
    expect(
      auditOf(t.dataDir)
        .filter(({ action }) => action.startsWith('chat_team.'))
        .map(({ action, detail }) => `${action} ${detail}`),
    ).toEqual(['chat_team.add Sales', 'chat_team.change Support', 'chat_team.change Support', 'chat_team.delete Support']);
  });

  it('[CR10] are at most 100', async () => {
    for (let i = 0; i < 100; i++) await t.call('POST /api/v1/chat/teams', { as: adam, body: { name: `Team ${i}`, members: [] } });
    const answer = await t.call('POST /api/v1/chat/teams', { as: adam, body: { name: 'One more', members: [] } });
    expect([answer.status, codeOf(answer), (await list()).length]).toEqual([409, 'too_many', 100]);
    const [first] = await list();
    expect((await t.call(`PUT /api/v1/chat/teams/${first!.id}`, { as: adam, body: { name: 'A', members: [] } })).status).toBe(200);
  });
});

describe('agents', () => {
  const list = async (as = anna) => (await t.call('GET /api/v1/chat/agents', { as })).body as ChatColleague[];
  const change = (as: SignedIn, id: string, body: unknown) => t.call(`PATCH /api/v1/chat/agents/${id}`, { as, body });

  it('[CR11] everybody is listed by name, with what they have and may have', async () => {
    t.chat.absent.set(adam.actor.user.id, 'offline');
    t.chat.counted = { active: 0, elsewhere: 0, unassigned: 0, byAgent: new Map([[anna.actor.user.id, 3]]) };
    expect(
      (await list()).map(({ name, availability, available, load, capacity, ownCapacity }) => ({
        name,
        availability,
        available,
        load,
        capacity,
        ownCapacity,
      })),
    ).toEqual([
      { name: 'Adam', availability: 'offline', available: 'online', load: 0, capacity: 6, ownCapacity: null },
      { name: 'Anna', availability: 'online', available: 'online', load: 3, capacity: 6, ownCapacity: null },
      { name: 'Olga', availability: 'online', available: 'online', load: 0, capacity: 6, ownCapacity: null },
    ]);
    expect((await list(far)).map(({ name }) => name)).toEqual(['Otto']);
  });

  it('[CR11] an agent chooses to be away; capacity, and others, are for leads', async () => {
    const [a, o] = [anna.actor.user.id, t.owner.actor.user.id];
    expect((await change(anna, a, { available: 'away' })).body).toMatchObject({ id: a, available: 'away', ownCapacity: null });
    for (const [id, body] of [
      [a, { capacity: 99 }],
      [o, { available: 'offline' }],
      ['nobody', { available: 'away' }],
    ] as const)
      expect((await change(anna, id, body)).status).toBe(403);
    expect((await change(adam, a, { capacity: 2 })).body).toMatchObject({ available: 'away', capacity: 2, ownCapacity: 2 });
    expect((await change(adam, a, { capacity: null })).body).toMatchObject({ capacity: 6, ownCapacity: null });
    expect([(await change(adam, 'nobody', {})).status, (await change(far, a, {})).status]).toEqual([404, 404]);
    for (const wrong of [{ capacity: 0 }, { capacity: 101 }, { available: 'busy' }, { load: 3 }])
      expect((await change(adam, a, wrong)).status).toBe(422);
  });
});

describe('settings', () => {
  const change = (body: unknown, as = adam) => t.call('PATCH /api/v1/chat/settings', { as, body });
  const read = async (as = anna) => (await t.call('GET /api/v1/chat/settings', { as })).body as ChatSettings;

  it('[CR12] are read by all, changed by leads, each change kept when two come at once', async () => {
    expect(await read()).toEqual(newChatSettings());
    const hours = { days: [[{ from: 540, to: 1_020 }], [], [], [], [], [], []], closedOn: ['2026-12-25'] };
    await Promise.all([change({ capacity: 3 }), change({ typingPreview: true }), change({ hours })]);
    expect(await read()).toEqual({ ...newChatSettings(), capacity: 3, typingPreview: true, hours });
    expect(await read(far)).toEqual(newChatSettings());
    expect(((await change({ hours: null })).body as ChatSettings).hours).toBeNull();
  });

  it.each([
    { capacity: 0 },
    { capacity: 101 },
    { requeueAfterMs: 1 },
    { reopenForMs: -1 },
    { assignment: 'random' },
    { hours: { days: [] } },
    { hours: { days: [[{ from: 60, to: 30 }], [], [], [], [], [], []] } },
    {
      hours: {
        days: [
          [
            { from: 0, to: 60 },
            { from: 30, to: 90 },
          ],
          [],
          [],
          [],
          [],
          [],
          [],
        ],
      },
    },
    { hours: { days: [[], [], [], [], [], [], []], closedOn: ['25.12.2026'] } },
    { unknown: 1 },
  ])('[CR12] %j is 422', async (body) => {
    expect((await change(body)).status).toBe(422);
  });
});
