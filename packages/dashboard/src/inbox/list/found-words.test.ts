import type { Message, MessageBody } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { markedParts, searchedText } from './found-words.ts';

const marked = (text: string, query: string): string =>
  markedParts(text, query)
    .map((part) => (part.isHit ? `[${part.text}]` : part.text))
    .join('');
const said = (body: MessageBody): Message => ({
  seq: 1,
  rev: 1,
  at: 0,
  from: { kind: 'visitor', id: '' },
  cid: '',
  body,
  editedAt: 0,
  gone: '',
  answeredBy: 0,
});

describe('what was found', () => {
  test('[IB11] every hit is marked, at the beginning of words, whatever their case and accents', () => {
    expect(marked('Résumé of the resort, no pressure', 'res')).toBe('[Rés]umé of the [res]ort, no pressure');
    expect(marked('Size S or size M?', 'size m')).toBe('[Size] S or [size] [M]?');
    expect(marked('请问尺码怎么选', '尺码')).toBe('请问[尺码]怎么选');
    expect(marked('Nothing of it', 'zebra')).toBe('Nothing of it');
    expect(marked('a+b (c)', '(c)')).toBe('a+b ([c])');
  });

  test('[IB11] of a long message what lies around the first hit is shown', () => {
    const shown = marked(`${'before '.repeat(100)}needle${' after'.repeat(100)}`, 'needle');
    expect(shown).toMatch(/^….{30}\[needle\] after/);
    expect(shown.length).toBeLessThan(190);
  });

  test('[IB11] what was filled in, clicked or attached is shown where it was found', () => {
    expect(searchedText(said({ kind: 'submission', to: 1, values: [{ id: 'o', label: 'Order', value: '20431' }] }))).toBe('Order: 20431');
    expect(searchedText(said({ kind: 'rating', stars: 4, comment: 'Quick' }))).toBe('Rated: 4 stars: Quick');
    expect(searchedText(said({ kind: 'text', text: 'Hello' }))).toBe('Hello');
  });
});
