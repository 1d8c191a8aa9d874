import { compileGoals, shippedGoals } from '@foyer/domain/rules';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { followGoals } from './chat-goals.ts';
import { ConversationGoals } from './conversation-goals.ts';
import { aCid, type ChatNode, chatWorld, eventually, until, WORKSPACE } from './chat.testkit.ts';

const goals = compileGoals([...shippedGoals(), { id: 'demo', name: 'Demo', enabled: true, pages: [], form: 'Book a demo' }]);
if (!goals.ok) throw new Error('the goals of this test do not compile');
let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
let outages: unknown[] = [];
beforeEach(async () => {
  outages = [];
  made = await chatWorld();
  one = await made.start();
  const { service } = one.chat;
  const kept = new ConversationGoals({ chat: service, open: service.open, onOutage: (cause) => void outages.push(cause) });
  one.node.live.attachGoals(kept.onVisit);
  followGoals(service, {
    goalsOf: () => goals.value,
    visitOf: (of) => service.visitIdOf(of),
    reached: (goal) => one.node.live.goal(goal),
    keep: (state, goal) => kept.keep(state, goal),
    now: () => one.node.live.now(),
  });
});
afterEach(async () => {
  await made.dispose();
  if (outages.length > 0) throw new Error('the store was away', { cause: outages[0] });
});

const reached = async (): Promise<string> => (await one.node.listed())[0]?.goals ?? '';
/** As the store has it. */
const stored = async (id: string) => (await made.store.conversation({ workspace: WORKSPACE, id }))!.state;
const kept = (id: string, goal: string) => eventually(async () => (await stored(id)).goals.find((found) => found.goal === goal));

/** An agent's form in a conversation that its visitor began, filled in. */
async function fillIn(text: string, filled: Record<string, string>): Promise<string> {
  const visitor = await one.visitor();
  const { conversation } = await visitor.receipt(visitor.text('Hello'));
  const by = { kind: 'agent', id: 'olga' } as const;
  const act = async (command: Parameters<typeof one.chat.service.request>[0]) => {
    const outcome = await one.chat.service.request(command);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.receipt;
  };
  await act({ do: 'act', workspace: WORKSPACE, conversation, command: { c: 'accept', by, anyway: true } });
  const fields = (['text', 'email', 'phone'] as const).map((type) => ({ id: type, label: type, type, required: false, choices: [] }));
  const { seq } = await act({
    do: 'act',
    workspace: WORKSPACE,
    conversation,
    command: { c: 'say', by, cid: aCid(), words: { kind: 'form', text, fields } },
  });
  visitor.say({
    t: 'chat.submit',
    cid: aCid(),
    conversation,
    to: seq,
    values: Object.entries(filled).map(([id, value]) => ({ id, value })),
  });
  await until(() => one.chat.service.open.ofVisitor(WORKSPACE, visitor.tab.you!.visitor)!.seq > seq);
  return conversation;
}

it('[GO5] a form with an address captures a lead, on the visit', async () => {
  await fillIn('How can we reach you?', { email: 'a@b.example' });
  expect(await reached()).toBe('lead-captured');
});

it('[GO5] a form that a goal names reaches it; without an address it is no lead', async () => {
  await fillIn('Book a demo with us', { text: 'Tuesday' });
  expect(await reached()).toBe('demo');
});

it('[GO10] an address given before the first message, or in the step that asks for it, captures a lead', async () => {
  const first = await one.visitor();
  await first.receipt(first.text('Hello', { contact: { email: 'a@b.example' } }));
  expect(await reached()).toBe('lead-captured');
});

it('[GO10] an address that the site had said is no news', async () => {
  const visitor = await one.visitor();
  visitor.tab.say({ t: 'identify', id: '7', email: 'A@b.example', name: 'Anna' });
  await visitor.receipt(visitor.text('Hello'));
  expect(await reached()).toBe('');
});

it('[CX2] what is reached in chat is kept on the conversation', async () => {
  const conversation = await fillIn('Book a demo with us', { email: 'a@b.example' });
  expect(await kept(conversation, 'lead-captured')).toMatchObject({ value: 0, currency: '' });
  expect((await stored(conversation)).goals.map(({ goal }) => goal)).toEqual(['demo', 'lead-captured']);
});

it('[CX2] so is what its visitor reaches by page or call while it goes on: once, with the value that was said; its visitor does not hear of it', async () => {
  const visitor = await one.visitor();
  const { conversation } = await visitor.receipt(visitor.text('Hello'));
  const desk = one.desk();
  await desk.hears('chat.head');
  const before = await stored(conversation);
  const heard = visitor.all('chat.changes').length;
  visitor.tab.say({ t: 'page', n: 2, url: 'https://shop.test/checkout/order-received/7', title: 'Thank you' });
  expect(await kept(conversation, 'checkout')).toMatchObject({ value: 0 });
  visitor.tab.say({ t: 'goal', name: 'Checkout', value: 80, currency: 'eur' });
  const first = await eventually(async () => (await stored(conversation)).goals.find(({ value }) => value === 80));
  visitor.tab.say({ t: 'goal', name: 'Checkout', value: 500, currency: 'EUR' });
  const { receipt } = { receipt: await visitor.receipt(visitor.text('Thanks')) };
  const after = await stored(conversation);
  expect(after.goals).toEqual([first]);
  expect(first).toMatchObject({ currency: 'EUR', at: one.node.clock.now() });
  // Two decisions more than the message, and none of them for the visitor's screen.
  expect([after.rev - before.rev, after.shownRev]).toEqual([3, after.rev]);
  expect(before.shownRev).toBe(before.rev);
  const frames = visitor.all('chat.changes').slice(heard);
  expect(JSON.stringify(frames)).not.toContain('goal');
  expect(frames.filter(({ messages }) => messages.length === 0)).toEqual([]);
  expect(receipt.seq).toBe(2);
});

it('[CX2] somebody without a visit has it on the conversation alone', async () => {
  const tab = one.tab();
  await tab.hello();
  const { conversation } = await tab.receipt(tab.text('Hello', { contact: { email: 'a@b.example' } }));
  expect(await kept(conversation, 'lead-captured')).toBeDefined();
  expect(await one.node.listed()).toEqual([]);
});

it('[CX3] what was reached before it began, or of an invitation nobody answered, is not the conversation’s', async () => {
  const visitor = await one.visitor();
  visitor.tab.say({ t: 'goal', name: 'Lead captured' });
  visitor.tab.say({ t: 'page', n: 2, url: 'https://shop.test/checkout/order-received/7', title: 'Thank you' });
  const { conversation } = await visitor.receipt(visitor.text('Hello'));
  const other = await one.visitor(1);
  await other.receipt(other.text('Hello'));
  other.tab.say({ t: 'page', n: 2, url: 'https://shop.test/checkout/order-received/8', title: 'Thank you' });
  const theirs = one.chat.service.open.ofVisitor(WORKSPACE, other.tab.you!.visitor)!.id;
  await kept(theirs, 'checkout');
  expect((await stored(conversation)).goals).toEqual([]);
});

it('[CX2] wherever the visit has its home, and whichever node holds the tab, the conversation has it once', async () => {
  const two = await made.start('node-2');
  for (const { node, chat } of [one, two]) {
    const { service } = chat;
    node.live.attachGoals(
      new ConversationGoals({ chat: service, open: service.open, onOutage: (cause) => void outages.push(cause) }).onVisit,
    );
  }
  const visitors = [await two.visitor(), await two.visitor(1), await two.visitor(2), await two.visitor(3)];
  const homes = new Set(visitors.map(({ id }) => one.node.live.homeOf(id)));
  expect(homes.size).toBe(2);
  for (const [i, visitor] of visitors.entries()) {
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    await until(() => one.chat.service.open.byId(WORKSPACE, conversation));
    visitor.tab.say({ t: 'goal', name: 'Checkout', value: i + 1, currency: 'EUR' });
    expect(await kept(conversation, 'checkout')).toMatchObject({ value: i + 1 });
    await until(() => one.chat.service.open.byId(WORKSPACE, conversation)!.goals.length === 1);
  }
});

it('[CX2] an outage is told, and costs the goal its place on the conversation alone', async () => {
  const told: unknown[] = [];
  const away = new Error('away');
  const goals = new ConversationGoals({
    chat: { request: () => Promise.reject(away) },
    open: { ofVisitor: () => null },
    onOutage: (cause) => void told.push(cause),
  });
  goals.onVisit(WORKSPACE, 'v1', { goal: 'demo', at: 1, value: 0, currency: '' });
  expect(told).toEqual([]);
  goals.keep({ id: 'c1', workspace: WORKSPACE, goals: [] }, { goal: 'demo', at: 1, value: 0, currency: '' });
  await until(() => told.length > 0);
  expect(told).toEqual([away]);
  // What it has already is not asked for again.
  const reached = { goal: 'demo', at: 1, value: 5, currency: 'EUR' };
  goals.keep({ id: 'c1', workspace: WORKSPACE, goals: [reached] }, { ...reached, at: 9 });
  expect(told).toHaveLength(1);
});

it('[CX2] a goal of a conversation survives a restart', async () => {
  const conversation = await fillIn('Book a demo with us', { text: 'Tuesday' });
  await kept(conversation, 'demo');
  const two = await made.start('node-2');
  expect(two.chat.service.open.byId(WORKSPACE, conversation)?.goals).toMatchObject([{ goal: 'demo' }]);
});
