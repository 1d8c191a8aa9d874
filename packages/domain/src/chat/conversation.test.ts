import { describe, expect, it } from 'vitest';
import { agent, ai, anOrigin, Chat, HOUR, MINUTE, NOW, system, text, visitor } from './chat.testkit.ts';
import { ownerOf } from './state.ts';

const say = (by: ReturnType<typeof agent> | typeof visitor | ReturnType<typeof ai>, cid = 'cid-x') =>
  ({ c: 'say', by, cid, words: text() }) as const;
const accepted = (by = 'anna'): Chat => {
  const chat = new Chat();
  chat.does({ c: 'accept', by: agent(by) });
  return chat;
};
const resolved = (given = {}): Chat => {
  const chat = new Chat(given);
  chat.does({ c: 'resolve', by: agent() });
  return chat;
};

describe('states of a conversation', () => {
  it("[CH1] a visitor's first message makes it Unassigned, with an AI agent AI chat", () => {
    expect(new Chat().state).toMatchObject({
      phase: { status: 'unassigned', since: NOW },
      awaitingSince: NOW,
      seq: 1,
      rev: 1,
      shownRev: 1,
    });
    const withAi = new Chat({ ai: 'robot' });
    expect(withAi.state?.phase).toEqual({ status: 'ai', ai: 'robot', since: NOW });
    expect(withAi.bodies()).toEqual(['text', 'handed_to_ai']);
  });

  it('[CH1] accepted it is Assigned, resolved it is Resolved, and each step stands in the transcript', () => {
    const chat = accepted();
    expect(chat.state?.phase).toMatchObject({ status: 'assigned', agent: 'anna' });
    chat.does({ c: 'resolve', by: agent() });
    expect(chat.state?.phase).toEqual({ status: 'resolved', at: NOW, lastAgent: 'anna' });
    expect(chat.state?.awaitingSince).toBe(0);
    expect(chat.bodies()).toEqual(['text', 'accepted', 'resolved']);
  });

  it('[CH2] of two who accept the first gets it, and the second is told who has it', () => {
    const chat = accepted('anna');
    expect(chat.tries({ c: 'accept', by: agent('ben') })).toEqual({ ok: false, error: { code: 'taken', who: 'anna' } });
    expect(chat.does({ c: 'accept', by: agent('anna') })).toEqual([]);
  });

  it.each([
    [0, 'unassigned'],
    [24 * HOUR, 'unassigned'],
    [24 * HOUR + 1, 'resolved'],
  ])('[CH3] a visitor who writes %i ms after it was resolved finds it %s', (afterMs, status) => {
    const chat = resolved().later(afterMs);
    const answer = chat.does(say(visitor));
    expect(chat.status).toBe(status);
    if (status === 'resolved') expect(answer).toBe('resolved');
    else expect(chat.bodies()).toEqual(['text', 'resolved', 'reopened', 'text']);
  });

  it('[CH3] an agent may reopen it at any time and has it then', () => {
    const chat = resolved().later(99 * HOUR);
    chat.does({ c: 'reopen', by: agent('ben') });
    expect(chat.state?.phase).toMatchObject({ status: 'assigned', agent: 'ben' });
    expect(chat.does({ c: 'reopen', by: agent('anna') })).toBe('taken');
  });

  it('[CH3] while another of the same visitor is open, it stays resolved', () => {
    const chat = resolved();
    const open = { openElsewhere: 'c2' };
    expect(chat.tries(say(visitor), open)).toEqual({ ok: false, error: { code: 'has_conversation', who: 'c2' } });
    expect(chat.does({ c: 'reopen', by: agent() }, open)).toBe('has_conversation');
    expect(chat.status).toBe('resolved');
  });

  it('[CH4] one of a cookieless visitor is never reopened by writing', () => {
    expect(resolved({ cookieless: true }).does(say(visitor))).toBe('resolved');
  });

  it('[CH5] only its owner answers: not a colleague, not before it is accepted, not after it is resolved', () => {
    expect(new Chat().does(say(agent()))).toBe('not_owner');
    const chat = accepted('anna');
    expect(chat.tries(say(agent('ben')))).toEqual({ ok: false, error: { code: 'not_owner', who: 'anna' } });
    expect(chat.does(say(agent('anna')))).toHaveLength(1);
    chat.does({ c: 'resolve', by: agent('anna') });
    expect(chat.does(say(agent('anna')))).toBe('resolved');
  });

  it("[CH6] an AI agent's answer is refused once anybody else has taken over, handed back included", () => {
    const chat = new Chat({ ai: 'robot' });
    const began = ownerOf(chat.state!).epoch;
    expect(chat.does(say(ai(began)))).toHaveLength(1);
    chat.does({ c: 'take_over', by: agent() });
    expect(chat.does(say(ai(began)))).toBe('stale_owner');
    expect(chat.does({ c: 'release', by: ai(began) })).toBe('stale_owner');
    expect(chat.does({ c: 'resolve', by: ai(began) })).toBe('stale_owner');
    chat.does({ c: 'hand_to_ai', by: agent(), ai: 'robot' });
    expect(chat.does(say(ai(began)))).toBe('stale_owner');
    expect(chat.does(say(ai(ownerOf(chat.state!).epoch)))).toHaveLength(1);
    expect(chat.does(say(ai(ownerOf(chat.state!).epoch, 'other')))).toBe('stale_owner');
    expect(chat.does(say(agent()))).toBe('not_owner');
  });

  it("[CH7] any agent takes over from an AI agent or a colleague; nobody hands on what is a colleague's", () => {
    const chat = accepted('anna');
    expect(chat.does({ c: 'release', by: agent('ben') })).toBe('not_owner');
    expect(chat.does({ c: 'transfer', by: agent('ben'), team: 't' })).toBe('not_owner');
    expect(chat.does({ c: 'hand_to_ai', by: agent('ben'), ai: 'robot' })).toBe('not_owner');
    chat.does({ c: 'take_over', by: agent('ben') });
    expect(ownerOf(chat.state!)).toMatchObject({ kind: 'agent', id: 'ben' });
    expect(chat.does(say(agent('anna')))).toBe('not_owner');
  });

  it('[CH7] released, transferred to a team, or left by an AI agent that does not know further, it is Unassigned', () => {
    const chat = accepted();
    chat.does({ c: 'release', by: agent() });
    expect(chat.status).toBe('unassigned');
    chat.does({ c: 'accept', by: agent() });
    chat.does({ c: 'transfer', by: agent(), team: 'sales' });
    expect(chat.state).toMatchObject({ phase: { status: 'unassigned' }, team: 'sales' });
    const withAi = new Chat({ ai: 'robot' });
    withAi.does({ c: 'release', by: ai(ownerOf(withAi.state!).epoch) });
    expect(withAi.status).toBe('unassigned');
    const asked = new Chat({ ai: 'robot' });
    asked.does({ c: 'ask_for_person', by: visitor });
    expect(asked.status).toBe('unassigned');
  });

  it('[CH8] whoever waits keeps the place in the queue that the wait gives', () => {
    const chat = accepted().later(5 * MINUTE);
    chat.does({ c: 'release', by: agent() });
    expect(chat.state?.phase).toEqual({ status: 'unassigned', since: NOW });
    const answered = accepted().later(MINUTE);
    answered.does(say(agent()));
    answered.later(MINUTE).does({ c: 'release', by: agent() });
    expect(answered.state?.phase).toEqual({ status: 'unassigned', since: NOW + 2 * MINUTE });
  });

  it.each([
    [MINUTE * 2 - 1, true, 'assigned'],
    [MINUTE * 2, true, 'unassigned'],
    [HOUR, false, 'assigned'],
  ])('[CH9] %i ms after its agent left, somebody waiting: %s, it is %s', (goneForMs, waits, status) => {
    const chat = accepted();
    if (!waits) chat.does(say(agent()));
    chat.later(goneForMs).does({ c: 'requeue', by: system }, { awaySince: NOW });
    expect(chat.status).toBe(status);
    chat.later(HOUR).does({ c: 'requeue', by: system }, { awaySince: 0 });
    expect(chat.status).toBe(status);
  });

  it('[CH10] capacity holds for accepting and assigning; only a person may go beyond it, knowingly', () => {
    const full = { load: 3, capacity: 3 };
    const chat = new Chat();
    expect(chat.does({ c: 'accept', by: agent() }, full)).toBe('at_capacity');
    expect(chat.does({ c: 'assign', by: agent('ben'), agent: 'anna' }, full)).toBe('at_capacity');
    expect(chat.does({ c: 'assign', by: system, agent: 'anna', anyway: true }, full)).toBe('at_capacity');
    expect(chat.does({ c: 'accept', by: agent(), anyway: true }, full)).toHaveLength(2);
    expect(chat.does({ c: 'take_over', by: agent('ben') }, full)).toHaveLength(2);
  });

  it('[CH10] the queue assigns what is unassigned, to who is here', () => {
    const chat = new Chat();
    expect(chat.does({ c: 'assign', by: system, agent: 'anna' }, { awaySince: NOW })).toBe('not_available');
    chat.does({ c: 'assign', by: system, agent: 'anna' });
    expect(chat.state?.phase).toMatchObject({ agent: 'anna' });
    expect(chat.does({ c: 'assign', by: system, agent: 'ben' })).toBe('taken');
    expect(chat.does({ c: 'hand_to_ai', by: system, ai: 'robot' })).toBe('taken');
    chat.does({ c: 'assign', by: agent('anna'), agent: 'ben' });
    expect(chat.state?.phase).toMatchObject({ agent: 'ben' });
    expect(chat.last().body).toEqual({ kind: 'event', event: 'transferred', whom: 'ben' });
  });

  it('[CH11] a blocked visitor says nothing until then, nor begins anew; the team may still write notes', () => {
    const chat = accepted();
    chat.does({ c: 'block', by: agent(), until: NOW + HOUR });
    expect(chat.status).toBe('resolved');
    for (const at of [0, HOUR - 1]) {
      chat.now = NOW + at;
      expect(chat.does(say(visitor))).toBe('blocked');
      expect(chat.does({ c: 'rate', by: visitor, cid: 'cid-r', stars: 1, comment: 'x' })).toBe('blocked');
      expect(chat.does({ c: 'introduce', by: visitor, contact: { name: 'x' } })).toBe('blocked');
    }
    expect(chat.does({ c: 'note', by: agent(), cid: 'cid-n', text: 'x', mentions: [] })).toHaveLength(1);
    chat.now = NOW + HOUR;
    expect(chat.does(say(visitor))).toHaveLength(3);
    chat.does({ c: 'block', by: agent(), until: NOW + 9 * HOUR });
    chat.does({ c: 'unblock', by: agent() });
    chat.does(say(visitor));
    expect(chat.status).toBe('unassigned');
  });

  it("[CH12] an invitation is the inviter's once answered, and read and over when it is dismissed", () => {
    const invited = (): Chat => {
      const chat = new Chat(null);
      chat.does({ c: 'invite', by: agent(), cid: 'cid-i', origin: anOrigin(), words: text('May I help?') });
      return chat;
    };
    const chat = invited();
    expect(chat.state).toMatchObject({ phase: { status: 'invited', agent: 'anna', seenAt: 0 }, awaitingSince: 0 });
    expect(chat.bodies()).toEqual(['invited', 'text']);
    chat.later(MINUTE).does({ c: 'see_invitation', by: visitor });
    chat.later(MINUTE).does({ c: 'see_invitation', by: visitor });
    expect(chat.state?.phase).toMatchObject({ seenAt: NOW + MINUTE });
    chat.does(say(visitor));
    expect(chat.state).toMatchObject({ phase: { status: 'assigned', agent: 'anna' }, awaitingSince: chat.now });
    const dismissed = invited();
    dismissed.does({ c: 'dismiss_invitation', by: visitor });
    expect(dismissed.state).toMatchObject({ phase: { status: 'resolved', lastAgent: 'anna' }, visitorMarks: { delivered: 2, read: 2 } });
    expect(dismissed.does({ c: 'dismiss_invitation', by: visitor })).toEqual([]);
  });

  it('[CH12] nobody takes an unanswered invitation from the inviter, but anybody may withdraw it', () => {
    const chat = new Chat(null);
    chat.does({ c: 'invite', by: agent(), cid: 'cid-i', origin: anOrigin(), words: text() });
    expect(chat.does({ c: 'take_over', by: agent('ben') })).toBe('taken');
    expect(chat.does({ c: 'assign', by: agent('ben'), agent: 'ben' })).toBe('taken');
    expect(chat.does({ c: 'accept', by: agent('ben') })).toBe('taken');
    expect(chat.does({ c: 'release', by: agent('anna') })).toBe('not_owner');
    chat.does({ c: 'resolve', by: agent('ben') });
    expect(chat.state?.phase).toEqual({ status: 'resolved', at: NOW, lastAgent: 'anna' });
  });

  it('[CH9] whoever asked for a person waits, also when the AI agent has just answered', () => {
    const chat = new Chat({ ai: 'robot' });
    chat.does(say(ai(1)));
    expect(chat.state?.awaitingSince).toBe(0);
    chat.later(MINUTE).does({ c: 'ask_for_person', by: visitor });
    expect(chat.state).toMatchObject({ awaitingSince: NOW + MINUTE, phase: { status: 'unassigned', since: NOW + MINUTE } });
    chat.does({ c: 'accept', by: agent() });
    chat.later(2 * MINUTE).does({ c: 'requeue', by: system }, { awaySince: NOW + MINUTE });
    expect(chat.status).toBe('unassigned');
  });

  it('[CH13] its visitor may end it, and then reopen it by writing', () => {
    const chat = accepted();
    chat.does({ c: 'resolve', by: visitor });
    expect(chat.last()).toMatchObject({ from: { kind: 'visitor' }, body: { event: 'ended' } });
    chat.does(say(visitor));
    expect(chat.status).toBe('unassigned');
  });

  it('[CH13] nothing is done to a conversation that there is not, and none begins twice', () => {
    expect(new Chat(null).does(say(visitor))).toBe('not_found');
    const chat = new Chat();
    expect(chat.tries({ c: 'start', by: visitor, cid: 'cid-2', origin: anOrigin(), words: text() })).toEqual({
      ok: false,
      error: { code: 'has_conversation', who: 'c1' },
    });
  });
});
