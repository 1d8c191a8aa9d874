import type { ByteWindow } from './byte-window.ts';
import { type Part, Parts } from './parts.ts';

/** Of films: where it was taken and with what. The box stays, as free space of the same length: places in the file must not move. */
const ABOUT = new Set(['udta', 'meta', 'uuid']);
const INSIDE = ['moov', 'trak'];

/** ISO/IEC 14496-12, 4.2: films and sound, whose data about themselves is nulled. null: it cannot be walked through. */
export async function isoMediaParts(file: ByteWindow): Promise<readonly Part[] | null> {
  const parts = new Parts();
  return (await walk({ file, parts, depth: 0 }, 0, file.size)) ? parts.done() : null;
}

async function walk(q: { file: ByteWindow; parts: Parts; depth: number }, from: number, to: number): Promise<boolean> {
  const { file, parts, depth } = q;
  for (let at = from; at < to;) {
    const head = await file.bytes(at, 16);
    if (at + 8 > to || head.length < 8) {
      parts.keep(at, to);
      return true;
    }
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const type = String.fromCharCode(...head.subarray(4, 8));
    const said = view.getUint32(0);
    const isLong = said === 1 && head.length === 16;
    const length = said === 0 ? to - at : isLong ? Number(view.getBigUint64(8)) : said;
    const own = isLong ? 16 : 8;
    if (length < own || at + own > to) return false;
    // Cut off: what is there of it.
    const end = Math.min(at + length, to);
    if (ABOUT.has(type)) {
      parts.keep(at, at + 4);
      parts.put(FREE);
      parts.keep(at + 8, at + own);
      parts.clear(at + own, end);
    } else if (type === INSIDE[depth]) {
      parts.keep(at, at + own);
      if (!(await walk({ file, parts, depth: depth + 1 }, at + own, end))) return false;
    } else parts.keep(at, end);
    if (parts.isTooMany) return false;
    at = end;
  }
  return true;
}

const FREE = Uint8Array.of(0x66, 0x72, 0x65, 0x65);
