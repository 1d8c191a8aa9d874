import type { Totals } from '@foyer/protocol';
import { Listeners } from '../live/listeners.ts';
import { PlaceStore } from '../live/place-store.ts';
import { ViewStore } from '../live/view-store.ts';
import type { DayIndex } from './day-index.ts';

/** Times the speed of the clock. At the middle one the day takes a minute and a half. */
export const SPEEDS = [60, 300, 900, 3_600] as const;
export type Speed = (typeof SPEEDS)[number];
const FIRST_SPEED: Speed = 900;

/** Counts reach the map ten times a second: it draws them no more often. */
const COUNT_EVERY_MS = 100;
/** What React draws. */
const TELL_EVERY_MS = 250;
/** Where motion is not wanted, a step is as long as a glance. */
const STEP_EVERY_MS = 1_000;
/** A page that was hidden goes on where it was; one whose frames are slow keeps its speed. */
const MOST_FRAME_MS = 1_000;

export interface Frames {
  /** Calls once with the time in ms, at the next frame; answers how to call it off. */
  next(run: (now: number) => void): () => void;
}
/** What pins and list show: one second of the day. A new object each time. */
export interface Counted {
  readonly second: number;
  readonly total: number;
  readonly isPlaying: boolean;
}
/** What is told to React. A new object each time. */
export interface Moment {
  readonly second: number;
  readonly total: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  /** How often it was moved by hand. */
  readonly sought: number;
}

/**
 * Player — the moment of a day that is shown, and its going on.
 *
 * Purpose     feeds the live map's own stores with the counts of a moment, as if the server had said them now.
 * Lifecycle   made with a day → play, pause, seek … → dispose. It asks for frames only while it plays.
 */
export class Player {
  readonly index: DayIndex;
  readonly store = new ViewStore(['totals', 'cities']);
  readonly places: PlaceStore;
  readonly #frames: Frames;
  readonly #isStepped: boolean;
  readonly #onFrame = new Listeners();
  readonly #onMoment = new Listeners();
  readonly #onCounted = new Listeners();
  #counted: Counted = { second: 0, total: 0, isPlaying: false };
  readonly #onArrivals = new Set<(places: readonly number[]) => void>();
  #moment: Moment;
  #second = 0;
  #isPlaying = false;
  #speed: Speed = FIRST_SPEED;
  #cancel: (() => void) | null = null;
  #frameAt: number | null = null;
  #countedAt = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;
  #seq = 0;
  #sought = 0;

  /** `isStepped`: motion is not wanted. */
  constructor(index: DayIndex, { frames, isStepped = false }: { readonly frames: Frames; readonly isStepped?: boolean }) {
    this.index = index;
    this.#frames = frames;
    this.#isStepped = isStepped;
    const { places } = index.day;
    this.places = new PlaceStore((_epoch, from) => Promise.resolve(places.slice(from)));
    this.places.reset('day');
    this.places.need(places.length - 1);
    this.#moment = this.#said();
    index.seek(0);
    this.#count();
  }

  /** Seconds since the day's beginning, with fractions. */
  get second(): number {
    return this.#second;
  }
  get moment(): Moment {
    return this.#moment;
  }
  get counted(): Counted {
    return this.#counted;
  }
  /** With each count that reaches the map: ten times a second at most while it plays. */
  readonly subscribeCounted = this.#onCounted.subscribe;
  /** Each frame that something moves in. */
  readonly subscribeFrame = this.#onFrame.subscribe;
  /** A few times a second, and at once when it is paused, moved by hand or given another speed. */
  readonly subscribe = this.#onMoment.subscribe;

  /** Places (indices) of those who come while it plays, a dozen at once at most; never where motion is not wanted. */
  readonly subscribeArrivals = (listener: (places: readonly number[]) => void): (() => void) => {
    this.#onArrivals.add(listener);
    return () => {
      this.#onArrivals.delete(listener);
    };
  };

  play(): void {
    if (this.#isPlaying) return;
    if (this.#second >= this.index.day.lengthS) this.#second = 0;
    this.#isPlaying = true;
    this.#frameAt = null;
    this.#show();
    this.#ask();
  }
  pause(): void {
    if (!this.#isPlaying) return;
    this.#stop();
    this.#show();
  }
  setSpeed(speed: Speed): void {
    this.#speed = speed;
    this.#tell();
  }
  /** By hand: it goes on from there when it played. */
  seek(second: number): void {
    this.#second = Math.max(0, Math.min(this.index.day.lengthS, second));
    this.#sought += 1;
    this.#show();
  }
  dispose(): void {
    this.#stop();
  }

  #stop(): void {
    this.#isPlaying = false;
    this.#cancel?.();
    this.#cancel = null;
  }
  #ask(): void {
    this.#cancel = this.#frames.next((now) => this.#frame(now));
  }
  #frame(now: number): void {
    this.#cancel = null;
    const tookMs = Math.min(MOST_FRAME_MS, now - (this.#frameAt ?? now));
    this.#frameAt = now;
    this.#second = Math.min(this.index.day.lengthS, this.#second + (tookMs / 1_000) * this.#speed);
    if (this.#second >= this.index.day.lengthS) {
      this.#stop();
      return this.#show();
    }
    this.#ask();
    if (now - this.#countedAt < (this.#isStepped ? STEP_EVERY_MS : COUNT_EVERY_MS)) {
      if (!this.#isStepped) this.#onFrame.notify();
      return;
    }
    this.#countedAt = now;
    this.#count();
    const came = this.#isStepped ? [] : this.index.arrived.filter((place) => place >= 0);
    if (came.length > 0) for (const listener of this.#onArrivals) listener(came);
    this.#onFrame.notify();
    if (now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now;
    this.#tell();
  }

  #show(): void {
    this.#count();
    this.#onFrame.notify();
    this.#tell();
  }
  #tell(): void {
    this.#moment = this.#said();
    this.#onMoment.notify();
  }
  #said(): Moment {
    const total = this.index.onlineAt(this.#second);
    return { second: this.#second, total, isPlaying: this.#isPlaying, speed: this.#speed, sought: this.#sought };
  }

  #count(): void {
    const { index } = this;
    index.seek(this.#second);
    const changed = index.takeChanged();
    this.#seq += 1;
    const seq = this.#seq;
    const isFirst = seq === 1;
    const set = changed.flatMap((place) => {
      if (place < 0) return [];
      const count = index.countAt(place);
      return [count === 0 ? [place] : [place, count]];
    });
    this.#counted = { second: index.second, total: index.total, isPlaying: this.#isPlaying };
    this.store.apply({
      t: 'view',
      view: 'replay',
      now: 0,
      totals: { seq, ...(isFirst && { full: true as const }), set: totalsOf(index.total, index.unknown) },
      cities: { seq, ...(isFirst && { full: true as const }), set: isFirst ? set.filter((counts) => counts.length > 1) : set },
    });
    this.#onCounted.notify();
  }
}

/** Of somebody who was there nothing is known that would make another colour. */
const totalsOf = (total: number, unknownPlace: number): Totals => ({
  listed: total,
  live: total,
  chatting: 0,
  browsing: total,
  unknownPlace,
  byStatus: { unassigned: 0, assigned: 0, ai: 0, chatting: 0, active: total, resolved: 0, inactive: 0 },
  browsers: NONE,
  systems: NONE,
  devices: NONE,
  countries: NONE,
  pages: NONE,
  referrers: NONE,
  exact: true,
});
const NONE: Totals['pages'] = [];
