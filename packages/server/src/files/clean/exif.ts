/** Of all that cameras write into EXIF (place, time, serial numbers, a thumbnail of the uncut picture), which side is up alone is kept. */
const ORIENTATION = 0x0112;
const SHORT = 3;

/** 2…8: turned or mirrored; 1: upright, or not said. `tiff`: the first bytes of the block, behind any `Exif\0\0`. */
export function orientationOf(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return 1;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const isLittle = order === 0x4949;
  const at = view.getUint32(4, isLittle);
  if (at + 2 > view.byteLength) return 1;
  const entries = view.getUint16(at, isLittle);
  for (let i = 0, entry = at + 2; i < entries && entry + 12 <= view.byteLength; i++, entry += 12) {
    if (view.getUint16(entry, isLittle) !== ORIENTATION || view.getUint16(entry + 2, isLittle) !== SHORT) continue;
    const value = view.getUint16(entry + 8, isLittle);
    return value >= 2 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A block that says this and nothing else. */
export const exifWith = (orientation: number): Uint8Array =>
  // prettier-ignore
  Uint8Array.of(
    0x4d, 0x4d, 0, 42, 0, 0, 0, 8, // big endian, first directory at 8
    0, 1, ORIENTATION >> 8, ORIENTATION & 255, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0, // one entry
    0, 0, 0, 0, // no further directory
  );
