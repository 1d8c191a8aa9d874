import { describe, expect, test } from 'vitest';
import { addDays, dayIn } from '../words/zoned-time.ts';
import { PRESETS, presetOf, rangeOf, rangeProblem } from './day-range.ts';

describe('ranges of days', () => {
  test('[HV9] presets are whole days that end with today, also over months, years and leap days', () => {
    expect(rangeOf('week', '2026-03-03')).toEqual({ from: '2026-02-25', to: '2026-03-03' });
    expect(rangeOf('yesterday', '2027-01-01')).toEqual({ from: '2026-12-31', to: '2026-12-31' });
    expect(rangeOf('month', '2028-03-01')).toEqual({ from: '2028-02-01', to: '2028-03-01' });
    expect(rangeOf('quarter', '2026-11-21').from).toBe('2026-08-24');
    expect(rangeOf('thisMonth', '2026-11-21')).toEqual({ from: '2026-11-01', to: '2026-11-21' });
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  test('[HV9] a day is one of the zone, wherever the browser is, also where it is another date already', () => {
    const at = Date.parse('2026-11-21T23:30:00Z');
    expect([dayIn(at, 'America/New_York'), dayIn(at, 'Europe/Vienna'), dayIn(at, 'Pacific/Chatham')]).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-22',
    ]);
    expect(dayIn(at, 'Nowhere/Else')).toMatch(/^2026-11-2[12]$/);
  });

  test('[HV9] a range that is a preset today has its name; half of one, and another, has none', () => {
    for (const preset of PRESETS) expect(presetOf(rangeOf(preset, '2026-11-21'), '2026-11-21')).toBe(preset);
    expect(presetOf(rangeOf('week', '2026-11-20'), '2026-11-21')).toBeUndefined();
    expect(presetOf({ from: '2026-11-21' }, '2026-11-21')).toBeUndefined();
    expect(presetOf({}, '2026-11-21')).toBeUndefined();
  });

  test('[HV9] nothing, a date that is none, and an end before its beginning cannot be applied', () => {
    expect(rangeProblem({})).toBe('empty');
    expect(rangeProblem({ from: '2026-02-31' })).toBe('noDay');
    expect(rangeProblem({ from: '2026-02-03', to: '2026-02-02' })).toBe('order');
    expect(rangeProblem({ from: '2026-02-03', to: '2026-02-03' })).toBeNull();
    expect(rangeProblem({ to: '2026-02-03' })).toBeNull();
  });
});
