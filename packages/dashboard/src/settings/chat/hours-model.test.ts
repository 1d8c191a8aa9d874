import { WorkingHours } from '@foyer/protocol';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { clockOf, minuteOf, nextSpan, problemOfDay, tidy, USUAL_HOURS } from './hours-model.ts';

describe('working hours as they are typed', () => {
  test('[CO9] a time field and a minute of the day are each other’s, and midnight ends a day', () => {
    for (let minute = 0; minute < 1_440; minute += 7) expect(minuteOf(clockOf(minute), false)).toBe(minute);
    expect([minuteOf('00:00', true), clockOf(1_440), minuteOf('', true), minuteOf('9:00', false)]).toEqual([1_440, '00:00', null, null]);
  });

  test('[CO9] a day that ends before it begins, or overlaps in whatever order, is told', () => {
    expect(problemOfDay([{ from: 600, to: 600 }])).toBe('bad_span');
    expect(problemOfDay([{ from: 780, to: 1_020 }, { from: 540, to: 800 }])).toBe('overlap'); // prettier-ignore
    expect(problemOfDay([{ from: 780, to: 1_020 }, { from: 540, to: 780 }])).toBeNull(); // prettier-ignore
  });

  test('[CO9] what has no problem is what the server takes', () => {
    const span = fc.record({ from: fc.nat(1_440), to: fc.nat(1_440) });
    fc.assert(
      fc.property(fc.array(fc.array(span, { maxLength: 6 }), { minLength: 7, maxLength: 7 }), (days) => {
        if (days.some((spans) => problemOfDay(spans))) return;
        v.parse(WorkingHours, tidy({ days, closedOn: ['2026-12-25', '2026-01-01', '2026-12-25'] }));
      }),
    );
    expect(tidy({ ...USUAL_HOURS, closedOn: ['2026-12-25', '2026-01-01', '2026-12-25'] }).closedOn).toEqual(['2026-01-01', '2026-12-25']);
  });

  test('[CO9] another opening comes after the last one, while there is room', () => {
    expect(nextSpan([])).toEqual({ from: 540, to: 1_020 });
    expect(nextSpan([{ from: 540, to: 720 }])).toEqual({ from: 780, to: 960 });
    expect(nextSpan([{ from: 540, to: 1_320 }])).toEqual({ from: 1_380, to: 1_440 });
    expect(nextSpan([{ from: 540, to: 1_440 }])).toBeNull();
  });
});
