import type { SavedFilter } from '@foyer/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../team/sessions.ts';
import { auditOf } from '../../team/team.testkit.ts';
import { type Answer, anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let anna: SignedIn;
let far: SignedIn;
let adam: SignedIn;
beforeAll(async () => {
  t = await anHttpEdge();
  [adam, anna] = [await t.join('admin', 'Adam'), await t.join('agent', 'Anna')];
  far = await t.elsewhere();
});
afterAll(() => t.dispose());
beforeEach(async () => {
  for (const as of [anna, adam, t.owner])
    for (const { id, mine } of await listed(as)) if (mine) await t.call(`DELETE /api/v1/filters/${id}`, { as });
});

const listed = async (as: SignedIn) => (await t.call('GET /api/v1/filters', { as })).body as SavedFilter[];
const save = (as: SignedIn, body: object = {}): Promise<Answer> =>
  t.call('POST /api/v1/filters', { as, body: { name: 'Germans', filter: 'country:de', shared: false, ...body } });
const saved = async (as: SignedIn, body: object = {}) => (await save(as, body)).body as SavedFilter;
const messageOf = ({ body }: Answer) => (body as { error: { message: string; fields?: Record<string, string> } }).error;

describe('saved filters', () => {
  it('[AP25] one’s own are one’s own; shared ones are in everybody’s list, with who made them', async () => {
    const own = await saved(anna);
    const shared = await saved(anna, { name: 'checkout', filter: 'page:/checkout status:active', shared: true });
    expect(own).toEqual({
      id: own.id,
      name: 'Germans',
      filter: 'country:de',
      shared: false,
      mine: true,
      by: 'Anna',
      createdAt: t.clock.now(),
    });
    expect(await listed(anna)).toEqual([shared, own]);
    expect(await listed(adam)).toEqual([{ ...shared, mine: false }]);
    expect(await listed(far)).toEqual([]);
  });

  it('[AP25] what the filter bar would refuse is refused in its words', async () => {
    const long = await save(anna, { filter: 'x'.repeat(501) });
    expect([long.status, codeOf(long), messageOf(long).fields]).toEqual([
      422,
      'bad_filter',
      { filter: 'A filter can have up to 500 characters; this one has 501.' },
    ]);
    for (const filter of ['country:', '-', '""']) expect([filter, codeOf(await save(anna, { filter }))]).toEqual([filter, 'bad_filter']);
    expect(codeOf(await save(anna, { filter: 'ip:203.0.113.0' }))).toBe('not_allowed');
    expect((await save(adam, { filter: 'ip:203.0.113.0', shared: true })).status).toBe(201);
    for (const body of [{ name: ' ' }, { name: 'x'.repeat(61) }, { filter: ' ' }, { shared: 'yes' }, { more: 1 }])
      expect([body, (await save(anna, body)).status]).toEqual([body, 422]);
    // What the role may not filter by is not shown to it either: the filter holds an address.
    expect(await listed(anna)).toEqual([]);
    expect(await listed(adam)).toHaveLength(1);
  });

  it('[AP25] owners and admins change and delete what is shared, nobody what is somebody else’s own', async () => {
    const [own, shared] = [await saved(anna), await saved(anna, { name: 'Shared', shared: true })];
    const patch = (as: SignedIn, id: string, body: object) => t.call(`PATCH /api/v1/filters/${id}`, { as, body });
    for (const as of [adam, t.owner, far]) {
      expect((await patch(as, own.id, { name: 'x' })).status).toBe(404);
      expect((await t.call(`DELETE /api/v1/filters/${own.id}`, { as })).status).toBe(404);
    }
    const bert = await t.join('agent', 'Bert');
    expect((await patch(bert, shared.id, { name: 'x' })).status).toBe(403);
    expect((await t.call(`DELETE /api/v1/filters/${shared.id}`, { as: bert })).status).toBe(403);
    expect((await patch(far, shared.id, { name: 'x' })).status).toBe(404);
    expect((await patch(adam, shared.id, { name: 'Ours' })).body).toEqual({ ...shared, name: 'Ours', mine: false });
    expect((await patch(adam, shared.id, { shared: false })).status).toBe(403);
    expect((await patch(anna, shared.id, { shared: false, filter: 'country:fr' })).body).toMatchObject({
      shared: false,
      filter: 'country:fr',
    });
    expect(await listed(adam)).toEqual([]);
    expect(codeOf(await patch(anna, shared.id, { filter: 'x'.repeat(600) }))).toBe('bad_filter');
    await patch(anna, shared.id, { shared: true });
    expect((await t.call(`DELETE /api/v1/filters/${shared.id}`, { as: adam })).status).toBe(204);
    expect((await t.call(`DELETE /api/v1/filters/${shared.id}`, { as: adam })).status).toBe(404);
    expect(await listed(anna)).toEqual([own]);
    const actions = auditOf(t.dataDir).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('filter.')).slice(-5)).toEqual([
      'filter.share',
      'filter.change',
      'filter.change',
      'filter.share',
      'filter.delete',
    ]);
  });

  it('[AP25] at most 100 of one’s own; the next is 409, and there is room again after one is gone', async () => {
    const first = await saved(anna);
    for (let i = 1; i < 100; i++) await save(anna, { name: `F ${i}` });
    const next = await save(anna);
    expect([next.status, codeOf(next), messageOf(next).message]).toEqual([
      409,
      'too_many',
      'You have 100 filters already. Delete one first.',
    ]);
    expect((await save(adam)).status).toBe(201);
    await t.call(`DELETE /api/v1/filters/${first.id}`, { as: anna });
    expect((await save(anna)).status).toBe(201);
  });

  it('[AP29] consoles hear of each change', async () => {
    const heard: string[] = [];
    const stop = t.directory.onChange(({ kind, workspace }) => void heard.push(`${kind} ${workspace}`));
    const { id } = await saved(anna);
    await t.call(`PATCH /api/v1/filters/${id}`, { as: anna, body: { name: 'New' } });
    await t.call(`DELETE /api/v1/filters/${id}`, { as: anna });
    await save(anna, { filter: '' });
    stop();
    expect(heard).toEqual(Array.from({ length: 3 }, () => `filters ${t.owner.actor.workspace}`));
  });
});
