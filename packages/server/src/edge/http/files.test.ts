import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

const PAGE = '<!doctype html><title>Foyer</title>';
const SCRIPT = `console.log(${JSON.stringify('hello '.repeat(400))});`;
let folder: string;
let t: HttpEdge;
let posted: { body: string; remoteAddress: string; url: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-files-'));
  for (const dir of ['dashboard/assets', 'dashboard/.vite', 'embed']) mkdirSync(join(folder, dir), { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  write('secret.txt', 'secret');
  write('dashboard/index.html', PAGE);
  write('dashboard/icon.svg', '<svg/>');
  write('dashboard/.vite/manifest.json', '{"hidden":true}');
  write('dashboard/assets/index-Ab3_x-9.js', SCRIPT);
  write('dashboard/assets/inter.woff2', 'font');
  write('embed/foyer.js', SCRIPT);
  write('embed/poll.js', 'poll()');
  write('embed/notes.txt', 'not for the world');
  t = await anHttpEdge({
    deps: {
      dashboardDir: join(folder, 'dashboard'),
      embedDir: join(folder, 'embed'),
      embedPosts: async (request, { remoteAddress }) => {
        const body = await request.text();
        if (body === 'fail') throw new Error('a bug');
        posted.push({ body, remoteAddress, url: new URL(request.url).pathname });
        return Response.json({ sid: 's', frames: [] });
      },
      extra: async (request) => (new URL(request.url).pathname.startsWith('/demo/') ? new Response('a shop') : null),
    },
  });
});
afterAll(async () => {
  await t.dispose();
  rmSync(folder, { recursive: true });
});

test.each(['/', '/visitors', '/settings/install', '/visitors/0h3', '/index.html', '/setup?x=1'])(
  '[AP17] %s is the page, under its policy',
  async (path) => {
    const { status, body, headers } = await t.call(`GET ${path}`);
    expect([status, body]).toEqual([200, PAGE]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  },
);

test('[AP17] a hashed file is cached for ever, another is asked for again', async () => {
  const hashed = await t.call('GET /assets/index-Ab3_x-9.js');
  expect([hashed.body, hashed.headers.get('content-type'), hashed.headers.get('cache-control')]).toEqual([
    SCRIPT,
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);
  const icon = await t.call('GET /icon.svg');
  expect([icon.headers.get('content-type'), icon.headers.get('cache-control')]).toEqual(['image/svg+xml', 'no-cache']);
});

test.each(['/assets/gone-Ab3.js', '/favicon.png', '/assets/', '/assets/deep/er.js'])('[AP17] %s is 404, not the page', async (path) => {
  const { status, body } = await t.call(`GET ${path}`);
  expect([status, body]).toEqual([404, 'Not found\n']);
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/.vite/manifest.json',
  '//secret.txt',
  '/secret.txt%00.js',
  '/%E0%A4%A',
  '/foyer.js/..%2f..%2fsecret.txt',
  '/foyer.js/%2e%2e%2fsecret.txt.js',
  '/foyer.js/notes.txt',
])('[AP17] %s does not leave the folder', async (path) => {
  const { body } = await t.call(`GET ${path}`);
  expect(body).not.toMatch(/secret|hidden|not for the world/);
});

test('[AP17] a link out of the folder is not followed', async () => {
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'dashboard', 'link.txt'));
  expect((await t.call('GET /link.txt')).status).toBe(404);
});

test.each([
  ['br', 'gzip, deflate, br', (bytes: Uint8Array) => brotliDecompressSync(bytes)],
  ['gzip', 'gzip', (bytes: Uint8Array) => gunzipSync(bytes)],
  ['gzip', 'br;q=0, gzip;q=0.5', (bytes: Uint8Array) => gunzipSync(bytes)],
  [null, 'identity', (bytes: Uint8Array) => bytes],
  [null, '', (bytes: Uint8Array) => bytes],
] as const)('[AP17] text is sent as %s to who takes %j', async (encoding, accepts, decode) => {
  for (const path of ['/assets/index-Ab3_x-9.js', '/foyer.js']) {
    const response = await t.send(`GET ${path}`, { headers: { 'accept-encoding': accepts } });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(response.headers.get('content-length')).toBe(String(bytes.byteLength));
    expect(new TextDecoder().decode(decode(bytes))).toBe(SCRIPT);
  }
});

test('[AP17] what is compressed already, or is tiny, is sent as it is', async () => {
  for (const path of ['/assets/inter.woff2', '/icon.svg']) {
    expect((await t.send(`GET ${path}`, { headers: { 'accept-encoding': 'br' } })).headers.get('content-encoding')).toBeNull();
  }
});

test('[AP17] a build beside the running server shows at once', async () => {
  const file = join(folder, 'dashboard', 'theme.js');
  writeFileSync(file, 'one');
  expect((await t.call('GET /theme.js')).body).toBe('one');
  writeFileSync(file, 'two');
  utimesSync(file, new Date(), new Date(Date.now() + 5_000));
  expect((await t.call('GET /theme.js')).body).toBe('two');
});

test('[AP17] HEAD has the headers and no body; what changes something is 404', async () => {
  const head = await t.call('HEAD /visitors');
  expect([head.status, head.body, head.headers.get('content-type')]).toEqual([200, '', 'text/html; charset=utf-8']);
  expect((await t.call('POST /visitors', { body: {} })).status).toBe(404);
  expect((await t.call('GET /demo/shop')).body).toBe('a shop');
});

test('[AP18] the tracker is for every origin, for five minutes, with a tag', async () => {
  const script = await t.call('GET /foyer.js', { headers: { origin: 'https://anywhere.test' } });
  expect(script.body).toBe(SCRIPT);
  expect(Object.fromEntries(script.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  });
  const etag = script.headers.get('etag') ?? '';
  const again = await t.call('GET /foyer.js', { headers: { 'if-none-match': `"other", ${etag}` } });
  expect([again.status, again.body, again.headers.get('etag'), again.headers.get('access-control-allow-origin')]).toEqual([
    304,
    '',
    etag,
    '*',
  ]);
  const chunk = await t.call('GET /foyer.js/poll.js');
  expect([chunk.body, chunk.headers.get('access-control-allow-origin')]).toEqual(['poll()', '*']);
  expect((await t.call('GET /foyer.js/gone.js')).status).toBe(404);
});

test('[AP18] the embed path may be another', async () => {
  const other = await anHttpEdge({ config: { embedPath: '/static/hi.js' }, deps: { embedDir: join(folder, 'embed') } });
  expect((await other.call('GET /static/hi.js')).body).toBe(SCRIPT);
  expect((await other.call('GET /static/hi.js/poll.js')).body).toBe('poll()');
  expect((await other.call('GET /foyer.js')).body).not.toBe(SCRIPT);
  await other.dispose();
});

test('[AP18] posts of tabs reach the live edge with their peer, and answer to every origin', async () => {
  posted = [];
  const answer = await t.call('POST /foyer.js/poll', {
    body: '{"site":"k"}',
    from: '198.51.100.9',
    headers: { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' },
  });
  expect([answer.status, answer.body, answer.headers.get('access-control-allow-origin')]).toEqual([200, { sid: 's', frames: [] }, '*']);
  await t.call('POST /foyer.js/beacon', { body: 'bye' });
  expect(posted).toEqual([
    { body: '{"site":"k"}', remoteAddress: '198.51.100.9', url: '/foyer.js/poll' },
    { body: 'bye', remoteAddress: '192.0.2.1', url: '/foyer.js/beacon' },
  ]);
  const preflight = await t.call('OPTIONS /foyer.js/poll');
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, POST']);
});

test('[AP18] a post over 64 kB is 413 and never reaches the live edge; a bug there is 500', async () => {
  posted = [];
  const big = await t.call('POST /foyer.js/beacon', { body: 'x'.repeat(65_537) });
  expect([big.status, codeOf(big), big.headers.get('access-control-allow-origin')]).toEqual([413, 'too_big', '*']);
  expect((await t.call('POST /foyer.js/poll', { body: 'fail' })).status).toBe(500);
  expect(posted).toEqual([]);
});

test('[AP18] before anything is built, script and page say so', async () => {
  const bare = await anHttpEdge();
  expect((await bare.call('GET /foyer.js')).status).toBe(503);
  expect((await bare.call('GET /')).status).toBe(503);
  await bare.dispose();
});
