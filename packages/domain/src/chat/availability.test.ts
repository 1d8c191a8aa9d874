import type { WorkingHours } from '@foyer/protocol';
import { describe, expect, it } from 'vitest';
import { availabilityOf, awaySince, nextLookAt, teamState } from './availability.ts';
import { MINUTE, NOW } from './chat.testkit.ts';
import { isWithin, nextOpening } from './hours.ts';

const weekdays = (from: number, to: number): NonNullable<WorkingHours> => ({
  days: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: from * 60, to: to * 60 }] : [])),
  closedOn: [],
});
const NINE_TO_FIVE = weekdays(9, 17);
const at = (iso: string): number => Date.parse(iso);

describe('availability of an agent', () => {
  it.each([
    ['online', true, 0, 'online'],
    ['away', true, 0, 'away'],
    ['offline', true, 0, 'offline'],
    ['online', false, MINUTE - 1, 'online'],
    ['online', false, MINUTE, 'away'],
    ['online', false, 30 * MINUTE - 1, 'away'],
    ['online', false, 30 * MINUTE, 'offline'],
    ['away', false, 30 * MINUTE, 'offline'],
    ['offline', false, 1, 'offline'],
  ] as const)('[CH28] chosen %s, console open %s, gone for %i ms: %s', (chosen, here, goneForMs, is) => {
    expect(availabilityOf({ chosen, here, leftAt: NOW - goneForMs }, NOW)).toBe(is);
  });

  it('[CH28] whoever has had no console is offline, and is looked at again when something changes by itself', () => {
    expect(availabilityOf({ chosen: 'online', here: false, leftAt: 0 }, NOW)).toBe('offline');
    const gone = { chosen: 'online', here: false, leftAt: NOW } as const;
    expect([NOW, NOW + MINUTE, NOW + 2 * MINUTE, NOW + 30 * MINUTE].map((now) => nextLookAt(gone, now, 2 * MINUTE))).toEqual([
      NOW + MINUTE,
      NOW + 2 * MINUTE,
      NOW + 30 * MINUTE,
      null,
    ]);
    expect([awaySince(gone, NOW + MINUTE - 1), awaySince(gone, NOW + MINUTE), awaySince({ ...gone, here: true }, NOW + MINUTE)]).toEqual([
      0,
      NOW,
      0,
    ]);
  });
});

describe('working hours', () => {
  it.each([
    ['2026-03-09T07:59:59Z', false],
    ['2026-03-09T08:00:00Z', true],
    ['2026-03-09T15:59:59Z', true],
    ['2026-03-09T16:00:00Z', false],
    // Summer time in Berlin begins on 29 March.
    ['2026-03-30T06:59:59Z', false],
    ['2026-03-30T07:00:00Z', true],
    ['2026-03-14T10:00:00Z', false],
  ])('[CH29] at %s, nine to five on weekdays in Berlin: %s', (when, open) => {
    expect(isWithin(NINE_TO_FIVE, 'Europe/Berlin', at(when))).toBe(open);
  });

  it('[CH29] without hours the team is never closed, and closed days are', () => {
    expect(isWithin(null, 'Asia/Tokyo', NOW)).toBe(true);
    expect(isWithin({ ...NINE_TO_FIVE, closedOn: ['2026-12-25'] }, 'UTC', at('2026-12-25T12:00:00Z'))).toBe(false);
    expect(isWithin({ ...NINE_TO_FIVE, closedOn: ['2026-12-25'] }, 'UTC', at('2026-12-24T12:00:00Z'))).toBe(true);
  });

  it.each([
    ['2026-03-09T03:00:00Z', 'Europe/Berlin', NINE_TO_FIVE, '2026-03-09T08:00:00Z'],
    ['2026-03-09T12:00:00Z', 'Europe/Berlin', NINE_TO_FIVE, '2026-03-09T12:00:00Z'],
    ['2026-03-06T20:00:00Z', 'America/New_York', NINE_TO_FIVE, '2026-03-06T20:00:00Z'],
    ['2026-03-06T23:00:00Z', 'America/New_York', NINE_TO_FIVE, '2026-03-09T13:00:00Z'],
    ['2026-12-24T20:00:00Z', 'UTC', { ...NINE_TO_FIVE, closedOn: ['2026-12-25'] }, '2026-12-28T09:00:00Z'],
    // 2:30 does not exist in Berlin on 29 March 2026: the team is back at 3:30 summer time, which is 1:30 UTC.
    [
      '2026-03-28T22:00:00Z',
      'Europe/Berlin',
      { days: Array.from({ length: 7 }, () => [{ from: 150, to: 300 }]), closedOn: [] },
      '2026-03-29T01:30:00Z',
    ],
  ])('[CH29] from %s in %s the team is back at the next opening', (when, zone, hours, back) => {
    expect(new Date(nextOpening(hours, zone, at(when))).toISOString()).toBe(new Date(at(back)).toISOString());
  });

  it('[CH29] hours that never come answer 0, and the widget is told what is so', () => {
    const never = { days: Array.from({ length: 7 }, () => []), closedOn: [] };
    expect(nextOpening(never, 'UTC', NOW)).toBe(0);
    const now = at('2026-03-09T12:00:00Z');
    const team = (agents: ('online' | 'away')[], hours: WorkingHours = NINE_TO_FIVE) => teamState({ hours, timeZone: 'UTC', agents, now });
    expect(team(['away', 'online'])).toEqual({ state: 'online', backAt: 0 });
    expect(team(['away'])).toEqual({ state: 'away', backAt: 0 });
    expect(team(['online'], never)).toEqual({ state: 'closed', backAt: 0 });
    expect(team(['online'], weekdays(13, 14))).toEqual({ state: 'closed', backAt: at('2026-03-09T13:00:00Z') });
  });
});
