import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { LIMITS, VisitorUp } from './index.ts';

const frame = (said: object) => v.parse(VisitorUp, said);

describe('what the host page says', () => {
  it.each([
    [
      { id: 'u-1', hash: 'abc', name: 'Anna', email: 'a@b.c' },
      { id: 'u-1', hash: 'abc', name: 'Anna', email: 'a@b.c' },
    ],
    [
      { id: 42, name: '' },
      { id: '42', name: '' },
    ],
    [{ id: null, name: { first: 'A' }, email: ['x'], hash: true }, {}],
    [{ plan: 'pro' }, {}],
    [{ data: { plan: 'pro', seats: 3, trial: true, note: null } }, { data: { plan: 'pro', seats: 3, trial: true, note: null } }],
    [{ data: { deep: { er: 1 }, list: [1], ok: 1 } }, { data: { ok: 1 } }],
    [{ data: 'text' }, {}],
    [{ data: [1, 2] }, {}],
  ])('[EM8] identify with %j is taken as %j', (said, taken) => {
    expect(JSON.parse(JSON.stringify(frame({ t: 'identify', ...said })))).toEqual({ t: 'identify', ...taken });
  });

  it('[EM8] texts are cut, data is cut to its entries and bytes', () => {
    const long = 'x'.repeat(1_000);
    const taken = frame({ t: 'identify', id: long, data: { [long]: long } });
    expect(taken).toMatchObject({ id: 'x'.repeat(200), data: { ['x'.repeat(60)]: 'x'.repeat(200) } });
    const many = frame({ t: 'context', kind: 'cart', data: Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`key ${i}`, i])) });
    expect(Object.keys(many.t === 'context' ? many.data! : {})).toHaveLength(30);
  });

  it('[CX1] how long ago it was is at least 0, and a day at most', () => {
    const DAY_MS = 86_400_000;
    const page = (agoMs: number) => v.safeParse(VisitorUp, { t: 'page', n: 1, url: 'https://a.test/', title: '', agoMs });
    expect(page(DAY_MS * 40).output).toMatchObject({ agoMs: DAY_MS });
    expect(page(12.5).output).toMatchObject({ agoMs: 12.5 });
    for (const odd of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(page(odd).success).toBe(false);
    expect(frame({ t: 'goal', name: 'x', agoMs: DAY_MS * 2 })).toMatchObject({ agoMs: DAY_MS });
    expect(frame({ t: 'goal', name: 'x', agoMs: 'long' })).toMatchObject({ agoMs: 0 });
  });

  it('[EM8] an unknown context is none, a secret that is no token is absent', () => {
    expect(frame({ t: 'context', kind: 'sauna' })).toMatchObject({ kind: 'none' });
    expect(frame({ t: 'context' })).toMatchObject({ kind: 'none' });
    const hello = {
      t: 'hello',
      v: 1,
      tab: 'tab-12345',
      pages: [{ n: 1, url: '', title: '' }],
      lang: '',
      tz: '',
      screen: [1, 1, 1],
      hidden: false,
      focused: true,
    };
    for (const secret of ['', 'short', '<b>bold</b>', 'x'.repeat(65), 7]) {
      const taken = frame({ ...hello, secret, resume: secret });
      expect(taken.t === 'hello' && [taken.secret, taken.resume]).toEqual([undefined, secret === 'x'.repeat(65) ? secret : undefined]);
    }
    expect(frame({ ...hello, secret: 'abcdefgh' })).toMatchObject({ secret: 'abcdefgh' });
  });

  it('[EM8] no JSON in identify or context is refused, and none gets larger than its bound', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (who, data) => {
        for (const said of [
          { ...(who as object), t: 'identify', data },
          { t: 'context', kind: who, data },
        ]) {
          const taken = frame(JSON.parse(JSON.stringify(said)) as object);
          const kept = 'data' in taken ? (taken.data ?? {}) : {};
          expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThanOrEqual(LIMITS.dataBytes);
          expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
        }
      }),
    );
  });
});
