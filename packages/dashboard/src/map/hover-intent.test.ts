import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aPin } from './core/map.testkit.ts';
import { HoverIntent } from './hover-intent.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const vienna = aPin({ active: 2 });
const graz = aPin({ active: 1 });

describe('which popup is open', () => {
  test('[MP13] it opens within a tenth of a second, and not for a pin that is only crossed', () => {
    const hover = new HoverIntent();
    hover.over(vienna);
    vi.advanceTimersByTime(30);
    hover.over(graz);
    vi.advanceTimersByTime(30);
    expect(hover.get()).toBeNull();
    vi.advanceTimersByTime(60);
    expect(hover.get()).toBe(graz);
  });

  test('[MP13] it stays while the pointer is on its way into it and inside, and closes after', () => {
    const hover = new HoverIntent();
    hover.over(vienna);
    vi.advanceTimersByTime(100);
    hover.over(null);
    vi.advanceTimersByTime(150);
    hover.inside(true);
    hover.over(null);
    vi.advanceTimersByTime(5_000);
    expect(hover.get()).toBe(vienna);
    hover.inside(false);
    vi.advanceTimersByTime(250);
    expect(hover.get()).toBeNull();
  });

  test('[MP13] closing it by hand leaves nothing behind that would open it again', () => {
    const hover = new HoverIntent();
    hover.over(vienna);
    vi.advanceTimersByTime(100);
    hover.over(graz);
    hover.close();
    vi.advanceTimersByTime(5_000);
    expect(hover.get()).toBeNull();
  });
});
