import { describe, expect, it } from 'vitest';
import { typedPageUrl } from './page-url.ts';

describe('an address as people type it', () => {
  it.each([
    ['https://shop.test/cart', 'https://shop.test/cart'],
    ['HTTP://Shop.Test', 'http://shop.test/'],
    ['/cart', 'https://mine.test/cart'],
    ['/', 'https://mine.test/'],
    ['/javascript:alert(1)', 'https://mine.test/javascript:alert(1)'],
    ['shop.test/cart', 'https://shop.test/cart'],
    ['shop.test:8080/cart', 'https://shop.test:8080/cart'],
    ['localhost:3000/x', 'https://localhost:3000/x'],
    ['//shop.test/cart', 'https://shop.test/cart'],
    ['http://intranet/cart', 'http://intranet/cart'],
    ['müller.test/warenkorb', 'https://xn--mller-kva.test/warenkorb'],
    ['https://пример.испытание/корзина', 'https://xn--e1afmkfd.xn--80akhbyknj4f/%D0%BA%D0%BE%D1%80%D0%B7%D0%B8%D0%BD%D0%B0'],
    ['https://shop.test/two words', 'https://shop.test/two%20words'],
    [' shop.test/?q=a ', 'https://shop.test/?q=a'],
    ['[2001:db8::1]:8080/x', 'https://[2001:db8::1]:8080/x'],
  ])('[PC18] %s is %s', (typed, url) => expect(typedPageUrl(typed, 'mine.test')).toBe(url));

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(document.domain)',
    ' javascript:alert(1)',
    'data:text/html,<b>x</b>',
    'data:text/html;base64,PHNjcmlwdD4=',
    'mailto:anna@shop.test',
    'file:///etc/passwd',
    'ftp://shop.test/cart',
    'blob:https://shop.test/1',
    'about:blank',
    'tel:123',
    'view-source:https://shop.test/',
    '',
    '   ',
    'cart',
    'hello world',
    'two words.test/cart',
    'https://',
    'https:///',
    'https://a b/cart',
    'https:shop',
    'shop.test:999999/cart',
    'https://shop.test:99999/cart',
    '?q=boot',
    '#/cart',
    '.',
    '..',
  ])('[PC18] %j is no web address', (typed) => expect(typedPageUrl(typed, 'mine.test')).toBeNull());
});
