import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agent, aFile, anOrigin, buttons, Chat, form, HOUR, MINUTE, system, text, visitor } from './chat.testkit.ts';
import type { ChatCommand, ChatFacts } from './command.ts';
import { evolve } from './evolve.ts';
import { maySpeak } from './messages.ts';
import { type ChatState, ownerOf } from './state.ts';

const who = fc.constantFrom('anna', 'ben');
const anAgent = who.map((id) => agent(id));
const anAi = fc.record({ kind: fc.constant('ai' as const), id: fc.constantFrom('robot', 'other'), epoch: fc.nat(8) });
const aVisitor = fc.constant(visitor);
const cid = fc.nat(1e9).map((n) => `cid-${n}`);
const seq = fc.nat(12);
const words = fc.constantFrom(text(), text('more'), buttons, form, { kind: 'attachment' as const, text: '', files: ['f1'] });
const speaker = fc.oneof(aVisitor, anAgent, anAi);
const origin = fc.record({ ai: fc.constantFrom('', 'robot'), cookieless: fc.boolean() }).map(anOrigin);

const command: fc.Arbitrary<ChatCommand> = fc.oneof(
  fc.record({ c: fc.constant('start' as const), by: aVisitor, cid, origin, words }),
  fc.record({ c: fc.constant('invite' as const), by: anAgent, cid, origin, words }),
  { weight: 6, arbitrary: fc.record({ c: fc.constant('say' as const), by: speaker, cid, words }) },
  fc.record({ c: fc.constant('note' as const), by: anAgent, cid, text: fc.constant('n'), mentions: fc.constant([]) }),
  fc.record({ c: fc.constant('edit' as const), by: fc.oneof(aVisitor, anAgent), seq, text: fc.constantFrom('x', 'y') }),
  fc.record({
    c: fc.constant('remove' as const),
    by: fc.oneof(aVisitor, anAgent),
    seq,
    how: fc.constantFrom('delete' as const, 'undo' as const),
  }),
  { weight: 2, arbitrary: fc.record({ c: fc.constant('choose' as const), by: aVisitor, cid, to: seq, button: fc.constantFrom('a', 'z') }) },
  fc.record({
    c: fc.constant('submit' as const),
    by: aVisitor,
    cid,
    to: seq,
    values: fc.constant([{ id: 'mail', value: 'a@b.c' }]).map((values) => [...values]),
  }),
  fc.record({ c: fc.constant('rate' as const), by: aVisitor, cid, stars: fc.integer({ min: 1, max: 5 }), comment: fc.constant('') }),
  fc.record({
    c: fc.constant('introduce' as const),
    by: fc.oneof(aVisitor, fc.constant(system)),
    contact: fc.constantFrom({ name: 'A' }, { verified: true }),
  }),
  {
    weight: 3,
    arbitrary: fc.record({ c: fc.constant('accept' as const), by: anAgent, anyway: fc.constantFrom(true as const, undefined) }),
  },
  fc.record({ c: fc.constant('assign' as const), by: fc.oneof(anAgent, fc.constant(system)), agent: who }),
  fc.record({ c: fc.constant('transfer' as const), by: fc.oneof(anAgent, anAi), team: fc.constantFrom('t', 'u') }),
  fc.record({ c: fc.constant('release' as const), by: fc.oneof(anAgent, anAi) }),
  fc.record({ c: fc.constant('requeue' as const), by: fc.constant(system) }),
  fc.record({ c: fc.constant('take_over' as const), by: anAgent }),
  fc.record({ c: fc.constant('hand_to_ai' as const), by: fc.oneof(anAgent, fc.constant(system)), ai: fc.constantFrom('robot', 'other') }),
  fc.record({ c: fc.constant('ask_for_person' as const), by: aVisitor }),
  { weight: 2, arbitrary: fc.record({ c: fc.constant('resolve' as const), by: fc.oneof(speaker, fc.constant(system)) }) },
  fc.record({ c: fc.constant('reopen' as const), by: anAgent }),
  fc.record({ c: fc.constant('block' as const), by: anAgent, until: fc.constantFrom(Number.MAX_SAFE_INTEGER, 1) }),
  fc.record({ c: fc.constant('unblock' as const), by: anAgent }),
  fc.record({ c: fc.constant('tag' as const), by: anAgent, tags: fc.constantFrom(['a'], ['a', 'b'], []) }),
  fc.record({ c: fc.constant('mark' as const), by: fc.oneof(aVisitor, anAgent), delivered: fc.nat(20), read: fc.nat(20) }),
  fc.record({ c: fc.constant('see_invitation' as const), by: aVisitor }),
  fc.record({ c: fc.constant('dismiss_invitation' as const), by: aVisitor }),
);
const step = fc.record({
  command,
  laterMs: fc.constantFrom(0, 0, 1_000, 3 * MINUTE, 25 * HOUR),
  facts: fc.record({ load: fc.nat(4), awaySince: fc.constantFrom(0, 1), files: fc.constant([aFile()]) }),
});
const begin = fc.record({
  command: fc.oneof(
    fc.record({ c: fc.constant('start' as const), by: aVisitor, cid, origin, words: fc.constant(text()) }),
    fc.record({ c: fc.constant('invite' as const), by: anAgent, cid, origin, words: fc.constant(text()) }),
  ),
  laterMs: fc.constant(0),
  facts: fc.constant({}),
});
type Step = { command: ChatCommand; laterMs: number; facts: Partial<ChatFacts> };
const story: fc.Arbitrary<Step[]> = fc
  .tuple(begin, fc.array(step, { maxLength: 40, size: 'max' }))
  .map(([first, rest]) => [first, ...rest]);

/** Plays a story and shows each decision to `check`. */
function play(steps: readonly Step[], check: (before: ChatState | null, chat: Chat, step: Step, done: boolean) => void): Chat {
  const chat = new Chat(null);
  for (const one of steps) {
    chat.later(one.laterMs);
    const before = chat.state;
    const answer = chat.does(one.command, one.facts);
    check(before, chat, one, typeof answer !== 'string' && answer.length > 0);
  }
  return chat;
}
const runs = { numRuns: Number(process.env['FOYER_FUZZ_SEEDS'] ?? 500) };

describe('any sequence of commands', () => {
  it('[CH21] leaves a state that is whole: seq and rev without holes, marks monotone and within it, nobody waits in what is over', () => {
    fc.assert(
      fc.property(story, (steps) => {
        play(steps, (before, chat, _step, done) => {
          const state = chat.state!;
          expect(state.rev).toBe((before?.rev ?? 0) + (done ? 1 : 0));
          expect([...chat.messages.keys()]).toEqual(Array.from({ length: state.seq }, (_, i) => i + 1));
          expect(state.shownRev).toBeLessThanOrEqual(state.rev);
          expect(state.visitorSeq).toBeLessThanOrEqual(state.seq);
          for (const side of ['visitorMarks', 'teamMarks'] as const) {
            const [was, is] = [before?.[side] ?? { delivered: 0, read: 0 }, state[side]];
            expect(is.read).toBeLessThanOrEqual(is.delivered);
            expect(is.delivered).toBeLessThanOrEqual(state.seq);
            expect(is.read >= was.read && is.delivered >= was.delivered).toBe(true);
          }
          if (state.phase.status === 'resolved' || state.phase.status === 'invited') expect(state.awaitingSince).toBe(0);
          for (const message of chat.messages.values()) expect(message.rev).toBeLessThanOrEqual(state.rev);
          const answers = [...chat.messages.values()].filter(({ body }) => body.kind === 'choice' || body.kind === 'submission');
          const answered = answers.map(({ body }) => ('to' in body ? body.to : 0));
          expect(new Set(answered).size).toBe(answered.length);
        });
      }),
      runs,
    );
  });

  it('[CH22] lets nobody but the owner put a word before the visitor, and every change of owner is a new epoch', () => {
    fc.assert(
      fc.property(story, (steps) => {
        play(steps, (before, chat, { command: given }, done) => {
          if (!before) return;
          const [was, is] = [ownerOf(before), ownerOf(chat.state!)];
          expect(is.epoch).toBe(was.kind === is.kind && was.id === is.id ? was.epoch : was.epoch + 1);
          for (const { from, body, seq: at } of chat.messages.values()) {
            if (at <= before.seq || body.kind === 'event' || body.kind === 'note') continue;
            if (from.kind === 'visitor') expect(before.blockedUntil).toBeLessThanOrEqual(chat.now);
            else expect({ kind: from.kind, id: from.id }).toEqual({ kind: was.kind, id: was.id });
          }
          if (given.c === 'say' && given.by.kind !== 'visitor' && done) expect(maySpeak(before, given.by, chat.now)).toBeNull();
        });
      }),
      runs,
    );
  });

  it('[CH23] done again at once changes nothing: it is done already, or refused', () => {
    const saidAnew = new Set(['say', 'note', 'choose', 'submit', 'rate', 'start', 'invite']);
    fc.assert(
      fc.property(story, (steps) => {
        play(steps, (_before, chat, { command: given, facts }, done) => {
          if (!done || saidAnew.has(given.c)) return;
          const again = chat.tries(given, facts);
          expect(again.ok ? again.value : []).toEqual([]);
        });
      }),
      runs,
    );
  });

  it('[CH24] the events alone give the state again', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const chat = new Chat(null);
        let replayed: ChatState | null = null;
        for (const { command: given, facts, laterMs } of steps) {
          const answer = chat.later(laterMs).does(given, facts);
          if (typeof answer !== 'string') replayed = evolve(replayed, JSON.parse(JSON.stringify(answer)) as typeof answer);
        }
        expect(replayed).toEqual(chat.state);
      }),
      runs,
    );
  });
});
