import { describe, expect, test } from 'vitest';
import { scriptedChat } from '../../test/scripted-chat.ts';
import type { InboxFilter } from './chat-types.ts';

const agent = (id: string) => ({ kind: 'agent', id }) as const;

async function listed(filter: InboxFilter, prepare: (q: ReturnType<typeof scriptedChat>) => void) {
  const q = scriptedChat();
  prepare(q);
  q.client.start();
  q.open();
  await q.settled();
  const list = q.client.list(filter);
  list.subscribe(() => undefined);
  await q.settled();
  const drawn = async () => {
    await q.settled();
    q.clock.advance(20);
    return Object.fromEntries(list.get().sections.map(({ key, ids }) => [key, ids]));
  };
  return { ...q, list, drawn };
}

describe('the list', () => {
  test('[IB8] who waits longest is on top, then what is open and what was resolved today, newest first', async () => {
    const { drawn } = await listed({ tab: 'open' }, ({ chat, clock }) => {
      for (const id of ['w1', 'w2', 'o1', 'o2', 'r1']) {
        chat.start(id, id);
        clock.advance(60_000);
      }
      for (const id of ['o1', 'o2', 'r1']) chat.does(id, { c: 'accept', by: agent('u3') });
      chat.does('r1', { c: 'resolve', by: agent('u3') });
    });
    expect(await drawn()).toEqual({ waiting: ['w1', 'w2'], open: ['o2', 'o1'], today: ['r1'] });
  });

  test('[IB9] what happens moves a conversation without the list being read again', async () => {
    const { drawn, chat, clock, asked } = await listed({ tab: 'open' }, ({ chat, clock }) => {
      for (const id of ['a', 'b']) {
        chat.start(id, id);
        clock.advance(1_000);
      }
    });
    const before = asked.length;
    chat.does('a', { c: 'accept', by: agent('u3') });
    expect(await drawn()).toEqual({ waiting: ['b'], open: ['a'], today: [] });
    chat.does('b', { c: 'accept', by: agent('u3') });
    clock.advance(1_000);
    chat.visitor('a', 'again');
    expect(await drawn()).toEqual({ waiting: [], open: ['a', 'b'], today: [] });
    chat.does('b', { c: 'resolve', by: agent('u3') });
    chat.start('c', 'new');
    expect(await drawn()).toEqual({ waiting: ['c'], open: ['a'], today: ['b'] });
    expect(asked.slice(before).filter((route) => route.startsWith('/conversations'))).toEqual([]);
  });

  test('[IB9] pages follow one another without doubles, while conversations come and move', async () => {
    const { list, drawn, chat, clock, settled } = await listed({ tab: 'waiting' }, ({ chat, clock }) => {
      for (let i = 0; i < 120; i += 1) {
        chat.start(`c${String(i).padStart(3, '0')}`, 'x');
        clock.advance(10);
      }
    });
    expect((await drawn())['waiting']).toHaveLength(50);
    // Below what is read: it is not shown before its page comes.
    chat.start('newest', 'x');
    expect((await drawn())['waiting']).toHaveLength(50);
    chat.does('c000', { c: 'accept', by: agent('u3') });
    expect((await drawn())['waiting']).toHaveLength(49);
    for (let i = 0; i < 4; i += 1) {
      list.get().loadMore('waiting');
      await settled();
    }
    const ids = (await drawn())['waiting'] ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    // One page was counted from a list that had moved by one; a real page goes by keys.
    expect(ids.length).toBeGreaterThanOrEqual(119);
    expect(ids.at(-1)).toBe('newest');
    expect(list.get().sections[0]?.isComplete).toBe(true);
    clock.advance(1);
  });

  test('[IB8] mine are mine, and a filter narrows what comes as well as what is read', async () => {
    const { drawn, chat } = await listed({ tab: 'mine' }, ({ chat }) => {
      chat.start('a', 'a');
      chat.does('a', { c: 'accept', by: agent('u1') });
      chat.start('b', 'b');
      chat.does('b', { c: 'accept', by: agent('u3') });
    });
    expect(await drawn()).toEqual({ mine: ['a'] });
    chat.does('b', { c: 'take_over', by: agent('u1') });
    chat.does('a', { c: 'release', by: agent('u1') });
    expect(await drawn()).toEqual({ mine: ['b'] });

    const narrow = await listed({ tab: 'open', source: 'api', tag: 'vip' }, ({ chat: other }) => {
      other.start('x', 'x', { source: 'api' });
      other.does('x', { c: 'tag', by: agent('u1'), tags: ['vip'] });
      other.start('y', 'y');
    });
    expect(await narrow.drawn()).toEqual({ waiting: ['x'], open: [], today: [] });
    narrow.chat.does('y', { c: 'tag', by: agent('u1'), tags: ['vip'] });
    narrow.chat.does('x', { c: 'tag', by: agent('u1'), tags: [] });
    expect(await narrow.drawn()).toEqual({ waiting: [], open: [], today: [] });
  });

  test('[IB23] a list that did not come says so and comes by itself', async () => {
    const { list, failRest, clock, settled, drawn, chat } = await listed({ tab: 'open' }, ({ chat, failRest }) => {
      chat.start('a', 'a');
      failRest(true);
    });
    expect(list.get()).toMatchObject({ isLoading: false, failure: expect.anything() as unknown });
    failRest(false);
    clock.advance(2_000);
    await settled();
    expect(list.get()).toMatchObject({ isLoading: false, failure: null });
    expect(await drawn()).toMatchObject({ waiting: ['a'] });
    chat.start('b', 'b');
    expect(await drawn()).toMatchObject({ waiting: ['a', 'b'] });
  });
});
