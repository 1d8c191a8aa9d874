import type { CityCounts, Place, ViewFrame } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlaceStore } from '../live/place-store.ts';
import { ViewStore } from '../live/view-store.ts';
import { WorldNames } from './basemap/names.ts';
import { countsAt, manyPlaces, placeAt, seeded } from './core/map.testkit.ts';
import { worldPx } from './core/mercator.ts';
import { NO_SPOT } from './core/pin.ts';
import { PIN_BYTES } from './core/pin-buffer.ts';
import type { Camera } from './core/projector.ts';
import { NamePlacer } from './name-placer.ts';
import { PinScene } from './pin-scene.ts';

/** Taken before time is faked. */
const realNow = performance.now.bind(performance);
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function sceneOf(places: readonly Place[], zoom = 4) {
  const store = new PlaceStore((_epoch, from) => Promise.resolve(places.filter(({ index }) => index >= from)));
  store.reset('e1');
  store.need(0);
  await vi.runAllTimersAsync();
  const view = new ViewStore(['cities']);
  const camera: Camera = { kind: 'flat', worldPx: worldPx(zoom), left: 0, top: 0, width: worldPx(zoom), height: worldPx(zoom) };
  const seen = { repaints: 0, changes: 0, names: 0 };
  const names = new NamePlacer({
    names: new WorldNames({ countries: [], seas: [], cities: [] }, () => ''),
    nameOf: (pin) => pin.place.city,
    measure: (text, size) => text.length * size * 0.6,
    show: () => (seen.names += 1),
  });
  const scene = new PinScene(store, names, {
    camera: () => camera,
    zoom: () => zoom,
    covered: () => [],
    repaint: () => (seen.repaints += 1),
    changed: () => (seen.changes += 1),
  });
  /** As a map does: a frame after each call for one. */
  const frame = (): void => scene.beginFrame(camera);
  let seq = 0;
  const say = (set: readonly CityCounts[], full = false): void => {
    const cities: ViewFrame['cities'] = { seq: ++seq, ...(full ? { full: true } : {}), set };
    view.apply({ t: 'view', view: 'v', now: 0, cities });
  };
  say([], true);
  scene.show(view);
  vi.advanceTimersByTime(1_000);
  frame();
  return { scene, say, seen, frame, store, view };
}

describe('keeping the picture in step', () => {
  test('[MP11] a pin that comes, grows or goes is drawn within a tenth of a second, with its count', async () => {
    const { scene, say, frame } = await sceneOf([placeAt(0), placeAt(1, { lon: 40 })]);
    say([countsAt(0, { active: 1 })]);
    vi.advanceTimersByTime(100);
    expect(scene.count).toBe(1);
    say([countsAt(0, { active: 1, unassigned: 1 }), countsAt(1, { active: 1 })]);
    vi.advanceTimersByTime(100);
    frame();
    expect(scene.pinOf(placeAt(0).id)).toMatchObject({ total: 2, core: 'unassigned', badge: '2', spot: 0 });
    expect(scene.count).toBe(2);
    frame();
    say([[0]]);
    vi.advanceTimersByTime(100);
    expect(scene.count).toBe(1);
    expect(scene.pinOf(placeAt(0).id)).toBeUndefined();
  });

  test('[RD8] a store of another time is read with the places of that time, and the one of now with those of now', async () => {
    const now = await sceneOf([placeAt(0, { id: 'now', lon: 10 }), placeAt(1, { id: 'nobody', lon: 20 })]);
    now.say([countsAt(0, { active: 3 })]);
    const then = new PlaceStore(() => Promise.resolve([placeAt(0, { id: 'then', lon: 90 })]));
    then.reset('day');
    then.need(0);
    await vi.runAllTimersAsync();
    const day = new ViewStore(['cities']);
    day.apply({ t: 'view', view: 'day', now: 0, cities: { seq: 1, full: true, set: [countsAt(0, { active: 7 })] } });
    const drawn = (): (readonly [string, number, number])[] => [...now.scene.pins].map((pin) => [pin.id, pin.total, pin.place.lon]);
    now.scene.show(day, then);
    vi.advanceTimersByTime(100);
    expect(drawn()).toEqual([['then', 7, 90]]);
    // What is said of now is not of then.
    now.say([countsAt(1, { active: 1 })]);
    vi.advanceTimersByTime(100);
    expect(drawn()).toEqual([['then', 7, 90]]);
    now.scene.show(now.view, now.store);
    vi.advanceTimersByTime(100);
    expect(drawn()).toEqual([
      ['now', 3, 10],
      ['nobody', 1, 20],
    ]);
  });

  test('[MP11] a hidden page, which draws no frame, places no count; the next frame places all', async () => {
    const { scene, say, frame } = await sceneOf([placeAt(0), placeAt(1, { lon: 40 })]);
    const { id } = placeAt(1);
    say([countsAt(0, { active: 1 })]);
    vi.advanceTimersByTime(1_000);
    for (const active of [2, 0, 3, 0, 4]) {
      say([active === 0 ? [1] : countsAt(1, { active })]);
      vi.advanceTimersByTime(1_000);
      if (active > 0) expect(scene.pinOf(id)).toMatchObject({ total: active, spot: NO_SPOT });
    }
    frame();
    expect(scene.pinOf(id)).toMatchObject({ total: 4, badge: '4', spot: 0 });
  });

  test('[MP11] ten changes of the picture a second at most, two while frames are slow, none while nothing changes', async () => {
    const { scene, say, seen } = await sceneOf([placeAt(0)]);
    const flood = (): number => {
      seen.changes = 0;
      for (let i = 0; i < 200; i += 1) {
        say([countsAt(0, { active: 1 + (i % 9) })]);
        vi.advanceTimersByTime(10);
      }
      return seen.changes / 2;
    };
    expect(flood()).toBeLessThanOrEqual(11);
    scene.isCheap = true;
    expect(flood()).toBeLessThanOrEqual(3);
    vi.advanceTimersByTime(2_000);
    seen.changes = seen.repaints = 0;
    vi.advanceTimersByTime(10_000);
    expect([seen.changes, seen.repaints]).toEqual([0, 0]);
  });

  test('[MP11] a change writes the pins that changed, not those that did not, and allocates no buffer', async () => {
    const places = manyPlaces(5_000, seeded(9));
    const { scene, say, frame } = await sceneOf(places, 6);
    say(
      places.map(({ index }) => countsAt(index, { active: 3 })),
      true,
    );
    vi.advanceTimersByTime(1_000);
    frame();
    scene.buffer.takeDirty();
    const { generation } = scene.buffer;
    for (let i = 0; i < 50; i += 1) {
      say([countsAt(i, { active: 2, inactive: 1 + (i % 3) })]);
      vi.advanceTimersByTime(100);
      const [from, to] = scene.buffer.takeDirty()!;
      expect(to - from).toBe(PIN_BYTES);
    }
    expect(scene.buffer.generation).toBe(generation);
    expect(scene.buffer.bytes.length).toBeLessThanOrEqual(2 * 5_000 * PIN_BYTES);
  });

  test('[MP9] a pin is hit where it is drawn, and no more once it is gone', async () => {
    const { scene, say, frame } = await sceneOf([placeAt(0, { lon: 0, lat: 0 })]);
    say([countsAt(0, { active: 1 })]);
    vi.advanceTimersByTime(100);
    frame();
    const { x, y } = scene.pointOf(0.5, 0.5)!;
    expect(scene.hit(x + 3, y, 4)?.place.index).toBe(0);
    expect(scene.hit(x + 30, y, 4)).toBeNull();
    say([[0]]);
    vi.advanceTimersByTime(100);
    expect(scene.hit(x + 3, y, 4)).toBeNull();
  });

  test('[MP24] a second of 5,000 events in 5,000 cities takes at most 20 ms of script, placing counts and names included', async () => {
    const random = seeded(11);
    const places = manyPlaces(5_000, random);
    const { scene, say, frame } = await sceneOf(places, 1.4);
    say(
      places.map(({ index }) => countsAt(index, { active: 10 + Math.floor(random() * 30), inactive: 5 })),
      true,
    );
    vi.advanceTimersByTime(1_000);
    frame();
    const second = (): number => {
      const ticks = Array.from({ length: 10 }, () =>
        Array.from({ length: 500 }, () =>
          countsAt(Math.floor(random() * 5_000), { active: 10 + Math.floor(random() * 30), inactive: Math.floor(random() * 9) }),
        ),
      );
      const began = realNow();
      for (const tick of ticks) {
        say(tick);
        vi.advanceTimersByTime(100);
        frame();
        scene.buffer.takeDirty();
      }
      return realNow() - began;
    };
    // The best of many: this is what the code needs, not what else the machine does.
    expect(Math.min(...Array.from({ length: 20 }, second))).toBeLessThanOrEqual(20);
  });

  test('[MP5] another epoch begins with none of the old places', async () => {
    const { scene, say, store } = await sceneOf([placeAt(0)]);
    say([countsAt(0, { active: 1 })]);
    vi.advanceTimersByTime(100);
    store.reset('e2');
    vi.advanceTimersByTime(100);
    expect(scene.count).toBe(0);
  });
});
