import { crc32 } from 'node:zlib';
import type { ByteWindow } from './byte-window.ts';
import { exifWith, orientationOf } from './exif.ts';
import { type Part, Parts } from './parts.ts';

/** Besides what must be drawn (a capital first): colours, transparency, size of a pixel, animation. Everything else is about the picture. */
const KEPT = new Set(
  ['tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI', 'sBIT', 'bKGD', 'hIST', 'sPLT', 'pHYs'].concat(['acTL', 'fcTL', 'fdAT']),
);
const LOOK_BYTES = 4_096;

/** PNG 3rd edition, 5. null: it cannot be walked through, so it is no PNG. What stands behind its end goes. */
export async function pngParts(file: ByteWindow): Promise<readonly Part[] | null> {
  const parts = new Parts();
  if (file.size < 8) return null;
  parts.keep(0, 8);
  for (let at = 8; at < file.size;) {
    const head = await file.bytes(at, LOOK_BYTES);
    if (head.length < 12) break;
    const length = new DataView(head.buffer, head.byteOffset, 4).getUint32(0);
    const type = String.fromCharCode(...head.subarray(4, 8));
    if (length > 0x7fff_ffff || !/^[A-Za-z]{4}$/.test(type)) return null;
    const end = at + 12 + length;
    if (end > file.size) {
      // Cut off: as much of the picture as came.
      if (type === 'IDAT') parts.keep(at, file.size);
      break;
    }
    if (type === 'eXIf') {
      const orientation = orientationOf(head.subarray(8, 8 + length));
      if (orientation > 1) parts.put(chunkWith(orientation));
    } else if (KEPT.has(type) || /^[A-Z]/.test(type)) parts.keep(at, end);
    if (type === 'IEND') break;
    if (parts.isTooMany) return null;
    at = end;
  }
  return parts.done();
}

function chunkWith(orientation: number): Uint8Array {
  const exif = exifWith(orientation);
  const chunk = new Uint8Array(exif.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, exif.length);
  chunk.set([0x65, 0x58, 0x49, 0x66], 4);
  chunk.set(exif, 8);
  view.setUint32(8 + exif.length, crc32(chunk.subarray(4, 8 + exif.length)));
  return chunk;
}
