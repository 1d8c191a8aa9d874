import type { ByteWindow } from './byte-window.ts';
import { exifWith, orientationOf } from './exif.ts';
import { type Part, Parts } from './parts.ts';

const SOS = 0xda;
const EOI = 0xd9;
/** Of segments: what is looked at of each. The orientation is among the first entries of EXIF. */
const LOOK_BYTES = 4_096;

/**
 * ITU T.81 B.1: what is drawn is kept, segments about the picture are not (EXIF, XMP, IPTC, comments, thumbnails), nor what stands behind
 * its end (second pictures and films of a phone, with segments of their own). null: it cannot be walked through, so it is no JPEG.
 */
export async function jpegParts(file: ByteWindow): Promise<readonly Part[] | null> {
  const parts = new Parts();
  if (file.size < 2) return null;
  parts.keep(0, 2);
  let hasScan = false;
  let isTurned = false;
  for (let at = 2; at < file.size;) {
    const [mark, marker = 0] = await file.bytes(at, 2);
    if (mark !== 0xff) {
      // Between segments nothing may stand. Every program passes over it, so it may go.
      const piece = await file.rest(at);
      const found = piece.indexOf(0xff);
      at += found < 0 ? piece.length : found;
      continue;
    }
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      parts.keep(at, at + 2);
      return hasScan ? parts.done() : null;
    }
    if (isAlone(marker)) {
      parts.keep(at, at + 2);
      at += 2;
      continue;
    }
    const head = await file.bytes(at, LOOK_BYTES);
    const end = at + 2 + (((head[2] ?? 0) << 8) | (head[3] ?? 0));
    if (end < at + 4) return null;
    // Cut off in the middle of a segment: what came before it is all there is.
    if (end > file.size) break;
    if (marker === 0xe1 && !isTurned && startsWith(head.subarray(4), 'Exif\0')) {
      const orientation = orientationOf(head.subarray(10, end - at));
      isTurned = orientation > 1;
      if (isTurned) parts.put(segmentWith(orientation));
    }
    if (isDrawn(marker, head)) parts.keep(at, end);
    at = end;
    if (marker === SOS) {
      hasScan = true;
      const scan = at;
      at = await endOfScan(file, at);
      parts.keep(scan, at);
    }
    if (parts.isTooMany) return null;
  }
  return hasScan ? parts.done() : null;
}

/** Tables, frames and scans; of what programs add, what changes the colours: JFIF, a colour profile, Adobe's transform. */
function isDrawn(marker: number, head: Uint8Array): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  if (marker === 0xe0) return startsWith(head.subarray(4), 'JFIF\0');
  if (marker === 0xe2) return startsWith(head.subarray(4), 'ICC_PROFILE\0');
  return marker === 0xee && startsWith(head.subarray(4), 'Adobe');
}

/** Where the next marker stands that is not part of the scan: stuffed bytes and restarts are. */
async function endOfScan(file: ByteWindow, from: number): Promise<number> {
  let at = from;
  while (at < file.size) {
    const piece = await file.rest(at);
    const found = piece.indexOf(0xff);
    if (found < 0) {
      at += piece.length;
      continue;
    }
    at += found;
    const [, next] = await file.bytes(at, 2);
    if (next === undefined) return file.size;
    if (next === 0xff) at += 1;
    else if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else return at;
  }
  return file.size;
}

/** TEM and restarts have no length; a second beginning has no business here, but costs nothing. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function segmentWith(orientation: number): Uint8Array {
  const exif = exifWith(orientation);
  return Uint8Array.of(0xff, 0xe1, 0, exif.length + 8, 0x45, 0x78, 0x69, 0x66, 0, 0, ...exif);
}

const startsWith = (bytes: Uint8Array, word: string): boolean => Array.from(word).every((char, i) => bytes[i] === char.charCodeAt(0));
