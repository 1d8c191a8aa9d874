import type { ChatCommand, ChatState } from '@foyer/domain/chat';
import type { Message } from '@foyer/protocol';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatChange, ChatStore } from './chat-store.ts';
import { agent, Desk, text, visitor } from './chat-store.testkit.ts';
import type { StoreUnderTest } from './history-store.contract.ts';

const who = fc.constantFrom('anna', 'ben').map((id) => agent(id));
const seq = fc.nat(8);
/** Few client ids, so that many are used again. */
const cid = fc.nat(12).map((n) => `cid-again-${n}`);
const words = fc.constantFrom('apples', 'pears').map(text);
const ask = { kind: 'buttons', text: '?', buttons: [{ id: 'a', label: 'A' }] } as const;
type Command = Exclude<ChatCommand, { c: 'start' | 'invite' }>;
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ c: fc.constant('say' as const), by: fc.oneof(who, fc.constant(visitor)), cid, words: fc.oneof(words, fc.constant(ask)) }),
  fc.record({ c: fc.constant('note' as const), by: who, cid, text: fc.constant('careful'), mentions: fc.constant([]) }),
  fc.record({ c: fc.constant('choose' as const), by: fc.constant(visitor), cid, to: seq, button: fc.constant('a') }),
  fc.record({ c: fc.constant('edit' as const), by: who, seq, text: fc.constantFrom('plums', 'figs') }),
  fc.record({ c: fc.constant('remove' as const), by: who, seq, how: fc.constantFrom('delete' as const, 'undo' as const) }),
  fc.record({ c: fc.constant('accept' as const), by: who }),
  fc.record({ c: fc.constant('take_over' as const), by: who }),
  fc.record({ c: fc.constant('release' as const), by: who }),
  fc.record({ c: fc.constant('hand_to_ai' as const), by: who, ai: fc.constant('robot') }),
  fc.record({ c: fc.constant('resolve' as const), by: fc.oneof(who, fc.constant(visitor)) }),
  fc.record({ c: fc.constant('rate' as const), by: fc.constant(visitor), cid, stars: fc.constant(4), comment: fc.constant('fine') }),
  fc.record({ c: fc.constant('tag' as const), by: who, tags: fc.subarray(['x', 'y']) }),
  fc.record({ c: fc.constant('mark' as const), by: fc.oneof(who, fc.constant(visitor)), delivered: seq, read: seq }),
);
const request = fc.oneof(
  fc.record({ do: fc.constant('write' as const), visitor: fc.constantFrom('v1', 'v2'), cid, words }),
  fc.record({ do: fc.constant('invite' as const), visitor: fc.constantFrom('v1', 'v2'), by: who, cid, anyway: fc.boolean() }),
  { weight: 6, arbitrary: fc.record({ do: fc.constant('act' as const), nth: fc.nat(2), command }) },
);
const wave = fc.record({ laterMs: fc.constantFrom(0, 5_000, 20 * 3_600_000), requests: fc.array(request, { minLength: 1, maxLength: 6 }) });

/** Random requests, several at once, come to what their decisions say. */
export function chatStoreFuzz(name: string, makeStore: () => Promise<StoreUnderTest<ChatStore>>, runs: number): void {
  const numRuns = Number(process.env['FOYER_FUZZ_SEEDS'] ?? runs);
  describe(`random requests: ${name}`, () => {
    let made: StoreUnderTest<ChatStore>;
    beforeAll(async () => {
      made = await makeStore();
    });
    afterAll(() => made.dispose());

    it('[CS18] the store holds the states and messages that the changes make, and every way of reading agrees', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(wave, { minLength: 1, maxLength: 12, size: 'max' }), async (waves) => {
          const desk = new Desk(made.store);
          const known: string[] = [];
          const changes: ChatChange[] = [];
          for (const { laterMs, requests } of waves) {
            desk.now += laterMs;
            const outcomes = requests.map((q) => {
              if (q.do === 'write') return desk.write(q.words.text, { visitor: q.visitor, cid: q.cid });
              if (q.do === 'invite') return desk.invite(q.by.id, { visitor: q.visitor, cid: q.cid, anyway: q.anyway });
              return desk.act(known[q.nth] ?? 'none', q.command);
            });
            for (const outcome of await Promise.all(outcomes)) {
              if (!outcome.ok) continue;
              changes.push(...outcome.changes);
              if (!known.includes(outcome.receipt.conversation)) known.push(outcome.receipt.conversation);
            }
          }
          await check(desk, known, changes);
        }),
        { numRuns },
      );
    });
  });
}

async function check(desk: Desk, known: readonly string[], changes: ChatChange[]): Promise<void> {
  const { workspace, store } = desk;
  changes.sort((a, b) => a.chatSeq - b.chatSeq);
  expect(changes.map(({ chatSeq }) => chatSeq)).toEqual(changes.map((_, i) => i + 1));
  expect(await desk.head()).toBe(changes.length);
  const states = new Map<string, ChatState>();
  const messages = new Map<string, Map<number, Message>>();
  for (const { state, prevShownRev, messages: told } of changes) {
    expect([state.rev, prevShownRev]).toEqual([(states.get(state.id)?.rev ?? 0) + 1, states.get(state.id)?.shownRev ?? 0]);
    states.set(state.id, state);
    const transcript = messages.get(state.id) ?? new Map<number, Message>();
    for (const message of told) transcript.set(message.seq, message);
    messages.set(state.id, transcript);
  }
  expect([...states.keys()].sort()).toEqual([...known].sort());
  for (const [id, state] of states) {
    expect(await desk.state(id)).toEqual(state);
    const expected = [...messages.get(id)!.values()];
    expect(await desk.messages(id)).toEqual(expected);
    const { messages: after } = await store.messagesAfter({ workspace, conversation: id, rev: 0, limit: 500 });
    expect(after.toSorted((a, b) => a.seq - b.seq)).toEqual(expected);
  }
  const open = [...states.values()].filter(({ phase }) => phase.status !== 'resolved').map((state) => state.visitor);
  expect(new Set(open).size).toBe(open.length);
  for (const word of ['apples', 'pears', 'plums', 'figs', 'careful', 'fine']) {
    const { found } = await store.search({ workspace, text: word, limit: 500 });
    const having = [...messages].flatMap(([id, all]) =>
      [...all.values()].filter((m) => JSON.stringify(m.body).includes(`"${word}"`)).map((m) => `${id} ${m.seq}`),
    );
    expect(found.map(({ conversation, message }) => `${conversation.state.id} ${message.seq}`).sort()).toEqual(having.sort());
  }
}
