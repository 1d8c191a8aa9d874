import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aGif, aHeic, aPng, anExif, bytesOf, isoBox, isoMedia, pngChunk, segment, webpChunk, webpOf } from '../files.testkit.ts';
import { cleanFile } from './clean-file.ts';
import { exifWith, orientationOf } from './exif.ts';

/** Stands in everything that is to go. */
const SECRET = 'N 52.5200 E 13.4050';
let dir: string;
let made = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'foyer-clean-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function clean(type: string, content: Uint8Array): Promise<Uint8Array | 'as_it_is' | null> {
  const path = join(dir, String(++made));
  writeFileSync(path, content);
  const done = await cleanFile({ path, to: `${path}.clean`, type, bytes: content.length });
  if (done === null || done === 'as_it_is') {
    expect(existsSync(`${path}.clean`)).toBe(false);
    return done;
  }
  const kept = new Uint8Array(readFileSync(`${path}.clean`));
  expect(done.bytes).toBe(kept.length);
  return kept;
}
const textOf = (content: Uint8Array): string => Buffer.from(content).toString('latin1');

const jfif = segment(0xe0, 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]);
const icc = segment(0xe2, 'ICC_PROFILE\0', [1, 1], 'profile');
const adobe = segment(0xee, 'Adobe', [0, 100, 0, 0, 0, 0, 1]);
const table = segment(0xdb, new Array<number>(65).fill(1));
const frame = segment(0xc2, [8, 0, 9, 0, 9, 1, 1, 0x11, 0]);
/** Stuffed bytes, a restart, fill bytes before the next marker, and a second scan: progressive. */
const scans = bytesOf(
  ...[segment(0xda, [1, 1, 0, 0, 63, 0]), [1, 2, 0xff, 0, 3, 0xff, 0xd3, 4, 0xff, 0xff]],
  ...[segment(0xc4, [0, 1]).subarray(1), segment(0xda, [1, 1, 0, 0, 63, 0]), [5, 0xff, 0]],
);
const end = bytesOf([0xff, 0xd9]);
const exif = (orientation: number, isLittle?: boolean) => segment(0xe1, 'Exif\0\0', anExif(orientation, SECRET, isLittle));
const begin = [0xff, 0xd8];

describe('a JPEG', () => {
  it.each([true, false])(
    '[CF10] keeps what is drawn and which side is up, and nothing about the picture (little endian: %s)',
    async (isLittle) => {
      const behind = bytesOf('ftypmp42', SECRET);
      const about = [segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', SECRET), segment(0xed, 'Photoshop', SECRET), segment(0xfe, SECRET)];
      const second = [segment(0xe2, 'MPF\0', SECRET), segment(0xe5, SECRET), exif(3)];
      const full = bytesOf(begin, jfif, exif(6, isLittle), ...about, icc, table, ...second, adobe, frame, scans, about[2]!, end, behind);
      const kept = await clean('image/jpeg', full);
      expect(kept).toEqual(bytesOf(begin, jfif, segment(0xe1, 'Exif\0\0', exifWith(6)), icc, table, adobe, frame, scans, end));
    },
  );

  it('[CF10] that says nothing is left as it is, one that is upright says nothing', async () => {
    const plain = bytesOf(begin, jfif, table, frame, scans, end);
    expect(await clean('image/jpeg', plain)).toBe('as_it_is');
    expect(await clean('image/jpeg', bytesOf(begin, exif(1), jfif, table, frame, scans, end))).toEqual(plain);
  });

  it('[CF10] that is cut off keeps what came; one that cannot be walked through is none', async () => {
    const full = bytesOf(begin, jfif, table, frame, scans);
    expect(await clean('image/jpeg', full)).toBe('as_it_is');
    expect(await clean('image/jpeg', full.slice(0, 40))).toBeNull();
    expect(await clean('image/jpeg', bytesOf(begin, [0xff, 0xe1, 0, 0]))).toBeNull();
    expect(await clean('image/jpeg', bytesOf(begin, 'x = 1; alert(1)'))).toBeNull();
    expect(await clean('image/jpeg', bytesOf(begin, jfif, '/* alert(1) */', table, frame, scans, end))).toEqual(
      bytesOf(begin, jfif, table, frame, scans, end),
    );
  });

  it('[CF10] of some megabytes is walked through in pieces', async () => {
    const noise = new Uint8Array(3_000_000).map((_, i) => (i * 2_654_435_761) >>> 24).filter((byte) => byte !== 0xff);
    const full = bytesOf(begin, exif(8), table, frame, segment(0xda, [1, 1, 0, 0, 63, 0]), noise, end, noise);
    const turned = segment(0xe1, 'Exif\0\0', exifWith(8));
    const kept = await clean('image/jpeg', full);
    expect(Buffer.compare(kept as Uint8Array, bytesOf(begin, turned, table, frame, segment(0xda, [1, 1, 0, 0, 63, 0]), noise, end))).toBe(
      0,
    );
  });
});

describe('other pictures', () => {
  const png = aPng(4, 4);
  const withChunks = (...chunks: Uint8Array[]): Uint8Array => bytesOf(png.subarray(0, 33), ...chunks, png.subarray(33));

  it('[CF10] a PNG keeps colours and animation, and has no texts, times, unknown chunks or anything behind its end', async () => {
    const drawn = [pngChunk('gAMA', bytesOf([0, 0, 1, 0])), pngChunk('acTL', bytesOf([0, 0, 0, 1, 0, 0, 0, 0]))];
    const about = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'caBX'].map((type) => pngChunk(type, bytesOf(SECRET)));
    const full = bytesOf(withChunks(...drawn, ...about, pngChunk('eXIf', anExif(1, SECRET))), SECRET);
    expect(await clean('image/png', full)).toEqual(withChunks(...drawn));
    expect(await clean('image/png', withChunks(pngChunk('eXIf', anExif(3, SECRET))))).toEqual(withChunks(pngChunk('eXIf', exifWith(3))));
    expect(await clean('image/png', png)).toBe('as_it_is');
    expect(await clean('image/png', bytesOf(png.subarray(0, 33), [0xff, 0, 0, 0], 'IDAT', new Array<number>(20).fill(0)))).toBeNull();
  });

  it('[CF10] a WebP has its size and flags made to fit', async () => {
    const extended = (flags: number) => webpChunk('VP8X', [flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
    const drawn = webpChunk('VP8 ', [1, 2, 3]);
    const about = [webpChunk('XMP ', bytesOf(SECRET)), webpChunk('junk', bytesOf(SECRET))];
    const full = bytesOf(webpOf(extended(0x1c), drawn, webpChunk('EXIF', anExif(1, SECRET)), ...about), SECRET);
    expect(await clean('image/webp', full)).toEqual(webpOf(extended(0x10), drawn));
    const turned = webpOf(extended(0x0c), drawn, webpChunk('EXIF', bytesOf('Exif\0\0', anExif(5, SECRET, false))));
    expect(await clean('image/webp', turned)).toEqual(webpOf(extended(0x08), drawn, webpChunk('EXIF', exifWith(5))));
  });

  it('[CF10] a HEIC is as long as before, with nothing in the items about it', async () => {
    const of = (words: string) => aHeic(bytesOf(words, anExif(6, words)), bytesOf(`<x:xmpmeta>${words}`));
    const kept = await clean('image/heic', of(SECRET));
    expect(kept).toHaveLength(of(SECRET).length);
    expect(textOf(kept as Uint8Array)).not.toMatch(/N 52|xmpmeta/);
    expect(textOf(kept as Uint8Array)).toMatch(/DRAW$/);
    const broken = of(SECRET);
    broken[24 + 8 + 4 + 3] = 200;
    expect(await clean('image/heic', broken)).toBeNull();
  });

  it('[CF10] a film stays where it is and says no place; sound neither', async () => {
    const track = (about: Uint8Array) => isoBox('trak', isoBox('tkhd', [1, 2, 3]), about);
    const film = (about: (type: string) => Uint8Array) =>
      bytesOf(
        isoMedia('isom'),
        isoBox('moov', isoBox('mvhd', [9]), track(about('udta')), about('meta'), about('udta')),
        about('uuid'),
        isoBox('mdat', 'DRAW'),
      );
    const full = film((type) => isoBox(type, isoBox('\xa9xyz', SECRET)));
    const free = film(() => isoBox('free', new Uint8Array(8 + SECRET.length)));
    for (const type of ['video/mp4', 'video/quicktime', 'audio/mp4']) expect(await clean(type, full)).toEqual(free);
    expect(
      await clean(
        'video/mp4',
        film(() => new Uint8Array()),
      ),
    ).toBe('as_it_is');
    expect(await clean('video/mp4', bytesOf(isoMedia('isom'), [0, 0, 0, 3], 'moov'))).toBeNull();
    const deep = Array.from({ length: 5_000 }).reduce<Uint8Array>((inner) => isoBox('moov', inner), bytesOf('x'));
    expect(await clean('video/mp4', deep)).toBe('as_it_is');
  });

  it('[CF10] what has nothing of the kind is not looked at', async () => {
    expect(await clean('image/gif', aGif())).toBe('as_it_is');
    expect(await clean('application/pdf', bytesOf('%PDF-1.7'))).toBe('as_it_is');
  });

  it('[CF10] in ten thousand pieces is refused, whatever it is', async () => {
    const pair = bytesOf(pngChunk('tEXt', bytesOf('a')), pngChunk('gAMA', bytesOf([0, 0, 1, 0])));
    expect(await clean('image/png', withChunks(...Array.from({ length: 10_001 }, () => pair)))).toBeNull();
  });

  it('[CF10] any bytes are cleaned or refused, and never an exception or a longer file', async () => {
    let seed = 11;
    const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff);
    const kinds = [
      ['image/jpeg', bytesOf(begin, exif(6), icc, table, frame, scans, end)],
      ['image/png', withChunks(pngChunk('eXIf', anExif(3, SECRET)), pngChunk('tEXt', bytesOf(SECRET)))],
      ['image/webp', webpOf(webpChunk('VP8X', new Array<number>(10).fill(8)), webpChunk('EXIF', anExif(3, SECRET)))],
      ['image/heic', aHeic(anExif(6, SECRET), bytesOf(SECRET))],
      ['video/mp4', bytesOf(isoMedia('isom'), isoBox('moov', isoBox('udta', SECRET)))],
    ] as const;
    for (let i = 0; i < 1_000; i++) {
      const [type, whole] = kinds[i % kinds.length]!;
      const content = whole.slice(0, i % 3 === 0 ? random() % (whole.length + 1) : whole.length);
      for (let n = 0; n < 3 && content.length > 12; n++) content[12 + (random() % (content.length - 12))] = random() & 255;
      const kept = await clean(type, content);
      // A block that is more than its orientation may have been made shorter than one that is only that.
      if (kept !== null && kept !== 'as_it_is') expect(kept.length).toBeLessThanOrEqual(content.length + 40);
    }
  });
});

describe('which side is up', () => {
  it('[CF10] is read and written as 2 to 8, and is upright when it is anything else', () => {
    for (let orientation = 2; orientation <= 8; orientation++) {
      expect(orientationOf(exifWith(orientation))).toBe(orientation);
      expect(orientationOf(anExif(orientation, SECRET, false))).toBe(orientation);
    }
    for (const wrong of [
      anExif(0, 'x'),
      anExif(9, 'x'),
      bytesOf('II'),
      bytesOf('XX*\0'),
      bytesOf('MM\0*', [255, 255, 255, 255]),
      bytesOf(),
    ])
      expect(orientationOf(wrong)).toBe(1);
  });
});
