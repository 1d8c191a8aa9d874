import { fold } from '@foyer/domain/rules';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { match } from './find.ts';

describe('finding in the palette', () => {
  test('[DA33] a whole label beats its beginning, that the beginning of a word, that a place within, that scattered letters', () => {
    const scores = ['Install', 'Installation', 'Settings, Install', 'Reinstall', 'Interesting stall'].map((label) =>
      match('install', label),
    );
    expect(scores.toSorted((a, b) => b - a)).toEqual(scores);
    expect(new Set(scores).size).toBe(5);
    expect(scores.at(-1)).toBeGreaterThan(0);
  });

  test('[DA33] every word has to be found, in any order, in the label or in further words', () => {
    expect(match('dark theme', 'Dark', ['Theme', 'appearance'])).toBeGreaterThan(0);
    expect(match('theme dark', 'Dark', ['Theme'])).toBeGreaterThan(0);
    expect(match('theme pink', 'Dark', ['Theme'])).toBe(0);
    expect(match('dark', 'Dark')).toBeGreaterThan(match('dark', 'Night', ['dark']));
  });

  test('[DA33] case and accents do not matter; nothing finds nothing', () => {
    expect(match('SAO', 'São Paulo')).toBeGreaterThan(0);
    expect(match('fur', 'Für alle')).toBeGreaterThan(0);
    expect([match('', 'Visitors'), match('  ', 'Visitors'), match('xyz', 'Visitors')]).toEqual([0, 0, 0]);
    expect(match('vmon', 'Visitor Monitor')).toBeGreaterThan(0);
  });

  test('[DA33] whatever the label, its own text finds it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (label) => {
        // Of a lone accent nothing is left, and nothing finds nothing.
        fc.pre(fold(label).trim() !== '');
        expect(match(label, label)).toBeGreaterThan(0);
      }),
    );
  });
});
