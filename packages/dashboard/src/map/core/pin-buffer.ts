import { isApproximate, type Pin } from './pin.ts';
import { colourIndex, writeRing } from './pin-state.ts';

/**
 * Bytes of one pin, as the layer's shaders read them:
 * 0 x, y (float, Mercator) · 8 ends of the ring's first four colours · 12 colour of the core and flags · 13 radius in eighths of a pixel
 * · 14 spot of the count, 255 none · 15 width of the count in quarters of a pixel · 16 its signs, 255 none
 */
export const PIN_BYTES = 20;
export const FLAG = { hollow: 8, approximate: 16, glow: 32, single: 64 } as const;
/** Signs of the atlas, by position. */
export const SIGNS = '0123456789.kM';
const NONE = 255;

/** The bytes of all pins, and which of them the graphics card has not seen. */
export class PinBuffer {
  #bytes = new Uint8Array(PIN_BYTES * 256);
  #floats = new Float32Array(this.#bytes.buffer);
  #low = Number.POSITIVE_INFINITY;
  #high = -1;
  count = 0;
  /** Another number whenever the array itself is another one: the card's copy has to be made anew. */
  generation = 0;

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** Room for this many; what was there stays. */
  reserve(pins: number): void {
    if (pins * PIN_BYTES <= this.#bytes.length) return;
    const bytes = new Uint8Array(PIN_BYTES * Math.max(pins, (this.#bytes.length / PIN_BYTES) * 2));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#floats = new Float32Array(bytes.buffer);
    this.generation += 1;
  }

  /** Writes a pin at its slot. */
  write(pin: Pin): void {
    const { slot } = pin;
    this.reserve(slot + 1);
    this.count = Math.max(this.count, slot + 1);
    const at = slot * PIN_BYTES;
    const bytes = this.#bytes;
    this.#floats[at / 4] = pin.x;
    this.#floats[at / 4 + 1] = pin.y;
    writeRing(pin.counts, pin.total, bytes, at + 8);
    const colour = colourIndex(pin.core);
    bytes[at + 12] =
      colour |
      (pin.core === 'inactive' || pin.core === 'resolved' ? FLAG.hollow : 0) |
      (isApproximate(pin) ? FLAG.approximate : 0) |
      (pin.core === 'unassigned' ? FLAG.glow : 0) |
      (pin.total < 2 ? FLAG.single : 0);
    bytes[at + 13] = Math.min(255, Math.round(pin.radius * 8));
    bytes[at + 14] = pin.spot < 0 ? NONE : pin.spot;
    bytes[at + 15] = Math.min(255, Math.round(pin.badgeWidth * 4));
    for (let i = 0; i < 4; i += 1) bytes[at + 16 + i] = i < pin.badge.length ? SIGNS.indexOf(pin.badge[i] ?? '') : NONE;
    this.#touch(slot);
  }

  /** Nothing is drawn at this slot any more. */
  erase(slot: number): void {
    this.#bytes[slot * PIN_BYTES + 13] = 0;
    this.#bytes[slot * PIN_BYTES + 14] = NONE;
    this.#touch(slot);
  }

  #touch(slot: number): void {
    this.#low = Math.min(this.#low, slot);
    this.#high = Math.max(this.#high, slot);
  }

  get isDirty(): boolean {
    return this.#high >= this.#low;
  }

  /** Bytes from and to where something has changed since the last call; null for nothing. */
  takeDirty(): readonly [from: number, to: number] | null {
    if (!this.isDirty) return null;
    const range = [this.#low * PIN_BYTES, (this.#high + 1) * PIN_BYTES] as const;
    this.#low = Number.POSITIVE_INFINITY;
    this.#high = -1;
    return range;
  }
}
