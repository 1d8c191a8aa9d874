import { STATUSES, TIMES } from '@foyer/protocol';
import { expect, test } from 'vitest';
import { rowOf } from '../board/index.ts';
import { hello, key, makePresence, stored, waiting } from './presence.testkit.ts';
import { CHAT, statusOf } from './status.ts';

const T0 = 1_700_000_000_000;
const MIN = 60_000;
const word = (status: number | undefined) => STATUSES[status ?? -1];

test('[PR20] a conversation’s state is what the visit shows, until there is none', () => {
  const { presence, table, is } = makePresence();
  presence.announce(hello('v1'), T0);
  const shown = [];
  for (const state of ['chatting', 'unassigned', 'assigned', 'ai', 'resolved', 'none'] as const) {
    presence.converse('v1', waiting({ state, waitingSince: T0 }), T0 + 1_000);
    const row = rowOf(table, table.slotOfVisitor('v1')!);
    shown.push([row.status, row.waitingSince - T0]);
  }
  expect(shown).toEqual([
    ['chatting', -T0],
    ['unassigned', 0],
    ['assigned', -T0],
    ['ai', -T0],
    ['resolved', -T0],
    ['active', -T0],
  ]);
  presence.advance(T0 + 5 * MIN + 1_000);
  expect(word(is('v1')?.status)).toBe('inactive');
  expect(presence.converse('nobody', waiting(), T0)).toBeNull();
});

test('[PR20] who has left keeps the state of a conversation that was begun; a chat that was only open is not shown', () => {
  const seen = { online: false, lastActivityAt: T0 };
  const left = Object.entries(CHAT).map(([state, chat]) => [state, word(statusOf({ chat, ...seen }, T0))]);
  expect(Object.fromEntries(left)).toEqual({
    none: 'inactive',
    unassigned: 'unassigned',
    assigned: 'assigned',
    ai: 'ai',
    chatting: 'inactive',
    resolved: 'resolved',
  });
});

test.each(['unassigned', 'assigned', 'ai'] as const)(
  '[PR21] %s with a connected tab stays listed after 30 min, and ends when the tab goes',
  (state) => {
    const { presence, is, log } = makePresence();
    presence.announce(hello('v1'), T0);
    presence.converse('v1', waiting({ state }), T0 + MIN);
    presence.advance(T0 + 3 * 60 * MIN);
    expect(is('v1')).toMatchObject({ online: true, visit: 'visit-1', lastActivityAt: T0 });
    const now = T0 + 3 * 60 * MIN + 10;
    presence.gone(key('v1'), now);
    presence.advance(now + TIMES.graceMs - 500);
    expect(is('v1'), 'within the grace').not.toBeNull();
    presence.advance(now + TIMES.graceMs + 250);
    expect(is('v1')).toBeNull();
    expect(log.at(-1)).toBe(`ended visit-1 ${T0}`);
  },
);

test('[PR21] its next input goes on with the same visit', () => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.converse('v1', waiting(), T0);
  presence.advance(T0 + 45 * MIN);
  presence.act(key('v1'), T0 + 45 * MIN);
  expect(is('v1')).toMatchObject({ visit: 'visit-1', lastActivityAt: T0 + 45 * MIN });
  presence.advance(T0 + 60 * MIN);
  expect(is('v1')?.visit).toBe('visit-1');
});

test.each(['resolved', 'none', 'chatting'] as const)('[PR21] %s keeps nobody listed', (state) => {
  const { presence, is } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.converse('v1', waiting(), T0);
  presence.advance(T0 + 45 * MIN);
  presence.converse('v1', waiting({ state }), T0 + 45 * MIN);
  expect(is('v1')).toBeNull();
  presence.announce(hello('v2'), T0 + 45 * MIN);
  presence.converse('v2', waiting({ state }), T0 + 45 * MIN);
  presence.advance(T0 + 75 * MIN + 250);
  expect(is('v2')).toBeNull();
});

test('[PR22] a visit that begins or is read back shows the conversation its visitor has', () => {
  const { presence, is, conversations } = makePresence();
  conversations.set('v1', waiting()).set('v2', waiting({ state: 'ai' }));
  presence.announce(hello('v1'), T0);
  presence.restore(stored('v2'), 1_061_000, 1_070_000);
  expect([word(is('v1')?.status), word(is('v2')?.status)]).toEqual(['unassigned', 'ai']);
});

test('[PR22] an idle tab that comes back is listed again when somebody is waited for, and not when nobody is', () => {
  const { presence, is, conversations } = makePresence();
  conversations.set('v1', waiting()).set('v2', waiting({ state: 'resolved' }));
  for (const visitor of ['v1', 'v2', 'v3']) presence.announce(hello(visitor, { idleMs: 50 * MIN }), T0);
  expect([is('v1'), is('v2'), is('v3')].map((visit) => visit !== null)).toEqual([true, false, false]);
  presence.advance(T0 + 60 * MIN);
  expect(is('v1')).toMatchObject({ online: true });
});

test('[PR18] of a conversation nothing stays when its visit is over', () => {
  const { presence, board, table } = makePresence();
  presence.announce(hello('v1'), T0);
  presence.converse('v1', waiting(), T0);
  presence.gone(key('v1'), T0);
  presence.advance(T0 + 31 * MIN);
  board.commit();
  expect([table.size, table.rare.size, table.chat[0]]).toEqual([0, 0, 0]);
});
