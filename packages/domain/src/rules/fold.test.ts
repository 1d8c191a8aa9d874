import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';

describe('folding', () => {
  it.each([
    ['São Paulo', 'sao paulo'],
    ['Łódź', 'lodz'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Tromsø', 'tromso'],
    ['Đà Nẵng', 'da nang'],
    ['İstanbul Kadıköy', 'istanbul kadikoy'],
    ['Ærø Œuvre', 'aero oeuvre'],
    ['Þingvellir Seyðisfjörður', 'thingvellir seydisfjordur'],
    ['Gəncə', 'gence'],
    ['ΟΔΟΣ Αθήνα', 'οδοσ αθηνα'],
    ['Ёлка Київ', 'елка киів'.normalize('NFKD').replace(/\u0308/g, '')],
    ['O’Brien – “home”', 'o\'brien - "home"'],
    ['ＡＢＣ１２', 'abc12'],
    ['ﬁne', 'fine'],
    ['  a \t\n b\u00a0c ', 'a b c'],
    ['soft\u00adhyphen zero\u200bwidth', 'softhyphen zerowidth'],
    ['', ''],
  ])('[FI2] %j is compared as %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('[FI2] vowels of Devanagari and the voiced kana are letters, not accents', () => {
    expect(fold('कि')).not.toBe(fold('क'));
    expect(fold('が')).not.toBe(fold('か'));
  });

  it('[FI2] half a word in capitals is found in the whole word', () => {
    expect(fold('ΟΔΟΣ ΕΡΜΟΥ')).toContain(fold('ΟΔΟΣ'));
    expect(fold('ΟΔΟΣΗΜΑΝΣΗ')).toContain(fold('ΟΔΟΣ'));
  });

  it('[FI2] folding twice changes nothing', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 3_000 },
    );
  });
});
