import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { expect, test } from 'vitest';
import { Outage } from '../../ports/outage.ts';
import { PASSWORD } from '../../team/team.testkit.ts';
import { anHttpEdge, type HttpOptions, type HttpEdge } from './http.testkit.ts';

async function edge<T>(options: HttpOptions, use: (t: HttpEdge) => Promise<T>): Promise<T> {
  const t = await anHttpEdge(options);
  try {
    return await use(t);
  } finally {
    await t.dispose();
  }
}

test('[AP15] alive while the process is, ready while it may get traffic', async () => {
  let why: string | null = null;
  await edge({ deps: { readiness: () => why } }, async (t) => {
    expect((await t.call('GET /healthz')).body).toEqual({ ok: true, version: '0.0.0' });
    expect(await t.call('GET /readyz')).toMatchObject({ status: 200, body: { ready: true } });
    why = 'closing';
    expect(await t.call('GET /readyz')).toMatchObject({ status: 503, body: { ready: false, why: 'closing' } });
    expect((await t.call('GET /healthz')).status).toBe(200);
  });
});

test('[AP15] not ready while the store is away, and ready again when it is back, without anybody else asking', async () => {
  let away = false;
  await edge(
    { wrap: (store) => ({ ...store, isSetUp: () => (away ? Promise.reject(new Outage('away')) : store.isSetUp()) }) },
    async (t) => {
      away = true;
      expect(await t.call('GET /readyz')).toMatchObject({ status: 503, body: { ready: false, why: 'store' } });
      away = false;
      expect((await t.call('GET /readyz')).status).toBe(200);
    },
  );
});

test('[AP16] without a token metrics are for private addresses that come without a proxy', () =>
  edge({}, async (t) => {
    const status = async (from: string, headers = {}) => (await t.call('GET /metrics', { from, headers })).status;
    for (const from of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '192.168.0.9', '172.31.0.1', 'fd00::1'])
      expect([from, await status(from)]).toEqual([from, 200]);
    for (const from of ['203.0.113.7', '172.32.0.1', '2001:db8::1', '']) expect([from, await status(from)]).toEqual([from, 403]);
    for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-proto'])
      expect([header, await status('127.0.0.1', { [header]: 'x' })]).toEqual([header, 403]);
    expect((await t.call('GET /metrics', { from: '127.0.0.1' })).body).toBe('foyer_up 1\n');
  }));

test('[AP16] with a token it is the token, from anywhere, and nothing else', () =>
  edge({ config: { metricsToken: 'scrape' } }, async (t) => {
    const status = async (authorization: string, from = '203.0.113.7') =>
      (await t.call('GET /metrics', { from, headers: { authorization } })).status;
    expect(await status('Bearer scrape')).toBe(200);
    expect(await status('Bearer scrap')).toBe(403);
    expect(await status('scrape')).toBe(403);
    expect(await status('', '127.0.0.1')).toBe(403);
  }));

test('[AP16] over a real socket the peer is the socket’s, [AP6] and a login over fetch opens what follows', () =>
  edge({}, async (t) => {
    const listener = getRequestListener(t.app.fetch);
    const server = createServer((request, response) => void listener(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const at = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    try {
      expect((await fetch(`${at}/metrics`)).status).toBe(200);
      expect((await fetch(`${at}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(403);
      const login = await fetch(`${at}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'olga@fernhill.test', password: PASSWORD }),
      });
      expect(login.status).toBe(200);
      const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
      const made = await fetch(`${at}/api/v1/sites`, {
        method: 'POST',
        headers: { cookie },
        body: JSON.stringify({ name: 'Blog', domain: 'blog.test' }),
      });
      expect(made.status).toBe(201);
      expect((await fetch(`${at}/api/v1/logout`, { method: 'POST', headers: { cookie } })).status).toBe(204);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }));
