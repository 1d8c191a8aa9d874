import { describe, expect, test } from 'vitest';
import { askedOf, localTime, spanOf } from './time-range.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('times of an own range', () => {
  test.each([
    ['2026-11-21T14:00', 'Europe/Vienna', '2026-11-21T13:00'],
    ['2026-07-21T14:00', 'Europe/Vienna', '2026-07-21T12:00'],
    ['2026-11-21T00:15', 'Pacific/Chatham', '2026-11-20T10:30'],
    ['2026-11-21T00:15', 'Asia/Kolkata', '2026-11-20T18:45'],
    ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59'],
    ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00'],
    // Clocks leap over it.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30'],
    // It comes twice.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30'],
    ['2026-11-01T02:00', 'America/New_York', '2026-11-01T07:00'],
  ])('[RL12] %s in %s is %s UTC', (local, zone, at) => {
    expect(localTime(local, zone)).toBe(utc(at));
  });

  test('[RL12] what is no time is none', () => {
    for (const text of ['', '2026-02-30T10:00', '2026-13-01T10:00', '2026-01-01', '2026-01-01T25:00', 'yesterday', '2026-01-01T10:00:00'])
      expect(localTime(text, 'Europe/Vienna'), text).toBeNaN();
  });

  test('[RL12] an address says a range up to now, or an own one, and what is wrong with it', () => {
    const zone = 'Europe/Vienna';
    const now = utc('2026-11-21T12:00');
    expect(askedOf({}, zone, now)).toMatchObject({ range: '24h', problem: null });
    expect(spanOf(askedOf({}, zone, now), zone, now)).toEqual({ from: now - 86_400_000 });
    expect(spanOf(askedOf({ from: '1h' }, zone, now), zone, now)).toEqual({ from: now - 3_600_000 });
    const own = askedOf({ from: '2026-11-20T10:00', to: '2026-11-21T10:00' }, zone, now);
    expect(own).toMatchObject({ range: null, problem: null });
    expect(spanOf(own, zone, now)).toEqual({ from: utc('2026-11-20T09:00'), to: utc('2026-11-21T09:00') });
    expect(spanOf(askedOf({ from: '2026-11-20T10:00' }, zone, now), zone, now)).toEqual({ from: utc('2026-11-20T09:00') });
    expect(spanOf(askedOf({ to: '2026-11-20T10:00' }, zone, now), zone, now)).toEqual({ to: utc('2026-11-20T09:00') });
    expect(askedOf({ from: '2026-11-21T13:01' }, zone, now).problem).toBe('future');
    expect(askedOf({ from: 'never' }, zone, now).problem).toBe('from');
    expect(askedOf({ to: '2026-02-30T10:00' }, zone, now).problem).toBe('to');
    expect(askedOf({ from: '2026-11-21T10:00', to: '2026-11-21T10:00' }, zone, now).problem).toBe('order');
  });
});
