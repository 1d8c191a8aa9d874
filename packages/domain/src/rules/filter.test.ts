import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS, type Filter, formatFilter, parseFilter, readFilter, type Term } from './filter.ts';
import { fold } from './fold.ts';

function read(text: string): Filter {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const term = (field: Term['field'], any: string[], not = false): Term => ({ field, not, any });

describe('reading a filter', () => {
  it.each<[string, Term[]]>([
    ['', []],
    ['berlin', [term(null, ['berlin'])]],
    ['New York', [term(null, ['new']), term(null, ['york'])]],
    ['"New  York"', [term(null, ['new york'])]],
    ['“New York”', [term(null, ['new york'])]],
    ['-bot', [term(null, ['bot'], true)]],
    ['a,b', [term(null, ['a', 'b'])]],
    ['country:de,"united states"', [term('country', ['de', 'united states'])]],
    ['-country:DE', [term('country', ['de'], true)]],
    ['page:/pricing', [term('page', ['/pricing'])]],
    ['ip:2001:db8::1', [term('ip', ['2001:db8::1'])]],
    ['url:https://shop.test/a', [term('url', ['https://shop.test/a'])]],
    ['Chat:Assigned', [term('status', ['assigned'])]],
    [
      'language:de from:x utm:y id:z system:w',
      [term('campaign', ['y']), term('lang', ['de']), term('os', ['w']), term('referrer', ['x']), term('visitor', ['z'])],
    ],
    ['"say \\"hi\\" \\\\ now"', [term(null, ['say "hi" \\ now'])]],
    ['5"', [term(null, ['5"'])]],
    ['"country:de"', [term(null, ['country:de'])]],
    ['a,country:de', [term(null, ['a', 'country:de'])]],
    ['"a"b', [term(null, ['a']), term(null, ['b'])]],
  ])('[FI1] %s', (text, terms) => {
    expect(read(text).terms).toEqual(terms);
  });

  it.each<[string, Term[]]>([
    ['"New Yo', [term(null, ['new yo'])]],
    ['country:', []],
    ['country:""', []],
    ['-', []],
    ['--', [term(null, ['-'], true)]],
    [',', []],
    [',,a,', [term(null, ['a'])]],
    ['"', []],
    ['-country:', []],
    ['Shop - Pricing', [term(null, ['pricing']), term(null, ['shop'])]],
    ['http://x', [term(null, ['http://x'])]],
    ['foo:bar', [term(null, ['foo:bar'])]],
    ['10:30', [term(null, ['10:30'])]],
    ['a\u0000b', [term(null, ['a']), term(null, ['b'])]],
    [': ::', [term(null, [':']), term(null, ['::'])]],
  ])('[FI3] %j is read while it is being typed', (text, terms) => {
    expect(read(text).terms).toEqual(terms);
  });

  it('[FI3] 500 characters are read, 501 refused with the place', () => {
    expect(parseFilter('x'.repeat(500)).ok).toBe(true);
    expect(parseFilter('x'.repeat(501))).toEqual({ ok: false, error: { message: expect.stringContaining('500'), at: 500 } });
  });

  it('[FI3] no text of legal length is refused, and every prefix of it is read too', () => {
    const typed = fc
      .array(fc.constantFrom('"', ',', '-', ':', ' ', '\\', 'country', 'is', 'é', 'x', '\ud800', '，', '“'), { maxLength: 60 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(typed, fc.nat(400), (text, cut) => {
        expect(parseFilter(text.slice(0, cut)).ok).toBe(true);
      }),
    );
  });
});

describe('the canonical text', () => {
  it.each([
    ['b a', 'a  b'],
    ['country:DE,at', 'country:at,de'],
    ['São sao', 'sao'],
    ['chat:ai', 'status:ai'],
    ['"one"', 'one'],
    ['a,,b', 'b,a'],
    ['-x y', 'y -x'],
  ])('[FI4] %j and %j share one view', (one, other) => {
    expect(formatFilter(read(one))).toBe(formatFilter(read(other)));
  });

  it.each([
    ['a', '-a'],
    ['a b', '"a b"'],
    ['a b', 'a,b'],
    ['country:de', 'de'],
    ['"country:de"', 'country:de'],
    ['"-a"', '-a'],
  ])('[FI4] %j and %j do not', (one, other) => {
    expect(formatFilter(read(one))).not.toBe(formatFilter(read(other)));
  });

  it('[FI4] parsing the canonical text gives the filter again', () => {
    const folded = fc
      .oneof(
        fc.string({ maxLength: 12 }),
        fc.string({ unit: 'grapheme', maxLength: 8 }),
        fc.constantFrom('-a', 'a,b', 'a b', '"', '\\', '\\"', 'is:x', 'http://x', '“'),
      )
      .map(fold)
      .filter((text) => text !== '');
    const anyTerm = fc.record({
      field: fc.constantFrom(null, ...FIELDS),
      not: fc.boolean(),
      any: fc.array(folded, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 5 }), (terms) => {
        const text = formatFilter({ terms });
        fc.pre(text.length <= 500);
        const again = read(text);
        expect(formatFilter(again)).toBe(text);
        expect(new Set(again.terms.map((t) => JSON.stringify(t)))).toEqual(
          new Set(terms.map((t) => JSON.stringify({ ...t, any: [...new Set(t.any)].sort() }))),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('[FI4] what people type and its canonical text are the same filter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const filter = read(text);
        const canonical = formatFilter(filter);
        fc.pre(canonical.length <= 500);
        expect(read(canonical)).toEqual(filter);
      }),
    );
  });

  it('[FI4] a canonical text longer than what may be typed is still read', () => {
    const typed = Array.from({ length: 80 }, (_, i) => `id:${i}`).join(' ');
    const canonical = formatFilter(read(typed));
    expect(typed.length).toBeLessThan(500);
    expect(canonical.length).toBeGreaterThan(500);
    expect(readFilter(canonical)).toEqual(read(typed));
  });
});
