import { Listeners } from '../live/listeners.ts';
import type { LiveClock } from '../live/ports.ts';

/** The pointer rests on a row this long before its details show; as `--delay-tooltip`. */
const OPEN_AFTER_MS = 350;
/** With details open, the next row's show almost at once: whoever compares is not made to wait again. */
const SWITCH_AFTER_MS = 60;
/** A pointer on its way to the tooltip crosses other rows; as long as it keeps nearing, they are not meant. */
const TOWARDS_MS = 300;
const CLOSE_AFTER_MS = 220;
/** A keyboard that pauses on a row asks for it; walking through with the arrows does not. */
const PAUSE_MS = 700;

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
export interface Tip {
  /** Visit id of the row. */
  readonly visit: string;
  /** `focus`: the keyboard asked for it and goes into it. */
  readonly by: 'pointer' | 'pause' | 'focus';
}

/**
 * TipIntent — which row's details are meant, from how pointer and keyboard move.
 *
 * The pointer may travel from the row into the tooltip: over rows in between (a triangle from where it was to the tooltip's near
 * corners stays safe) and over the gap (closing waits). Esc closes until another row is meant.
 */
export class TipIntent {
  readonly #clock: LiveClock;
  readonly #changed = new Listeners();
  #tip: Tip | null = null;
  #box: Box | null = null;
  #hovered: string | null = null;
  #at: Point = { x: 0, y: 0 };
  #dismissed: string | null = null;
  #cancel: (() => void) | null = null;

  constructor(clock: LiveClock) {
    this.#clock = clock;
  }

  readonly subscribe = this.#changed.subscribe;
  readonly get = (): Tip | null => this.#tip;
  /** Where the pointer was last. */
  get at(): Point {
    return this.#at;
  }

  /** Where the tooltip was put; null: it is not drawn. */
  placed(box: Box | null): void {
    this.#box = box;
  }

  /** The pointer is at this point, over this row; null: over none. */
  hover(visit: string | null, at: Point): void {
    const from = this.#at;
    this.#at = at;
    const changed = visit !== this.#hovered;
    this.#hovered = visit;
    if (visit !== this.#dismissed && changed) this.#dismissed = null;
    if (this.#tip === null) {
      if (changed) this.#later(visit === null || visit === this.#dismissed ? null : OPEN_AFTER_MS, () => this.#open(visit, 'pointer'));
    } else if (visit === this.#tip.visit) this.#later(null);
    else if (this.#box && nears(from, at, this.#box)) this.#later(TOWARDS_MS, () => this.#settle());
    else if (changed || visit !== null) this.#later(visit === null ? CLOSE_AFTER_MS : SWITCH_AFTER_MS, () => this.#settle());
  }

  /** The pointer left the list. */
  leave(): void {
    this.#hovered = null;
    this.#dismissed = null;
    this.#later(this.#tip === null || this.#tip.by === 'focus' ? null : CLOSE_AFTER_MS, () => this.close());
  }

  enterTip(): void {
    this.#hovered = null;
    this.#later(null);
  }

  leaveTip(): void {
    if (this.#tip?.by !== 'focus') this.#later(CLOSE_AFTER_MS, () => this.#settle());
  }

  /** The keyboard's row changed. */
  cursor(visit: string | null): void {
    if (this.#tip && this.#tip.visit !== visit) this.close();
    this.#later(visit === null ? null : PAUSE_MS, () => this.#open(visit, 'pause'));
  }

  /** The keyboard asks. */
  ask(visit: string): void {
    this.#later(null);
    this.#open(visit, 'focus');
  }

  close(): void {
    this.#later(null);
    if (this.#tip === null) return;
    this.#tip = null;
    this.#box = null;
    this.#changed.notify();
  }

  /** Esc: closed, and not opened again until another row is meant. Answers whether there was something to close. */
  dismiss(): boolean {
    const was = this.#tip;
    this.#dismissed = this.#hovered;
    this.close();
    return was !== null;
  }

  #settle(): void {
    if (this.#hovered === null) this.close();
    else this.#open(this.#hovered, 'pointer');
  }

  #open(visit: string | null, by: Tip['by']): void {
    if (visit === null || (this.#tip?.visit === visit && this.#tip.by === by)) return;
    this.#tip = { visit, by };
    this.#changed.notify();
  }

  #later(delayMs: number | null, run?: () => void): void {
    this.#cancel?.();
    this.#cancel = delayMs === null || !run ? null : this.#clock.after(delayMs, run);
  }
}

/** Whether a move goes towards a box: its end lies in the triangle from its start to the box's two near corners. */
export function nears(from: Point, to: Point, box: Box): boolean {
  const isRight = box.left >= from.x;
  const edge = isRight ? box.left : box.right;
  if (!isRight && box.right > from.x) return false;
  if (isRight ? to.x <= from.x : to.x >= from.x) return false;
  const side = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  const top = { x: edge, y: box.top };
  const bottom = { x: edge, y: box.bottom };
  const one = side(from, top, to);
  const two = side(from, bottom, to);
  return one * two <= 0;
}
