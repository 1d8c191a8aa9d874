import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../team/directory.ts';
import { auditOf } from '../../team/team.testkit.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
const zones: unknown[] = [];
beforeEach(async () => {
  zones.length = 0;
  t = await anHttpEdge({ wrapHistory: (history) => ({ ...history, setZone: async (q) => void zones.push(q) }) });
});
afterEach(() => t.dispose());

const patch = (body: object) => t.call('PATCH /api/v1/settings', { as: t.owner, body });

test('[AP10] turning tracking on holds for every listener before the answer is sent', async () => {
  const heard: unknown[] = [];
  t.directory.onChange((change: Change) => heard.push(change.kind, t.directory.settings(change.workspace)?.tracking));
  const answer = await patch({ tracking: true });
  expect(heard).toEqual(['settings', true]);
  expect(answer.body).toMatchObject({ tracking: true, timeZone: 'Europe/Berlin' });
  expect((await t.call('GET /api/v1/settings', { as: t.owner })).body).toEqual(answer.body);
});

test('[AP10] a time zone holds for every listener; the answer does not wait for the days of the reports to move', async () => {
  const heard: unknown[] = [];
  t.directory.onChange((change: Change) => heard.push(t.directory.settings(change.workspace)?.timeZone));
  expect((await patch({ timeZone: 'Asia/Tokyo' })).body).toMatchObject({ timeZone: 'Asia/Tokyo' });
  expect([heard, zones]).toEqual([['Asia/Tokyo'], []]);
});

test('[AP10] what is not valid changes nothing', async () => {
  const answer = await patch({ tracking: true, timeZone: 'Mars/Olympus', excludedAddresses: ['office'] });
  expect(answer.status).toBe(422);
  expect(Object.keys((answer.body as { error: { fields: object } }).error.fields)).toEqual(['timeZone', 'excludedAddresses.0']);
  expect(t.directory.settings(t.owner.actor.workspace)?.tracking).toBe(false);
  expect(zones).toEqual([]);
});

test('[AP11] a plan without tracking refuses to turn it on, and to list', async () => {
  const workspace = t.directory.workspace(t.owner.actor.workspace);
  if (workspace === null) throw new Error('set-up makes a workspace');
  t.directory.adopt({ ...workspace, trackingInPlan: false }, t.site);
  const refused = await Promise.all([
    patch({ tracking: true }),
    t.call('GET /api/v1/visitors', { as: t.owner }),
    t.call('GET /api/v1/visitors/visit-1', { as: t.owner }),
  ]);
  expect(refused.map((answer) => [answer.status, codeOf(answer)])).toEqual(refused.map(() => [403, 'not_in_plan']));
  expect((await patch({ tracking: false })).status).toBe(200);
});

test('[TM19] the audit log says what was set to what, and nothing when nothing was', async () => {
  await patch({ tracking: true, ipMask: 'strong', workspaceName: 'Fern' });
  await patch({ tracking: true });
  expect(auditOf(t.dataDir)).toEqual([
    {
      workspace: t.owner.actor.workspace,
      member: t.owner.actor.user.id,
      at: t.clock.now(),
      action: 'settings.change',
      detail: 'tracking: true, ipMask: "strong", workspaceName: "Fern"',
    },
  ]);
});

test('[AP10] members, roles and invitations are changed over the API', async () => {
  const anna = await t.join('agent', 'Anna');
  const id = anna.actor.user.id;
  expect((await t.call(`PATCH /api/v1/team/${id}`, { as: t.owner, body: { role: 'admin' } })).body).toMatchObject({
    id,
    role: 'admin',
    email: 'anna@fernhill.test',
  });
  const last = await t.call(`PATCH /api/v1/team/${t.owner.actor.user.id}`, { as: t.owner, body: { role: 'agent' } });
  expect([last.status, codeOf(last)]).toEqual([409, 'last_owner']);
  const upwards = await t.call(`DELETE /api/v1/team/${t.owner.actor.user.id}`, { as: anna });
  expect([upwards.status, codeOf(upwards)]).toEqual([403, 'not_allowed']);
  expect((await t.call(`DELETE /api/v1/team/${id}`, { as: t.owner })).status).toBe(204);
  expect((await t.call('GET /api/v1/me', { as: anna })).status).toBe(401);
  const made = (await t.call('POST /api/v1/invitations', { as: t.owner, body: { role: 'agent' } })).body as { invitation: { id: string } };
  expect((await t.call('GET /api/v1/invitations', { as: t.owner })).body).toEqual([made.invitation]);
  expect((await t.call(`DELETE /api/v1/invitations/${made.invitation.id}`, { as: t.owner })).status).toBe(204);
  expect((await t.call('GET /api/v1/invitations', { as: t.owner })).body).toEqual([]);
});
