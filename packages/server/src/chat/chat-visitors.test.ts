import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCid, aHello, type ChatNode, type ChatterTab, chatWorld, eventually, until, WORKSPACE } from './chat.testkit.ts';

let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
beforeEach(async () => {
  made = await chatWorld();
  one = await made.start();
});
afterEach(() => made.dispose());

const invite = (visitor: string, more: { anyway?: true } = {}) =>
  ({ t: 'chat.invite', cid: aCid(), visitor, body: { kind: 'text', text: 'May I help?' }, ...more }) as const;
const isAwake = (tab: ChatterTab): boolean => tab.tab.texts.includes('{"t":"chat.wake"}');

describe('visitors with and without storage', () => {
  it('[CV12] with tracking off the chat works, knows its visitor from the first word on, and nothing is on the map', async () => {
    await one.node.change({ tracking: false });
    const tab = one.tab({ address: '203.0.113.7' });
    expect(await tab.hello()).toMatchObject({ keep: 'tab', secret: expect.stringMatching(/^k\./), conversation: null, rev: 0 });
    const { conversation } = await tab.receipt(tab.text('Hello'));
    tab.say({ t: 'chat.page', url: 'https://shop.test/cart?session=1', title: 'Cart' });
    const profile = await eventually(async () => {
      const found = await made.store.profile({ workspace: WORKSPACE, conversation });
      return found?.pages.length === 2 && found;
    });
    expect(profile).toMatchObject({ city: 'Paris', browser: 'Firefox', ip: '203.0.113.0', lang: 'de', timeZone: 'Europe/Berlin' });
    expect(profile.pages.map(({ url }) => url)).toEqual(['https://shop.test/cart', 'https://shop.test/sofas']);
    expect(await one.node.listed()).toEqual([]);
    expect(one.chat.service.counts(WORKSPACE)).toMatchObject({ active: 1, elsewhere: 1 });
  });

  it('[CV29] who is in no count has no pin, so their chat is elsewhere, and consoles hear of it', async () => {
    const desk = one.desk();
    const tab = one.tab({ userAgent: 'Testbot' });
    const secret = 'secret-of-a-testbot-0123';
    tab.tab.say(aHello({ secret }));
    await until(() => tab.tab.you);
    await tab.hello({ secret });
    const { conversation } = await tab.receipt(tab.text('Hello'));
    await one.node.clock.advanceAsync(1_000);
    expect(one.chat.service.withoutVisit(WORKSPACE)).toEqual([conversation]);
    expect(one.chat.service.counts(WORKSPACE)).toMatchObject({ active: 1, elsewhere: 1 });
    expect(desk.all('chat.elsewhere')).toHaveLength(1);
    await one.node.clock.advanceAsync(5_000);
    expect(desk.all('chat.elsewhere')).toHaveLength(1);
  });

  it('[CV12] with tracking off a visitor who was known before is known, and finds the earlier conversation', async () => {
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    await one.node.change({ tracking: false });
    const again = one.tab();
    const you = await again.hello({ secret: visitor.secret });
    expect(you).toMatchObject({ keep: 'cookie', conversation: { id: conversation }, rev: 1 });
    expect('secret' in you).toBe(false);
  });

  it('[CV12] the profile of a tracked visitor is what the visit says', async () => {
    const visitor = await one.visitor(2);
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    const profile = await eventually(() => made.store.profile({ workspace: WORKSPACE, conversation }));
    expect(profile).toMatchObject({ city: 'Lima', pages: [{ url: 'https://shop.test/', title: 'Home' }] });
  });

  it('[CV13] without storage a tab has a chat of its own: on its visit, not found by another tab, and over when it is resolved', async () => {
    await one.node.change({ cookieless: true });
    const shake = { address: '203.0.113.1', addressHash: 'hash-1' };
    const [first, second] = [one.tab(shake), one.tab(shake)];
    first.tab.say(aHello({ tab: 'tab-first1' }));
    second.tab.say(aHello({ tab: 'tab-second' }));
    await until(() => first.tab.you && second.tab.you);
    const { secret, keep } = await first.hello();
    expect([keep, await second.hello()]).toMatchObject(['tab', { keep: 'tab', conversation: null }]);
    const { conversation } = await first.receipt(first.text('Hello'));
    expect(await one.node.listed()).toMatchObject([{ status: 'unassigned', visitor: expect.stringMatching(/^c/) }]);
    expect(second.all('chat.changes')).toEqual([]);
    first.tab.session.closed();
    const back = one.tab(shake);
    expect(await back.hello({ secret: secret! })).toMatchObject({ conversation: { id: conversation } });
    back.say({ t: 'chat.end', cid: aCid(), conversation });
    await back.hears('chat.changes', (frame) => frame.conversation.status === 'resolved');
    expect(await back.receipt(back.text('Hello again'))).not.toMatchObject({ conversation });
  });

  it('[CV13] the badge of a chat whose tab is gone ends with the chat', async () => {
    await one.node.change({ cookieless: true });
    const desk = one.desk();
    const [chatting, other] = [one.tab(), one.tab()];
    chatting.tab.say(aHello({ tab: 'tab-first1' }));
    other.tab.say(aHello({ tab: 'tab-second' }));
    await until(() => other.tab.you);
    await chatting.hello();
    const { conversation } = await chatting.receipt(chatting.text('Hello'));
    chatting.tab.session.closed();
    await one.node.clock.advanceAsync(60_000);
    expect(await one.node.listed()).toMatchObject([{ status: 'unassigned' }]);
    await desk.does({ t: 'chat.resolve', cid: aCid(), conversation });
    expect(await one.node.listed()).toMatchObject([{ status: 'resolved' }]);
  });

  it('[CV13] a signal counts as no storage, whatever secret is said', async () => {
    const tab = one.tab({ secGpc: '1' });
    expect(await tab.hello({ secret: 'secret-from-before-0123' })).toMatchObject({ keep: 'tab' });
    const other = one.tab();
    expect(await other.hello({ signal: true, secret: 'secret-from-before-0123' })).toMatchObject({ keep: 'tab' });
  });

  it('[CV13] nothing is stored before the first word', async () => {
    const tab = one.tab();
    await tab.hello();
    tab.say({ t: 'chat.shown', open: true });
    tab.say({ t: 'chat.typing', on: true });
    await one.node.clock.advanceAsync(10_000);
    expect(await made.store.heads()).toEqual(new Map());
  });

  it('[CV30] who chats before consent is the same visitor after it: the state is on the visit, and the next page has the conversation', async () => {
    const tab = one.tab();
    const { secret, keep } = await tab.hello();
    expect(keep).toBe('cookie');
    const { conversation } = await tab.receipt(tab.text('Hello'));
    expect(await one.node.listed()).toEqual([]);
    // Consent: the page says hello, with no secret, because nothing was kept.
    tab.tab.say(aHello({}));
    const you = (await until(() => tab.tab.you))!;
    expect(you).toMatchObject({ secret });
    expect(await one.node.listed()).toMatchObject([{ status: 'unassigned', visitor: you.visitor }]);
    const next = await one.tab().hello({ secret: secret! });
    expect(next).toMatchObject({ conversation: { id: conversation } });
  });

  it('[CV14] a blocked visitor is refused in chat too', async () => {
    const visitor = await one.visitor();
    const block = { id: 'b', workspace: WORKSPACE, kind: 'visitor', addressHash: '', what: visitor.id, label: '', until: null } as const;
    await one.node.directory.addBlock({ ...block, note: '', createdAt: 1, createdBy: '' });
    const again = one.tab();
    again.say({ t: 'chat.hello', v: 1, tab: 'tab00009', lang: 'de', tz: 'UTC', page: { url: '', title: '' }, secret: visitor.secret });
    await until(() => again.tab.closed);
    expect(again.tab.closed).toMatchObject({ code: 4451 });
  });
});

describe('an agent writes first', () => {
  it('[CV15] the invitation wakes every tab that has no chat, and is there when one says hello', async () => {
    const desk = one.desk();
    const tab = one.tab({ address: '203.0.113.0' });
    tab.tab.say(aHello({ secret: 'secret-invited-0123456' }));
    await until(() => tab.tab.you);
    expect(await desk.does(invite(tab.tab.you!.visitor))).toBe('done');
    expect(isAwake(tab)).toBe(true);
    const you = await tab.hello({ secret: 'secret-invited-0123456' });
    expect(you.conversation).toMatchObject({ invitation: true, status: 'invited', owner: { name: 'Anna' } });
    expect(await one.node.listed()).toMatchObject([{ status: 'active' }]);
    tab.say({ t: 'chat.invitation', conversation: you.conversation!.id, act: 'seen' });
    await desk.hears('chat.change', ({ conversation }) => conversation.invitation?.seenAt === one.node.live.now());
    await tab.receipt(tab.text('Yes please'));
    await desk.hears('chat.change', ({ conversation }) => conversation.status === 'assigned' && conversation.owner.id === 'anna');
    expect(await one.node.listed()).toMatchObject([{ status: 'assigned' }]);
  });

  it('[CV15] dismissed it shows no badge, its words are read, and the agent hears of it', async () => {
    const desk = one.desk();
    const visitor = await one.visitor();
    expect(await desk.does(invite(visitor.id))).toBe('done');
    const { conversation } = await visitor.hears('chat.changes');
    visitor.say({ t: 'chat.invitation', conversation: conversation.id, act: 'dismissed' });
    await desk.hears('chat.change', (frame) => frame.conversation.status === 'resolved');
    const over = await visitor.hears('chat.changes', (frame) => frame.conversation.status === 'resolved');
    expect(over.conversation.marks.visitor).toEqual({ delivered: 2, read: 2 });
    expect(await one.node.listed()).toMatchObject([{ status: 'active' }]);
  });

  it('[CV15] a colleague’s unanswered invitation is told first; who has a chat needs none; nobody listed cannot be invited', async () => {
    const [anna, ben] = [one.desk('anna'), one.desk('ben')];
    const visitor = await one.visitor();
    expect(await anna.does(invite(visitor.id))).toBe('done');
    expect(await ben.does(invite(visitor.id))).toBe('already_invited');
    expect(ben.all('chat.refused')[0]!.message).toContain('Anna');
    expect(await ben.does(invite(visitor.id, { anyway: true }))).toBe('done');
    await visitor.receipt(visitor.text('Hello'));
    expect(await anna.does(invite(visitor.id))).toBe('has_conversation');
    expect(await anna.does(invite('v0123456789abcdef'))).toBe('not_found');
  });

  it('[CV15] who writes a first message to whom is told to colleagues', async () => {
    const [anna, ben] = [one.desk('anna'), one.desk('ben')];
    anna.say({ t: 'chat.inviting', visitor: 'v-1' });
    await one.node.clock.advanceAsync(300);
    await ben.hears('colleagues', ({ set }) => set['anna']?.inviting?.[0] === 'v-1');
    anna.console.session.closed();
    await one.node.clock.advanceAsync(300);
    expect(ben.all('colleagues').at(-1)!.set).toMatchObject({ anna: null });
  });

  it('[CV16] a visitor without storage is invited on the tab that they looked at last, and on no other of the same address', async () => {
    await one.node.change({ cookieless: true });
    const desk = one.desk();
    const [first, second] = [one.tab(), one.tab()];
    first.tab.say(aHello({ tab: 'tab-first1', focused: false, hidden: true }));
    second.tab.say(aHello({ tab: 'tab-second' }));
    await until(() => first.tab.you && second.tab.you);
    expect(await desk.does(invite(second.tab.you!.visitor))).toBe('done');
    expect([isAwake(first), isAwake(second)]).toEqual([false, true]);
    expect(await first.hello()).toMatchObject({ conversation: null });
    expect(await second.hello()).toMatchObject({ conversation: { invitation: true }, keep: 'tab' });
    await second.receipt(second.text('Hello'));
    expect(await one.node.listed()).toMatchObject([{ status: 'assigned' }]);
    expect(first.all('chat.changes')).toEqual([]);
  });
});

describe('typing and looking', () => {
  it('[CV17] a visitor’s typing is told to who has the conversation open, with its text only where the workspace asks for it', async () => {
    const [anna, ben] = [one.desk('anna'), one.desk('ben')];
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    anna.say({ t: 'chat.watch', conversation });
    visitor.say({ t: 'chat.typing', on: true, text: 'my card number' });
    expect(await anna.hears('chat.typing')).toMatchObject({ conversation, on: true, text: '' });
    const settings = await made.store.settings(WORKSPACE);
    await made.store.putSettings({ workspace: WORKSPACE, settings: { ...settings, typingPreview: true } });
    one.chat.service.changed(WORKSPACE);
    await until(() => one.chat.service.settings(WORKSPACE).typingPreview);
    expect(await visitor.hello({ secret: visitor.secret })).toMatchObject({ preview: true });
    visitor.say({ t: 'chat.typing', on: true, text: 'do you have' });
    expect(await anna.hears('chat.typing', ({ text }) => text !== '')).toMatchObject({ text: 'do you have' });
    expect(ben.all('chat.typing')).toEqual([]);
  });

  it('[CV17] the owner’s typing is told to the visitor by name; a colleague’s is not', async () => {
    const [anna, ben] = [one.desk('anna'), one.desk('ben')];
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    await anna.does({ t: 'chat.accept', cid: aCid(), conversation });
    ben.say({ t: 'chat.typing', conversation, on: true });
    anna.say({ t: 'chat.typing', conversation, on: true });
    expect(await visitor.hears('chat.typing')).toEqual({ t: 'chat.typing', on: true, name: 'Anna' });
    expect(visitor.all('chat.typing')).toHaveLength(1);
  });

  it('[CV18] who has a conversation open, and who types in it, is told to the others who have', async () => {
    const [anna, ben] = [one.desk('anna'), one.desk('ben')];
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    for (const desk of [anna, ben]) desk.say({ t: 'chat.watch', conversation });
    await one.node.clock.advanceAsync(200);
    expect(anna.all('chat.lookers').at(-1)).toMatchObject({ agents: [{ id: 'ben', typing: false }] });
    ben.say({ t: 'chat.typing', conversation, on: true });
    await one.node.clock.advanceAsync(200);
    expect(anna.all('chat.lookers').at(-1)).toMatchObject({ agents: [{ id: 'ben', typing: true }] });
    await one.node.clock.advanceAsync(6_200);
    expect(anna.all('chat.lookers').at(-1)).toMatchObject({ agents: [{ id: 'ben', typing: false }] });
    ben.console.session.closed();
    await one.node.clock.advanceAsync(200);
    expect(anna.all('chat.lookers').at(-1)).toMatchObject({ agents: [] });
  });
});
