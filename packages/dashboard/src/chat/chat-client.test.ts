import { CHAT_TIMES } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { scriptedChat } from '../../test/scripted-chat.ts';

const texts = (open: { messages: readonly { body: object }[] } | null): unknown[] =>
  (open?.messages ?? []).flatMap(({ body }) => ('text' in body ? [body.text] : []));

/** Connected, with one conversation that is this agent's and open on the screen. */
async function opened() {
  const q = scriptedChat();
  q.chat.start('c1', 'Hello');
  q.chat.does('c1', { c: 'accept', by: { kind: 'agent', id: 'u1' } });
  q.client.start();
  q.open();
  const line = q.client.line('c1');
  line.subscribe(() => undefined);
  line.open();
  await q.settled();
  return { ...q, line };
}

describe('changes', () => {
  test('[IB1] a hole that a change shows is read, and nothing is applied twice', async () => {
    const { chat, line, settled, client } = await opened();
    chat.swallow = (frame) => frame.t === 'chat.change';
    chat.visitor('c1', 'one');
    chat.visitor('c1', 'two');
    chat.swallow = () => false;
    await settled();
    expect(texts(line.get())).toEqual(['Hello']);
    chat.visitor('c1', 'three');
    await settled();
    expect(texts(line.get())).toEqual(['Hello', 'one', 'two', 'three']);
    expect(client.entries.get('c1')?.unread).toBe(4);
  });

  test('[IB1] a last change that was cut off is read when a head comes', async () => {
    const { chat, line, settled } = await opened();
    chat.swallow = (frame) => frame.t === 'chat.change';
    chat.visitor('c1', 'lost?');
    chat.swallow = () => false;
    chat.say({ t: 'chat.head', now: chat.now(), chatSeq: chat.chatSeq });
    await settled();
    expect(texts(line.get())).toEqual(['Hello', 'lost?']);
  });

  test('[IB1] what happened while the connection was away is there when it is back', async () => {
    const { chat, line, settled, cut, open, client } = await opened();
    cut();
    chat.visitor('c1', 'while you were away');
    chat.start('c2', 'Somebody new');
    open();
    await settled();
    expect(texts(line.get())).toEqual(['Hello', 'while you were away']);
    expect(client.entries.get('c2')?.unread).toBe(1);
  });

  test('[IB1] after a long absence and after a restored server everything is read anew', async () => {
    const { chat, line, settled, cut, open, asked } = await opened();
    cut();
    for (let i = 0; i < 520; i += 1) chat.start(`n${i}`, 'x');
    chat.visitor('c1', 'far away');
    open();
    await settled();
    await settled();
    expect(texts(line.get())).toEqual(['Hello', 'far away']);
    expect(asked.filter((route) => route.startsWith('/chat/changes')).length).toBeLessThanOrEqual(10);
    chat.chatSeq = 3;
    chat.say({ t: 'chat.head', now: chat.now(), chatSeq: 3 });
    await settled();
    expect(texts(line.get())).toEqual(['Hello', 'far away']);
  });

  test('[IB1] a reading that fails is made again', async () => {
    const { chat, line, settled, failRest, clock } = await opened();
    failRest(true);
    chat.swallow = (frame) => frame.t === 'chat.change';
    chat.visitor('c1', 'one');
    chat.swallow = () => false;
    chat.say({ t: 'chat.head', now: chat.now(), chatSeq: chat.chatSeq });
    await settled();
    expect(texts(line.get())).toEqual(['Hello']);
    failRest(false);
    clock.advance(2_000);
    await settled();
    expect(texts(line.get())).toEqual(['Hello', 'one']);
  });
});

describe('own words', () => {
  test('[IB2][IB3] stand at once, are sent in order, and are there once', async () => {
    const { client, chat, line, settled } = await opened();
    const first = client.say('c1', { kind: 'text', text: 'A' });
    void client.say('c1', { kind: 'text', text: 'B' });
    expect(line.get()?.outgoing.map(({ body }) => 'text' in body && body.text)).toEqual(['A', 'B']);
    const seen: number[] = [];
    line.subscribe(() => {
      const open = line.get();
      seen.push(
        texts(open).filter((text) => text === 'A').length +
          (open?.outgoing ?? []).filter(({ body }) => 'text' in body && body.text === 'A').length,
      );
    });
    await settled();
    expect(await first.done).toMatchObject({ ok: true });
    expect(texts(line.get())).toEqual(['Hello', 'A', 'B']);
    expect(line.get()?.outgoing).toEqual([]);
    expect(new Set(seen)).toEqual(new Set([1]));
    expect(chat.messages('c1').filter(({ body }) => body.kind === 'text')).toHaveLength(3);
  });

  test('[IB2] are repeated over lost frames in both directions, and stored once', async () => {
    const { client, chat, line, settled, cut, open } = await opened();
    // The frame never comes.
    chat.lose = (up) => up.t === 'chat.say';
    void client.say('c1', { kind: 'text', text: 'A' });
    await settled();
    cut();
    chat.lose = () => false;
    // It comes, and its receipt and the change do not.
    chat.swallow = (frame) => frame.t !== 'chat.head';
    open();
    await settled();
    cut();
    void client.say('c1', { kind: 'text', text: 'B' });
    chat.swallow = () => false;
    open();
    await settled();
    expect(texts(line.get())).toEqual(['Hello', 'A', 'B']);
    expect(line.get()?.outgoing).toEqual([]);
  });

  test('[IB2] what is refused for good stays with its reason, is said again or dropped', async () => {
    const { client, chat, line, settled } = await opened();
    chat.does('c1', { c: 'take_over', by: { kind: 'agent', id: 'u3' } });
    const said = client.say('c1', { kind: 'text', text: 'Me too' });
    await settled();
    expect(await said.done).toMatchObject({ ok: false, error: { code: 'not_owner' } });
    expect(line.get()?.outgoing).toMatchObject([{ failed: 'not_owner' }]);
    chat.does('c1', { c: 'take_over', by: { kind: 'agent', id: 'u1' } });
    client.sayAgain('c1', said.cid);
    await settled();
    expect(texts(line.get())).toEqual(['Hello', 'Me too']);
    chat.does('c1', { c: 'resolve', by: { kind: 'agent', id: 'u1' } });
    const late = client.say('c1', { kind: 'text', text: 'Too late' });
    await settled();
    client.drop('c1', late.cid);
    expect(line.get()?.outgoing).toEqual([]);
  });

  test('[IB2] wait over a reload of the page', async () => {
    const { client, settled, cut, unsent, chat } = await opened();
    cut();
    void client.say('c1', { kind: 'text', text: 'Before the reload' });
    void client.note('c1', 'and a note');
    client.stop();
    const again = scriptedChat({ unsent });
    again.chat.start('c1', 'Hello');
    again.chat.does('c1', { c: 'accept', by: { kind: 'agent', id: 'u1' } });
    again.client.start();
    again.open();
    await again.settled();
    expect(again.chat.messages('c1').map(({ body }) => body.kind)).toEqual(['text', 'event', 'text', 'note']);
    expect(unsent.text).toBeNull();
    await settled();
    expect(chat.messages('c1')).toHaveLength(2);
  });

  test('[IB2] more than may wait is not taken, and said so', async () => {
    const { client, cut } = await opened();
    cut();
    for (let i = 0; i < 100; i += 1) client.say('c1', { kind: 'text', text: String(i) });
    const more = client.say('c1', { kind: 'text', text: 'one more' });
    expect(more.cid).toBe('');
    expect(await more.done).toMatchObject({ ok: false, error: { code: 'rate_limited' } });
  });
});

describe('commands', () => {
  test('[IB4] show at once, and are taken back when somebody was faster', async () => {
    const { client, chat, settled } = await opened();
    chat.start('c2', 'Anybody?');
    const done = client.accept('c2');
    expect(client.entries.get('c2')?.conversation).toMatchObject({ status: 'assigned', owner: { id: 'u1' } });
    await settled();
    expect(await done).toMatchObject({ ok: true });
    expect(client.entries.get('c2')?.conversation).toMatchObject({ status: 'assigned', owner: { id: 'u1' } });

    chat.start('c3', 'And me?');
    chat.swallow = (frame) => frame.t === 'chat.change';
    chat.does('c3', { c: 'accept', by: { kind: 'agent', id: 'u3' } });
    const late = client.accept('c3');
    expect(client.entries.get('c3')?.conversation.owner.id).toBe('u1');
    chat.swallow = () => false;
    await settled();
    expect(await late).toMatchObject({ ok: false, error: { code: 'taken' } });
    expect(client.entries.get('c3')?.conversation.status).not.toBe('assigned');
    chat.say({ t: 'chat.head', now: chat.now(), chatSeq: chat.chatSeq });
    await settled();
    expect(client.entries.get('c3')?.conversation.owner.id).toBe('u3');
  });

  test('[IB4] are declined without a connection, and do not happen later', async () => {
    const { client, chat, settled, cut, open } = await opened();
    cut();
    expect(await client.resolve('c1')).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    open();
    await settled();
    expect(chat.state('c1').phase.status).toBe('assigned');
  });

  test('[IB4] asked twice over a lost receipt they are done once', async () => {
    const { client, chat, settled, cut, open } = await opened();
    chat.swallow = (frame) => frame.t !== 'chat.head';
    const done = client.resolve('c1');
    await settled();
    cut();
    chat.swallow = () => false;
    open();
    await settled();
    expect(await done).toMatchObject({ ok: true });
    expect(chat.messages('c1').filter(({ body }) => body.kind === 'event' && body.event === 'resolved')).toHaveLength(1);
  });
});

describe('transcripts', () => {
  test('[IB5] are read from the end, a page at a time, without a hole', async () => {
    const { chat, client, settled } = await opened();
    chat.start('long', '1');
    for (let i = 2; i <= 250; i += 1) chat.visitor('long', String(i));
    const line = client.line('long');
    line.subscribe(() => undefined);
    line.open();
    await settled();
    const seqs = (): number[] => (line.get()?.messages ?? []).map(({ seq }) => seq);
    expect([seqs()[0], seqs().at(-1), line.get()?.hasEarlier]).toEqual([151, 250, true]);
    // An old message changes: what is not loaded is not torn out of its place.
    chat.does('long', { c: 'edit', by: { kind: 'visitor' }, seq: 3, text: 'changed' });
    await settled();
    expect(seqs()[0]).toBe(151);
    line.loadEarlier();
    line.loadEarlier();
    await settled();
    expect([seqs()[0], seqs().length]).toEqual([51, 200]);
    await line.loadTo(1);
    expect(seqs()).toEqual(Array.from({ length: 250 }, (_, i) => i + 1));
    expect(line.get()).toMatchObject({ hasEarlier: false });
    expect(texts(line.get())[2]).toBe('changed');
  });

  test('[IB5] what comes while it is loading is not lost', async () => {
    const { chat, client, settled } = await opened();
    chat.start('c2', 'first');
    const line = client.line('c2');
    line.subscribe(() => undefined);
    line.open();
    chat.visitor('c2', 'second');
    await settled();
    chat.visitor('c2', 'third');
    await settled();
    expect(texts(line.get())).toEqual(['first', 'second', 'third']);
  });

  test('[IB14] what was undone is in no transcript; what was deleted keeps its place', async () => {
    const { chat, client, line, settled } = await opened();
    client.say('c1', { kind: 'text', text: 'oops' });
    await settled();
    void client.remove('c1', 3, 'undo');
    client.say('c1', { kind: 'text', text: 'wrong' });
    await settled();
    void client.remove('c1', 4, 'delete');
    await settled();
    expect(line.get()?.messages.map(({ seq, gone }) => [seq, gone])).toEqual([
      [1, ''],
      [2, ''],
      [4, 'deleted'],
    ]);
    expect(chat.messages('c1')).toHaveLength(4);
  });

  test('[IB20] one that is not there is missing', async () => {
    const { client, settled } = await opened();
    const line = client.line('nowhere');
    line.open();
    await settled();
    expect(line.state).toBe('missing');
  });
});

describe('what is new', () => {
  test('[IB6] is counted as it comes, and gone when read here, in another window, or answered', async () => {
    const { client, chat, settled, otherWindowRead } = await opened();
    const unread = (id: string): number | undefined => client.entries.get(id)?.unread;
    chat.start('c2', 'one');
    chat.visitor('c2', 'two');
    expect(unread('c2')).toBe(2);
    client.marks('c2', 1);
    expect(unread('c2')).toBe(2);
    client.marks('c2', 2);
    expect(unread('c2')).toBe(0);
    chat.visitor('c2', 'three');
    otherWindowRead('c2');
    expect(unread('c2')).toBe(0);
    chat.visitor('c1', 'four');
    expect(unread('c1')).toBe(2);
    client.say('c1', { kind: 'text', text: 'answer' });
    await settled();
    expect(unread('c1')).toBe(0);
  });

  test('[IB12] the counts are read again at most once a second', async () => {
    const { client, chat, settled, asked, clock } = await opened();
    client.counts.subscribe('', () => undefined);
    await settled();
    clock.advance(1_000);
    await settled();
    const before = asked.filter((route) => route === '/chat/counts').length;
    for (let i = 0; i < 50; i += 1) chat.visitor('c1', String(i));
    await settled();
    clock.advance(1_000);
    await settled();
    expect(asked.filter((route) => route === '/chat/counts').length - before).toBeLessThanOrEqual(2);
    expect(client.counts.get()).toMatchObject({ active: 1, unread: 1 });
  });
});

describe('what the counts cost', () => {
  test('[IB27] what changes no count asks for none; what does is counted within a second', async () => {
    const { client, chat, settled, asked, clock } = await opened();
    client.counts.subscribe('', () => undefined);
    chat.start('c2', 'Hi');
    chat.does('c2', { c: 'accept', by: { kind: 'agent', id: 'u2' } });
    chat.visitor('c1', 'unread');
    const pass = async (): Promise<number> => {
      await settled();
      clock.advance(1_000);
      await settled();
      return asked.filter((route) => route === '/chat/counts').length;
    };
    await pass();
    const before = await pass();
    chat.visitor('c1', 'more of the same');
    expect(await pass()).toBe(before);
    chat.visitor('c2', 'what a colleague is told');
    chat.agent('c2', 'u2', 'and says');
    expect(await pass()).toBe(before);
    chat.does('c2', { c: 'resolve', by: { kind: 'agent', id: 'u2' } });
    expect(await pass()).toBe(before + 1);
    expect(client.counts.get()).toMatchObject({ active: 1, mine: 1, unread: 1 });
  });
});

describe('what holds now', () => {
  test('[IB7] typing ends by itself, with the message, and with the connection', async () => {
    const { client, chat, clock, cut } = await opened();
    const types = (): void => chat.say({ t: 'chat.typing', conversation: 'c1', on: true, text: 'He' });
    types();
    expect(client.signals.typing('c1')).toEqual({ text: 'He' });
    clock.advance(CHAT_TIMES.typingForMs);
    expect(client.signals.typing('c1')).toBeNull();
    types();
    chat.visitor('c1', 'Hello again');
    expect(client.signals.typing('c1')).toBeNull();
    types();
    chat.say({
      t: 'chat.lookers',
      conversation: 'c1',
      agents: [
        { id: 'u1', typing: false },
        { id: 'u3', typing: true },
      ],
    });
    expect(client.signals.lookers('c1')).toEqual([{ id: 'u3', typing: true }]);
    cut();
    expect(client.signals.typing('c1')).toBeNull();
    expect(client.signals.lookers('c1')).toEqual([]);
  });

  test('[IB7] what is watched, read and invited is said again on a new connection; typing is bounded', async () => {
    const { client, cut, open, sent, settled } = await opened();
    client.watch('c1');
    client.inviting('v9');
    client.marks('c1', 2);
    for (let i = 0; i < 20; i += 1) client.typing('c1', true);
    client.typing('c1', false);
    client.typing('c1', false);
    expect(sent.filter((up) => up.t === 'chat.typing')).toHaveLength(2);
    sent.length = 0;
    cut();
    open();
    await settled();
    expect(sent.map((up) => up.t)).toEqual(['chat.hello', 'chat.watch', 'chat.inviting', 'chat.marks']);
  });
});
