import { describe, expect, test } from 'vitest';
import { drawnSections, HEADING_PX, neighbour, rowTop, stillSections } from './list-window.ts';

const section = (key: 'waiting' | 'open' | 'today', count: number, isComplete = true) => ({
  key,
  isComplete,
  ids: Array.from({ length: count }, (_, i) => `${key}${i}`),
});
const ROW = 76;

describe('what of the list is drawn', () => {
  test('[IB9] of ten thousand only what is near the screen, in the right stretch', () => {
    const sections = [section('waiting', 3), section('open', 10_000)];
    const [waiting, open] = drawnSections(sections, { top: 500 * ROW, height: 900, rowPx: ROW });
    expect(waiting?.rows).toEqual([]);
    expect(open?.rows.length).toBeLessThan(30);
    const at = open?.rows.find(({ index }) => HEADING_PX * 2 + (3 + index) * ROW >= 500 * ROW);
    expect(at).toBeDefined();
    expect(open?.heightPx).toBe(HEADING_PX + 10_000 * ROW);
  });

  test('[IB9] the next page is wanted before the end is seen, and not when all is there', () => {
    const wants = (isComplete: boolean, top: number): boolean | undefined =>
      drawnSections([section('open', 50, isComplete)], { top, height: 900, rowPx: ROW })[0]?.wantsMore;
    expect(wants(false, 0)).toBe(false);
    expect(wants(false, 24 * ROW)).toBe(true);
    expect(wants(true, 24 * ROW)).toBe(false);
  });

  test('[IB8] a stretch without anybody takes no room', () => {
    const sections = [section('waiting', 0), section('open', 2)];
    expect(drawnSections(sections, { top: 0, height: 900, rowPx: ROW }).map(({ key }) => key)).toEqual(['open']);
    expect(rowTop(sections, 'open1', ROW)).toBe(HEADING_PX + ROW);
    expect(rowTop(sections, 'gone', ROW)).toBeNull();
  });

  test('[IB25] held still, rows keep their places, and only a further page is added', () => {
    const held = [section('waiting', 2), section('open', 2, false), section('today', 0)];
    const now = [
      { ...section('waiting', 0), ids: ['new', 'waiting1'] },
      { ...section('open', 0), ids: ['waiting0', 'open1', 'open0', 'open2', 'open3'] },
      { ...section('today', 0), ids: ['other'] },
    ];
    expect(stillSections(held, now).map(({ ids }) => ids)).toEqual([['waiting0', 'waiting1'], ['open0', 'open1', 'open2', 'open3'], []]);
  });

  test('[IB21] one further, over the stretches, and not beyond the ends', () => {
    const sections = [section('waiting', 1), section('open', 1)];
    expect(neighbour(sections, null, 1)).toBe('waiting0');
    expect(neighbour(sections, 'waiting0', 1)).toBe('open0');
    expect(neighbour(sections, 'open0', 1)).toBeNull();
    expect(neighbour(sections, 'open0', -1)).toBe('waiting0');
  });
});
