import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCid, aHello, type ChatNode, chatWorld, until, WORKSPACE } from './chat.testkit.ts';

let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
let mailed: string[];
beforeEach(async () => {
  mailed = [];
  made = await chatWorld();
  one = await made.start('node-1', {}, { mailTranscript: async ({ email }) => mailed.push(email) > 0 });
});
afterEach(() => made.dispose());

describe('who means ill', () => {
  it('[CV28] somebody else at the same tab is shown nothing of the one before', async () => {
    const tab = await one.visitor();
    const { conversation } = await tab.receipt(tab.text('mine'));
    const other = await tab.hello({ secret: 'secret-of-somebody-else' });
    expect(other).toMatchObject({ conversation: null, rev: 0 });
    tab.say({ t: 'chat.typing', on: true, text: 'x' });
    const second = await tab.receipt(tab.text('theirs'));
    expect(second.conversation).not.toBe(conversation);
    expect(await tab.hello({ secret: tab.secret })).toMatchObject({ conversation: { id: conversation } });
  });

  it('[CV28] transcripts are mailed 10 times for an address, however many conversations it begins; then once in 10 minutes', async () => {
    const ask = async (addressHash: string): Promise<string> => {
      const tab = one.tab({ addressHash });
      await tab.hello();
      const { conversation } = await tab.receipt(tab.text('Buy this'));
      const cid = aCid();
      tab.say({ t: 'chat.mail', cid, conversation, email: 'stranger@far.test' });
      return until(() => [...tab.all('chat.receipt'), ...tab.all('chat.refused')].find((frame) => frame.cid === cid)?.t);
    };
    const answers: string[] = [];
    for (let i = 0; i < 12; i++) answers.push(await ask('hash-spam'));
    expect(answers.filter((t) => t === 'chat.receipt')).toHaveLength(10);
    expect(mailed).toHaveLength(10);
    expect(await ask('hash-else')).toBe('chat.receipt');
    await one.node.clock.advanceAsync(600_000);
    expect([await ask('hash-spam'), await ask('hash-spam')]).toEqual(['chat.receipt', 'chat.refused']);
  });

  it('[CV28] a typing that never began does not end, however often it is said', async () => {
    const visitor = await one.visitor();
    const { conversation } = await visitor.receipt(visitor.text('Hello'));
    const desk = one.desk();
    desk.say({ t: 'chat.watch', conversation });
    for (let i = 0; i < 15; i++) visitor.say({ t: 'chat.typing', on: false });
    visitor.say({ t: 'chat.typing', on: true });
    for (let i = 0; i < 15; i++) visitor.say({ t: 'chat.typing', on: false });
    await desk.hears('chat.typing', ({ on }) => !on);
    expect(desk.all('chat.typing').map(({ on }) => on)).toEqual([true, false]);
  });

  it('[CV28] secrets that are made up are forgotten with their tabs, however many one tab and one address say', async () => {
    const { here } = one.chat.service.tabs;
    const known = (): number => {
      const note = here.everything();
      return note.k === 'chat-here' ? Object.keys(note.set[WORKSPACE] ?? {}).length : -1;
    };
    const forger = await one.visitor();
    const before = known();
    for (let i = 0; i < 60; i++) {
      forger.say({
        t: 'chat.hello',
        v: 1,
        tab: 'tab-forger',
        lang: 'en',
        tz: 'UTC',
        page: { url: 'https://shop.test/', title: '' },
        secret: `forged-secret-${i}-0123456789`,
      });
      // An answer for a secret before the latest is not given any more.
      await until(() => forger.all('chat.you').length > i);
      await one.node.clock.advanceAsync(250);
    }
    await one.node.clock.advanceAsync(6_000);
    expect(known()).toBe(before);
    const tabs = Array.from({ length: 200 }, () => one.tab());
    await Promise.all(tabs.map((tab, i) => tab.hello({ secret: `other-secret-${i}-0123456789` })));
    expect(known()).toBe(before + 200);
    for (const { tab } of tabs) tab.session.closed();
    await one.node.clock.advanceAsync(6_000);
    expect(known()).toBe(before);
  });

  it('[WS28] half of a character is told as it is stored, in words and names', async () => {
    const desk = one.desk();
    const tab = one.tab();
    tab.tab.say(aHello({ tab: 'tab-halves' }));
    await until(() => tab.tab.you);
    await tab.hello();
    await tab.receipt(tab.text('half \uD83D', { contact: { name: 'Eve \uDC00' } }));
    const { conversation, messages } = await desk.hears('chat.change');
    expect([conversation.contact.name, messages[0]!.body]).toEqual(['Eve \uFFFD', { kind: 'text', text: 'half \uFFFD' }]);
    const stored = await made.store.conversation({ workspace: WORKSPACE, id: conversation.id });
    expect(stored!.state.contact).toEqual(conversation.contact);
  });
});
