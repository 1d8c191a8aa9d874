import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { freshStores, openStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import type { SqliteStores } from '../adapters/store-sqlite/open-sqlite-stores.ts';
import { agent, Desk, done, MINUTE, nextId, NOW, visitor } from '../ports/chat-store.testkit.ts';
import type { ChatProfile } from '../ports/chat-store.ts';
import { LetterWriter, type MailSite } from './letter-writer.ts';
import { AWAY_FOR_MS, Mailer } from './mailer.ts';
import { aPostbox, type Postbox } from './smtp.testkit.ts';
import { sendBySmtp, type SendMail } from './smtp.ts';

let stores: Awaited<ReturnType<typeof freshStores>>;
let box: Postbox;
beforeAll(async () => {
  stores = await freshStores();
});
afterAll(() => stores.dispose());
let clock: FakeClock;
let desk: Desk;
let here: Set<string>;
let mailer: Mailer;
let mails: Mailer[];
let outages: string[];
let site: MailSite;
beforeEach(async () => {
  box = await aPostbox();
  clock = new FakeClock(NOW);
  desk = new Desk(stores.chat);
  here = new Set();
  mails = [];
  outages = [];
  site = { domain: 'shop.example', team: 'Fernhill', accent: '#112233', language: 'auto' };
  mailer = await aMailer(stores);
});
afterEach(async () => {
  await Promise.all(mails.map((one) => one.stop()));
  await box.close();
});

async function aMailer(
  on: Pick<SqliteStores, 'notices' | 'chat'>,
  start: readonly string[] = [desk.workspace],
  send: SendMail = sendBySmtp(),
): Promise<Mailer> {
  const made = new Mailer({
    store: on.notices,
    chat: on.chat,
    clock,
    writer: new LetterWriter({
      chat: on.chat,
      siteOf: () => site,
      faces: (_, id) => ({ name: id === 'anna' ? 'Anna' : '', face: '' }),
      urlOf: ({ id }) => `https://foyer.example/files/${id}`,
    }),
    send,
    visitorHere: (_, who) => here.has(who),
    random: () => Math.floor(Math.random() * 2 ** 32),
    onOutage: (what, cause) => outages.push(`${what}: ${String(cause)}`),
  });
  mails.push(made);
  await made.start(start);
  return made;
}
const turnOn = (over: object = {}) =>
  mailer.save(desk.workspace, {
    host: '127.0.0.1',
    port: box.port,
    security: 'none',
    user: '',
    password: '',
    fromName: 'Fernhill Team',
    fromEmail: 'team@fernhill.example',
    ...over,
  });
/** Time passes, and what falls due is done. */
async function pass(ms: number, by = mailer): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    clock.advance(Math.min(left, 30_000));
    // The first may be one that a tick has begun; the second sees the time as it is now.
    await by.run();
    await by.run();
  }
  desk.now = clock.now();
}
/** An assigned conversation of a visitor whose address is known. */
async function aChat(given: { name?: string; email?: string; visitor?: string } = {}): Promise<string> {
  const { name = 'Eva', email = 'eva@example.com', visitor: who = nextId('v') } = given;
  const id = await desk.open({ visitor: who, origin: { contact: { name, email, verified: false } } });
  await desk.act(id, { c: 'accept', by: agent(), anyway: true });
  return id;
}
/** Says it, and lets the mailer hear of it as the chat service does. */
async function say(conversation: string, words: string, by = mailer): Promise<number> {
  const before = await desk.state(conversation);
  const { changes, seq } = await done(
    desk.act(conversation, { c: 'say', by: agent(), cid: nextId('cid'), words: { kind: 'text', text: words } }),
  );
  for (const change of changes) by.changed(change, before);
  return seq;
}
const read = (conversation: string, seq: number) => desk.act(conversation, { c: 'mark', by: visitor, delivered: seq, read: seq });
const texts = () => box.received.map(({ text }) => text);

describe('replies', () => {
  it('[ML1] what was not read is mailed five minutes after its visitor was gone, in one mail, and not before', async () => {
    await turnOn();
    const chat = await aChat();
    await say(chat, 'It left on Monday.');
    await pass(2 * MINUTE);
    await say(chat, 'It comes tomorrow.');
    await pass(3 * MINUTE - 30_000);
    expect(box.received).toEqual([]);
    await pass(MINUTE);
    expect(box.received).toHaveLength(1);
    const [mail] = box.received;
    expect(mail!.to).toEqual(['eva@example.com']);
    expect(mail!.from).toBe('team@fernhill.example');
    expect(mail!.headers.get('subject')).toBe('Your conversation with Fernhill');
    expect(mail!.text).toContain('Anna · 10 Mar 2026, 12:00 UTC');
    expect(mail!.text).toMatch(/It left on Monday\.[\s\S]*It comes tomorrow\./);
    expect(mail!.text).toContain('https://shop.example/');
    await pass(20 * MINUTE);
    expect(box.received).toHaveLength(1);
    expect(outages).toEqual([]);
  });

  it('[ML2] who is here gets none, however long; after leaving, five minutes count', async () => {
    await turnOn();
    const who = nextId('v');
    here.add(who);
    const chat = await aChat({ visitor: who });
    await say(chat, 'Still there?');
    await pass(20 * MINUTE);
    expect(box.received).toEqual([]);
    here.delete(who);
    await pass(AWAY_FOR_MS);
    expect(box.received).toEqual([]);
    await pass(MINUTE);
    expect(texts()).toEqual([expect.stringContaining('Still there?')]);
  });

  it('[ML2] a short absence starts the five minutes anew', async () => {
    await turnOn();
    const who = nextId('v');
    const chat = await aChat({ visitor: who });
    await say(chat, 'One moment');
    await pass(4 * MINUTE);
    here.add(who);
    await pass(2 * MINUTE);
    here.delete(who);
    await pass(4 * MINUTE);
    expect(box.received).toEqual([]);
  });

  it('[ML3] what was read is not mailed, nor what was taken back, nor notes', async () => {
    await turnOn();
    const chat = await aChat();
    await read(chat, await say(chat, 'Read this'));
    const undone = await say(chat, 'Oops');
    await desk.act(chat, { c: 'remove', by: agent(), seq: undone, how: 'undo' });
    await desk.act(chat, { c: 'note', by: agent(), cid: nextId('cid'), text: 'Secret', mentions: [] });
    await pass(10 * MINUTE);
    expect(texts()).toEqual([]);
    expect(await stores.notices.mailsQueued(desk.workspace)).toBe(0);
  });

  it('[ML4] the next mail has only what is new, in the same thread', async () => {
    await turnOn();
    const chat = await aChat();
    const said: string[] = [];
    for (const words of ['first', 'second', 'third']) {
      await say(chat, `the ${words}`);
      await pass(6 * MINUTE);
      said.push(`the ${words}`);
    }
    expect(texts().map((text) => said.filter((words) => text.includes(words)))).toEqual([['the first'], ['the second'], ['the third']]);
    const [first, second, third] = box.received.map(({ headers }) => headers);
    const id = first!.get('message-id')!;
    expect(id).toMatch(/^<[^@\s]+@fernhill\.example>$/);
    expect([first!.get('in-reply-to'), first!.get('references')]).toEqual([undefined, undefined]);
    expect([second!.get('in-reply-to'), second!.get('references')]).toEqual([id, id]);
    expect(third!.get('in-reply-to')).toBe(second!.get('message-id'));
    expect(third!.get('references')).toBe(`${id} ${second!.get('message-id')}`);
    expect(new Set([first, second, third].map((headers) => headers!.get('subject'))).size).toBe(1);
  });

  it('[ML1] an address that is told later is mailed what was not read; without one, and to an invited stranger, nothing is', async () => {
    await turnOn();
    const chat = await aChat({ email: '' });
    await say(chat, 'Hello?');
    await pass(10 * MINUTE);
    expect(await stores.notices.mailsQueued(desk.workspace)).toBe(0);
    const before = await desk.state(chat);
    const { changes } = await done(desk.act(chat, { c: 'introduce', by: visitor, contact: { email: 'late@example.com' } }));
    for (const change of changes) mailer.changed(change, before);
    // What waits is looked up first: the five minutes begin when it is there.
    await expect.poll(() => stores.notices.mailsQueued(desk.workspace)).toBe(1);
    await pass(6 * MINUTE);
    expect(box.received.map(({ to }) => to)).toEqual([['late@example.com']]);
  });

  it('[ML10] mail that is off costs no row, and what was queued before is dropped', async () => {
    const chat = await aChat();
    await say(chat, 'one');
    expect(await stores.notices.mailsQueued(desk.workspace)).toBe(0);
    await turnOn();
    await say(chat, 'two');
    await expect.poll(() => stores.notices.mailsQueued(desk.workspace)).toBe(1);
    await mailer.turnOff(desk.workspace);
    await pass(6 * MINUTE);
    expect([texts(), await stores.notices.mailsQueued(desk.workspace)]).toEqual([[], 0]);
  });
});

describe('what goes wrong', () => {
  it('[ML5] a server that is away is tried again, later each time; admins read why, until a mail went well', async () => {
    await turnOn();
    const chat = await aChat();
    box.refuse = { at: 'data', code: 451, message: 'come back later' };
    await say(chat, 'Patience');
    await pass(6 * MINUTE);
    const broken = await mailer.settings(desk.workspace);
    expect(broken.lastError).toContain('come back later');
    expect([broken.queued, broken.lastErrorAt > NOW]).toEqual([1, true]);
    box.refuse = null;
    await pass(10 * MINUTE);
    expect(texts()).toEqual([expect.stringContaining('Patience')]);
    expect(await mailer.settings(desk.workspace)).toMatchObject({ lastError: '', queued: 0 });
  });

  it('[ML5] after eight attempts within a day or so it is given up', async () => {
    await turnOn();
    const chat = await aChat();
    let tried = 0;
    box.refuse = {
      at: 'rcpt',
      code: 450,
      get message() {
        tried++;
        return 'greylisted';
      },
    };
    await say(chat, 'Never');
    for (let i = 0; i < 40; i++) {
      clock.advance(3_600_000);
      await mailer.run();
      await mailer.run();
    }
    expect([tried, await stores.notices.mailsQueued(desk.workspace)]).toEqual([8, 0]);
  });

  it('[ML5] an address that the server will never take is not tried again; a later reply is', async () => {
    await turnOn();
    const chat = await aChat();
    box.refuse = { at: 'rcpt', code: 550, message: 'no such user here' };
    await say(chat, 'one');
    await pass(6 * MINUTE);
    expect(await mailer.settings(desk.workspace)).toMatchObject({ queued: 0, lastError: expect.stringContaining('no such user') });
    box.refuse = null;
    await pass(60 * MINUTE);
    expect(texts()).toEqual([]);
    await say(chat, 'two');
    await pass(6 * MINUTE);
    expect(texts()).toEqual([expect.stringContaining('two')]);
    expect(texts()[0]).not.toContain('one');
  });

  it('[ML6] what waits survives the end of the server, and what was not queued any more is queued when it starts', async () => {
    const first = await freshStores();
    desk = new Desk(first.chat);
    mailer = await aMailer(first);
    await turnOn();
    const [queued, missed] = [await aChat({ email: 'queued@example.com' }), await aChat({ email: 'missed@example.com' })];
    await desk.say(missed, 'Lost?');
    const before = await desk.state(queued);
    const { changes } = await done(desk.act(queued, { c: 'say', by: agent(), cid: nextId('cid'), words: { kind: 'text', text: 'Kept' } }));
    for (const change of changes) mailer.changed(change, before);
    await expect.poll(() => first.notices.mailsQueued(desk.workspace)).toBe(1);
    await mailer.stop();
    await first.close();

    const again = await openStores(first.dataDir);
    desk = new Desk(again.chat, desk.workspace);
    const second = await aMailer(again);
    expect(await again.notices.mailsQueued(desk.workspace)).toBe(2);
    await pass(6 * MINUTE, second);
    expect(box.received.map(({ to, text }) => `${to[0]} ${/Lost|Kept/.exec(text)?.[0]}`).sort((a, b) => a.localeCompare(b))).toEqual([
      'missed@example.com Lost',
      'queued@example.com Kept',
    ]);
    await second.stop();
    await again.close();
  });

  it('[ML6] a mail that was sent but not noted is sent again with the same Message-ID', async () => {
    await turnOn();
    const chat = await aChat();
    const seq = await say(chat, 'Twice?');
    await pass(6 * MINUTE);
    const to = 'eva@example.com';
    // As the store stands when the process died in between: no thread, and the row still there.
    const unnoted = {
      ...stores.notices,
      mailThread: () => Promise.resolve(null),
    };
    await stores.notices.queueMail({
      id: nextId('job'),
      workspace: desk.workspace,
      kind: 'digest',
      conversation: chat,
      to,
      dueAt: 1,
      tries: 0,
    });
    await mailer.stop();
    const again = await aMailer({ notices: unnoted, chat: stores.chat });
    await pass(AWAY_FOR_MS + MINUTE, again);
    await again.stop();
    const ids = box.received.map(({ headers }) => headers.get('message-id'));
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids)).toEqual(new Set([`<${chat}.${seq}@fernhill.example>`]));
  });
});

describe('what a mail says', () => {
  const profile = (over: Partial<ChatProfile>): ChatProfile => ({
    data: {},
    country: '',
    region: '',
    city: '',
    approximate: false,
    timeZone: '',
    lang: 'en',
    browser: '',
    browserVersion: '',
    os: '',
    osVersion: '',
    device: '',
    screen: '',
    ip: '',
    organisation: '',
    referrer: '',
    campaign: '',
    firstSeenAt: NOW,
    lastSeenAt: NOW,
    pages: [],
    ...over,
  });
  const mailed = async (given: { lang?: string; pages?: string[]; said?: string; timeZone?: string }) => {
    await turnOn();
    const chat = await aChat();
    await stores.chat.putProfile({
      workspace: desk.workspace,
      conversation: chat,
      profile: profile({
        lang: given.lang ?? 'en',
        timeZone: given.timeZone ?? '',
        pages: (given.pages ?? []).map((url) => ({ at: NOW, url, title: '' })),
      }),
    });
    await say(chat, given.said ?? 'x');
    await pass(6 * MINUTE);
    return box.received.at(-1)!;
  };

  it.each([
    ['en-GB', 'en', 'Your conversation with Fernhill'],
    ['de-AT', 'de', 'Ihr Gespräch mit Fernhill'],
    ['fr', 'fr', 'Votre conversation avec Fernhill'],
    ['es_MX', 'es', 'Su conversación con Fernhill'],
    ['tr', 'tr', 'Fernhill ile görüşmeniz'],
    ['ar-EG', 'ar', 'محادثتك مع Fernhill'],
    ['ja', 'en', 'Your conversation with Fernhill'],
  ])('[ML7] it is in the language of the visitor: %s', async (lang, said, subject) => {
    const mail = await mailed({ lang });
    expect(mail.headers.get('subject')).toBe(subject);
    expect(mail.html).toContain(`<html lang="${said}" dir="${said === 'ar' ? 'rtl' : 'ltr'}">`);
  });

  it('[ML7] it is in the language that the site’s widget is fixed to, with times of the visitor’s zone', async () => {
    site = { ...site, language: 'de' };
    const mail = await mailed({ lang: 'en', timeZone: 'Asia/Tokyo' });
    expect(mail.text).toContain('Fernhill hat Ihnen geantwortet.');
    expect(mail.text).toContain('10.03.2026, 21:00');
  });

  it('[ML8] a zone that is none, and an invented colour, do no harm', async () => {
    site = { ...site, accent: 'red;background:url(x)' };
    const mail = await mailed({ timeZone: 'Mars/Base' });
    expect(mail.html).not.toContain('url(');
  });

  it('[ML8] its link leads to the page that was seen last, on the site’s own domain only', async () => {
    const own = 'https://www.shop.example/cart?utm_source=x';
    expect((await mailed({ pages: ['javascript:alert(1)', 'https://evil.example/shop.example', own] })).text).toContain(`: ${own}`);
    expect((await mailed({ pages: ['https://shop.example.evil.test/'] })).text).toContain(': https://shop.example/\n');
  });

  it('[ML8] nothing that was typed is markup or a header', async () => {
    const evil = '</p><script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;';
    site = { ...site, team: 'Shop\r\nBcc: all@example.com\r\n\r\n<b>' };
    const mail = await mailed({ said: `${evil}\u0000\u0007\r\nBcc: all@example.com` });
    expect(mail.html).not.toMatch(/<script|<img|<b>/i);
    expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(mail.text).toContain(evil);
    expect([mail.headers.has('bcc'), mail.to]).toEqual([false, ['eva@example.com']]);
    expect(mail.headers.get('subject')).toBe('Your conversation with Shop Bcc: all@example.com <b>');
    expect(mail.raw.slice(0, mail.raw.indexOf('\r\n\r\n'))).not.toMatch(/^bcc/im);
  });

  it('[ML8] a visitor writes under no name but the team’s, and in no header', async () => {
    const mail = await mailed({
      said: 'x\r\nFrom: boss@bank.example\r\nReply-To: evil@example.com\r\n\r\n.\r\nMAIL FROM:<evil@example.com>',
    });
    expect([mail.headers.get('from'), mail.headers.has('reply-to'), mail.to]).toEqual([
      'Fernhill Team <team@fernhill.example>',
      false,
      ['eva@example.com'],
    ]);
    expect(box.received).toHaveLength(1);
  });

  it('[ML8] an address is one address, whatever stands in it', async () => {
    await turnOn();
    const chat = await aChat({ email: 'a@example.com, b@example.com' });
    await say(chat, 'x');
    await pass(6 * MINUTE);
    expect(box.received.flatMap(({ to }) => to)).not.toContain('b@example.com');
  });

  it('[ML9] it asks for no automatic answer', async () => {
    const { headers } = await mailed({});
    expect([headers.get('auto-submitted'), headers.get('x-auto-response-suppress')]).toEqual(['auto-generated', 'All']);
    expect(headers.get('from')).toBe('Fernhill Team <team@fernhill.example>');
  });
});

describe('a transcript', () => {
  const ask = (conversation: string, to = 'me@example.com') => mailer.transcript({ workspace: desk.workspace, conversation, to });

  it('[ML11] has the whole conversation as the visitor saw it, and leaves at once', async () => {
    await turnOn();
    const chat = await aChat();
    await desk.say(chat, 'Hello from me', visitor);
    await desk.say(chat, 'Hello back');
    await desk.act(chat, { c: 'note', by: agent(), cid: nextId('cid'), text: 'difficult customer', mentions: [] } as Parameters<
      Desk['act']
    >[1]);
    expect(await ask(chat)).toBe(true);
    await mailer.run();
    await mailer.run();
    const [mail] = box.received;
    expect(mail!.to).toEqual(['me@example.com']);
    expect(mail!.text).toMatch(/You · [\s\S]*hello[\s\S]*Hello from me[\s\S]*Anna · [\s\S]*Hello back/);
    expect(mail!.text).not.toContain('difficult');
  });

  it('[ML11] is refused without mail, for a conversation that is not there, and after five in an hour', async () => {
    const chat = await aChat();
    expect(await ask(chat)).toBe('mail_off');
    await turnOn();
    expect(await ask('nobody')).toBe('not_found');
    const asked = [];
    for (let i = 0; i < 6; i++) asked.push(await ask(chat, `${i}@example.com`));
    expect(asked).toEqual([true, true, true, true, true, 'too_many']);
    clock.advance(3_600_000);
    expect(await ask(chat, '7@example.com')).toBe(true);
  });
});

describe('a server that never ends its answer', () => {
  it('[ML13] is given up after 90 s, says so, and holds up nobody else’s mail', async () => {
    await mailer.stop();
    const sent: string[] = [];
    const send: SendMail = async (_, mail) => {
      sent.push(mail.to);
      return mail.to === 'slow@example.com' ? new Promise(() => undefined) : { error: '', isFinal: false, isWay: false };
    };
    mailer = await aMailer(stores, [desk.workspace], send);
    await turnOn();
    const [slow, quick] = [await aChat(), await aChat()];
    expect(await mailer.transcript({ workspace: desk.workspace, conversation: slow, to: 'slow@example.com' })).toBe(true);
    await vi.waitUntil(() => sent.length === 1);
    clock.advance(90_000);
    await mailer.run();
    expect((await mailer.settings(desk.workspace)).lastError).toBe('the mail server took longer than 90 s');
    expect(await mailer.transcript({ workspace: desk.workspace, conversation: quick, to: 'quick@example.com' })).toBe(true);
    await vi.waitUntil(() => sent.length === 2);
    expect(sent).toEqual(['slow@example.com', 'quick@example.com']);
  });
});

describe('the settings', () => {
  it('[ML12] never tell the password; one that is not said stays for the same server only', async () => {
    await turnOn({ user: 'team', password: 'right' });
    const { password: _, ...body } = { ...(await options()), password: '' };
    expect(JSON.stringify(await mailer.settings(desk.workspace))).not.toContain('right');
    expect(await mailer.save(desk.workspace, { ...body, fromName: 'New' })).toMatchObject({ hasPassword: true, fromName: 'New' });
    expect(await mailer.save(desk.workspace, { ...body, host: 'evil.example' })).toMatchObject({ hasPassword: false });
  });
  const options = async () => (await stores.notices.mail(desk.workspace))!.options;

  it('[ML12] a test mail says how it went, in the words of the server', async () => {
    expect(await mailer.test(desk.workspace, 'me@example.com')).toMatchObject({ ok: false, code: 'mail_off' });
    await turnOn({ user: 'team', password: 'wrong' });
    const wrong = await mailer.test(desk.workspace, 'me@example.com');
    expect(wrong).toMatchObject({ ok: false, code: 'mail_failed', message: expect.stringContaining('Invalid user or password') });
    expect(await mailer.settings(desk.workspace)).toMatchObject({ lastError: expect.stringContaining('Invalid user') });
    await turnOn({ user: 'team', password: 'right' });
    expect(await mailer.test(desk.workspace, 'me@example.com')).toEqual({ ok: true });
    expect(box.received.map(({ to, user }) => [to[0], user])).toEqual([['me@example.com', 'team']]);
    await box.close();
    expect(await mailer.test(desk.workspace, 'me@example.com')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  it('[ML12] STARTTLS is demanded: a server without it gets neither password nor mail', async () => {
    await turnOn({ security: 'starttls', user: 'team', password: 'right' });
    expect(await mailer.test(desk.workspace, 'me@example.com')).toMatchObject({ ok: false, code: 'mail_failed' });
    expect(box.received).toEqual([]);
  });
});
