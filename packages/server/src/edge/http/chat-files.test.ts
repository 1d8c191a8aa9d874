import type { ChatFile } from '@foyer/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aJpeg, anExif, aPdf, aPng, aZip, bytesOf, segment } from '../../files/files.testkit.ts';
import { Desk, done, refused } from '../../ports/chat-store.testkit.ts';
import type { SignedIn } from '../../team/sessions.ts';
import { aBlock } from '../../team/team.testkit.ts';
import { anHttpEdge, type Answer, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let anna: SignedIn;
let desk: Desk;
let visitors = 0;
let visitor: string;
beforeAll(async () => {
  t = await anHttpEdge();
  anna = await t.join('agent', 'Anna');
  desk = new Desk(t.chats, anna.actor.workspace);
  desk.now = t.clock.now();
});
beforeEach(() => {
  visitor = `v-${++visitors}`;
});
afterAll(() => t.dispose());

const ORIGIN = 'https://shop.fernhill.test';
const ticket = (site = t.site.id, of = visitor) => t.chat.ticketOf({ site, visitor: of });
const send = (
  q: { content?: Uint8Array; site?: string; ticket?: string; name?: string; origin?: string | null; from?: string } = {},
): Promise<Answer> => {
  const { content = aPng(), site = t.site.key, name = 'cat.png', origin = ORIGIN, from } = q;
  const query = new URLSearchParams({ site, ticket: q.ticket ?? ticket(), name });
  return t.call(`POST /foyer.js/files?${query}`, {
    body: content,
    headers: { 'content-type': 'application/octet-stream', ...(origin === null ? {} : { origin, 'sec-fetch-site': 'cross-site' }) },
    ...(from === undefined ? {} : { from }),
  });
};
const fileOf = ({ body }: Answer): ChatFile => (body as { file: ChatFile }).file;
/** A file of the visitor's, in a conversation of theirs. */
async function sent(content: Uint8Array, name: string): Promise<{ conversation: string; file: ChatFile; url: string }> {
  const file = fileOf(await send({ content, name }));
  const { conversation } = await done(desk.write('', { visitor, words: { kind: 'attachment', text: '', files: [file.id] } }));
  return { conversation, file, url: t.chat.signFile(file, conversation).url ?? '' };
}
const read = async (url: string): Promise<Response> => t.app.request(`http://foyer.test${url}`);

describe('from a page', () => {
  it('[CF6] a visitor’s file is taken from the site’s pages, for a message of that visitor and nobody else', async () => {
    const answer = await send({ name: '../kitten.gif' });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([201, '*']);
    const file = fileOf(answer);
    expect(file).toMatchObject({ name: 'kitten.gif.png', type: 'image/png', width: 2, height: 3 });
    expect(file).not.toHaveProperty('url');
    const words = { kind: 'attachment', text: '', files: [file.id] } as const;
    expect(await refused(desk.write('', { visitor: 'somebody else', words }))).toBe('bad_file');
    expect(await refused(desk.write('', { visitor, words }))).toBe('done');
    expect(await refused(desk.write('', { visitor, words }))).toBe('bad_file');
  });

  it('[CF6] preflight is answered, so that a page of another origin may send', async () => {
    const answer = await t.call('OPTIONS /foyer.js/files', { headers: { origin: ORIGIN, 'access-control-request-method': 'POST' } });
    expect([answer.status, answer.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, POST']);
  });

  it('[CF6] a forged, foreign or old ticket, another site, another origin and who is blocked are refused', async () => {
    const old = ticket();
    const status = async (q: Parameters<typeof send>[0]) => (await send(q)).status;
    expect(await status({ ticket: '' })).toBe(403);
    expect(await status({ ticket: `${visitor}.9999999999999.${'x'.repeat(32)}` })).toBe(403);
    expect(await status({ ticket: ticket().replace(visitor, 'v-999') })).toBe(403);
    expect(await status({ ticket: ticket('far-site') })).toBe(403);
    expect(await status({ site: 'nobody' })).toBe(404);
    expect(await status({ origin: 'https://evil.test' })).toBe(403);
    expect(await status({ origin: 'null' })).toBe(403);
    await t.directory.addBlock(aBlock({ workspace: anna.actor.workspace, kind: 'visitor', what: visitor, until: t.clock.now() + 60_000 }));
    expect(await status({})).toBe(403);
    t.clock.advance(60_000);
    expect(await status({})).toBe(201);
    t.clock.advance(86_400_000);
    expect(await status({ ticket: old })).toBe(403);
    desk.now = t.clock.now();
  });

  it('[CF6] a site that takes no attachments takes none', async () => {
    await t.directory.changeLook(anna.actor.workspace, t.site.id, (now) => ({ ...now, attachments: false }));
    expect(codeOf(await send())).toBe('no_attachments');
    await t.directory.changeLook(anna.actor.workspace, t.site.id, (now) => ({ ...now, attachments: true }));
    expect((await send()).status).toBe(201);
  });

  it.each([
    ['a page', new TextEncoder().encode('<html><script>alert(1)</script>'), 'x.png', 415, 'file_type'],
    ['a vector picture', new TextEncoder().encode('<svg onload=alert(1)>'), 'x.svg', 415, 'file_type'],
    ['a program', bytesOf('MZ', [0, 0, 0]), 'x.pdf', 415, 'file_type'],
    ['nothing', new Uint8Array(), 'x.png', 422, 'file_empty'],
    ['11 MB', new Uint8Array(11 * 1_048_576).fill(65), 'x.txt', 413, 'file_too_big'],
  ] as const)('[CF6] %s is refused with its reason', async (_, content, name, status, code) => {
    const answer = await send({ content, name });
    expect([answer.status, codeOf(answer), answer.headers.get('access-control-allow-origin')]).toEqual([status, code, '*']);
  });

  it('[CF6] twenty at once of one visitor, sixty of one address, then one at a time; nobody else waits', async () => {
    const from = '203.0.113.50';
    const mine = await Promise.all(Array.from({ length: 25 }, () => send({ from, ticket: ticket(t.site.id, 'v-flood') })));
    expect(mine.filter(({ status }) => status === 201)).toHaveLength(20);
    const late = mine.at(-1)!;
    expect([late.status, codeOf(late), Number(late.headers.get('retry-after')) > 0]).toEqual([429, 'too_fast', true]);
    const many = await Promise.all(
      Array.from({ length: 60 }, (_, i) => send({ from, ticket: ticket(t.site.id, `v-many-${i}`), content: aPng(1, 1) })),
    );
    expect(many.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(36);
    expect((await send()).status).toBe(201);
  });
});

describe('room', () => {
  it('[CF11] 200 MB at once of one address, then as much in an hour, however many visitors and sites it says; nobody else waits', async () => {
    t.clock.advance(3_600_000);
    desk.now = t.clock.now();
    const from = '203.0.113.51';
    const content = new Uint8Array(10 * 1_048_576).fill(65);
    const sends = (count: number, more: Parameters<typeof send>[0] = {}) =>
      Promise.all(
        Array.from({ length: count }, (_, i) => send({ from, ticket: ticket(t.site.id, `v-fill-${i}`), content, name: 'x.txt', ...more })),
      );
    expect((await sends(19)).map(({ status }) => status)).toEqual(Array.from({ length: 19 }, () => 201));
    // What is not kept, and what is smaller than its place, leaves its room to others.
    expect(codeOf((await sends(1, { content: new Uint8Array(10 * 1_048_576) }))[0]!)).toBe('file_type');
    expect((await sends(1, { content: aPng(), name: 'x.png' }))[0]!.status).toBe(201);
    const last = (await sends(2)).map(codeOf);
    expect(last).toContain('quota');
    const [late] = await sends(1);
    expect([late!.status, codeOf(late!), Number(late!.headers.get('retry-after')) > 0]).toEqual([429, 'quota', true]);
    expect((await sends(1, { from: '203.0.113.52' }))[0]!.status).toBe(201);
    t.clock.advance(3_600_000);
    expect((await sends(1))[0]!.status).toBe(201);
    desk.now = t.clock.now();
  }, 20_000);

  it('[CF9] a disk that is nearly full takes no files, says so, and takes messages', async () => {
    const full = await anHttpEdge({ filesFree: async () => 1_000 });
    const query = new URLSearchParams({
      site: full.site.key,
      ticket: full.chat.ticketOf({ site: full.site.id, visitor: 'v-full' }),
      name: 'a.png',
    });
    for (let i = 0; i < 3; i++) {
      const answer = await full.call(`POST /foyer.js/files?${query}`, { body: aPng(), headers: { origin: ORIGIN } });
      expect([answer.status, codeOf(answer), answer.headers.get('access-control-allow-origin')]).toEqual([507, 'storage_full', '*']);
    }
    expect((await full.call('POST /api/v1/files?name=a.png', { as: full.owner, body: aPng() })).status).toBe(507);
    // Once for visitors, once for agents.
    expect(full.logged.filter(({ msg }) => msg.startsWith('files are refused'))).toHaveLength(2);
    await done(new Desk(full.chats, full.owner.actor.workspace).write('hello'));
    await full.dispose();
  });
});

describe('what is read', () => {
  it('[CF12] can be asked for in pieces, as players do', async () => {
    const content = bytesOf(aPdf(), 'x'.repeat(2_000));
    const { url, file } = await sent(content, 'x.pdf');
    const piece = async (range: string, more: Record<string, string> = {}) => {
      const answer = await t.app.request(`http://foyer.test${url}`, { headers: { range, ...more } });
      return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
    };
    const size = file.bytes;
    const first = await piece('bytes=0-99');
    expect([first.status, first.headers.get('content-range'), first.headers.get('content-length')]).toEqual([
      206,
      `bytes 0-99/${size}`,
      '100',
    ]);
    expect(first.bytes).toEqual(content.slice(0, 100));
    expect(first.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    for (const [range, from, to] of [
      ['bytes=100-', 100, size],
      ['bytes=-10', size - 10, size],
      [`bytes=5-${size * 2}`, 5, size],
      [`bytes=-${size * 2}`, 0, size],
    ] as const) {
      const some = await piece(range);
      expect([range, some.status, some.headers.get('content-range')]).toEqual([range, 206, `bytes ${from}-${to - 1}/${size}`]);
      expect(some.bytes).toEqual(content.slice(from, to));
    }
    for (const range of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=9-2', 'bytes=-', 'bytes=a-b', '']) {
      const whole = await piece(range);
      expect([range, whole.status, whole.bytes.length, whole.headers.get('accept-ranges')]).toEqual([range, 200, size, 'bytes']);
    }
    for (const range of [`bytes=${size}-`, 'bytes=-0']) {
      const none = await piece(range);
      expect([range, none.status, none.headers.get('content-range')]).toEqual([range, 416, `bytes */${size}`]);
    }
    const etag = first.headers.get('etag') ?? '';
    expect((await piece('bytes=0-9', { 'if-range': etag })).status).toBe(206);
    expect((await piece('bytes=0-9', { 'if-range': '"other"' })).status).toBe(200);
  });

  it('[CF10] says nothing about who took it, where and with what, whoever sent it', async () => {
    const photo = (words: string): Uint8Array => bytesOf([0xff, 0xd8], segment(0xe1, 'Exif\0\0', anExif(6, words)), aJpeg().subarray(2));
    const { url, file } = await sent(photo('N 52.5'), 'a.jpg');
    const kept = new Uint8Array(await (await read(url)).arrayBuffer());
    expect([file.bytes, file.width, file.height]).toEqual([kept.length, 640, 480]);
    expect(Buffer.from(kept).toString('latin1')).not.toContain('N 52.5');
    const answer = await t.call('POST /api/v1/files?name=b.jpg', { as: anna, body: photo('N 48.1') });
    expect(fileOf(answer).bytes).toBe(kept.length);
  });

  it('[CF7] is what was sent, never run: a download, or a picture in the page where it is asked for', async () => {
    const content = aPng(20, 30);
    const { url } = await sent(content, 'Kätzchen "1".png');
    const answer = await read(url);
    expect(answer.status).toBe(200);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(content.byteLength),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="K_tzchen 1.png"; filename*=UTF-8''K%C3%A4tzchen%201.png`,
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=86400, immutable',
    });
    expect((await read(`${url}&preview=1`)).headers.get('content-disposition')).toMatch(/^inline;/);
    const pdf = await sent(aPdf(), 'x.pdf');
    expect((await read(`${pdf.url}&preview=1`)).headers.get('content-disposition')).toMatch(/^attachment;/);
    const bomb = await sent(aPng(1, 1, { width: 60_000, height: 60_000 }), 'x.png');
    expect((await read(`${bomb.url}&preview=1`)).headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('[CF7] two things at once are what they begin as, and never a script: no type for it, no sniffing, a sandbox', async () => {
    const script = bytesOf('GIF89a/*', [10, 0, 10, 0, 0, 0, 0], '*/=1;alert(1)//', new Array<number>(20).fill(0));
    const page = bytesOf(aPdf(), '<html><script>alert(1)</script>');
    for (const [content, name, type] of [
      [script, 'x.js', 'image/gif'],
      [page, 'x.html', 'application/pdf'],
    ] as const) {
      const { url, file } = await sent(content, name);
      expect(file.name).toBe(`${name}.${type.split('/')[1]}`);
      for (const address of [url, `${url}&preview=1`]) {
        const { headers } = await read(address);
        expect(Object.fromEntries(headers)).toMatchObject({
          'content-type': type,
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
        });
      }
    }
    const both = await sent(bytesOf(aPng(2, 2), '<script>alert(1)</script>'), 'x.png');
    expect(await (await read(both.url)).text()).not.toContain('script');
  });

  it('[CF2] a zip that would be a petabyte is kept as the kilobytes that it is, and never unpacked', async () => {
    const bomb = aZip('a.txt');
    const view = new DataView(bomb.buffer);
    // What it would be unpacked, in the entry and in the directory.
    view.setUint32(22, 0xffff_fffe, true);
    const { file, url } = await sent(bomb, '42.zip');
    expect([file.type, file.bytes]).toEqual(['application/zip', bomb.length]);
    expect(new Uint8Array(await (await read(url)).arrayBuffer())).toEqual(bomb);
  });

  it('[CF7] needs its signature: for this file, this conversation, this time', async () => {
    const [a, b] = [await sent(aPng(), 'a.png'), await sent(aPdf(), 'b.pdf')];
    const parts = new URL(a.url, 'http://foyer.test').searchParams;
    const [e, s] = [parts.get('e') ?? '', parts.get('s') ?? ''];
    const status = async (id: string, q: Record<string, string>) => (await read(`/foyer.js/files/${id}?${new URLSearchParams(q)}`)).status;
    expect(await status(a.file.id, { c: a.conversation, e, s })).toBe(200);
    expect(await status(a.file.id, {})).toBe(404);
    expect(await status(b.file.id, { c: a.conversation, e, s })).toBe(404);
    expect(await status(a.file.id, { c: 'other', e, s })).toBe(404);
    expect(await status(a.file.id, { c: a.conversation, e: String(Number(e) + 1), s })).toBe(404);
    expect(await status(a.file.id, { c: a.conversation, e, s: s.slice(0, -1) })).toBe(404);
    expect(await status('..%2F..%2Fcore.db', { c: a.conversation, e, s })).toBe(404);
    t.clock.advance(2 * 86_400_000);
    desk.now = t.clock.now();
    expect(await status(a.file.id, { c: a.conversation, e, s })).toBe(404);
  });

  it('[CF7] is not what is in no message, or was erased', async () => {
    const file = fileOf(await send());
    expect((await read(t.chat.signFile(file, 'any').url ?? '')).status).toBe(404);
    expect((await read(t.chat.signFile(file, '').url ?? '')).status).toBe(404);
    const { url } = await sent(aPng(), 'a.png');
    const { files } = await t.chats.erase({ workspace: desk.workspace, visitor });
    await t.deps.files.remove(files);
    expect((await read(url)).status).toBe(404);
  });
});

describe('from an agent', () => {
  const upload = (content: Uint8Array, as?: SignedIn, headers: Record<string, string> = {}) =>
    t.call('POST /api/v1/files?name=plan.png', {
      ...(as ? { as } : {}),
      body: content,
      headers: { 'content-type': 'application/octet-stream', ...headers },
    });

  it('[CF8] a file is taken with a session, from our own pages, for that agent’s messages', async () => {
    expect((await upload(aPng())).status).toBe(401);
    expect((await upload(aPng(), anna, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' })).status).toBe(403);
    const answer = await upload(aPng(), anna);
    expect([answer.status, fileOf(answer).name]).toEqual([201, 'plan.png']);
    expect((await upload(new TextEncoder().encode('<html>'), anna)).status).toBe(415);
    const conversation = await desk.open();
    const by = { kind: 'agent', id: anna.actor.user.id } as const;
    await done(desk.act(conversation, { c: 'accept', by }));
    const words = { kind: 'attachment', text: '', files: [fileOf(answer).id] } as const;
    await done(desk.act(conversation, { c: 'say', by, cid: 'cid-of-a-file', words }));
    const { url } = t.chat.signFile(fileOf(answer), conversation);
    expect((await read(url ?? '')).status).toBe(200);
  });

  it('[CF8] a name of any kind is made harmless, and one that is too long is 422', async () => {
    const named = (name: string) =>
      t.call(`POST /api/v1/files?name=${encodeURIComponent(name)}`, {
        as: anna,
        body: aPng(),
        headers: { 'content-type': 'image/svg+xml' },
      });
    expect(fileOf(await named('<script>.svg'))).toMatchObject({ name: 'script.svg.png', type: 'image/png' });
    expect((await named('x'.repeat(501))).status).toBe(422);
  });
});
