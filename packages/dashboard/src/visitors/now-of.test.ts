import { expect, test } from 'vitest';
import { nowOf } from './now-of.ts';

const view = (url: string, title = url) => ({ url, title });

test('[VP23] now is the latest view of the page the visitor is on, not simply the newest', () => {
  const newest = [view('/b'), view('/a'), view('/c'), view('/a')];
  expect(nowOf(newest, view('/b'))).toBe(0);
  expect(nowOf(newest, view('/a'))).toBe(1);
});

test('[VP23] a page that changed its title is still the page; one longer ago than views are kept leaves the newest', () => {
  const newest = [view('/b'), view('/a', 'Cart (1)'), view('/a', 'Cart (2)')];
  expect(nowOf(newest, view('/a', 'Cart (2)'))).toBe(2);
  expect(nowOf(newest, view('/a', 'Cart (3)'))).toBe(1);
  expect(nowOf(newest, view('/x'))).toBe(0);
  expect(nowOf([], view('/x'))).toBe(-1);
});
