import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fill, fillParts, matching, slashBefore, unfilled, unheardOf } from './canned.ts';

const reply = (shortcut: string, text = 'x') => ({ id: shortcut, shortcut, text, shared: true, mine: false });
const known = { 'visitor.first_name': 'Freja', 'data.order': '20431', 'visitor.email': '' };

describe('canned replies', () => {
  test('[CO4] variables are filled and marked; one without a value takes what stands after its bar, or stays and is told', () => {
    expect(fillParts('Hi {visitor.first_name}, {data.order} to {visitor.email|your inbox} by {data.day}.', known)).toEqual([
      { kind: 'text', text: 'Hi ' },
      { kind: 'filled', text: 'Freja' },
      { kind: 'text', text: ', ' },
      { kind: 'filled', text: '20431' },
      { kind: 'text', text: ' to ' },
      { kind: 'filled', text: 'your inbox' },
      { kind: 'text', text: ' by ' },
      { kind: 'unknown', text: '{data.day}' },
      { kind: 'text', text: '.' },
    ]);
    expect(fill('{visitor.email}', known)).toBe('{visitor.email}');
  });

  test('[CO4] what blocks sending is found where it stands; braces that name nothing do not', () => {
    expect(unfilled('a {data.day} b {vistor.name|} {x} { a.b } {a.}')).toEqual([
      { from: 2, to: 12, text: '{data.day}' },
      { from: 15, to: 29, text: '{vistor.name|}' },
    ]);
    expect(unheardOf('{visitor.name} {data.anything} {vistor.name} {vistor.name}', ['visitor.name'])).toEqual(['vistor.name']);
  });

  test('[CO4] a value is never read as a variable, whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const parts = fillParts('a {visitor.name|x} b', { 'visitor.name': value });
        expect(parts.map((part) => part.text).join('')).toBe(`a ${value || 'x'} b`);
      }),
    );
    expect(fillParts('{visitor.name}', { 'visitor.name': '{data.secret}', 'data.secret': 's' })).toEqual([
      { kind: 'filled', text: '{data.secret}' },
    ]);
    expect(fill('{constructor.name}{__proto__.x}', {})).toBe('{constructor.name}{__proto__.x}');
  });

  test.each([
    ['/', 1, { from: 0, query: '' }],
    ['/gi', 3, { from: 0, query: 'gi' }],
    ['Of course /Grüße', 16, { from: 10, query: 'Grüße' }],
    ['a\n/x', 4, { from: 2, query: 'x' }],
    ['and/or', 6, null],
    ['/gi t', 5, null],
    ['https://x', 9, null],
    ['/gift', 3, { from: 0, query: 'gi' }],
  ])('[CO4] in %j with the caret at %i what follows the slash is asked for', (text, caret, expected) => {
    expect(slashBefore(text, caret)).toEqual(expected);
  });

  test('[CO4] shortcuts that begin so come first, then those with it inside, then texts; accents do not matter', () => {
    const list = [reply('wrap', 'Gift paper'), reply('a-gift'), reply('gift-wrap'), reply('Gift-card'), reply('hello'), reply('grüße')];
    expect(matching(list, 'gift').map((one) => one.shortcut)).toEqual(['Gift-card', 'gift-wrap', 'a-gift', 'wrap']);
    expect(matching(list, 'gru').map((one) => one.shortcut)).toEqual(['grüße']);
  });
});
