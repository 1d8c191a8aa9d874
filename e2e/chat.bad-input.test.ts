import { CHAT_LIMITS, type ChatFile, type Conversation, type InboxPage, type Message, type Site, type Uploaded } from '@foyer/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { html, pdf, png, svg } from './files.ts';
import { FoyerProcess } from './foyer-process.ts';
import { ConsoleSocket, newCid, TabSocket, type TabSocketOptions } from './sockets.ts';

let foyer: FoyerProcess;
let owner: Account;
let agent: ConsoleSocket;
let site: Site;
/** Somebody else in a chat on the same server, who must notice nothing. */
let bystander: TabSocket;
let said = 0;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ env: { FOYER_TRUST_PROXY: 'loopback' } });
  owner = await Account.setUp(foyer);
  site = await owner.site();
  agent = await ConsoleSocket.chatting(owner);
  bystander = await visitor({ from: '192.0.2.20' });
  await bystanderGoesOn();
});
afterAll(() => foyer.dispose());

async function visitor(more: Partial<TabSocketOptions> = {}): Promise<TabSocket> {
  const tab = new TabSocket({ origin: foyer.origin, key: site.key, from: '203.0.113.9', ...more });
  const you = await tab.arrive('/');
  await tab.chat(you.secret === undefined ? {} : { secret: you.secret });
  return tab;
}

/** The bystander writes; answers after how many ms it is at the agent's socket. */
async function bystanderGoesOn(): Promise<number> {
  const text = `All is well, ${++said}`;
  const fromMs = performance.now();
  expect(await bystander.writes(text)).toMatchObject({ t: 'chat.receipt' });
  await agent.frame('chat.change', ({ messages }) => messages.some(({ body }) => body.kind === 'text' && body.text === text));
  return Math.round(performance.now() - fromMs);
}
// Whatever was done, somebody else goes on as if nothing had been.
afterEach(async () => {
  await bystanderGoesOn();
});

const conversations = async (): Promise<Conversation[]> =>
  (await owner.get<InboxPage>('/conversations')).entries.map(({ conversation }) => conversation);
const transcript = async (id: string): Promise<Message[]> =>
  (await owner.get<{ messages: Message[] }>(`/conversations/${id}/messages`)).messages;
const textsOf = (messages: readonly Message[]): string[] => messages.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []));

/** A conversation with one message in it; answers its id. */
async function begun(tab: TabSocket, text = 'Hello'): Promise<string> {
  const answer = await tab.writes(text);
  if (answer.t !== 'chat.receipt') throw new Error(answer.message);
  return answer.conversation;
}

describe('too much', () => {
  test('[EE37] a text of 1 MB closes its own socket with the reason; what was said before stays, and the tab goes on', async () => {
    const tab = await visitor();
    const id = await begun(tab, 'Before');
    tab.raw(JSON.stringify({ t: 'chat.say', cid: newCid(), body: { kind: 'text', text: 'x'.repeat(1_000_000) } }));
    expect(await tab.closing()).toMatchObject({ code: 4413, advice: { code: 'too_big', minMs: expect.any(Number) as number } });
    expect(textsOf(await transcript(id))).toEqual(['Before']);
  });

  test('[EE37] a text that is longer than a message may be is refused, and nothing of it is stored', async () => {
    const tab = await visitor();
    const id = await begun(tab, 'Before');
    const cid = newCid();
    tab.raw(JSON.stringify({ t: 'chat.say', cid, body: { kind: 'text', text: 'x'.repeat(CHAT_LIMITS.textBytes + 1) } }));
    expect(await tab.closing()).toMatchObject({ code: 4400, advice: { code: 'bad_frame' } });
    const long = await visitor();
    expect(await long.writes('ž'.repeat(CHAT_LIMITS.textBytes / 2))).toMatchObject({ t: 'chat.receipt', seq: 1 });
    expect(textsOf(await transcript(id))).toEqual(['Before']);
  });

  test('[EE37] 10,000 messages at once from one tab: those over the limit are refused or the socket is closed, another chat stays fast', async () => {
    const tab = await visitor({ from: '203.0.113.77' });
    const id = await begun(tab, 'flood');
    for (let i = 0; i < 10_000; i++)
      tab.raw(JSON.stringify({ t: 'chat.say', cid: `flood-${i}-x`, body: { kind: 'text', text: `flood ${i}` } }));
    const waited: number[] = [];
    for (let i = 0; i < 5; i++) waited.push(await bystanderGoesOn());
    process.stdout.write(`a message of another chat in the middle of a flood, at the agent's socket: ${waited.join(', ')} ms\n`);
    expect(Math.max(...waited)).toBeLessThan(2_000);
    expect(await tab.closing()).toMatchObject({ code: 4429, advice: { code: 'rate_limited', minMs: expect.any(Number) as number } });
    const receipts = tab.heard.filter((frame) => frame.t === 'chat.receipt').length;
    // What was acknowledged is there, once and in order; and it is not what was asked for.
    const stored = textsOf(await transcript(id));
    expect(stored.length).toBeGreaterThanOrEqual(Math.min(receipts, 100));
    expect(receipts).toBeLessThan(200);
    expect(new Set(stored).size).toBe(stored.length);
  });
});

describe('what is none of theirs', () => {
  test("[EE38] another visitor's conversation is not found, whatever is asked of it", async () => {
    const victim = await visitor({ from: '192.0.2.31' });
    const id = await begun(victim, 'A secret');
    const thief = await visitor({ from: '203.0.113.31' });
    const cids = Array.from({ length: 6 }, newCid);
    const [a = '', b = '', c = '', d = '', e = '', f = ''] = cids;
    thief.say({ t: 'chat.answer', cid: a, conversation: id, to: 1, button: 'yes' });
    thief.say({ t: 'chat.rate', cid: b, conversation: id, stars: 1, comment: 'forged' });
    thief.say({ t: 'chat.introduce', cid: c, conversation: id, name: 'Mallory' });
    thief.say({ t: 'chat.end', cid: d, conversation: id });
    thief.say({ t: 'chat.person', cid: e, conversation: id });
    thief.say({ t: 'chat.mail', cid: f, conversation: id, email: 'mallory@evil.test' });
    for (const cid of cids) expect(await thief.answer(cid), cid).toMatchObject({ t: 'chat.refused', code: 'not_found' });
    thief.say({ t: 'chat.after', conversation: id, rev: 0 });
    thief.say({ t: 'chat.before', conversation: id, seq: 100 });
    thief.say({ t: 'chat.marks', conversation: id, delivered: 1, read: 1 });
    thief.say({ t: 'chat.invitation', conversation: id, act: 'dismissed' });
    // Behind all that; so what was to be said about it has been said.
    await thief.writes('Something of my own');
    expect(JSON.stringify(thief.heard)).not.toContain('A secret');
    expect(await conversations()).toContainEqual(
      expect.objectContaining({ id, status: 'unassigned', rating: null, contact: { name: '', email: '', verified: false } }),
    );
    expect(textsOf(await transcript(id))).toEqual(['A secret']);
  });

  test("[EE38] another site's conversation is not found on this one, with the same secret too", async () => {
    const here = new TabSocket({ origin: foyer.origin, key: site.key, from: '192.0.2.32' });
    const { secret } = await here.arrive('/');
    await here.chat(secret === undefined ? {} : { secret });
    const id = await begun(here, 'Said on the first site');
    const other = await owner.post<Site>('/sites', { name: 'Other', domain: 'localhost' });
    const there = new TabSocket({ origin: foyer.origin, key: other.key, from: '192.0.2.32' });
    await there.arrive('/', secret === undefined ? {} : { secret });
    const you = await there.chat({ ...(secret === undefined ? {} : { secret }), have: { conversation: id, rev: 0 } });
    expect(you.conversation).toBeNull();
    there.say({ t: 'chat.after', conversation: id, rev: 0 });
    const cid = newCid();
    there.say({ t: 'chat.end', cid, conversation: id });
    expect(await there.answer(cid)).toMatchObject({ t: 'chat.refused', code: 'not_found' });
    expect(JSON.stringify(there.heard)).not.toContain('Said on the first site');
    expect(await begun(there, 'Said on the other')).not.toBe(id);
  });

  test('[EE38] ids that nobody made: refused to an agent as well, and to who is not signed in', async () => {
    const conversation = '01kb2qzzzzzzzzzzzzzzzz';
    for (const frame of [
      { t: 'chat.accept', cid: newCid(), conversation },
      { t: 'chat.say', cid: newCid(), conversation, body: { kind: 'text', text: 'To nobody' } },
      { t: 'chat.resolve', cid: newCid(), conversation },
      { t: 'chat.take_over', cid: newCid(), conversation },
    ] as const)
      expect(await agent.ask(frame), frame.t).toMatchObject({ t: 'chat.refused', code: 'not_found' });
    expect(await agent.ask({ t: 'chat.invite', cid: newCid(), visitor: 'v-nobody', body: { kind: 'text', text: 'Hello?' } })).toMatchObject(
      {
        t: 'chat.refused',
      },
    );
    await expect(owner.get(`/conversations/${conversation}/messages`)).rejects.toThrow('404');
    for (const path of ['/conversations', `/conversations/${conversation}/messages`, '/chat/changes?after=0', '/chat/search?text=secret']) {
      expect((await fetch(`${foyer.origin}/api/v1${path}`)).status, path).toBe(401);
    }
  });

  test('[EE38] who does not have the conversation may not answer in it', async () => {
    const tab = await visitor({ from: '192.0.2.33' });
    const conversation = await begun(tab);
    const body = { kind: 'text', text: 'Not accepted yet' } as const;
    expect(await agent.ask({ t: 'chat.say', cid: newCid(), conversation, body })).toMatchObject({ t: 'chat.refused', code: 'not_owner' });
    expect(textsOf(await transcript(conversation))).toEqual(['Hello']);
  });
});

describe('attachments', () => {
  const upload = (ticket: string, name: string, content: Buffer, key = site.key): Promise<Response> =>
    fetch(`${foyer.origin}/foyer.js/files?${new URLSearchParams({ site: key, ticket, name }).toString()}`, {
      method: 'POST',
      headers: { origin: foyer.origin, 'content-type': 'application/octet-stream', 'x-forwarded-for': '203.0.113.50' },
      body: new Uint8Array(content),
    });
  const ticketOf = async (tab: TabSocket): Promise<string> => (await tab.frame('chat.you')).ticket;

  test('[EE39] what is no picture or document by its content is refused, whatever it is called; too large is; what is one is taken', async () => {
    const tab = await visitor({ from: '192.0.2.34' });
    const ticket = await ticketOf(tab);
    for (const [name, content, status] of [
      ['photo.png', html(), 415],
      ['photo.svg', svg(), 415],
      ['script.js', Buffer.from('alert(1)//<script>'), 415],
      ['run.exe', Buffer.from('MZ\u0090\u0000\u0003\u0000\u0000\u0000', 'latin1'), 415],
      ['large.png', Buffer.concat([png(), Buffer.alloc(CHAT_LIMITS.fileBytes)]), 413],
    ] as const) {
      const answer = await upload(ticket, name, content);
      expect([name, answer.status]).toEqual([name, status]);
      expect(await answer.text(), name).toMatch(/\w{4}/);
    }
    const stored = await upload(ticket, '../../<img src=x onerror=window.hacked=1>.png', png(64, 48));
    expect(stored.ok).toBe(true);
    const { file } = (await stored.json()) as Uploaded;
    expect(file).toMatchObject({ type: 'image/png', width: 64, height: 48 });
    expect((await upload(ticket, 'guide.pdf', pdf())).ok).toBe(true);
  });

  test("[EE39] somebody else's file is none of one's own; a forged ticket uploads nothing; another's ticket of another site neither", async () => {
    const [mine, theirs] = [await visitor({ from: '192.0.2.35' }), await visitor({ from: '203.0.113.35' })];
    const { file } = (await (await upload(await ticketOf(mine), 'photo.png', png())).json()) as Uploaded;
    const cid = newCid();
    theirs.say({ t: 'chat.say', cid, body: { kind: 'attachment', text: '', files: [file.id] } });
    expect(await theirs.answer(cid)).toMatchObject({ t: 'chat.refused', code: 'bad_file' });
    const ticket = await ticketOf(mine);
    expect((await upload(`${ticket.slice(0, -2)}xx`, 'photo.png', png())).status).toBe(403);
    const other = await owner.post<Site>('/sites', { name: 'Third', domain: 'localhost' });
    expect((await upload(ticket, 'photo.png', png(), other.key)).status).toBe(403);
  });

  test('[EE39] an address is good for its file in its conversation only; nothing is run or guessed, and only a picture comes inline', async () => {
    const tab = await visitor({ from: '192.0.2.36' });
    const ticket = await ticketOf(tab);
    const files = [];
    for (const [name, content] of [
      ['photo.png', png()],
      ['guide.pdf', pdf()],
    ] as const)
      files.push(((await (await upload(ticket, name, content)).json()) as Uploaded).file.id);
    const cid = newCid();
    tab.say({ t: 'chat.say', cid, body: { kind: 'attachment', text: 'Both', files } });
    expect(await tab.answer(cid)).toMatchObject({ t: 'chat.receipt' });
    const { messages } = await tab.frame('chat.changes', (frame) => frame.messages.some(({ body }) => body.kind === 'attachment'));
    const shown = messages.flatMap(({ body }) => (body.kind === 'attachment' ? body.files : []));
    const [photo, guide] = shown as [ChatFile, ChatFile];
    const read = (url = ''): Promise<Response> => fetch(new URL(url, foyer.origin));
    const asFile = await read(photo.url);
    expect(asFile.ok).toBe(true);
    expect(Buffer.from(await asFile.arrayBuffer()).equals(png())).toBe(true);
    expect(asFile.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(asFile.headers.get('x-content-type-options')).toBe('nosniff');
    expect(asFile.headers.get('content-security-policy')).toMatch(/sandbox/);
    expect((await read(`${photo.url}&preview=1`)).headers.get('content-disposition') ?? 'inline').toMatch(/^inline/);
    expect((await read(`${guide.url}&preview=1`)).headers.get('content-disposition')).toMatch(/^attachment/);
    const forged = new URL(photo.url ?? '', foyer.origin);
    for (const [name, value] of [
      ['c', '01kb2qzzzzzzzzzzzzzzzz'],
      ['e', '9999999999999'],
      ['s', 'AAAAAAAAAAAAAAAAAAAAAA'],
    ] as const) {
      const wrong = new URL(forged);
      wrong.searchParams.set(name, value);
      expect([403, 404]).toContain((await fetch(wrong)).status);
    }
    expect([403, 404]).toContain((await read((photo.url ?? '').replace(photo.id, guide.id))).status);
  });
});
