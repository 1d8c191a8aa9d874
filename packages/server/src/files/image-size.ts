export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A photograph of today's cameras has 50 million pixels. More than this is a picture made to fill the memory of who looks at it. */
const MOST_PIXELS = 80_000_000;

/** Pixels of a PNG, JPEG, GIF or WebP, from its headers. null: it has none that can be believed, so it is shown to nobody as a picture. */
export function imageSize(type: string, head: Uint8Array): Size | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const size = READERS[type]?.(view) ?? null;
  if (size === null || size.width === 0 || size.height === 0) return null;
  return size.width * size.height <= MOST_PIXELS ? size : null;
}

const READERS: Readonly<Record<string, (view: DataView) => Size | null>> = {
  'image/png': (view) =>
    view.byteLength >= 24 && tag(view, 12) === 'IHDR' ? { width: view.getUint32(16), height: view.getUint32(20) } : null,
  'image/gif': (view) => (view.byteLength >= 10 ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null),
  'image/webp': webp,
  'image/jpeg': jpeg,
};

/** RFC 9649: lossy, lossless, extended. */
function webp(view: DataView): Size | null {
  if (view.byteLength < 30) return null;
  const kind = tag(view, 12);
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const int24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return kind === 'VP8X' ? { width: int24(24) + 1, height: int24(27) + 1 } : null;
}

/** The first frame header among the segments; thumbnails are inside of others and are passed over with them. */
function jpeg(view: DataView): Size | null {
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else if (marker === 0xd9 || marker === 0xda) return null;
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** SOF0…SOF15 without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const tag = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
