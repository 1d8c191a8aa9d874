import type { Day } from './day.ts';

/** A jump goes to the last of these before its second, and on from there. */
export const CHECKPOINT_S = 900;
const MOST_ARRIVED = 12;

/** Events by second. `upTo[s]`: how many there were up to second s, s included. */
interface Events {
  readonly order: Uint32Array;
  readonly upTo: Uint32Array;
}
/** Who was there then: `[place + 1, how many]` one after the other. */
interface Checkpoint {
  readonly second: number;
  readonly counts: Int32Array;
}
/** One who was there. */
export interface Present {
  /** Index of the visit. */
  readonly visit: number;
  readonly number: number;
  /** Index of the place; −1: unknown. */
  readonly place: number;
  readonly pages: number;
  readonly cameAt: number;
}

/**
 * DayIndex — who was where at each second of a day.
 *
 * Purpose     a moment's counts without looking through the visits: arrivals and departures in order, counts kept in step with them.
 * Invariants  after `seek(s)` the counts are those of all visits with cameAt ≤ s < leftAt.
 * Cost        made: once through the visits and their events. `seek`: the events passed; of a jump at most a quarter-hour's, and a look
 *             at each place. `onlineAt`: nothing.
 */
export class DayIndex {
  readonly day: Day;
  readonly #arrivals: Events;
  readonly #departures: Events;
  readonly #checkpoints: readonly Checkpoint[];
  /** By place + 1; 0: unknown. */
  readonly #counts: Int32Array;
  readonly #isChanged: Uint8Array;
  #changed: number[] = [];
  #second = -1;
  /** Places of those who came in the last `seek` forwards, the last dozen of them; −1: unknown. */
  readonly arrived: number[] = [];
  /** Events taken in: what `seek` costs, for tests. */
  passed = 0;

  constructor(day: Day) {
    this.day = day;
    this.#arrivals = eventsOf(day.cameAt, day.lengthS);
    this.#departures = eventsOf(day.leftAt, day.lengthS);
    this.#counts = new Int32Array(day.places.length + 1);
    this.#isChanged = new Uint8Array(day.places.length + 1);
    const checkpoints: Checkpoint[] = [];
    for (let second = 0; second <= day.lengthS; second += CHECKPOINT_S) {
      this.#walk(second);
      checkpoints.push({ second, counts: this.#packed() });
    }
    this.#checkpoints = checkpoints;
    this.seek(0);
    this.passed = 0;
  }

  get second(): number {
    return this.#second;
  }
  get total(): number {
    return this.onlineAt(this.#second);
  }
  /** Of those there, whose place is unknown. */
  get unknown(): number {
    return this.#counts[0] ?? 0;
  }
  countAt(place: number): number {
    return this.#counts[place + 1] ?? 0;
  }
  onlineAt(second: number): number {
    const s = this.#within(second);
    return (this.#arrivals.upTo[s] ?? 0) - (this.#departures.upTo[s] ?? 0);
  }

  /** To a second of the day; fractions and what is beyond its ends are brought within. */
  seek(second: number): void {
    const to = this.#within(second);
    const checkpoint = this.#checkpoints[Math.floor(to / CHECKPOINT_S)];
    if (checkpoint) {
      const walk = this.#between(this.#second, to);
      const jump = this.#between(checkpoint.second, to) + checkpoint.counts.length / 2 + this.#counts.length;
      if (jump < walk) this.#restore(checkpoint);
    }
    this.#walk(to);
  }

  /** Places whose counts may be other ones since this was last asked; −1: the unknown. */
  takeChanged(): number[] {
    const changed = this.#changed;
    this.#changed = [];
    for (const place of changed) this.#isChanged[place + 1] = 0;
    return changed;
  }

  /** Who is there at a second, whichever `seek` went to; the last arrival first. Cost: those who came after the last one answered, gone or not. */
  present(second: number, most: number): Present[] {
    const { cameAt, leftAt, place, pages, number } = this.day;
    const found: Present[] = [];
    const s = this.#within(second);
    const wanted = Math.min(most, this.onlineAt(s));
    for (let i = (this.#arrivals.upTo[s] ?? 0) - 1; i >= 0 && found.length < wanted; i -= 1) {
      const visit = this.#arrivals.order[i] ?? 0;
      if ((leftAt[visit] ?? 0) <= s) continue;
      found.push({
        visit,
        number: number[visit] ?? 0,
        place: place[visit] ?? -1,
        pages: pages[visit] ?? 0,
        cameAt: cameAt[visit] ?? 0,
      });
    }
    return found;
  }

  /** The most who were there at once in each of so many equal steps. */
  histogram(steps: number): Uint32Array {
    const most = new Uint32Array(steps);
    const seconds = this.day.lengthS + 1;
    for (let s = 0; s < seconds; s += 1) {
      const step = Math.min(steps - 1, Math.floor((s * steps) / seconds));
      const online = this.onlineAt(s);
      if (online > (most[step] ?? 0)) most[step] = online;
    }
    return most;
  }

  #within(second: number): number {
    return Math.max(0, Math.min(this.day.lengthS, Math.floor(second)));
  }

  /** Events between two seconds. −1 is before all. */
  #between(a: number, b: number): number {
    const at = ({ upTo }: Events, s: number): number => (s < 0 ? 0 : (upTo[s] ?? 0));
    let sum = 0;
    for (const events of [this.#arrivals, this.#departures]) sum += Math.abs(at(events, a) - at(events, b));
    return sum;
  }

  #walk(to: number): void {
    const from = this.#second;
    this.#take(this.#arrivals, from, to, 1);
    this.#take(this.#departures, from, to, -1);
    this.#second = to;
  }
  /** Takes in what happened after second `from`, up to `to`; back again when that lies before. */
  #take({ order, upTo }: Events, from: number, to: number, by: 1 | -1): void {
    const a = from < 0 ? 0 : (upTo[from] ?? 0);
    const b = upTo[to] ?? 0;
    const sign = a <= b ? by : -by;
    for (let i = Math.min(a, b); i < Math.max(a, b); i += 1) this.#add((this.day.place[order[i] ?? 0] ?? -1) + 1, sign);
    if (by === 1) {
      this.arrived.length = 0;
      for (let i = Math.max(a, b - MOST_ARRIVED); i < b; i += 1) this.arrived.push(this.day.place[order[i] ?? 0] ?? -1);
    }
    this.passed += Math.abs(a - b);
  }
  #add(slot: number, n: number): void {
    this.#counts[slot] = (this.#counts[slot] ?? 0) + n;
    this.#touch(slot);
  }
  #touch(slot: number): void {
    if (this.#isChanged[slot] === 1) return;
    this.#isChanged[slot] = 1;
    this.#changed.push(slot - 1);
  }

  #restore({ second, counts }: Checkpoint): void {
    for (let slot = 0; slot < this.#counts.length; slot += 1) if (this.#counts[slot] !== 0) this.#touch(slot);
    this.#counts.fill(0);
    for (let i = 0; i < counts.length; i += 2) {
      const slot = counts[i] ?? 0;
      this.#counts[slot] = counts[i + 1] ?? 0;
      this.#touch(slot);
    }
    this.#second = second;
  }
  #packed(): Int32Array {
    const packed: number[] = [];
    for (const [slot, n] of this.#counts.entries()) if (n !== 0) packed.push(slot, n);
    return Int32Array.from(packed);
  }
}

/** Visits in the order of their seconds, by counting: those beyond the day's end are left out. */
function eventsOf(times: Int32Array, lengthS: number): Events {
  const upTo = new Uint32Array(lengthS + 1);
  for (const time of times) if (time <= lengthS) upTo[Math.max(0, time)]! += 1;
  for (let s = 1; s <= lengthS; s += 1) upTo[s]! += upTo[s - 1]!;
  const next = new Uint32Array(lengthS + 1);
  next.set(upTo.subarray(0, lengthS), 1);
  const order = new Uint32Array(upTo[lengthS] ?? 0);
  for (const [visit, time] of times.entries()) {
    if (time > lengthS) continue;
    const s = Math.max(0, time);
    order[next[s]!] = visit;
    next[s]! += 1;
  }
  return { order, upTo };
}
