import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, pickAgent, planAssignments, queuePosition, type Waiting, waitingOf } from './assignment.ts';
import { agent, anOrigin, Chat, HOUR, MINUTE, NOW, text, visitor } from './chat.testkit.ts';
import { mayInvite } from './invite.ts';
import { badgeOf } from './badge.ts';
import { continuation } from './decide.ts';

const aCandidate = (given: Partial<Candidate> = {}): Candidate => ({
  agent: 'anna',
  availability: 'online',
  load: 0,
  capacity: 3,
  teams: [],
  lastAssignedAt: 0,
  ...given,
});
const wait = (conversation: string, since: number, team = ''): Waiting => ({ conversation, since, team });

describe('assignment by load', () => {
  it.each([
    [
      'the least loaded share',
      [
        { agent: 'a', load: 1, capacity: 2 },
        { agent: 'b', load: 1, capacity: 4 },
      ],
      'b',
    ],
    [
      'who waited longest for one',
      [
        { agent: 'a', lastAssignedAt: 9 },
        { agent: 'b', lastAssignedAt: 8 },
      ],
      'b',
    ],
    [
      'nobody who is full',
      [
        { agent: 'a', load: 3 },
        { agent: 'b', load: 2 },
      ],
      'b',
    ],
    [
      'nobody who is away',
      [
        { agent: 'a', availability: 'away' as const },
        { agent: 'b', load: 2 },
      ],
      'b',
    ],
    [
      'nobody of another team',
      [
        { agent: 'a', teams: ['u'] },
        { agent: 'b', teams: ['t'], load: 2 },
      ],
      'b',
    ],
    [
      'nobody when nobody can',
      [
        { agent: 'a', teams: ['t'], load: 3 },
        { agent: 'b', teams: ['t'], availability: 'offline' as const },
      ],
      undefined,
    ],
  ])('[CH25] takes %s', (_what, candidates, chosen) => {
    expect(
      pickAgent(
        candidates.map((c) => aCandidate({ teams: ['t'], ...c })),
        't',
      )?.agent,
    ).toBe(chosen);
  });

  it('[CH25] the longest wait goes first, and a team without a free agent does not hold up the others', () => {
    const agents = [aCandidate({ agent: 'a', capacity: 1 }), aCandidate({ agent: 'b', capacity: 1, teams: ['t'] })];
    const waiting = [wait('c3', 3), wait('c2', 2, 'none'), wait('c1', 1, 't')];
    expect(planAssignments(waiting, agents, NOW)).toEqual([
      { conversation: 'c1', agent: 'b' },
      { conversation: 'c3', agent: 'a' },
    ]);
  });

  it('[CH25] no plan fills anybody beyond their capacity, gives one twice, or leaves room unused', () => {
    const candidates = fc.uniqueArray(
      fc.record({
        agent: fc.constantFrom('a', 'b', 'c'),
        load: fc.nat(4),
        capacity: fc.integer({ min: 1, max: 4 }),
        teams: fc.subarray(['t', 'u']),
      }),
      { selector: (c) => c.agent },
    );
    const queue = fc.uniqueArray(
      fc.record({ conversation: fc.nat(50).map(String), since: fc.nat(9), team: fc.constantFrom('', 't', 'u') }),
      {
        selector: (w) => w.conversation,
      },
    );
    fc.assert(
      fc.property(candidates, queue, (some, waiting) => {
        const all = some.map((c) => aCandidate(c));
        const plan = planAssignments(waiting, all, NOW);
        expect(new Set(plan.map((p) => p.conversation)).size).toBe(plan.length);
        const after = all.map((c) => ({ ...c, load: c.load + plan.filter((p) => p.agent === c.agent).length }));
        for (const [i, c] of after.entries()) expect(c.load).toBeLessThanOrEqual(Math.max(c.capacity, all[i]!.load));
        const left = waiting.filter((w) => !plan.some((p) => p.conversation === w.conversation));
        for (const w of left) expect(pickAgent(after, w.team)).toBeNull();
      }),
    );
  });

  it('[CH26] the place in the queue is among those who wait for the same team, longest wait first', () => {
    const waiting = [wait('c3', 3), wait('c1', 1), wait('t', 0, 'team'), wait('c2', 3)];
    expect(['c1', 'c2', 'c3', 't', 'gone'].map((id) => queuePosition(waiting, id))).toEqual([1, 2, 3, 1, 0]);
    const chat = new Chat({ team: 'team' });
    expect(waitingOf(chat.state!)).toEqual({ conversation: 'c1', team: 'team', since: NOW });
    chat.does({ c: 'accept', by: agent() });
    expect(waitingOf(chat.state!)).toBeNull();
  });
});

describe('the badge of a visit', () => {
  const badge = (chat: Chat, now = NOW, chatShown = false) => badgeOf(chat.state, { now, resolvedHoldMs: 5 * MINUTE, chatShown });

  it('[CH27] shows the state, and since when somebody waits', () => {
    const chat = new Chat();
    expect(badge(chat)).toEqual({ state: 'unassigned', id: 'c1', waitingSince: NOW, until: 0 });
    chat.does({ c: 'accept', by: agent() });
    expect(badge(chat)).toEqual({ state: 'assigned', id: 'c1', waitingSince: 0, until: 0 });
    expect(badge(new Chat({ ai: 'robot' })).state).toBe('ai');
    expect(badge(new Chat(null)).state).toBe('none');
    expect(badge(new Chat(null), NOW, true).state).toBe('chatting');
  });

  it.each([
    [5 * MINUTE - 1, 'resolved'],
    [5 * MINUTE, 'none'],
  ])('[CH27] %i ms after it was resolved it shows %s', (afterMs, state) => {
    const chat = new Chat();
    chat.does({ c: 'resolve', by: agent() });
    expect(badge(chat, NOW + afterMs)).toMatchObject({ state, until: state === 'none' ? 0 : NOW + 5 * MINUTE });
  });

  it('[CH27] an unanswered invitation and a conversation without a visit show none', () => {
    const invited = new Chat(null);
    invited.does({ c: 'invite', by: agent(), cid: 'cid-1', origin: anOrigin(), words: text() });
    expect(badge(invited).state).toBe('none');
    expect(badge(new Chat({ source: 'whatsapp' })).state).toBe('none');
    expect(badge(new Chat({ source: 'api', visitor: '' })).state).toBe('none');
    expect(badge(new Chat({ source: 'playground' })).state).toBe('unassigned');
  });
});

describe('which conversation', () => {
  it('[CH3] a visitor goes on in the latest one until it is over for good', () => {
    const facts = (now: number) => ({ now, reopenForMs: 24 * HOUR });
    expect(continuation(null, facts(NOW))).toBe('new');
    const chat = new Chat();
    expect(continuation(chat.state, facts(NOW + 99 * HOUR))).toBe('goes_on');
    chat.does({ c: 'resolve', by: agent() });
    expect(continuation(chat.state, facts(NOW + 24 * HOUR))).toBe('goes_on');
    expect(continuation(chat.state, facts(NOW + 24 * HOUR + 1))).toBe('new');
    chat.does({ c: 'block', by: agent(), until: Number.MAX_SAFE_INTEGER });
    expect(continuation(chat.state, facts(NOW + 99 * HOUR))).toBe('goes_on');
  });

  it('[CH12] a second invitation asks, an open conversation refuses, an own one is replaced', () => {
    const invited = new Chat(null);
    invited.does({ c: 'invite', by: agent('anna'), cid: 'cid-1', origin: anOrigin(), words: text() });
    const ask = (by: string, anyway = false, chat = invited) => mayInvite(chat.state, { agent: by, anyway, now: NOW });
    expect(ask('ben')).toEqual({ ok: false, error: { code: 'already_invited', who: 'anna' } });
    expect(ask('ben', true)).toEqual({ ok: true, value: { withdraw: true } });
    expect(ask('anna')).toEqual({ ok: true, value: { withdraw: true } });
    invited.does({ c: 'say', by: visitor, cid: 'cid-2', words: text() });
    expect(ask('ben', true)).toEqual({ ok: false, error: { code: 'has_conversation', who: 'c1' } });
    invited.does({ c: 'resolve', by: agent('anna') });
    expect(ask('ben')).toEqual({ ok: true, value: { withdraw: false } });
    invited.does({ c: 'block', by: agent('anna'), until: NOW + 1 });
    expect(ask('ben')).toMatchObject({ ok: false, error: { code: 'blocked' } });
    expect(ask('ben', false, new Chat(null))).toEqual({ ok: true, value: { withdraw: false } });
  });
});
