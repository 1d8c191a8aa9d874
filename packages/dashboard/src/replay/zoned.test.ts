import { describe, expect, test } from 'vitest';
import { ticksOf, zonedWords } from './zoned.ts';

const DAY_S = 86_400;

describe('a zone’s clocks', () => {
  test('[RD7] clock and day are of the zone', () => {
    const at = Date.UTC(2026, 10, 20, 23, 30);
    expect([zonedWords('Europe/Vienna', 'en-GB').clock(at), zonedWords('Europe/Vienna', 'en-GB').day(at)]).toEqual(['00:30', 'Sat 21 Nov']);
    expect(zonedWords('Asia/Kolkata', 'en-GB').clock(at)).toBe('05:00');
    expect(zonedWords('Nowhere/Nothing', 'en-GB').clock(at)).toBe('23:30');
  });

  test.each([
    ['Europe/Berlin', Date.UTC(2026, 2, 28, 12), ['15:00', '18:00', '21:00', 'Sun 29 Mar', '03:00', '06:00', '09:00', '12:00']],
    ['Europe/Berlin', Date.UTC(2026, 9, 24, 12), ['15:00', '18:00', '21:00', 'Sun 25 Oct', '03:00', '06:00', '09:00', '12:00']],
    ['Pacific/Chatham', Date.UTC(2026, 10, 20, 12), ['03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', 'Sun 22 Nov']],
    ['Asia/Kolkata', Date.UTC(2026, 10, 20, 12), ['18:00', '21:00', 'Sat 21 Nov', '03:00', '06:00', '09:00', '12:00', '15:00']],
  ])('[RD7] in %s every third hour of its clocks is marked, also where they change', (zone, from, expected) => {
    const ticks = ticksOf({ from, lengthS: DAY_S }, zonedWords(zone, 'en-GB'));
    expect(ticks.map(({ text }) => text)).toEqual(expected);
    expect(ticks.filter(({ isDay }) => isDay)).toHaveLength(1);
  });
});
