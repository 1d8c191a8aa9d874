/** Small real files, made here byte by byte. For tests. */
import { crc32, deflateSync } from 'node:zlib';

export const bytesOf = (...parts: (string | number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))));
const int32 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

/** A grey picture of this size; `claimed` says another one in its header. */
export function aPng(width = 2, height = 3, claimed = { width, height }): Uint8Array<ArrayBuffer> {
  const chunk = (type: string, data: Uint8Array): Uint8Array => {
    const body = bytesOf(type, data);
    return bytesOf(int32(data.length), body, int32(crc32(body)));
  };
  const header = bytesOf(int32(claimed.width), int32(claimed.height), [8, 0, 0, 0, 0]);
  const pixels = deflateSync(new Uint8Array((width + 1) * height));
  return bytesOf([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', new Uint8Array()));
}

/** With a thumbnail's frame inside of its EXIF segment, which is not its own. */
export const aJpeg = (width = 640, height = 480): Uint8Array<ArrayBuffer> => {
  const frame = (w: number, h: number): number[] => [
    0xff,
    0xc0,
    0,
    17,
    8,
    h >> 8,
    h & 255,
    w >> 8,
    w & 255,
    3,
    ...new Array<number>(9).fill(1),
  ];
  const thumbnail = bytesOf([0xff, 0xd8], frame(16, 16));
  return bytesOf(
    [0xff, 0xd8, 0xff, 0xe1, 0, thumbnail.length + 2],
    thumbnail,
    [0xff, 0xdb, 0, 3, 0],
    frame(width, height),
    [0xff, 0xda, 0, 2],
    [0xff, 0xd9],
  );
};
export const aGif = (width = 10, height = 20): Uint8Array<ArrayBuffer> =>
  bytesOf('GIF89a', [width, 0, height, 0, 0, 0, 0], new Array<number>(20).fill(0), ';');
export const aWebp = (kind: 'VP8 ' | 'VP8L' | 'VP8X', bytes: number[]): Uint8Array<ArrayBuffer> =>
  bytesOf('RIFF', [40, 0, 0, 0], 'WEBP', kind, [20, 0, 0, 0], bytes, new Array<number>(20).fill(0));

/** Stored entries with these names, their directory and its end. */
export function aZip(...names: string[]): Uint8Array<ArrayBuffer> {
  const short = (n: number): number[] => [n & 255, n >> 8];
  const entries = names.map((name) => bytesOf([0x50, 0x4b, 3, 4], new Array<number>(22).fill(0), short(name.length), [0, 0], name));
  const directory = names.map((name) =>
    bytesOf([0x50, 0x4b, 1, 2], new Array<number>(24).fill(0), short(name.length), new Array<number>(16).fill(0), name),
  );
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const start = entries.reduce((sum, { length }) => sum + length, 0);
  const end = bytesOf(
    [0x50, 0x4b, 5, 6, 0, 0, 0, 0],
    short(names.length),
    short(names.length),
    short(size),
    [0, 0],
    short(start),
    [0, 0, 0, 0],
  );
  return bytesOf(...entries, ...directory, end);
}

export const aPdf = (): Uint8Array<ArrayBuffer> => bytesOf('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3], '\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
export const isoMedia = (brand: string): Uint8Array<ArrayBuffer> => bytesOf([0, 0, 0, 24], 'ftyp', brand, [0, 0, 2, 0], 'isommp42');
export const aWebm = (codec: string): Uint8Array<ArrayBuffer> =>
  bytesOf([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm', new Array<number>(40).fill(0), codec);
