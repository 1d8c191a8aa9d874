import { describe, expect, test } from 'vitest';
import { EMOJI } from './emoji-list.ts';
import { emojiFor } from './emoji-search.ts';

const found = (words: string): string[] => emojiFor(words, 'en').flatMap(({ emoji }) => emoji.map((one) => one.emoji));

describe('emoji', () => {
  test('[CO8] are found by words of either language, in any order, with or without accents', () => {
    expect(found('parcel')).toEqual(['📦']);
    expect(found('PAK')).toEqual(['📦']);
    expect(found('hoch daumen')).toEqual(['👍']);
    expect(found('daum')).toEqual(expect.arrayContaining(['👍', '👎']));
    expect(found('kase')).toEqual(['🧀']);
    // What is called so comes before what has it in its name.
    expect(found('heart')[0]).toBe('❤️');
    expect(found('herz')[0]).toBe('❤️');
    expect(found('nothing at all')).toEqual([]);
    expect(emojiFor('', 'de').map(({ group }) => group)).toEqual(Object.keys(EMOJI));
  });

  test('[CO8] each is there once and is one letter as people see it', () => {
    const all = Object.values(EMOJI).flatMap((list) => list.map(([emoji]) => emoji as string));
    expect(new Set(all).size).toBe(all.length);
    const letters = new Intl.Segmenter();
    expect(all.filter((emoji) => [...letters.segment(emoji)].length !== 1)).toEqual([]);
  });
});
