import type { ByteWindow } from './byte-window.ts';
import { exifWith, orientationOf } from './exif.ts';
import { type Part, Parts } from './parts.ts';

const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const LOOK_BYTES = 4_096;
/** Flags of VP8X. */
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

/** RFC 9649, 2.3. Sizes and flags of the header are made to fit. null: it cannot be walked through, so it is no WebP. */
export async function webpParts(file: ByteWindow): Promise<readonly Part[] | null> {
  const parts = new Parts();
  const header = (await file.bytes(0, 12)).slice();
  if (header.length < 12) return null;
  parts.put(header);
  let extended: Uint8Array | null = null;
  let orientation = 1;
  const said = new DataView(header.buffer).getUint32(4, true) + 8;
  // What stands behind is no part of it; a writer who never came back to say the size said none.
  const size = said >= 20 ? Math.min(said, file.size) : file.size;
  for (let at = 12; at < size;) {
    const head = await file.bytes(at, LOOK_BYTES);
    if (head.length < 8) break;
    const type = String.fromCharCode(...head.subarray(0, 4));
    if (!/^[ -~]{4}$/.test(type)) return null;
    const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true);
    // Chunks have even lengths; the last one's padding is often forgotten. Cut off: as much of the picture as came.
    const end = Math.min(at + 8 + length + (length % 2), size);
    if (type === 'VP8X' && extended === null && head.length >= 9) {
      extended = head.slice(0, Math.min(end - at, LOOK_BYTES));
      parts.put(extended);
      if (end - at > extended.length) return null;
    } else if (type === 'EXIF') {
      const isNamed = head[8] === 0x45 && head[9] === 0x78;
      orientation = orientationOf(head.subarray(isNamed ? 14 : 8, 8 + length));
    } else if (KEPT.has(type)) parts.keep(at, end);
    if (parts.isTooMany) return null;
    at = end;
  }
  if (extended) {
    extended[8] = (extended[8] ?? 0) & ~(HAS_EXIF | HAS_XMP);
    if (orientation > 1) {
      extended[8] |= HAS_EXIF;
      parts.put(chunkWith(orientation));
    }
  }
  new DataView(header.buffer).setUint32(4, parts.bytes - 8, true);
  return parts.done();
}

function chunkWith(orientation: number): Uint8Array {
  const exif = exifWith(orientation);
  return Uint8Array.of(0x45, 0x58, 0x49, 0x46, exif.length, 0, 0, 0, ...exif);
}
