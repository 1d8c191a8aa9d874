import type { ByteWindow } from './byte-window.ts';
import { type Part, Parts } from './parts.ts';

/** A box with a thousand tiles has 40 kB. */
const MOST_META = 64 * 1_024;
/** Items about the picture: EXIF, XMP. Which side is up is a property of its own (`irot`). */
const ABOUT = new Set(['Exif', 'mime', 'uri ']);

/** ISO/IEC 23008-12 (HEIC) and AVIF: items about the picture are nulled in their place. null: it cannot be walked through. */
export async function heifParts(file: ByteWindow): Promise<readonly Part[] | null> {
  const parts = new Parts();
  for (let at = 0; at + 8 <= file.size;) {
    const head = new Reader(await file.bytes(at, 8));
    const length = head.number(4);
    if (head.word() === 'meta') {
      if (length < 12 || length > MOST_META || at + length > file.size) return null;
      return cleared(new Reader((await file.bytes(at, length)).slice()), at, file.size, parts);
    }
    // 0: to the end; 1: longer than 4 GB. Neither has a picture behind it.
    if (length < 8) return null;
    at += length;
  }
  return null;
}

function cleared(meta: Reader, from: number, size: number, parts: Parts): readonly Part[] | null {
  const about = new Set<number>();
  let places: readonly Place[] = [];
  let data = 0;
  try {
    for (const box of boxes(meta, 12, meta.size)) {
      if (box.type === 'iinf') for (const item of aboutIn(meta, box)) about.add(item);
      else if (box.type === 'iloc') places = placesIn(meta, box);
      else if (box.type === 'idat') data = from + box.from;
    }
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
  const gone = places
    .filter(({ item, method }) => about.has(item) && method <= 1)
    .map(({ method, at, length }) => ({ from: (method === 1 ? data : 0) + at, length }))
    .sort((a, b) => a.from - b.from);
  let at = 0;
  for (const { from: start, length } of gone) {
    const [begin, end] = [Math.min(Math.max(start, at), size), Math.min(start + length, size)];
    if (end <= begin) continue;
    parts.keep(at, begin);
    parts.clear(begin, end);
    at = end;
  }
  parts.keep(at, size);
  return parts.done();
}

interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}
interface Place {
  readonly item: number;
  /** 0: in the file; 1: in the box `idat`. */
  readonly method: number;
  readonly at: number;
  readonly length: number;
}

function* boxes(meta: Reader, from: number, to: number): Generator<Box> {
  for (let at = from; at + 8 <= to;) {
    meta.at = at;
    const length = meta.number(4);
    const type = meta.word();
    if (length < 8 || at + length > to) throw new RangeError('a box is longer than what it is in');
    yield { type, from: at + 8, to: at + length };
    at += length;
  }
}

function* aboutIn(meta: Reader, { from, to }: Box): Generator<number> {
  meta.at = from;
  const isLong = meta.number(4) >>> 24 > 0;
  meta.number(isLong ? 4 : 2);
  for (const entry of boxes(meta, meta.at, to)) {
    meta.at = entry.from;
    const version = meta.number(4) >>> 24;
    if (version < 2) continue;
    const item = meta.number(version === 2 ? 2 : 4);
    meta.number(2);
    if (ABOUT.has(meta.word())) yield item;
  }
}

function placesIn(meta: Reader, { from }: Box): Place[] {
  meta.at = from;
  const version = meta.number(4) >>> 24;
  const sizes = meta.number(2);
  const [offset, length, base] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const index = version === 0 ? 0 : sizes & 15;
  const wide = version < 2 ? 2 : 4;
  const found: Place[] = [];
  for (let items = meta.number(wide); items > 0; items--) {
    const item = meta.number(wide);
    const method = version === 0 ? 0 : meta.number(2) & 15;
    meta.number(2);
    const start = meta.number(base);
    for (let extents = meta.number(2); extents > 0; extents--) {
      meta.number(index);
      const at = start + meta.number(offset);
      found.push({ item, method, at, length: meta.number(length) });
    }
  }
  return found;
}

/** Numbers one behind the other. Throws RangeError behind the end. */
class Reader {
  at = 0;
  readonly size: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.size = bytes.byteLength;
  }

  /** Of 0 to 8 bytes. */
  number(bytes: number): number {
    let value = 0;
    for (let i = 0; i < bytes; i++) value = value * 256 + this.#view.getUint8(this.at++);
    return value;
  }

  word(): string {
    return String.fromCharCode(this.number(1), this.number(1), this.number(1), this.number(1));
  }
}
