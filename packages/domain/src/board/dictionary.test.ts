import { expect, test } from 'vitest';
import { Dictionary } from './dictionary.ts';

test('[BD2] a text has one id while somebody holds it, and a freed id tells that it stands for another text', () => {
  const dictionary = new Dictionary((text) => text.toLowerCase());
  const a = dictionary.hold('Home');
  expect(dictionary.hold('Home')).toBe(a);
  expect(dictionary.folded(a)).toBe('home');
  dictionary.release(a);
  expect(dictionary.text(a)).toBe('Home');
  const stamp = dictionary.stamp(a);
  dictionary.release(a);
  const b = dictionary.hold('Cart');
  expect(b).toBe(a);
  expect(dictionary.stamp(b)).not.toBe(stamp);
  expect(dictionary.folded(b)).toBe('cart');
});

test('[BD2] the empty text is id 0 and is never freed', () => {
  const dictionary = new Dictionary((text) => text);
  expect(dictionary.hold('')).toBe(0);
  dictionary.release(0);
  expect(dictionary.text(0)).toBe('');
});
