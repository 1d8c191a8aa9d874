import type { Role } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignedIn } from '../../team/sessions.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let signedIn: Record<Role, SignedIn>;
beforeAll(async () => {
  t = await anHttpEdge();
  signedIn = { owner: t.owner, admin: await t.join('admin', 'Adam'), agent: await t.join('agent', 'Anna') };
});
afterAll(() => t.dispose());

/** Who is let in. Written by hand, so that a route with the wrong right in its declaration is found. */
const ROUTES: readonly (readonly [string, 'anybody' | 'members' | 'leads'])[] = [
  ['GET /api/v1/setup', 'anybody'],
  ['POST /api/v1/setup', 'anybody'],
  ['POST /api/v1/login', 'anybody'],
  ['GET /api/v1/invite', 'anybody'],
  ['POST /api/v1/invite', 'anybody'],
  ['GET /api/v1/me', 'members'],
  ['GET /api/v1/sites', 'members'],
  ['POST /api/v1/sites', 'leads'],
  ['GET /api/v1/sites/:id', 'members'],
  ['PATCH /api/v1/sites/:id', 'leads'],
  ['DELETE /api/v1/sites/:id', 'leads'],
  ['POST /api/v1/sites/:id/origins', 'leads'],
  ['GET /api/v1/sites/:id/install', 'leads'],
  ['GET /api/v1/settings', 'leads'],
  ['PATCH /api/v1/settings', 'leads'],
  ['GET /api/v1/team', 'members'],
  ['PATCH /api/v1/team/:id', 'leads'],
  ['DELETE /api/v1/team/:id', 'leads'],
  ['GET /api/v1/invitations', 'leads'],
  ['POST /api/v1/invitations', 'leads'],
  ['DELETE /api/v1/invitations/:id', 'leads'],
  ['GET /api/v1/visitors', 'members'],
  ['GET /api/v1/visitors/:id', 'members'],
  ['GET /api/v1/visitors/:id/visits', 'members'],
  ['GET /api/v1/places', 'members'],
  ['POST /api/v1/visitors/:id/block', 'members'],
  ['GET /api/v1/visitors/:id/blocks', 'members'],
  ['GET /api/v1/visitors/:id/notes', 'members'],
  ['POST /api/v1/visitors/:id/notes', 'members'],
  ['DELETE /api/v1/visitors/:id/notes/:note', 'members'],
  ['GET /api/v1/filters', 'members'],
  ['POST /api/v1/filters', 'members'],
  ['PATCH /api/v1/filters/:id', 'members'],
  ['DELETE /api/v1/filters/:id', 'members'],
  ['GET /api/v1/seen', 'members'],
  ['GET /api/v1/filtered', 'members'],
  ['GET /api/v1/blocks', 'members'],
  ['POST /api/v1/blocks', 'members'],
  ['DELETE /api/v1/blocks/:id', 'members'],
  ['GET /api/v1/reports/visits', 'members'],
  ['GET /api/v1/history/people', 'members'],
  ['GET /api/v1/history/people/:id', 'members'],
  ['GET /api/v1/history/visits/:id', 'members'],
  ['GET /api/v1/history/people.csv', 'members'],
  ['GET /api/v1/history/visits', 'members'],
  ['GET /api/v1/history/visits.csv', 'members'],
  ['GET /api/v1/replay', 'members'],
  ['GET /api/v1/request-log', 'members'],
  ['GET /api/v1/request-log/tops', 'members'],
  ['GET /api/v1/analytics/overview', 'members'],
  ['GET /api/v1/analytics/breakdown', 'members'],
  ['GET /api/v1/analytics/online', 'members'],
  ['GET /api/v1/analytics/team', 'members'],
  ['GET /api/v1/analytics/goals', 'members'],
  ['GET /api/v1/conversations', 'members'],
  ['GET /api/v1/conversations/:id', 'members'],
  ['GET /api/v1/conversations/:id/messages', 'members'],
  ['GET /api/v1/conversations/:id/profile', 'members'],
  ['GET /api/v1/conversations/:id/transcript', 'members'],
  ['POST /api/v1/conversations/:id/transcript', 'members'],
  ['GET /api/v1/visitors/:id/conversations', 'members'],
  ['GET /api/v1/chat/search', 'members'],
  ['GET /api/v1/chat/changes', 'members'],
  ['GET /api/v1/chat/counts', 'members'],
  ['POST /api/v1/files', 'members'],
  ['GET /api/v1/canned-replies', 'members'],
  ['POST /api/v1/canned-replies', 'members'],
  ['PUT /api/v1/canned-replies/:id', 'members'],
  ['DELETE /api/v1/canned-replies/:id', 'members'],
  ['GET /api/v1/chat/teams', 'members'],
  ['POST /api/v1/chat/teams', 'leads'],
  ['PUT /api/v1/chat/teams/:id', 'leads'],
  ['DELETE /api/v1/chat/teams/:id', 'leads'],
  ['GET /api/v1/chat/agents', 'members'],
  ['GET /api/v1/chat/settings', 'members'],
  ['PATCH /api/v1/chat/settings', 'leads'],
  ['GET /api/v1/sites/:id/look', 'members'],
  ['GET /api/v1/sites/:id/contexts', 'members'],
  ['PUT /api/v1/sites/:id/contexts', 'leads'],
  ['POST /api/v1/sites/:id/contexts/try', 'leads'],
  ['GET /api/v1/sites/:id/goals', 'members'],
  ['PUT /api/v1/sites/:id/goals', 'leads'],
  ['PATCH /api/v1/sites/:id/look', 'leads'],
  ['GET /api/v1/sites/:id/identity', 'leads'],
  ['POST /api/v1/sites/:id/identity/rotate', 'leads'],
  ['GET /api/v1/alerts', 'members'],
  ['POST /api/v1/alerts', 'members'],
  ['PATCH /api/v1/alerts/:id', 'members'],
  ['DELETE /api/v1/alerts/:id', 'members'],
  ['GET /api/v1/push/key', 'members'],
  ['GET /api/v1/push/devices', 'members'],
  ['POST /api/v1/push/devices', 'members'],
  ['DELETE /api/v1/push/devices/:id', 'members'],
  ['GET /api/v1/mail', 'leads'],
  ['PUT /api/v1/mail', 'leads'],
  ['DELETE /api/v1/mail', 'leads'],
  ['POST /api/v1/mail/test', 'leads'],
  // Their own by themselves, others' by leads: chat-team.test.ts has it.
  ['PATCH /api/v1/chat/agents/:id', 'members'],
  // Last, because it ends the sessions that the others use.
  ['POST /api/v1/logout', 'members'],
];
const MAY: Record<'anybody' | 'members' | 'leads', readonly (Role | null)[]> = {
  anybody: [null, 'owner', 'admin', 'agent'],
  members: ['owner', 'admin', 'agent'],
  leads: ['owner', 'admin'],
};

test('[AP3] the table names every route there is', () => {
  const declared = t.declared.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(ROUTES.map(([route]) => route).sort()).toEqual(declared.sort());
});

describe.each(ROUTES)('%s', (route, who) => {
  test.each([null, 'agent', 'admin', 'owner'] as const)(`[AP3] ${route} for ${who}, asked by %s`, async (role) => {
    // An id that is nowhere and a body that fits nothing: what is let in fails later, and changes nothing.
    const target = route.replace(/:\w+/g, 'nowhere');
    const body = route.startsWith('GET') ? {} : { body: { unknown: true } };
    const answer = await t.call(target, { ...body, ...(role === null ? {} : { as: signedIn[role] }) });
    if (role === null && who !== 'anybody') expect([answer.status, codeOf(answer)]).toEqual([401, 'signed_out']);
    else if (MAY[who].includes(role)) expect(codeOf(answer) ?? 'done').not.toMatch(/^(signed_out|not_allowed|no_route)$/);
    else expect([answer.status, codeOf(answer)]).toEqual([403, 'not_allowed']);
  });
});

describe('from where', () => {
  const change = (headers: Record<string, string>, publicUrl = '') =>
    anHttpEdge({ config: { publicUrl } }).then(async (edge) => {
      const answer = await edge.call('POST /api/v1/logout', { as: edge.owner, headers });
      await edge.dispose();
      return answer.status;
    });

  test.each([
    ['a program: neither header', {}, 204],
    ['our page', { 'sec-fetch-site': 'same-origin', origin: 'http://foyer.test' }, 204],
    ['our page behind a proxy that changes Host', { 'sec-fetch-site': 'same-origin', origin: 'https://public.test' }, 204],
    ['the address bar', { 'sec-fetch-site': 'none' }, 204],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }, 403],
    ['a neighbouring host', { 'sec-fetch-site': 'same-site', origin: 'http://blog.foyer.test' }, 403],
    ['another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: 'http://foyer.test' }, 403],
    ['our page, older browser or plain http', { origin: 'http://foyer.test' }, 204],
    ['our page, TLS taken away by a proxy', { origin: 'https://foyer.test' }, 204],
    ['another site, plain http', { origin: 'http://evil.test' }, 403],
    ['another port', { origin: 'http://foyer.test:81' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
  ] as const)('[AP5] %s', async (_, headers, status) => {
    expect(await change(headers)).toBe(status);
  });

  test('[AP5] the public URL is ours, whatever Host a proxy sends on', async () => {
    expect(await change({ origin: 'https://public.test' }, 'https://public.test')).toBe(204);
    expect(await change({ origin: 'https://public.test.evil' }, 'https://public.test')).toBe(403);
  });

  test('[AP5] a login from another site is refused too, or it could sign a visitor in as somebody else', async () => {
    const answer = await t.call('POST /api/v1/login', { body: {}, headers: { 'sec-fetch-site': 'cross-site' } });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'cross_site']);
  });
});
