import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@foyer/domain/simulate';
import { boundOf, bucketOf, medianOf } from '@foyer/domain/analytics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { freshStores, newDataDir, openStores, removeDataDir } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { DAY, HOUR } from '../ports/history-store.testkit.ts';
import { Desk, MINUTE, agent, done, nextId, text, visitor } from '../ports/chat-store.testkit.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { ChatCounts } from './chat-counts.ts';
import { type Talk, expectChatRecount } from './chat-counts.testkit.ts';

let made: Awaited<ReturnType<typeof freshStores>>;
beforeAll(async () => {
  made = await freshStores();
});
afterAll(() => made.dispose());

const fail = (what: string, cause: unknown): never => {
  throw new Error(what, { cause });
};
const counting = (history: HistoryStore, onOutage: (what: string, cause: unknown) => void = fail): ChatCounts =>
  new ChatCounts({ clock: systemClock, chats: made.chat, history, onOutage });
const talksOf = async (desk: Desk, ids: readonly string[]): Promise<Talk[]> =>
  Promise.all(ids.map(async (id) => ({ state: await desk.state(id), messages: await desk.messages(id) })));

describe('conversations in the figures', () => {
  it.each([
    ['memory', () => memoryHistory()],
    ['sqlite', () => made.history],
  ])('[AN1] figures are what reading all conversations gives, whatever happens in them and in whatever zone (%s)', async (_, history) => {
    const store = history();
    const counts = counting(store);
    for (const [seed, timeZone] of ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'].entries()) {
      const random = createRandom(seed + 1);
      const desk = new Desk(made.chat);
      // Five days around the end of summer time in Berlin; New York's and Chatham's change is not far.
      desk.now = Date.UTC(2026, 9, 23, 20);
      const ids: string[] = [];
      for (let step = 0; step < 150; step++) {
        desk.now += Math.round(random.wait(45 * MINUTE));
        const some = ids.length > 0 ? random.pick(ids) : '';
        const who = agent(random.pick(['anna', 'ben', 'cleo']));
        const act = (command: Parameters<Desk['act']>[1]) => desk.act(some, command);
        const draw = random.int(0, 9);
        if (some === '' || draw === 0)
          ids.push(
            await desk.open({
              origin: { source: random.pick(['widget', 'api', 'whatsapp'] as const), ai: random.chance(0.3) ? 'robot' : '' },
            }),
          );
        else if (draw <= 2) await act({ c: 'say', by: visitor, cid: nextId('cid'), words: text('and?') });
        else if (draw <= 4)
          await act({ c: 'take_over', by: who }).then(() => act({ c: 'say', by: who, cid: nextId('cid'), words: text('so') }));
        else if (draw === 5) await act({ c: 'resolve', by: who });
        else if (draw === 6) await act({ c: 'rate', by: visitor, cid: nextId('cid'), stars: random.int(1, 5), comment: '' });
        else if (draw === 7) await act({ c: 'note', by: who, cid: nextId('cid'), text: 'hm', mentions: [] });
        else if (draw === 8) ids.push((await done(desk.invite('anna', { visitor: nextId('v') }))).conversation);
        else await counts.run();
        if (step === 75) await store.setZone({ workspace: desk.workspace, timeZone });
      }
      await counts.run();
      await counts.run();
      await expectChatRecount(store, { workspace: desk.workspace, timeZone, talks: await talksOf(desk, ids) });
    }
  });

  it('[AN2] what is counted twice, late or by a process that knew less counts once', async () => {
    const store = memoryHistory();
    const desk = new Desk(made.chat);
    const id = await desk.open();
    await counting(store).run();
    await desk.say(id, 'hello', visitor);
    await counting(store).run();
    await counting(store).run();
    const stale = {
      workspace: desk.workspace,
      conversation: id,
      chatSeq: 1,
      site: 's',
      source: 'widget',
      visitor: 'v',
      status: 'assigned',
    };
    const figures = {
      isChat: true,
      messages: [],
      firstReplyMs: -1,
      firstReplyBy: '',
      resolvedMs: -1,
      resolvedBy: '',
      stars: 0,
      ratedAgent: '',
      botMs: -1,
    };
    await store.bookConversations({
      workspace: desk.workspace,
      upTo: 1,
      conversations: [{ ...stale, country: '', name: '', email: '', startedAt: desk.now, lastMessageAt: desk.now, figures }],
    });
    expect((await store.chatMarks()).get(desk.workspace)).toBe(await desk.head());
    await expectChatRecount(store, { workspace: desk.workspace, timeZone: 'UTC', talks: await talksOf(desk, [id]) });
  });

  it('[AN3] when an older backup of the chats is put back, all of them are counted anew', async () => {
    const store = memoryHistory();
    const desk = new Desk(made.chat);
    const id = await desk.open();
    await counting(store).run();
    await store.bookConversations({ workspace: desk.workspace, upTo: 1_000, conversations: [] });
    await desk.say(id, 'hello', visitor);
    await counting(store).run();
    expect((await store.chatMarks()).get(desk.workspace)).toBe(await desk.head());
    await expectChatRecount(store, { workspace: desk.workspace, timeZone: 'UTC', talks: await talksOf(desk, [id]) });
  });

  it('[AN4] an outage is told, and what it kept from being counted is counted in the next round', async () => {
    const store = memoryHistory();
    const desk = new Desk(made.chat);
    const id = await desk.open();
    const told: string[] = [];
    let isAway = true;
    const counts = counting(
      { ...store, bookConversations: (q) => (isAway ? Promise.reject(new Error('away')) : store.bookConversations(q)) },
      (what) => told.push(what),
    );
    await counts.run();
    expect(told).toEqual(['count conversations']);
    isAway = false;
    await counts.run();
    await expectChatRecount(store, { workspace: desk.workspace, timeZone: 'UTC', talks: await talksOf(desk, [id]) });
  });
});

describe('conversations in the figures, on disk', () => {
  it('[AN17] after kill -9 at any moment between the two files nothing is lost and nothing counts twice', async () => {
    const dir = newDataDir();
    const program = fileURLToPath(new URL('./testdata/chats-until-killed.ts', import.meta.url));
    try {
      for (let round = 0; round < 3; round++) {
        const writer = spawn(process.execPath, [program, dir, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
        let said = 0;
        for await (const _ of createInterface({ input: writer.stdout })) if (++said === 60 + round * 41) writer.kill('SIGKILL');
        const { chat, history, close } = await openStores(dir);
        await new ChatCounts({ clock: systemClock, chats: chat, history, onOutage: fail }).run();
        const entries = await chat.changesAfter({ workspace: 'killed', agent: '', chatSeq: 0, limit: 100_000 });
        const talks = await Promise.all(
          entries.map(async ({ state }) => ({
            state,
            messages: await chat.messagesBefore({ workspace: 'killed', conversation: state.id, seq: 1e9, limit: 10_000 }),
          })),
        );
        expect(talks.length).toBeGreaterThan(3);
        await expectChatRecount(history, { workspace: 'killed', timeZone: 'UTC', talks });
        await close();
      }
    } finally {
      removeDataDir(dir);
    }
  }, 120_000);
});

describe('medians', () => {
  function bucketsOf(times: readonly number[]): { bucket: number; count: number; sum: number }[] {
    const buckets = new Map<number, { bucket: number; count: number; sum: number }>();
    for (const ms of times) {
      const known = buckets.get(bucketOf(ms)) ?? { bucket: bucketOf(ms), count: 0, sum: 0 };
      buckets.set(known.bucket, { ...known, count: known.count + 1, sum: known.sum + ms });
    }
    return [...buckets.values()];
  }

  it('[AN5] a median of buckets is within 9 percent of the median of the times themselves', () => {
    const random = createRandom(7);
    for (const middle of [2_000, 40_000, 10 * MINUTE, 7 * HOUR, 9 * DAY]) {
      const times = Array.from({ length: 401 }, () => random.around(middle, 1)).sort((a, b) => a - b);
      expect(Math.abs(medianOf(bucketsOf(times))! / times[200]! - 1)).toBeLessThan(0.09);
    }
    expect(medianOf([])).toBeNull();
  });

  it('[AN5] a median is never outside of what was measured, and exact where its values are alone in their buckets', () => {
    const random = createRandom(11);
    for (let round = 0; round < 2_000; round++) {
      const middle = random.int(500, 5_000_000);
      const times = Array.from({ length: random.int(1, 9) }, () => Math.round(random.around(middle, random.chance(0.5) ? 0.02 : 0.8)));
      times.sort((a, b) => a - b);
      const [low, high] = [times[Math.floor((times.length - 1) / 2)]!, times[Math.floor(times.length / 2)]!];
      const median = medianOf(bucketsOf(times))!;
      expect({ times, median, isWithin: median >= times[0]! && median <= times.at(-1)! }).toMatchObject({ isWithin: true });
      const isAlone = (ms: number): boolean => times.filter((other) => bucketOf(other) === bucketOf(ms)).length === 1;
      if (isAlone(low) && isAlone(high)) expect(median).toBe(Math.round((low + high) / 2));
      else if (low >= 1_000) expect(Math.abs(median / ((low + high) / 2) - 1)).toBeLessThan(0.0906);
    }
    expect(medianOf(bucketsOf([22_000]))).toBe(22_000);
    expect(medianOf(bucketsOf([1e15]))).toBe(1e15);
  });

  it('[AN5] every time is in the bucket whose bounds are around it', () => {
    for (let bucket = 0; bucket < 170; bucket++) {
      expect(bucketOf(boundOf(bucket) - 1)).toBe(bucket);
      expect(bucketOf(boundOf(bucket))).toBe(bucket + 1);
    }
    expect(bucketOf(0)).toBe(0);
    expect(bucketOf(1e15)).toBe(176);
  });
});
