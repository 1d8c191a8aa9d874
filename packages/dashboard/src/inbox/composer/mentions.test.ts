import { describe, expect, test } from 'vitest';
import { atBefore, handlesOf, mentioned, suggested } from './mentions.ts';

const anna = { id: 'u1', name: 'Anna Keller' };
const anna2 = { id: 'u2', name: 'Anna Berg' };
const joon = { id: 'u3', name: 'Joon Park' };
const emile = { id: 'u4', name: 'Émile Roux' };

describe('mentions', () => {
  test('[CO5] a colleague is called by the first name, and by the whole where two share it', () => {
    expect([...handlesOf([anna, joon]).values()]).toEqual(['Anna', 'Joon']);
    expect([...handlesOf([anna, anna2, joon]).values()]).toEqual(['Anna Keller', 'Anna Berg', 'Joon']);
  });

  test('[CO5] who is called in a text is found where it says so, once the name ends there', () => {
    const ids = (text: string, people = [anna, joon, emile]) => mentioned(text, people).map((one) => one.id);
    expect(ids('@Anna is it back? (@joon) @Émile!')).toEqual(['u1', 'u3', 'u4']);
    expect(ids('mail anna@joon.example, @@Joon, @Joona, @Ann')).toEqual([]);
    expect(ids('@Anna Berg knows', [anna, anna2])).toEqual(['u2']);
    expect(ids('@Anna knows', [anna, anna2])).toEqual([]);
    expect(mentioned('a @Joon Park b', [joon])).toEqual([{ from: 2, to: 12, id: 'u3' }]);
  });

  test('[CO5] what is typed after @ is asked for, with or without accents', () => {
    expect(atBefore('see @an', 7)).toEqual({ from: 4, query: 'an' });
    expect(atBefore('@', 1)).toEqual({ from: 0, query: '' });
    expect(atBefore('a@b', 3)).toBeNull();
    expect(atBefore('@Anna Ber', 9)).toEqual({ from: 0, query: 'Anna Ber' });
    expect(suggested([anna, joon, emile], 'em')).toEqual([emile]);
    expect(suggested([anna, anna2, joon], 'be')).toEqual([anna2]);
  });
});
