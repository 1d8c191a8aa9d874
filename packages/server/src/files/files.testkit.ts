/** Small real files, made here byte by byte. For tests. */
import { crc32, deflateSync } from 'node:zlib';

export const bytesOf = (...parts: (string | number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))));
const int32 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

/** A grey picture of this size; `claimed` says another one in its header. */
export function aPng(width = 2, height = 3, claimed = { width, height }): Uint8Array<ArrayBuffer> {
  const header = bytesOf(int32(claimed.width), int32(claimed.height), [8, 0, 0, 0, 0]);
  const pixels = deflateSync(new Uint8Array((width + 1) * height));
  return bytesOf(
    [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
    pngChunk('IHDR', header),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', new Uint8Array()),
  );
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
const le32 = (n: number): number[] => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24];
export const webpChunk = (type: string, data: Uint8Array | number[]): Uint8Array =>
  bytesOf(type, le32(data.length), Uint8Array.from(data), data.length % 2 === 1 ? [0] : []);
export const webpOf = (...chunks: Uint8Array[]): Uint8Array<ArrayBuffer> =>
  bytesOf('RIFF', le32(4 + chunks.reduce((sum, { length }) => sum + length, 0)), 'WEBP', ...chunks);
export const aWebp = (kind: 'VP8 ' | 'VP8L' | 'VP8X', bytes: number[]): Uint8Array<ArrayBuffer> =>
  webpOf(webpChunk(kind, kind === 'VP8X' ? bytes : [...bytes, ...new Array<number>(20).fill(0)]), webpChunk('ALPH', [1, 2, 3, 4]));

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
export const pngChunk = (type: string, data: Uint8Array): Uint8Array => {
  const body = bytesOf(type, data);
  return bytesOf(int32(data.length), body, int32(crc32(body)));
};
/** A segment of a JPEG. */
export const segment = (marker: number, ...data: (string | number[] | Uint8Array)[]): Uint8Array => {
  const content = bytesOf(...data);
  return bytesOf([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255], content);
};
/** A block of EXIF, little or big endian: the orientation, and words that nobody else should read. */
export function anExif(orientation: number, words: string, isLittle = true): Uint8Array {
  const bytes = new Uint8Array(38 + words.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  view.setUint16(8, 2, isLittle);
  for (const [at, tag, type, count, value] of [
    [10, 0x010f, 2, words.length, 38],
    [22, 0x0112, 3, 1, 0],
  ] as const) {
    view.setUint16(at, tag, isLittle);
    view.setUint16(at + 2, type, isLittle);
    view.setUint32(at + 4, count, isLittle);
    view.setUint32(at + 8, value, isLittle);
  }
  view.setUint16(30, orientation, isLittle);
  bytes.set(bytesOf(words), 38);
  return bytes;
}
export const isoBox = (type: string, ...data: (string | number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> => {
  const content = bytesOf(...data);
  return bytesOf(int32(content.length + 8), type, content);
};
/** A picture with an item of EXIF in the file and one of XMP in the box beside the list. */
export function aHeic(exif: Uint8Array, xmp: Uint8Array): Uint8Array<ArrayBuffer> {
  const short = (n: number): number[] => [n >> 8, n & 255];
  const info = (id: number, type: string): Uint8Array => isoBox('infe', [2, 0, 0, 0], short(id), [0, 0], type, [0]);
  const items = isoBox('iinf', [0, 0, 0, 0], short(3), info(1, 'hvc1'), info(2, 'Exif'), info(3, 'mime'));
  const place = (id: number, method: number, at: number, length: number): Uint8Array =>
    bytesOf(short(id), short(method), [0, 0], short(1), int32(at), int32(length));
  const list = (start: number): Uint8Array =>
    isoBox(
      'iloc',
      [1, 0, 0, 0],
      [0x44, 0x00],
      short(3),
      place(1, 0, start + exif.length, 4),
      place(2, 0, start, exif.length),
      place(3, 1, 0, xmp.length),
    );
  const meta = (start: number): Uint8Array => isoBox('meta', [0, 0, 0, 0], items, list(start), isoBox('idat', xmp));
  const type = isoMedia('heic');
  return bytesOf(type, meta(type.length + meta(0).length + 8), isoBox('mdat', exif, 'DRAW'));
}
export const isoMedia = (brand: string): Uint8Array<ArrayBuffer> => bytesOf([0, 0, 0, 24], 'ftyp', brand, [0, 0, 2, 0], 'isommp42');
export const aWebm = (codec: string): Uint8Array<ArrayBuffer> =>
  bytesOf([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm', new Array<number>(40).fill(0), codec);
