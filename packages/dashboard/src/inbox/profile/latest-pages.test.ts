import { describe, expect, test } from 'vitest';
import { latestPages } from './latest-pages.ts';

const page = (url: string, at: number) => ({ url, title: url, at });
const urls = (list: readonly { url: string }[]): string[] => list.map(({ url }) => url);

describe('the latest pages of a profile', () => {
  test('[CO15] the one looked at is first, then the visit’s, then those known from before, each once and ten at most', () => {
    const trail = [page('/a', 10_000), page('/b', 20_000), page('/c', 30_000)];
    const known = [
      page('/c', 30_400),
      page('/a', 10_000),
      page('/a', 5_000),
      ...Array.from({ length: 10 }, (_, i) => page(`/old${i}`, 4_000 - i)),
    ];
    const found = latestPages({ trail, url: '/b', title: 'B', online: true }, known);
    expect(urls(found)).toEqual(['/b', '/c', '/a', '/a', '/old0', '/old1', '/old2', '/old3', '/old4', '/old5']);
    expect(urls(latestPages({ trail, url: '/b', title: 'B', online: false }, []))).toEqual(['/c', '/b', '/a']);
  });

  test('[CO15] a page that is in no trail yet is shown all the same', () => {
    expect(urls(latestPages({ trail: [page('/a', 1)], url: '/new', title: 'New', online: true }, [page('/new', 0)]))).toEqual([
      '/new',
      '/a',
    ]);
  });
});
