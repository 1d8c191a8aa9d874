import type { Install, Site, SiteIdentity } from '@foyer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../team/directory.ts';
import { auditOf } from '../../team/team.testkit.ts';
import { anHttpEdge, codeOf, type HttpEdge, type HttpOptions } from './http.testkit.ts';

let t: HttpEdge;
beforeEach(async () => {
  t = await anHttpEdge();
});
afterEach(() => t.dispose());

const add = async (body: object = { name: 'Blog', domain: 'https://Blog.Fernhill.test/' }) =>
  (await t.call('POST /api/v1/sites', { as: t.owner, body })).body as Site;

test('[AP8] a site is made with a key of its own, read, changed and deleted', async () => {
  t.clock.advance(1);
  const site = await add();
  expect(site).toMatchObject({ name: 'Blog', domain: 'blog.fernhill.test', seenAt: null, countAutomated: false });
  expect(site.key).not.toBe(t.site.key);
  expect('workspace' in site).toBe(false);
  const changed = await t.call(`PATCH /api/v1/sites/${site.id}`, {
    as: t.owner,
    body: { name: 'Log', params: ['q'], countAutomated: true },
  });
  expect(changed.body).toEqual({ ...site, name: 'Log', params: ['q'], countAutomated: true });
  expect((await t.call(`GET /api/v1/sites/${site.id}`, { as: t.owner })).body).toEqual(changed.body);
  expect(((await t.call('GET /api/v1/sites', { as: t.owner })).body as Site[]).map(({ name }) => name)).toEqual(['Shop', 'Log']);
  expect((await t.call(`DELETE /api/v1/sites/${site.id}`, { as: t.owner })).status).toBe(204);
  expect(t.directory.siteByKey(site.key)).toBeNull();
  expect((await t.call(`GET /api/v1/sites/${site.id}`, { as: t.owner })).status).toBe(404);
});

test('[AP8] what is no host and no origin is refused by its field', async () => {
  const bad = await t.call('POST /api/v1/sites', { as: t.owner, body: { name: 'x', domain: 'no host' } });
  expect([bad.status, (bad.body as { error: { fields: object } }).error.fields]).toEqual([422, { domain: expect.any(String) }]);
  const origins = await t.call(`PATCH /api/v1/sites/${t.site.id}`, { as: t.owner, body: { origins: ['https://ok.test', 'https://u@x'] } });
  expect((origins.body as { error: { fields: object } }).error.fields).toEqual({ 'origins.1': expect.any(String) });
});

test('[AP7] another workspace’s site is not found, whatever is asked of it', async () => {
  const otto = await t.elsewhere();
  for (const target of [`GET /api/v1/sites/${t.site.id}`, `DELETE /api/v1/sites/${t.site.id}`, `GET /api/v1/sites/${t.site.id}/install`]) {
    expect((await t.call(target, { as: otto })).status).toBe(404);
  }
  expect((await t.call(`PATCH /api/v1/sites/${t.site.id}`, { as: otto, body: { name: 'Mine' } })).status).toBe(404);
  expect((await t.call(`POST /api/v1/sites/${t.site.id}/origins`, { as: otto, body: { origin: 'https://x.test' } })).status).toBe(404);
  expect((await t.call(`GET /api/v1/visitors?site=${t.site.id}`, { as: otto })).status).toBe(404);
  expect((await t.call(`GET /api/v1/reports/visits?from=0&to=1&site=${t.site.id}`, { as: otto })).status).toBe(404);
  expect((await t.call(`PATCH /api/v1/team/${t.owner.actor.user.id}`, { as: otto, body: { role: 'agent' } })).status).toBe(404);
  expect((await t.call(`DELETE /api/v1/team/${t.owner.actor.user.id}`, { as: otto })).status).toBe(404);
  expect((await t.call('POST /api/v1/visitors/visit-1/block', { as: otto, body: {} })).status).toBe(404);
  expect((await t.call('GET /api/v1/visitors/visit-1', { as: otto })).status).toBe(404);
  expect((await t.call('DELETE /api/v1/invitations/far-invitation', { as: t.owner })).status).toBe(404);
  expect(((await t.call('GET /api/v1/sites', { as: otto })).body as Site[]).map(({ id }) => id)).toEqual(['far-site']);
  expect(t.directory.site(t.site.id)).toEqual(t.site);
});

test('[AP9] a refused origin shows up in Install and goes when it is allowed', async () => {
  const changes: Change[] = [];
  t.directory.onChange((change) => changes.push(change));
  t.directory.reportRefusedOrigin(t.site.id, 'https://partner.test', 1_000);
  const install = (await t.call(`GET /api/v1/sites/${t.site.id}/install`, { as: t.owner })).body as Install;
  expect(install.refused).toEqual([{ origin: 'https://partner.test', count: 1, lastAt: 1_000 }]);
  const allowed = await t.call(`POST /api/v1/sites/${t.site.id}/origins`, { as: t.owner, body: { origin: 'https://partner.test' } });
  expect((allowed.body as Site).origins).toEqual(['https://partner.test']);
  await t
    .call(`POST /api/v1/sites/${t.site.id}/origins`, { as: t.owner, body: { origin: 'HTTPS://partner.test:443' } })
    .then((again) => expect(again.status).toBe(422));
  await t.call(`POST /api/v1/sites/${t.site.id}/origins`, { as: t.owner, body: { origin: 'https://partner.test:443' } });
  expect(t.directory.site(t.site.id)?.origins).toEqual(['https://partner.test']);
  expect(((await t.call(`GET /api/v1/sites/${t.site.id}/install`, { as: t.owner })).body as Install).refused).toEqual([]);
  expect(changes.map(({ kind }) => kind)).toEqual(['sites', 'sites']);
});

test('[VI3] the secret of a site is shown to who manages sites, made anew, and in no list', async () => {
  const at = `/api/v1/sites/${t.site.id}/identity`;
  const first = (await t.call(`GET ${at}`, { as: t.owner })).body as SiteIdentity;
  expect(first).toEqual({ secret: expect.stringMatching(/^[0-9a-f]{64}$/), madeAt: t.clock.now(), beforeUntil: 0 });
  expect((await t.call(`GET ${at}`, { as: t.owner })).body).toEqual(first);
  const second = (await t.call(`POST ${at}/rotate`, { as: t.owner })).body as SiteIdentity;
  expect(second).toMatchObject({ beforeUntil: t.clock.now() + 86_400_000 });
  expect(second.secret).not.toBe(first.secret);
  t.clock.advance(86_400_000);
  expect((await t.call(`GET ${at}`, { as: t.owner })).body).toEqual({ ...second, beforeUntil: 0 });
  const otto = await t.elsewhere();
  const agent = await t.join('agent', 'Ann');
  const statuses = (as: typeof otto) =>
    Promise.all([`GET ${at}`, `POST ${at}/rotate`].map(async (ask) => (await t.call(ask, { as })).status));
  expect([await statuses(otto), await statuses(agent)]).toEqual([
    [404, 404],
    [403, 403],
  ]);
  for (const list of ['sites', 'me', `sites/${t.site.id}`, `sites/${t.site.id}/install`]) {
    expect(JSON.stringify((await t.call(`GET /api/v1/${list}`, { as: t.owner })).body)).not.toContain(second.secret);
  }
  expect(
    auditOf(t.dataDir)
      .map((entry) => JSON.stringify(entry))
      .join(),
  ).toContain('site.identity');
});

test('[VI2] wrong hashes show up in Install', async () => {
  const install = async () => ((await t.call(`GET /api/v1/sites/${t.site.id}/install`, { as: t.owner })).body as Install).refusedHashes;
  expect(await install()).toBeNull();
  t.people.proves(t.site.id, '7', 'wrong');
  t.people.proves(t.site.id, '7', 'f'.repeat(64));
  expect(await install()).toEqual({ count: 2, lastAt: t.clock.now() });
});

test('[AP9] the list of origins has an end', async () => {
  await t.call(`PATCH /api/v1/sites/${t.site.id}`, {
    as: t.owner,
    body: { origins: Array.from({ length: 100 }, (_, i) => `https://h${i}.test`) },
  });
  const more = await t.call(`POST /api/v1/sites/${t.site.id}/origins`, { as: t.owner, body: { origin: 'https://more.test' } });
  expect([more.status, codeOf(more)]).toEqual([409, 'too_many_origins']);
});

const installOf = async (options: HttpOptions, headers: Record<string, string> = {}): Promise<Install> => {
  const edge = await anHttpEdge(options);
  const { body } = await edge.call(`GET /api/v1/sites/${edge.site.id}/install`, { as: edge.owner, headers });
  await edge.dispose();
  return body as Install;
};
const codes = ({ warnings }: Install) => warnings.map(({ code }) => code);

test('[AP9] the snippet is that of the public URL and the embed path', async () => {
  const install = await installOf({ config: { publicUrl: 'https://foyer.example', embedPath: '/js/hello.js' } });
  expect(install.snippet).toBe(`<script async src="https://foyer.example/js/hello.js" data-site="${install.site.key}"></script>`);
  expect(codes(install)).toEqual([]);
});

test('[AP9] without a public URL it is that of the request, and what the request wrote into Host stays text', async () => {
  expect((await installOf({}, { host: 'chat.example', 'x-forwarded-proto': 'https' })).snippet).toContain(
    'src="https://chat.example/foyer.js"',
  );
  expect((await installOf({}, { host: 'a"b' })).snippet).toContain('src="http://a&#34;b/foyer.js"');
});

test.each([
  ['http://foyer.example', ['http_public_url']],
  ['http://localhost:8080', ['local_public_url']],
  ['https://127.0.0.1', ['local_public_url']],
  ['https://foyer.example', []],
])('[AP9] a public URL of %s is warned of with %j', async (publicUrl, expected) => {
  expect(codes(await installOf({ config: { publicUrl } }))).toEqual(expected);
});

test('[AP9] a proxy that is not trusted is warned of', async () => {
  expect(codes(await installOf({ config: { publicUrl: 'https://foyer.example' }, deps: { proxyNotTrusted: () => true } }))).toEqual([
    'proxy_not_trusted',
  ]);
});

test('[TM19] each change of a site is in the audit log', async () => {
  const site = await add();
  await t.call(`PATCH /api/v1/sites/${site.id}`, { as: t.owner, body: { name: 'Log' } });
  await t.call(`POST /api/v1/sites/${site.id}/origins`, { as: t.owner, body: { origin: 'https://p.test' } });
  await t.call(`DELETE /api/v1/sites/${site.id}`, { as: t.owner });
  expect(auditOf(t.dataDir).map(({ action, detail }) => `${action} ${detail}`)).toEqual([
    'site.add Blog (blog.fernhill.test)',
    'site.change Log: name',
    'site.allow Log: https://p.test',
    'site.delete Log (blog.fernhill.test)',
  ]);
});
