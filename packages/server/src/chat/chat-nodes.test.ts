import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCid, type ChatNode, chatWorld, until, WORKSPACE } from './chat.testkit.ts';

let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
let two: ChatNode;
beforeEach(async () => {
  made = await chatWorld();
  one = await made.start('node-1');
  two = await made.start('node-2');
  await one.node.clock.advanceAsync(3_000);
});
afterEach(() => made.dispose());

describe('several nodes', () => {
  it('[CV19] a conversation goes on between a tab of one node and a console of another, in order', async () => {
    const desk = two.desk();
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    await desk.hears('chat.change');
    expect(await desk.does({ t: 'chat.accept', cid: aCid(), conversation })).toBe('done');
    desk.say({ t: 'chat.watch', conversation });
    desk.say({ t: 'chat.typing', conversation, on: true });
    await visitor.hears('chat.typing');
    for (let i = 0; i < 10; i++) {
      visitor.text(`question ${i}`);
      await desk.does({ t: 'chat.say', cid: aCid(), conversation, body: { kind: 'text', text: `answer ${i}` } });
    }
    await until(() => desk.all('chat.change').length === 22);
    expect(desk.all('chat.change').map(({ chatSeq }) => chatSeq)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1));
    const seen = visitor.all('chat.changes');
    expect(seen.every(({ prev }, i) => i === 0 || prev === seen[i - 1]!.rev)).toBe(true);
    for (const { node } of [one, two]) expect(await node.listed()).toMatchObject([{ status: 'assigned' }]);
  });

  it('[CV19] an agent’s invitation wakes a tab of another node', async () => {
    const desk = two.desk();
    const tab = one.node.arrive(0, { secret: 'secret-elsewhere-01234' });
    await until(() => tab.you);
    const body = { kind: 'text', text: 'May I help?' } as const;
    desk.say({ t: 'chat.invite', cid: aCid(), visitor: tab.you!.visitor, body });
    await desk.hears('chat.receipt');
    await until(() => tab.texts.includes('{"t":"chat.wake"}'));
  });

  it('[CV19] who is here, and which chats have no visit, is known on every node', async () => {
    one.desk('anna');
    const visitor = await one.visitor();
    await visitor.receipt(visitor.text('Hello'));
    await one.node.clock.advanceAsync(2_000);
    const { service } = two.chat;
    expect([service.here(WORKSPACE, 'anna'), service.availability(WORKSPACE, 'anna')]).toEqual([true, 'online']);
    expect(service.visitorHere(WORKSPACE, visitor.id)).toBe(true);
    expect(service.counts(WORKSPACE)).toMatchObject({ active: 1, unassigned: 1, elsewhere: 0 });
    visitor.tab.session.closed();
    await one.node.clock.advanceAsync(6_000);
    expect(service.visitorHere(WORKSPACE, visitor.id)).toBe(false);
    await one.node.clock.advanceAsync(31 * 60_000);
    expect([one, two].map(({ chat }) => chat.service.counts(WORKSPACE).elsewhere)).toEqual([1, 1]);
  });

  it('[CV29] which chats have no visit is known on every node, and heard there as visitors go and come', async () => {
    const [near, far] = [one.desk(), two.desk('ben')];
    // Of each node's visitors some live with the other: four make it all but sure that both are homes.
    const visitors = await Promise.all(Array.from({ length: 4 }, () => one.visitor()));
    const receipts = await Promise.all(visitors.map((visitor) => visitor.receipt(visitor.text('Hello'))));
    const conversations = receipts.map(({ conversation }) => conversation).toSorted();
    const states = (await Promise.all(conversations.map((id) => made.store.conversation({ workspace: WORKSPACE, id })))).map(
      (one) => one!.state,
    );
    const services = [one, two].map(({ chat }) => chat.service);
    await one.node.clock.advanceAsync(2_000);
    for (const service of services) {
      expect(service.withoutVisit(WORKSPACE)).toEqual([]);
      expect([...(await service.onMap(WORKSPACE, states))].toSorted()).toEqual(conversations);
    }
    for (const { tab } of visitors) tab.session.closed();
    await one.node.clock.advanceAsync(32 * 60_000);
    for (const service of services) {
      expect(service.withoutVisit(WORKSPACE).toSorted()).toEqual(conversations);
      expect(await service.onMap(WORKSPACE, states)).toEqual(new Set());
    }
    const heard = [near, far].map((desk) => desk.all('chat.elsewhere').length);
    expect(heard.every((times) => times > 0)).toBe(true);
    const third = await made.start('node-3');
    await one.node.clock.advanceAsync(3_000);
    expect(third.chat.service.withoutVisit(WORKSPACE).toSorted()).toEqual(conversations);
    const back = two.node.arrive(0, { secret: visitors[0]!.secret });
    await until(() => back.you);
    await one.node.clock.advanceAsync(2_000);
    for (const { chat } of [one, two, third]) expect(chat.service.withoutVisit(WORKSPACE)).toHaveLength(3);
    expect([near, far].every((desk, i) => desk.all('chat.elsewhere').length > heard[i]!)).toBe(true);
  });

  it('[CV29] of a node that does not answer, nobody is known to be on the map', async () => {
    const visitors = await Promise.all(Array.from({ length: 6 }, () => one.visitor()));
    const states = await Promise.all(
      visitors.map(async (visitor) => {
        const { conversation } = await visitor.receipt(visitor.text('Hello'));
        return (await made.store.conversation({ workspace: WORKSPACE, id: conversation }))!.state;
      }),
    );
    const here = states.filter(({ visitor }) => one.node.live.isOnMap(WORKSPACE, visitor)).map(({ id }) => id);
    two.node.live.halt();
    const asked = one.chat.service.onMap(WORKSPACE, states);
    await one.node.clock.advanceAsync(1_000);
    expect([...(await asked)].toSorted()).toEqual(here.toSorted());
  });

  it('[CV20] what a node stored and told nobody is told to tabs, consoles and visits within 5 s', async () => {
    // It has the store and nobody who hears it.
    const mute = await made.start('mute');
    mute.node.live.halt();
    await one.node.clock.advanceAsync(5_000);
    const desk = two.desk();
    const visitor = await two.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    desk.say({ t: 'chat.marks', conversation, read: 1 });
    await desk.hears('chat.change', ({ chatSeq }) => chatSeq === 2);
    const act = { do: 'act', workspace: WORKSPACE, conversation } as const;
    await mute.chat.service.request({ ...act, command: { c: 'accept', by: { kind: 'agent', id: 'ben' } } });
    await mute.chat.service.request({
      ...act,
      command: { c: 'say', by: { kind: 'agent', id: 'ben' }, cid: aCid(), words: { kind: 'text', text: 'last' } },
    });
    await made.pass(5_000);
    expect((await desk.hears('chat.head', ({ chatSeq }) => chatSeq === 4)).chatSeq).toBe(4);
    expect(await visitor.hears('chat.head')).toMatchObject({ conversation, rev: 4 });
    expect(await two.node.listed()).toMatchObject([{ status: 'assigned' }]);
    visitor.say({ t: 'chat.after', conversation, rev: 2 });
    expect(await visitor.hears('chat.changes', ({ prev }) => prev === 2)).toMatchObject({
      messages: [{ seq: 2 }, { body: { text: 'last' } }],
    });
  });

  it('[CV20] heads come while a chat is open, at most 5 s apart', async () => {
    const desk = one.desk();
    const visitor = await one.visitor();
    await visitor.receipt(visitor.text('Hello'));
    const before = [visitor.all('chat.head').length, desk.all('chat.head').length];
    await one.node.clock.advanceAsync(5_000);
    expect([visitor.all('chat.head').length, desk.all('chat.head').length].map((n, i) => n > before[i]!)).toEqual([true, true]);
  });
});
