import { STATUSES } from '@foyer/protocol';
import { expect, test } from 'vitest';
import { totalsOf } from '../../../test/fake-visits.ts';
import { aRow } from '../../../test/scripted.ts';
import { onSiteMs, stateOf } from './visit-state.ts';

test('[VM6] Chatting, Browsing and Left are what the counts above the table count', () => {
  const rows = STATUSES.flatMap((status) => [true, false].map((online) => aRow({ id: `${status} ${online}`, status, online })));
  const { live, chatting, browsing } = totalsOf(rows);
  const counted = (state: string): number => rows.filter((row) => stateOf(row) === state).length;
  expect([counted('chatting'), counted('browsing'), counted('left')]).toEqual([chatting, browsing, rows.length - live]);
  expect(stateOf({ online: false, status: 'unassigned' })).toBe('left');
  expect(stateOf({ online: true, status: 'resolved' })).toBe('browsing');
});

test('[VM7] the time on site runs while somebody is there and stands at the last activity after that', () => {
  const row = aRow({ id: 'r', startedAt: 1_000, lastActivityAt: 61_000 });
  expect([onSiteMs(row, 223_000), onSiteMs({ ...row, online: false }, 223_000)]).toEqual([222_000, 60_000]);
});
