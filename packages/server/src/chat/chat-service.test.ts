import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCid, type ChatNode, chatWorld, until, WORKSPACE } from './chat.testkit.ts';

let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
beforeEach(async () => {
  made = await chatWorld();
  one = await made.start();
});
afterEach(() => made.dispose());

const status = async () => (await one.node.listed())[0]?.status;

describe('a conversation from both ends', () => {
  it('[CV1] a word has its receipt when it is stored; every console hears of it, and every tab of its visitor', async () => {
    const desk = one.desk();
    const visitor = await one.visitor();
    const second = one.tab();
    await second.hello({ secret: visitor.secret, tab: 'tab00002' });
    const cid = visitor.text('Where is my order?');
    const { conversation, seq } = await visitor.receipt(cid);
    expect(seq).toBe(1);
    expect(await made.store.conversation({ workspace: WORKSPACE, id: conversation })).toMatchObject({ state: { seq: 1 } });
    const change = await desk.hears('chat.change');
    expect(change).toMatchObject({ chatSeq: 1, conversation: { id: conversation, status: 'unassigned', visitor: visitor.id } });
    expect(change.messages).toMatchObject([{ seq: 1, cid, from: { kind: 'visitor' }, body: { text: 'Where is my order?' } }]);
    for (const tab of [visitor, second]) {
      expect(await tab.hears('chat.changes')).toMatchObject({
        prev: 0,
        rev: 1,
        conversation: { id: conversation },
        messages: [{ seq: 1 }],
      });
    }
  });

  it('[CV1] the agent accepts and answers; the visitor sees name and words, not ids', async () => {
    const desk = one.desk();
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    expect(await desk.does({ t: 'chat.accept', cid: aCid(), conversation })).toBe('done');
    expect(await desk.does({ t: 'chat.say', cid: aCid(), conversation, body: { kind: 'text', text: 'Hi!' } })).toBe('done');
    const { messages, conversation: shown } = await visitor.hears('chat.changes', (frame) => frame.messages.some(({ seq }) => seq === 3));
    expect(messages).toMatchObject([{ seq: 3, from: { kind: 'agent', name: 'Anna', face: '' }, body: { text: 'Hi!' }, cid: '' }]);
    expect(shown.owner).toEqual({ kind: 'agent', name: 'Anna', face: '' });
    expect(JSON.stringify(visitor.tab.heard)).not.toContain('"anna"');
  });

  it('[CV2] what one tab says at once is stored in the order it was said', async () => {
    const visitor = await one.visitor();
    const said = Array.from({ length: 20 }, (_, i) => `word ${i}`);
    const cids = said.map((text) => visitor.text(text));
    const { conversation } = await visitor.receipt(cids.at(-1)!);
    const stored = await made.store.messagesBefore({ workspace: WORKSPACE, conversation, seq: 100, limit: 100 });
    expect(stored.map(({ body }) => 'text' in body && body.text)).toEqual(said);
  });

  it('[CV2] the same word again has the same receipt and is stored once', async () => {
    const visitor = await one.visitor();
    const cid = visitor.text('once');
    visitor.say({ t: 'chat.say', cid, body: { kind: 'text', text: 'once' } });
    const receipts = await until(() => visitor.all('chat.receipt').length === 2 && visitor.all('chat.receipt'));
    expect(receipts[0]).toEqual(receipts[1]);
    expect(visitor.all('chat.changes')).toHaveLength(1);
  });

  it('[CV3] notes, tags and who sees what of them stay with the team', async () => {
    const desk = one.desk();
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    const before = visitor.tab.heard.length;
    expect(await desk.does({ t: 'chat.note', cid: aCid(), conversation, text: 'secret note', mentions: [] })).toBe('done');
    expect(await desk.does({ t: 'chat.tags', cid: aCid(), conversation, tags: ['vip'] })).toBe('done');
    expect(visitor.tab.heard).toHaveLength(before);
    visitor.say({ t: 'chat.after', conversation, rev: 0 });
    const answer = await visitor.hears('chat.changes', ({ prev }) => prev === 0);
    expect(answer.messages.map(({ seq }) => seq)).toEqual([1]);
  });

  it('[CV4] two agents who accept at once: one has it, the other is told who', async () => {
    const [anna, ben] = [one.desk('anna'), one.desk('ben')];
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    const outcomes = await Promise.all([anna, ben].map((desk) => desk.does({ t: 'chat.accept', cid: aCid(), conversation })));
    expect(outcomes.toSorted()).toEqual(['done', 'taken']);
    expect([...anna.all('chat.refused'), ...ben.all('chat.refused')][0]!.message).toMatch(/^(Anna|Ben): Somebody was faster/);
  });

  it('[CV5] another visitor’s conversation is as if there were none', async () => {
    const visitor = await one.visitor();
    const other = await one.visitor(1);
    const { conversation } = await visitor.receipt(visitor.text('mine'));
    other.say({ t: 'chat.after', conversation, rev: 0 });
    other.say({ t: 'chat.before', conversation, seq: 9 });
    other.say({ t: 'chat.marks', conversation, delivered: 1, read: 1 });
    const cid = aCid();
    other.say({ t: 'chat.rate', cid, conversation, stars: 1, comment: '' });
    expect(await other.hears('chat.refused', (frame) => frame.cid === cid)).toMatchObject({ code: 'not_found' });
    expect([other.all('chat.changes'), other.all('chat.history')]).toEqual([[], []]);
    expect((await made.store.conversation({ workspace: WORKSPACE, id: conversation }))!.state).toMatchObject({ rating: null, rev: 1 });
  });

  it('[CV5] what happens to an earlier conversation is not put before the one that goes on', async () => {
    const desk = one.desk();
    const visitor = await one.visitor();
    const first = await visitor.receipt(visitor.text('first'));
    await desk.does({ t: 'chat.resolve', cid: aCid(), conversation: first.conversation });
    await one.node.clock.advanceAsync(25 * 3_600_000);
    const second = await visitor.receipt(visitor.text('second'));
    expect(second.conversation).not.toBe(first.conversation);
    const before = visitor.all('chat.changes').length;
    desk.say({ t: 'chat.marks', conversation: first.conversation, read: 1 });
    await desk.hears('chat.change', (frame) => frame.conversation.id === first.conversation && frame.conversation.marks.team.read === 1);
    expect(visitor.all('chat.changes')).toHaveLength(before);
    expect(await visitor.hello({ secret: visitor.secret })).toMatchObject({ conversation: { id: second.conversation } });
  });

  it('[CV6] marks of both sides come to the other one, the last ones only', async () => {
    const desk = one.desk();
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    desk.say({ t: 'chat.marks', conversation, read: 1 });
    expect(await visitor.hears('chat.changes', (frame) => frame.conversation.marks.team.read === 1)).toMatchObject({ messages: [] });
    for (let i = 0; i < 20; i++) visitor.say({ t: 'chat.marks', conversation, delivered: 1, read: 1 });
    await desk.hears('chat.change', (frame) => frame.conversation.marks.visitor.read === 1);
    expect(desk.all('chat.change')).toHaveLength(3);
  });

  it('[CV6] a visitor’s word is delivered when an agent is there to get it, and not read by that', async () => {
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    await made.pass(1_000, 4);
    expect((await made.store.conversation({ workspace: WORKSPACE, id: conversation }))!.state.teamMarks).toEqual({ delivered: 0, read: 0 });
    one.desk();
    await made.pass(1_000, 4);
    await visitor.receipt(visitor.text('Anybody there?'));
    await made.pass(1_000, 4);
    const { conversation: shown } = await visitor.hears('chat.changes', (frame) => frame.conversation.marks.team.delivered === 2);
    expect(shown.marks.team).toEqual({ delivered: 2, read: 0 });
    expect(await made.store.unread({ workspace: WORKSPACE, agent: 'anna' })).toBe(1);
  });

  it('[CV7] 10,000 words at once from one tab: those within its measure are stored, the next are told when to come back, and then the tab is closed', async () => {
    const flood = await one.visitor();
    const other = await one.visitor(1);
    for (let i = 0; i < 10_000; i++) flood.text(`flood ${i}`);
    expect(flood.tab.closed).toMatchObject({ code: 4429 });
    const refused = flood.all('chat.refused');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(60);
    for (const frame of refused) expect([frame.code, frame.retryAfterMs! > 0]).toEqual(['rate_limited', true]);
    await other.receipt(other.text('me too'));
    await until(() => one.chat.service.open.ofVisitor(WORKSPACE, flood.id)?.seq === 30);
  });

  it('[CV8] while the store is away a word is refused with the time to wait, and stored once when it is said again', async () => {
    let isAway = true;
    const { store } = made;
    const flaky = await made.start(
      'node-2',
      {},
      { store: { ...store, request: (q) => (isAway ? Promise.reject(new Error('away')) : store.request(q)) } },
    );
    const visitor = await flaky.visitor();
    const cid = visitor.text('Hello');
    expect(await visitor.hears('chat.refused')).toMatchObject({ cid, code: 'unavailable', retryAfterMs: 1_000 });
    isAway = false;
    visitor.say({ t: 'chat.say', cid, body: { kind: 'text', text: 'Hello' } });
    expect(await visitor.receipt(cid)).toMatchObject({ seq: 1 });
    expect(flaky.node.outages).toHaveLength(1);
  });

  it('[CV9] a frame of 32 kB is taken in chat; what is longer, or no frame of chat, closes', async () => {
    const visitor = await one.visitor();
    const long = '"'.repeat(8_192);
    await visitor.receipt(visitor.text(long));
    visitor.tab.session.text(JSON.stringify({ t: 'chat.say', cid: aCid(), body: { kind: 'text', text: 'x'.repeat(1_000_000) } }));
    expect(visitor.tab.closed).toMatchObject({ code: 4413 });
    const other = await one.visitor(1);
    other.tab.session.text(JSON.stringify({ t: 'title', n: 1, title: 'x'.repeat(20_000) }));
    expect(other.tab.closed).toMatchObject({ code: 4413 });
  });
});

describe('what visits show', () => {
  it('[CV10] Unassigned with its wait, Assigned, Resolved for the hold, then as before', async () => {
    const desk = one.desk();
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    expect(await one.node.listed()).toMatchObject([{ status: 'unassigned', waitingSince: one.node.live.now() }]);
    await desk.does({ t: 'chat.accept', cid: aCid(), conversation });
    expect(await status()).toBe('assigned');
    await desk.does({ t: 'chat.resolve', cid: aCid(), conversation });
    expect(await status()).toBe('resolved');
    await one.node.clock.advanceAsync(4 * 60_000);
    visitor.tab.session.text('{"t":"act"}');
    expect(await status()).toBe('resolved');
    await one.node.clock.advanceAsync(61_000);
    expect(await status()).toBe('active');
  });

  it('[CV10] Chatting while the chat is open and nothing was said; over a page change too', async () => {
    const visitor = await one.visitor();
    visitor.say({ t: 'chat.shown', open: true });
    expect(await status()).toBe('chatting');
    visitor.tab.session.closed();
    const next = one.node.arrive(0, { secret: visitor.secret, tab: 'tab-next1' });
    await one.node.clock.advanceAsync(2_000);
    expect(await status()).toBe('chatting');
    expect(next.you?.visitor).toBe(visitor.id);
    await one.node.clock.advanceAsync(4_000);
    expect(await status()).toBe('active');
  });

  it('[CV10] after a start, visits show what is going on', async () => {
    const visitor = await one.visitor();
    await visitor.receipt(visitor.text('Hello'));
    one.chat.stop();
    one.node.live.halt();
    one = await made.start('node-1b');
    await one.node.clock.advanceAsync(10);
    const tab = one.node.arrive(0, { secret: visitor.secret });
    await until(() => tab.you);
    expect(await status()).toBe('unassigned');
    expect(tab.texts).toContain('{"t":"chat.wake"}');
  });

  it('[CV11] a word is activity, and an open conversation keeps its visit listed', async () => {
    const visitor = await one.visitor();
    await one.node.clock.advanceAsync(10 * 60_000);
    await visitor.receipt(visitor.text('Hello'));
    expect(await one.node.listed()).toMatchObject([{ lastActivityAt: one.node.live.now() }]);
    await one.node.clock.advanceAsync(50 * 60_000);
    expect(await one.node.listed()).toMatchObject([{ status: 'unassigned' }]);
    expect(one.chat.service.counts(WORKSPACE)).toMatchObject({ active: 1, unassigned: 1, elsewhere: 0 });
    visitor.tab.session.closed();
    await one.node.clock.advanceAsync(31 * 60_000);
    expect(await one.node.listed()).toEqual([]);
    expect(one.chat.service.counts(WORKSPACE)).toMatchObject({ active: 1, elsewhere: 1 });
  });
});
