/** Cells are about as large as a pin with its count: a look-up meets a handful of boxes. */
const CELL_PX = 48;
const BUCKETS = 4_096;

/** What stands on the map: a circle (a pin) or a rectangle (a count, a name), in pixels. */
export interface Box {
  /** Whose it is. */
  readonly owner: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Radius of a circle that fills the box; 0 for a rectangle. */
  readonly radius: number;
}

/**
 * Boxes by where they are. Cells of an unbounded plane share a fixed number of buckets, so a world of any size costs the same.
 * Everything lies in flat arrays that are used again: filling it anew allocates nothing once it has grown.
 */
export class BoxGrid {
  readonly #heads = new Int32Array(BUCKETS).fill(-1);
  /** Entries: next entry in the bucket, and the box. A box has one entry for each cell it touches. */
  #next = new Int32Array(1_024);
  #boxOf = new Int32Array(1_024);
  #entries = 0;
  /** left, top, right, bottom, radius, owner */
  #boxes = new Float64Array(6 * 1_024);
  #count = 0;
  /** Boxes looked at by the last question: what a test of its cost counts. */
  looked = 0;

  clear(): void {
    this.#heads.fill(-1);
    this.#entries = 0;
    this.#count = 0;
  }

  add(owner: number, left: number, top: number, right: number, bottom: number, radius = 0): void {
    if (this.#boxes.length < (this.#count + 1) * 6) this.#boxes = grown(this.#boxes, Float64Array);
    this.#boxes.set([left, top, right, bottom, radius, owner], this.#count * 6);
    for (let cy = Math.floor(top / CELL_PX); cy <= Math.floor(bottom / CELL_PX); cy += 1) {
      for (let cx = Math.floor(left / CELL_PX); cx <= Math.floor(right / CELL_PX); cx += 1) this.#enter(cx, cy);
    }
    this.#count += 1;
  }

  #enter(cx: number, cy: number): void {
    if (this.#next.length <= this.#entries) {
      this.#next = grown(this.#next, Int32Array);
      this.#boxOf = grown(this.#boxOf, Int32Array);
    }
    const bucket = bucketOf(cx, cy);
    this.#next[this.#entries] = this.#heads[bucket] ?? -1;
    this.#boxOf[this.#entries] = this.#count;
    this.#heads[bucket] = this.#entries;
    this.#entries += 1;
  }

  /**
   * Whether `accept` answers true for any box that touches this rectangle; it is asked until it does. A box that touches several
   * cells may be shown more than once.
   */
  some(left: number, top: number, right: number, bottom: number, accept: (box: Box) => boolean): boolean {
    this.looked = 0;
    const boxes = this.#boxes;
    for (let cy = Math.floor(top / CELL_PX); cy <= Math.floor(bottom / CELL_PX); cy += 1) {
      for (let cx = Math.floor(left / CELL_PX); cx <= Math.floor(right / CELL_PX); cx += 1) {
        for (let entry = this.#heads[bucketOf(cx, cy)] ?? -1; entry >= 0; entry = this.#next[entry] ?? -1) {
          this.looked += 1;
          const at = (this.#boxOf[entry] ?? 0) * 6;
          const box = this.#box;
          box.left = boxes[at]!;
          box.top = boxes[at + 1]!;
          box.right = boxes[at + 2]!;
          box.bottom = boxes[at + 3]!;
          if (box.left >= right || box.right <= left || box.top >= bottom || box.bottom <= top) continue;
          box.radius = boxes[at + 4]!;
          box.owner = boxes[at + 5]!;
          if (accept(box)) return true;
        }
      }
    }
    return false;
  }
  /** The one object that `accept` is shown, filled anew for each box. */
  readonly #box = { owner: 0, left: 0, top: 0, right: 0, bottom: 0, radius: 0 };
}

const bucketOf = (cx: number, cy: number): number => ((Math.imul(cx, 73_856_093) ^ Math.imul(cy, 19_349_663)) >>> 0) & (BUCKETS - 1);

function grown<A extends Int32Array | Float64Array>(array: A, type: new (length: number) => A): A {
  const larger = new type(array.length * 2);
  larger.set(array);
  return larger;
}

/** Whether a rectangle and a box have a point in common; a circle's corners do not count. */
export function overlaps(box: Box, left: number, top: number, right: number, bottom: number): boolean {
  if (box.radius === 0) return true;
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  const dx = x - Math.max(left, Math.min(right, x));
  const dy = y - Math.max(top, Math.min(bottom, y));
  return dx * dx + dy * dy < box.radius * box.radius;
}
