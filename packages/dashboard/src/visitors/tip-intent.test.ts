import { expect, test } from 'vitest';
import { ManualClock } from '../../test/scripted.ts';
import { nears, TipIntent } from './tip-intent.ts';

function setUp() {
  const clock = new ManualClock();
  const intent = new TipIntent(clock);
  /** Visit shown, '' for none. */
  const shown = (): string => intent.get()?.visit ?? '';
  return { clock, intent, shown };
}
const BOX = { left: 400, top: 100, right: 744, bottom: 600 };

test('[VP4] details show once the pointer has rested on a row, and for the next row almost at once', () => {
  const { clock, intent, shown } = setUp();
  intent.hover('a', { x: 100, y: 100 });
  clock.advance(300);
  intent.hover('a', { x: 104, y: 101 });
  expect(shown()).toBe('');
  clock.advance(60);
  expect(shown()).toBe('a');
  intent.placed(BOX);
  intent.hover('b', { x: 90, y: 160 });
  clock.advance(61);
  expect(shown()).toBe('b');
});

test('[VP4] a pointer passing over rows opens nothing', () => {
  const { clock, intent, shown } = setUp();
  for (let i = 0; i < 20; i += 1) {
    intent.hover(`r${i}`, { x: 100, y: i * 56 });
    clock.advance(100);
    expect(shown()).toBe('');
  }
});

test('[VP6] on the way to the tooltip the rows in between are not meant, and in it it stays', () => {
  const { clock, intent, shown } = setUp();
  intent.hover('a', { x: 100, y: 120 });
  clock.advance(400);
  intent.placed(BOX);
  for (let i = 1; i <= 8; i += 1) {
    intent.hover(i < 4 ? 'b' : 'c', { x: 100 + i * 30, y: 120 + i * 18 });
    clock.advance(120);
    expect(shown()).toBe('a');
  }
  intent.leave();
  intent.enterTip();
  clock.advance(10_000);
  expect(shown()).toBe('a');
});

test('[VP6] who stops on the way means the row they stopped on', () => {
  const { clock, intent, shown } = setUp();
  intent.hover('a', { x: 100, y: 120 });
  clock.advance(400);
  intent.placed(BOX);
  intent.hover('b', { x: 160, y: 160 });
  clock.advance(301);
  expect(shown()).toBe('b');
});

test('[VP4] leaving the list or the tooltip closes it after a moment, coming back in time does not', () => {
  const { clock, intent, shown } = setUp();
  intent.hover('a', { x: 100, y: 120 });
  clock.advance(400);
  intent.leave();
  clock.advance(150);
  intent.enterTip();
  clock.advance(1_000);
  expect(shown()).toBe('a');
  intent.leaveTip();
  clock.advance(230);
  expect(shown()).toBe('');
});

test('[VP4] Esc closes it until another row is meant', () => {
  const { clock, intent, shown } = setUp();
  intent.hover('a', { x: 100, y: 120 });
  clock.advance(400);
  expect(intent.dismiss()).toBe(true);
  intent.hover('a', { x: 110, y: 122 });
  clock.advance(1_000);
  expect(shown()).toBe('');
  expect(intent.dismiss()).toBe(false);
  intent.hover('b', { x: 110, y: 180 });
  clock.advance(400);
  expect(shown()).toBe('b');
});

test('[VP4] a keyboard that pauses on a row asks for its details, one that walks through does not', () => {
  const { clock, intent, shown } = setUp();
  for (const id of ['a', 'b', 'c']) {
    intent.cursor(id);
    clock.advance(200);
    expect(shown()).toBe('');
  }
  clock.advance(600);
  expect(intent.get()).toEqual({ visit: 'c', by: 'pause' });
  intent.cursor('d');
  expect(shown()).toBe('');
  intent.ask('d');
  expect(intent.get()).toEqual({ visit: 'd', by: 'focus' });
});

test('[VP6] nearing is a move into the triangle towards the tooltip, on either side', () => {
  expect(nears({ x: 100, y: 300 }, { x: 120, y: 305 }, BOX)).toBe(true);
  expect(nears({ x: 100, y: 300 }, { x: 101, y: 400 }, BOX)).toBe(false);
  expect(nears({ x: 100, y: 300 }, { x: 90, y: 300 }, BOX)).toBe(false);
  const left = { left: 400, top: 100, right: 744, bottom: 600 };
  expect(nears({ x: 1_000, y: 300 }, { x: 980, y: 302 }, left)).toBe(true);
  expect(nears({ x: 1_000, y: 300 }, { x: 1_010, y: 302 }, left)).toBe(false);
});
