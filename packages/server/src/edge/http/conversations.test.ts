import type {
  ChangesPage,
  ChatCounts,
  Conversation,
  ConversationProfile,
  FoundMessages,
  InboxEntry,
  InboxPage,
  MessagesPage,
} from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aFile, agent, aProfile, Desk, done, nextId } from '../../ports/chat-store.testkit.ts';
import type { SignedIn } from '../../team/sessions.ts';
import { auditOf } from '../../team/team.testkit.ts';
import { anHttpEdge, type Answer, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let anna: SignedIn;
let far: SignedIn;
let desk: Desk;
beforeAll(async () => {
  t = await anHttpEdge();
  anna = await t.join('agent', 'Anna');
  far = await t.elsewhere();
  desk = new Desk(t.chats, anna.actor.workspace);
  desk.now = t.clock.now();
  await t.chats.putAgent({ workspace: desk.workspace, id: anna.actor.user.id, capacity: 100, available: 'online' });
});
afterAll(() => t.dispose());

const get = async <T>(path: string, as = anna): Promise<T> => {
  const answer = await t.call(`GET /api/v1${path}`, { as });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.body as T;
};
const ids = ({ entries }: InboxPage | ChangesPage): string[] => entries.map(({ conversation }) => conversation.id);
const me = (): { kind: 'agent'; id: string } => agent(anna.actor.user.id);

describe('the inbox', () => {
  it('[CR1] comes in pages, newest first, each line with its last words, who it is and what is unread', async () => {
    await t.history.meetVisitors([{ workspace: desk.workspace, visitor: 'v-inbox', visit: 'x', startedAt: 1 }]);
    const a = await desk.open({ visitor: 'v-inbox', said: 'first', origin: { site: 'inbox' } });
    await t.chats.putProfile({ workspace: desk.workspace, conversation: a, profile: aProfile({ country: 'PL' }) });
    desk.now += 1;
    const b = await desk.open({ said: '<b>second</b>', origin: { site: 'inbox', visitor: 'k-of-a-tab' } });
    const first = await get<InboxPage>('/conversations?site=inbox&limit=1');
    expect(ids(first)).toEqual([b]);
    const second = await get<InboxPage>(`/conversations?site=inbox&limit=1&after=${encodeURIComponent(first.next ?? '')}`);
    expect([ids(second), second.next]).toEqual([[a], null]);
    expect(second.entries[0]).toMatchObject({ n: 1, country: 'PL', unread: 1, last: { body: { kind: 'text', text: 'first' } } });
    expect(first.entries[0]).not.toHaveProperty('n');
    expect(first.entries[0]).not.toHaveProperty('country');
    expect(await get(`/conversations/${a}`)).toEqual(second.entries[0]);
    expect(ids(await get<InboxPage>('/conversations?site=inbox', far))).toEqual([]);
  });

  it('[CR1] filters by status, source, assignee, tag, visitor and text, by lists and all together', async () => {
    const [open, mine] = [
      await desk.open({ visitor: 'v-f1', origin: { site: 'f', source: 'api' } }),
      await desk.open({ said: 'the ORDER', origin: { site: 'f' } }),
    ];
    await done(desk.act(mine, { c: 'accept', by: me() }));
    await done(desk.act(mine, { c: 'tag', by: me(), tags: ['vip'] }));
    const of = async (query: string) => ids(await get<InboxPage>(`/conversations?site=f&${query}`)).sort();
    expect(await of('status=unassigned,ai')).toEqual([open]);
    expect(await of('source=api,whatsapp')).toEqual([open]);
    expect(await of(`assignee=none,${anna.actor.user.id}`)).toEqual([open, mine].sort());
    expect(await of('tag=vip&text=order&status=assigned')).toEqual([mine]);
    expect(await of('visitor=v-f1')).toEqual([open]);
    expect(await of('sort=waiting')).toEqual([open, mine].sort());
    expect((await get<Conversation[]>('/visitors/v-f1/conversations')).map(({ id }) => id)).toEqual([open]);
    expect(await get<Conversation[]>('/visitors/v-f1/conversations', far)).toEqual([]);
  });

  it('[CR19] can be asked for what has no visit on the map, in pages that end, at a cost that has a bound', async () => {
    const made: string[] = [];
    for (let i = 0; i < 24; i++) {
      desk.now += 1;
      made.push(await desk.open({ visitor: `v-map-${i}`, origin: { site: 'elsewhere' } }));
      if (i < 22) await done(desk.act(made[i]!, { c: 'resolve', by: me() }));
    }
    const open = '/conversations?site=elsewhere&visit=none&status=unassigned,assigned,ai&sort=waiting';
    expect(ids(await get(open))).toEqual([]);
    t.chat.elsewhere.push(made[22]!, made[23]!, made[0]!);
    expect(ids(await get(open))).toEqual([made[22], made[23]]);
    expect(ids(await get(`${open}&source=api`))).toEqual([]);
    // All but the first two are on the map.
    for (let i = 2; i < 24; i++) t.chat.withPin.add(`v-map-${i}`);
    const resolved = '/conversations?site=elsewhere&visit=none&status=resolved';
    const found: string[] = [];
    let pages = 0;
    for (let after = '' as string | null; after !== null; pages++) {
      const page = await get<InboxPage>(`${resolved}&limit=1${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`);
      found.push(...ids(page));
      after = page.next;
    }
    expect([found, pages]).toEqual([[made[1], made[0]], 4]);
    expect(ids(await get('/conversations?site=elsewhere&visit=none'))).toEqual([made[1], made[0]]);
    expect(ids(await get('/conversations?visit=none', far))).toEqual([]);
    t.chat.elsewhere.length = 0;
    t.chat.withPin.clear();
  });

  it.each([
    'visit=some',
    'status=open',
    'source=',
    'status=',
    'limit=0',
    'limit=51',
    'sort=oldest',
    'colour=red',
    `text=${'x'.repeat(201)}`,
    `after=${'9'.repeat(201)}`,
  ])('[CR1] %s is 422 or says nothing', async (query) => {
    const { status } = await t.call(`GET /api/v1/conversations?${query}`, { as: anna });
    expect(status).toBe(/=$/.test(query) ? 200 : 422);
  });

  it('[CR1] counts what is active and what waits for the one who asks', async () => {
    t.chat.counted = { active: 7, elsewhere: 2, unassigned: 3, byAgent: new Map([[anna.actor.user.id, 4]]) };
    const before = await get<ChatCounts>('/chat/counts');
    expect(before).toMatchObject({ active: 7, elsewhere: 2, unassigned: 3, mine: 4 });
    await desk.open();
    expect(await get('/chat/counts')).toEqual({ ...before, unread: before.unread + 1 });
    expect(await get(`/chat/counts?site=${t.site.id}`, t.owner)).toMatchObject({ mine: 0 });
    expect((await t.call('GET /api/v1/chat/counts?site=far-site', { as: anna })).status).toBe(404);
  });
});

describe('a transcript', () => {
  it('[CR2] comes in pieces: the last messages, those before, and what changed after a rev', async () => {
    const id = await desk.open();
    await done(desk.act(id, { c: 'accept', by: me() }));
    const seq = await desk.say(id, 'Helo', me());
    await done(desk.act(id, { c: 'edit', by: me(), seq, text: 'Hello' }));
    const seqs = ({ messages }: MessagesPage): number[] => messages.map((message) => message.seq);
    const last = await get<MessagesPage>(`/conversations/${id}/messages?limit=2`);
    expect([seqs(last), last.more, last.rev]).toEqual([[2, 3], true, 4]);
    const before = await get<MessagesPage>(`/conversations/${id}/messages?before=2`);
    expect([seqs(before), before.more]).toEqual([[1], false]);
    const after = await get<MessagesPage>(`/conversations/${id}/messages?after=2`);
    expect([seqs(after), after.rev, after.more, after.messages[0]?.body]).toEqual([[3], 4, false, { kind: 'text', text: 'Hello' }]);
    expect(after.conversation).toMatchObject({ id, rev: 4, owner: { kind: 'agent', id: anna.actor.user.id } });
    for (const query of ['after=1&before=2', 'after=-1', 'before=x', 'limit=101', 'limit=0'])
      expect([query, (await t.call(`GET /api/v1/conversations/${id}/messages?${query}`, { as: anna })).status]).toEqual([query, 422]);
  });

  it('[CR2] names for each file where it is read, signed for that conversation', async () => {
    const file = aFile({ workspace: desk.workspace, sender: 'visitor:v-files' });
    await t.chats.addFile(file);
    const id = await desk.open({ visitor: 'v-files' });
    await done(desk.write('', { visitor: 'v-files', words: { kind: 'attachment', text: '', files: [file.id] } }));
    const { messages } = await get<MessagesPage>(`/conversations/${id}/messages`);
    const entry = await get<InboxEntry>(`/conversations/${id}`);
    for (const body of [messages[1]?.body, entry.last?.body]) {
      const url = body?.kind === 'attachment' ? new URL(body.files[0]?.url ?? '', 'http://foyer.test') : null;
      expect([url?.pathname, url?.searchParams.get('c')]).toEqual([`/foyer.js/files/${file.id}`, id]);
    }
  });

  it('[CR3] of another workspace is as if there were none, by every route', async () => {
    const id = await desk.open();
    for (const path of ['', '/messages', '/profile', '/transcript'])
      expect([path, (await t.call(`GET /api/v1/conversations/${id}${path}`, { as: far })).status]).toEqual([path, 404]);
    for (const wrong of ['nobody', '..%2F..%2Fetc', '%00', "'%20OR%201=1", 'x'.repeat(3_000)])
      expect([wrong, (await t.call(`GET /api/v1/conversations/${wrong}`, { as: anna })).status]).toEqual([wrong, 404]);
  });

  it('[CR4] is searched by words and beginnings, newest first, in pages; nothing typed is an operator', async () => {
    const id = await desk.open({ said: 'Žluťoučký kůň <script>alert(1)</script>' });
    desk.now += 1;
    await done(desk.act(id, { c: 'note', by: me(), cid: nextId('cid'), text: 'Kun again', mentions: [] }));
    const search = (text: string, more = '', as = anna) => get<FoundMessages>(`/chat/search?text=${encodeURIComponent(text)}${more}`, as);
    const first = await search('kun', '&limit=1');
    expect(first.found.map(({ message }) => message.body.kind)).toEqual(['note']);
    const second = await search('kun', `&limit=1&after=${first.next}`);
    expect(second.found.map(({ conversation, message }) => [conversation.id, message.seq])).toEqual([[id, 1]]);
    expect((await search('zlut scr')).found).toHaveLength(1);
    for (const hostile of ['"', '*', 'kun" OR "x', 'NEAR(', 'text:kun OR', '\u0000', ')))', '-kun AND'])
      expect((await search(hostile)).found.length).toBeLessThanOrEqual(2);
    expect((await search('kun', '', far)).found).toEqual([]);
    for (const wrong of ['', 'text=', 'text=a&after=x', `text=${'x'.repeat(201)}`])
      expect((await t.call(`GET /api/v1/chat/search?${wrong}`, { as: anna })).status).toBe(422);
  });

  it('[CR5] changes since a chatSeq come oldest first, to the head, each conversation as it is now', async () => {
    const before = (await get<ChangesPage>('/chat/changes?after=0&limit=1')).chatSeq;
    const { chatSeq: head } = await get<ChangesPage>(`/chat/changes?after=${10 ** 14}`);
    expect(before).toBeLessThan(head);
    const [a, b] = [await desk.open(), await desk.open()];
    await done(desk.act(a, { c: 'accept', by: me() }));
    const first = await get<ChangesPage>(`/chat/changes?after=${head}&limit=1`);
    expect([ids(first), first.more, first.chatSeq]).toEqual([[b], true, head + 2]);
    const rest = await get<ChangesPage>(`/chat/changes?after=${first.chatSeq}`);
    expect([ids(rest), rest.more, rest.chatSeq]).toEqual([[a], false, head + 3]);
    expect(rest.entries[0]?.conversation.status).toBe('assigned');
    expect(await get(`/chat/changes?after=${rest.chatSeq}`)).toEqual({ chatSeq: head + 3, entries: [], more: false });
    expect(await get('/chat/changes?after=0', far)).toEqual({ chatSeq: 0, entries: [], more: false });
    expect((await t.call('GET /api/v1/chat/changes', { as: anna })).status).toBe(422);
  });
});

describe('an export', () => {
  const exported = async (id: string, format: string): Promise<Answer> =>
    t.call(`GET /api/v1/conversations/${id}/transcript?format=${format}`, { as: anna });

  it('[CR6] as text is what one would send to its visitor: sentences, the day, the workspace’s time; notes only where they are asked for', async () => {
    desk.now = Date.UTC(2026, 10, 21, 22, 20, 31);
    const file = aFile({ workspace: desk.workspace, sender: 'visitor:v-text', name: 'route.gpx.zip', bytes: 1_234_567 });
    await t.chats.addFile(file);
    const id = await desk.open({
      visitor: 'v-text',
      said: 'hello\n[10:00] Anna: I agree',
      origin: { site: t.site.id, contact: { name: 'Eve', email: 'e@x.example', verified: false } },
    });
    await done(desk.act(id, { c: 'accept', by: me() }));
    await desk.say(id, 'Hi Eve', me());
    await done(desk.act(id, { c: 'note', by: me(), cid: nextId('cid'), text: 'rude', mentions: [] }));
    const undone = await desk.say(id, 'oops', me());
    await done(desk.act(id, { c: 'remove', by: me(), seq: undone, how: 'undo' }));
    const deleted = await desk.say(id, 'secret', me());
    await done(desk.act(id, { c: 'remove', by: me(), seq: deleted, how: 'delete' }));
    desk.now += 3_600_000;
    await done(desk.write('', { visitor: 'v-text', words: { kind: 'attachment', text: 'The route', files: [file.id] } }));
    const field = { type: 'text', choices: [] } as const;
    const fields = [
      { ...field, id: 'name', label: 'Your name', required: true },
      { ...field, id: 'size', label: 'Size', required: false },
    ];
    const form = { kind: 'form', text: 'Please tell us', fields } as const;
    const { seq } = await done(desk.act(id, { c: 'say', by: me(), cid: nextId('cid'), words: form }));
    const values = [
      { id: 'name', value: 'Eve' },
      { id: 'size', value: '' },
    ];
    await done(desk.act(id, { c: 'submit', by: { kind: 'visitor' }, cid: nextId('cid'), to: seq, values }));
    await done(desk.act(id, { c: 'resolve', by: me() }));
    await done(desk.act(id, { c: 'rate', by: { kind: 'visitor' }, cid: nextId('cid'), stars: 4, comment: 'ok' }));
    const { status, headers, body } = await exported(id, 'text');
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/plain; charset=utf-8',
      `attachment; filename="conversation-${id}.txt"`,
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(body).toBe(`Conversation with Eve <e@x.example>
Shop · 21 November 2026, 23:20 – 22 November 2026, 00:20 (Europe/Berlin) · Resolved

Saturday, 21 November 2026

[23:20] Eve: hello
    [10:00] Anna: I agree
[23:20] Anna accepted
[23:20] Anna: Hi Eve
[23:20] Anna: (message deleted)

Sunday, 22 November 2026

[00:20] Eve: The route
    Attached: route.gpx.zip (1.2 MB)
[00:20] Anna: Please tell us
    Form: Your name *, Size
[00:20] Eve: Filled in the form
    Your name: Eve
[00:20] Anna resolved it
[00:20] Eve rated this conversation ★★★★☆: ok
`);
    const withNotes = (await exported(id, 'text&notes=yes')).body as string;
    expect(withNotes).toContain('\n[23:20] Anna (private note): rude\n');
    expect(withNotes.length).toBeGreaterThan((body as string).length);
    desk.now = t.clock.now();
  });

  it('[CR6] what happened is said in sentences, with the names of agents and teams', async () => {
    const bela = (await t.join('agent', 'Béla')).actor.user.id;
    await t.chats.putTeam({ workspace: desk.workspace, team: { id: 'team-returns', name: 'Returns', members: [bela] }, most: 100 });
    const id = await desk.open({ visitor: 'v-events', origin: { contact: { name: 'Eve', email: '', verified: false } } });
    const system = { kind: 'system' } as const;
    const visitor = { kind: 'visitor' } as const;
    for (const command of [
      { c: 'accept', by: me() },
      { c: 'assign', by: me(), agent: bela },
      { c: 'take_over', by: me() },
      { c: 'release', by: me() },
      { c: 'transfer', by: me(), team: 'team-returns' },
      { c: 'assign', by: system, agent: bela },
      { c: 'hand_to_ai', by: agent(bela), ai: 'fern' },
      { c: 'ask_for_person', by: visitor },
      { c: 'accept', by: me() },
      { c: 'resolve', by: visitor },
      { c: 'reopen', by: me() },
      { c: 'block', by: me(), until: desk.now + 60_000 },
      { c: 'unblock', by: me() },
    ] as const)
      await done(desk.act(id, command));
    const left = await desk.open({ origin: { contact: { name: 'Kim', email: '', verified: false } } });
    await done(desk.act(left, { c: 'accept', by: me() }));
    await done(desk.act(left, { c: 'requeue', by: system }, { awaySince: 1 }));
    const happened = async (of: string) => ((await exported(of, 'text')).body as string).match(/(?<=^\[..:..\] )[^:\n]*$/gm);
    expect(await happened(id)).toEqual([
      'Anna accepted',
      'Anna transferred it to Béla',
      'Anna took over from Béla',
      'Anna put it back in the queue',
      'Anna transferred it to Returns',
      'Béla was assigned',
      'Face of fern took over',
      'Eve asked for a person',
      'Anna accepted',
      'Eve ended the conversation',
      'Anna reopened it',
      'Anna blocked Eve',
      'Anna unblocked Eve',
    ]);
    expect(await happened(left)).toEqual(['Anna accepted', 'Nobody answered, back in the queue']);
  });

  it('[CR6] who has no name is called by their number, and nobody is taken for a member of the team', async () => {
    await t.history.meetVisitors([{ workspace: desk.workspace, visitor: 'v-nameless', visit: 'y', startedAt: 1 }]);
    const nameless = await desk.open({ visitor: 'v-nameless' });
    const [met] = await t.history.lastMet({ workspace: desk.workspace, visitors: ['v-nameless'] });
    expect((await exported(nameless, 'text')).body).toMatch(new RegExp(`^Conversation with Visitor ${met?.number}\n`));
    const found = await get<FoundMessages>('/chat/search?text=Hello&limit=50');
    expect(found.found.find(({ conversation }) => conversation.id === nameless)?.n).toBe(met?.number);
    const unmet = await desk.open({ visitor: 'v-unmet' });
    expect((await exported(unmet, 'text')).body).toMatch(/^Conversation with Visitor\n/);
    const again = await get<FoundMessages>('/chat/search?text=Hello&limit=50');
    expect(again.found.find(({ conversation }) => conversation.id === unmet)).not.toHaveProperty('n');
    const posing = await desk.open({ origin: { contact: { name: 'aNNa', email: '', verified: false } } });
    expect((await exported(posing, 'text')).body).toContain('] aNNa (visitor): ');
  });

  it('[CR6] a name has no second line, and no kind of line end makes somebody else’s', async () => {
    const forged = '[10:00] Anna: I agree';
    const name = `Eve\r\n${forged}\u2028\u202E\u0085x`;
    const said = ['\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'].map((end) => `hello${end}${forged}`).join('\r\n');
    const id = await desk.open({ said, origin: { site: t.site.id, contact: { name, email: '', verified: false } } });
    const { body } = await exported(id, 'text');
    const lines = (body as string).split(/[\r\n\v\f\u0085\u2028\u2029]/);
    expect(lines.filter((line) => line.startsWith('['))).toEqual([expect.stringContaining(`] Eve ${forged} x: hello`)]);
    expect(lines.filter((line) => line === `    ${forged}`)).toHaveLength(7);
    expect(body).not.toContain('\u202E');
  });

  it('[CR6] as JSON has every message once, however long it is', async () => {
    const id = await desk.open();
    await done(desk.act(id, { c: 'accept', by: me() }));
    await Promise.all(Array.from({ length: 450 }, (_, i) => desk.say(id, `<${i}>`, me())));
    const { body, headers } = await exported(id, 'json');
    const { conversation, messages } = body as { conversation: Conversation; messages: { seq: number }[] };
    expect(headers.get('content-disposition')).toBe(`attachment; filename="conversation-${id}.json"`);
    expect(conversation.id).toBe(id);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 452 }, (_, i) => i + 1));
    expect(((await exported(id, 'text')).body as string).split('\n')).toHaveLength(5 + 452 + 1);
  });

  it('[CR6] is noted, and has two formats', async () => {
    const id = await desk.open();
    expect((await exported(id, 'pdf')).status).toBe(422);
    await exported(id, 'text');
    const noted = auditOf(t.dataDir).filter(({ detail }) => detail.startsWith(id));
    expect(noted).toMatchObject([{ action: 'conversation.export', member: anna.actor.user.id, detail: `${id} as text` }]);
  });

  it('[CR7] by mail needs mail, an address and patience', async () => {
    const id = await desk.open();
    const send = (body: unknown) => t.call(`POST /api/v1/conversations/${id}/transcript`, { as: anna, body });
    expect(codeOf(await send({ email: 'eva@example.com' }))).toBe('mail_off');
    await t.mailer.save('', { host: 'h', port: 25, security: 'none', user: '', fromName: '', fromEmail: 'a@b.c' });
    for (const wrong of [{}, { email: 'eva' }, { email: 'a@b.c\r\nBcc: x@y.z' }, { email: 'a@b.c', to: 'x@y.z' }])
      expect((await send(wrong)).status).toBe(422);
    expect((await send({ email: ' Eva@Example.com ' })).status).toBe(204);
    await send({ email: 'eva@example.com' });
    const late = await send({ email: 'eva@example.com' });
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, '3600']);
    expect(t.mailer.sent[0]).toBe(`${id} to eva@example.com`);
  });
});

describe('the profile', () => {
  const profile = (id: string, as = anna) => get<ConversationProfile>(`/conversations/${id}/profile`, as);

  it('[CR8] is of the visit while it is listed, without the address for who may not see it', async () => {
    const id = await desk.open({ visitor: 'visitor-1', origin: { contact: { name: 'Eve', email: '', verified: false } } });
    await t.chats.putProfile({
      workspace: desk.workspace,
      conversation: id,
      profile: aProfile({ city: 'Elsewhere', data: { plan: 'pro' } }),
    });
    const found = await profile(id);
    expect(found).toMatchObject({
      visitor: 'visitor-1',
      n: 1,
      online: true,
      city: 'Berlin',
      timeZone: 'Europe/Berlin',
      contact: { name: 'Eve' },
      data: { plan: 'pro' },
    });
    expect(found).not.toHaveProperty('ip');
    expect((await profile(id, t.owner)).ip).toBe('203.0.113.0');
  });

  it('[CR8] is of what the chat was told where there is no visit, and of nothing else', async () => {
    const id = await desk.open({ origin: { visitor: 'k-nobody' } });
    await t.chats.putProfile({ workspace: desk.workspace, conversation: id, profile: aProfile({ city: 'Łódź', ip: '198.51.100.0' }) });
    expect(await profile(id, t.owner)).toMatchObject({ visitor: '', n: 0, online: false, city: 'Łódź', ip: '198.51.100.0', visits: 0 });
    expect(await profile(id)).not.toHaveProperty('ip');
    const bare = await desk.open({ origin: { visitor: '', source: 'api' } });
    const found = await profile(bare);
    expect(found).toMatchObject({ city: '', browser: '', pages: [], earlier: [] });
    expect(found.firstSeenAt).toBeGreaterThan(0);
  });

  it('[CR8] has the latest ten pages, newest first and each once, and earlier conversations', async () => {
    const visitor = nextId('v');
    const first = await desk.open({ visitor });
    await done(desk.act(first, { c: 'resolve', by: me() }));
    desk.now += 25 * 3_600_000;
    const id = await desk.open({ visitor });
    const pages = Array.from({ length: 12 }, (_, i) => ({ at: 10_000 * (i + 1), url: `https://x.test/${i}`, title: `<${i}>` }));
    const [latest] = pages.slice(-1);
    await t.chats.putProfile({
      workspace: desk.workspace,
      conversation: id,
      profile: aProfile({ pages: [...pages.toReversed(), { ...latest!, at: latest!.at + 400 }] }),
    });
    const found = await profile(id);
    expect(found.pages.map(({ title }) => title)).toEqual(
      pages
        .slice(-10)
        .toReversed()
        .map(({ title }) => title),
    );
    expect(found.earlier.map((one) => one.id)).toEqual([first]);
    desk.now = t.clock.now();
  });
});
