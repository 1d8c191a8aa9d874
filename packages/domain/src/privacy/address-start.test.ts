import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressStart } from './address-start.ts';
import { maskAddress } from './mask.ts';

describe('the beginning of an address', () => {
  it.each([
    ['198.51.100.23', '198.51.100.0'],
    ['198.51.100', '198.51.100'],
    ['198.51.100.', '198.51.100.'],
    ['25', '25'],
    [' 2001:0DB8: ', '2001:db8:'],
    ['2001:db8:1:2:', '2001:db8:1::'],
    ['2001:db8:0:2', '2001:db8::'],
    ['2001:db8::', '2001:db8::'],
    ['::', '::'],
    ['fe80', 'fe80'],
    ['999', '999'],
  ])('[RQ10] %s is stored as what begins with %s', (text, start) => expect(addressStart(text, 'default')).toBe(start));

  it('[RQ10] what is masked more is cut off more', () => {
    expect(addressStart('198.51.100', 'strong')).toBe('198.51.');
    expect(addressStart('2001:db8:1:', 'strong')).toBe('2001:db8::');
    expect(addressStart('198.51.100', 'none-stored')).toBe('');
    expect(addressStart('999.1', 'none-stored')).toBeNull();
  });

  it.each([
    '999.1.1.1',
    '256.',
    '1.2.3.4.5',
    '1.2.3.4.',
    '1..2',
    '.1',
    '01.2',
    '...',
    'hello',
    '',
    '12345:',
    '1::2::3',
    ':::',
    ':1',
    '1:2:3:4:5:6:7:8:',
    '1:2:3:4:5:6:7:8:9',
    '2001:db8:1.2',
    '10.0.0.0/8',
    'x'.repeat(400),
  ])('[RQ10] no address begins with %s', (text) => expect(addressStart(text, 'default')).toBeNull());

  it('[RQ10] of every address that is stored, each beginning that says a whole part finds it', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const word = fc.integer({ min: 0, max: 0xffff });
    const v4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
    const v6 = fc
      .array(word, { minLength: 8, maxLength: 8 })
      .map((words) => ['2a01', ...words.slice(1).map((w) => w.toString(16))].join(':'));
    fc.assert(
      fc.property(fc.oneof(v4, v6), fc.constantFrom('default' as const, 'strong' as const), fc.nat(39), (address, mode, length) => {
        const stored = maskAddress(address, mode);
        const typed = stored.slice(0, Math.max(1, length));
        const start = addressStart(typed, mode);
        expect(start).not.toBeNull();
        expect(stored.startsWith(start ?? '?')).toBe(true);
      }),
    );
  });
});
