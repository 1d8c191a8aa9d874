import { afterAll, beforeAll, expect, test } from 'vitest';
import { anHttpEdge, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
beforeAll(async () => {
  t = await anHttpEdge();
});
afterAll(() => t.dispose());

const frame = (site = t.site.id) => `GET /playground-frame?site=${site}`;

test('[PG1] the frame is there for members of the site’s workspace, and for nobody else', async () => {
  expect((await t.call(frame())).status).toBe(401);
  for (const as of [t.owner, await t.join('agent', 'Ada')]) expect((await t.call(frame(), { as })).status).toBe(200);
  expect((await t.call(frame(), { as: await t.elsewhere() })).status).toBe(404);
  expect((await t.call(frame('nobody'), { as: t.owner })).status).toBe(404);
});

test('[PG2] the frame loads the site’s real widget under a strict policy, with a nonce of its own each time', async () => {
  const first = await t.call(frame(), { as: t.owner });
  const second = await t.call(frame(), { as: t.owner });
  const policy = first.headers.get('content-security-policy') ?? '';
  const nonce = /script-src 'nonce-([\w-]+)' 'strict-dynamic';/.exec(policy)?.[1] ?? '';
  expect(nonce).toMatch(/^[\w-]{22}$/);
  expect(second.headers.get('content-security-policy')).not.toContain(nonce);
  expect(first.body).toContain(`<script async nonce="${nonce}" src="/foyer.js" data-site="${t.site.key}" data-playground></script>`);
  const html = String(first.body);
  expect([...html.matchAll(/<(?:script|style)\b[^>]*>/g)].filter(([tag]) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  for (const part of ["default-src 'none'", "frame-ancestors 'self'", "base-uri 'none'", "form-action 'none'"])
    expect(policy).toContain(part);
  expect(policy).toContain("connect-src 'self' ws://foyer.test;");
  expect(policy).not.toContain('unsafe');
  expect(Object.fromEntries(first.headers)).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'SAMEORIGIN' });
});

test('[PG2] a site’s name is text in the frame', async () => {
  await t.call(`PATCH /api/v1/sites/${t.site.id}`, { as: t.owner, body: { name: '"><script>alert(1)</script>' } });
  const { body } = await t.call(frame(), { as: t.owner });
  expect(body).not.toContain('<script>alert');
  expect(body).toContain('&lt;script&gt;alert(1)');
});
