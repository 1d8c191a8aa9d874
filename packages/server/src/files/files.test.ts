import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import type { Clock } from '../ports/clock.ts';
import { dropLost } from './drop-lost.ts';
import { FileBox } from './file-box.ts';
import { fileName } from './file-name.ts';
import { FILE_TYPES, kindOf } from './file-type.ts';
import { aGif, aHeic, aJpeg, aPdf, aPng, aWebm, aWebp, aZip, bytesOf, isoMedia } from './files.testkit.ts';
import { imageSize } from './image-size.ts';

const MOST = 1_000_000;
let dir: string;
let box: FileBox;
let clock: FakeClock;
const open = (freeBytes?: () => Promise<number>): Promise<FileBox> =>
  FileBox.open({ dataDir: dir, maxBytes: MOST, clock, ...(freeBytes ? { freeBytes } : {}) });
let made = 0;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'foyer-files-'));
  clock = new FakeClock();
  box = await open();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const streamOf = (content: Uint8Array, step = 1_000): ReadableStream<Uint8Array> => {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= content.byteLength) return controller.close();
      controller.enqueue(content.slice(at, (at += step)));
    },
  });
};
const take = (name: string, content: Uint8Array) => box.take(`f${++made}`, name, streamOf(content), 'here');
const typeOf = async (name: string, content: Uint8Array) => {
  const taken = await take(name, content);
  return typeof taken === 'string' ? taken : `${taken.type} ${taken.name}`;
};
const left = (): string[] => readdirSync(join(dir, 'files'), { recursive: true }).map(String);

describe('types', () => {
  it.each([
    ['a.png', aPng(), 'image/png a.png'],
    ['photo.JPEG', aJpeg(), 'image/jpeg photo.jpeg'],
    ['a.gif', aGif(), 'image/gif a.gif'],
    ['a.webp', aWebp('VP8X', [0, 0, 0, 0, 9, 0, 0, 19, 0, 0]), 'image/webp a.webp'],
    ['a.pdf', aPdf(), 'application/pdf a.pdf'],
    ['notes.txt', bytesOf('H\xe4llo\n'), 'text/plain notes.txt'],
    ['notes.txt', new TextEncoder().encode('Hällo\tüber \u{1F600}\r\n'), 'text/plain notes.txt'],
    ['README', new TextEncoder().encode('words'), 'text/plain README.txt'],
    ['t.csv', new TextEncoder().encode('a,b\n1,2\n'), 'text/csv t.csv'],
    ['x.zip', aZip('a.txt'), 'application/zip x.zip'],
    [
      'x.docx',
      aZip('[Content_Types].xml', 'word/document.xml'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document x.docx',
    ],
    ['x.xlsx', aZip('[Content_Types].xml', 'xl/workbook.xml'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet x.xlsx'],
    ['v.mp4', isoMedia('isom'), 'video/mp4 v.mp4'],
    ['v.mov', isoMedia('qt  '), 'video/quicktime v.mov'],
    ['s.m4a', isoMedia('M4A '), 'audio/mp4 s.m4a'],
    ['p.heic', aHeic(bytesOf('exif'), bytesOf('xmp')), 'image/heic p.heic'],
    ['s.mp3', bytesOf('ID3', new Array<number>(20).fill(0)), 'audio/mpeg s.mp3'],
    ['s.ogg', bytesOf('OggS', new Array<number>(20).fill(0)), 'audio/ogg s.ogg'],
    ['v.webm', aWebm('V_VP9'), 'video/webm v.webm'],
    ['s.webm', aWebm('A_OPUS'), 'audio/webm s.webm'],
  ])('[CF1] %s is told by its content', async (name, content, expected) => {
    expect(await typeOf(name, content)).toBe(expected);
    expect(FILE_TYPES).toContain(expected.split(' ')[0]);
  });

  const text = (said: string): Uint8Array => new TextEncoder().encode(said);
  it.each([
    ['a page', 'x.html', text('<!doctype html><script>alert(1)</script>')],
    ['a page called text', 'x.txt', text('  \n<html><body onload=alert(1)>')],
    ['a page after a mark', 'x.txt', text('\uFEFF<svg onload=alert(1)>')],
    ['a page after a comment', 'x.csv', text('<!-- x --><script>')],
    ['a vector picture', 'x.svg', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a vector picture called png', 'x.png', text('<?xml version="1.0"?><svg/>')],
    ['a script', 'x.js', text('alert(1)')],
    ['a module', 'x.mjs', text('alert(1)')],
    ['a batch file', 'x.bat', text('format c:')],
    ['a shortcut', 'x.url', text('[InternetShortcut]')],
    ['a program', 'x.exe', bytesOf('MZ', new Array<number>(100).fill(0))],
    ['a program called pdf', 'x.pdf', bytesOf([0x7f], 'ELF', new Array<number>(100).fill(0))],
    ['a Java program', 'x.zip', aZip('META-INF/MANIFEST.MF', 'A.class')],
    ['a document with macros', 'x.docx', aZip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin')],
    ['half a zip', 'x.zip', aZip('a').slice(0, 30)],
    ['a movie of no known kind', 'x.mp4', isoMedia('evil')],
    ['a picture that is none behind its first bytes', 'x.jpg', bytesOf([0xff, 0xd8, 0xff], 'alert(1)')],
    ['a picture with no picture in it', 'x.heic', isoMedia('heic')],
    ['nothing known', 'x.png', bytesOf([1, 2, 3, 4])],
    ['text with zeros', 'x.txt', bytesOf([0xff, 0xfe, 0x41, 0x00])],
    ['text with a NUL far inside', 'x.txt', text(`${'a'.repeat(300_000)}\u0000`)],
  ])('[CF2] %s is not taken, whatever its name', async (_, name, content) => {
    expect(await typeOf(name, content)).toBe('bad_type');
    expect(left()).toEqual([]);
  });

  it('[CF2] any bytes have a kind or none, and never an exception', () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff);
    const beginnings = [aPng(), aJpeg(), aGif(), aWebp('VP8L', [0x2f]), aZip('a', 'b'), isoMedia('isom'), aWebm('V_VP8'), aPdf()];
    for (let i = 0; i < 3_000; i++) {
      const content = beginnings[i % beginnings.length]!.slice();
      for (let n = 0; n < 4; n++) content[random() % content.length] = random() & 255;
      const cut = content.slice(0, random() % (content.length + 1));
      const kind = kindOf({ head: cut, tail: cut, extension: '', isText: false });
      if (kind) imageSize(kind.type, cut);
    }
  });
});

describe('pictures', () => {
  it.each([
    [aPng(2, 3), 2, 3],
    [aJpeg(4_032, 3_024), 4_032, 3_024],
    [aGif(10, 20), 10, 20],
    [aWebp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 100, 0, 50, 0]), 100, 50],
    [aWebp('VP8L', [0x2f, 99, 0x40, 12, 0]), 100, 50],
    [aWebp('VP8X', [0, 0, 0, 0, 99, 0, 0, 49, 0, 0]), 100, 50],
  ])('[CF3] have their size from their header', async (content, width, height) => {
    expect(await take('x', content)).toMatchObject({ width, height });
  });

  it('[CF3] one that would fill the memory of who looks at it has none, and is a download', async () => {
    expect(await take('bomb.png', aPng(1, 1, { width: 60_000, height: 60_000 }))).toMatchObject({ type: 'image/png', width: 0, height: 0 });
    expect(await take('none.png', aPng(1, 1, { width: 0, height: 9 }))).toMatchObject({ width: 0, height: 0 });
  });
});

describe('names', () => {
  const png = { type: 'image/png', extensions: ['png'] };
  it.each([
    ['../../etc/passwd', 'passwd.png'],
    ['C:\\Users\\Eva\\cat.png', 'cat.png'],
    ['invoice.exe', 'invoice.exe.png'],
    ['photo\u202Egnp.exe', 'photognp.exe.png'],
    ['a\u0000b\r\nc".png', 'abc.png'],
    ['', 'file.png'],
    ['.png', 'png.png'],
    ['...', 'file.png'],
    ['<img src=x onerror=alert(1)>.png', 'img src=x onerror=alert(1).png'],
    ['Résumé — 東京.PNG', 'Résumé — 東京.png'],
  ])('[CF4] %j is kept as %j', (claimed, kept) => {
    expect(fileName(claimed, png)).toBe(kept);
  });

  it('[CF4] a name is cut to 200 characters with its extension, and never within one', () => {
    expect(Array.from(fileName(`${'x'.repeat(500)}.png`, png))).toHaveLength(200);
    expect(fileName(`${'\u{1F600}'.repeat(300)}.png`, png)).toMatch(/^\u{1F600}+\.png$/u);
  });
});

describe('the folder', () => {
  it('[CF5] what is taken is read back as it was, by this user only, until it is removed', async () => {
    const content = aPng(100, 100);
    const taken = await box.take('abc', 'a.png', streamOf(content, 7), 'here');
    expect(taken).toMatchObject({ bytes: content.byteLength, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const read = await (await open()).read('abc');
    expect(read?.bytes).toBe(content.byteLength);
    expect(new Uint8Array(await new Response(read?.content()).arrayBuffer())).toEqual(content);
    const path = left().find((name) => name.endsWith('abc')) ?? '';
    expect(statSync(join(dir, 'files', path)).mode & 0o077).toBe(0);
    await box.remove(['abc', 'never', '../foyer.lock']);
    expect(await box.read('abc')).toBeNull();
    for (const id of ['../core.db', 'a/b', '', '.', 'x'.repeat(65)]) expect(await box.read(id)).toBeNull();
  });

  it('[CF5] more than the bound is read no further, and nothing is left of it, of an empty one or of half a one', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(65));
      },
    });
    expect(await box.take('big', 'a.txt', endless, 'here')).toBe('too_big');
    expect(sent).toBeLessThanOrEqual(MOST + 4 * 65_536);
    expect(await box.take('empty', 'a.txt', streamOf(new Uint8Array()), 'here')).toBe('empty');
    expect(await box.take('none', 'a.txt', null, 'here')).toBe('empty');
    let chunks = 0;
    const cut = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (chunks++ < 2) controller.enqueue(new Uint8Array(1_000).fill(65));
        else controller.error(new Error('the sender went away'));
      },
    });
    expect(await box.take('cut', 'a.txt', cut, 'here')).toBe('cut_off');
    expect(left()).toEqual([]);
    const exact = new Uint8Array(MOST).fill(65);
    expect(await box.take('exact', 'a.txt', streamOf(exact, 65_536), 'here')).toMatchObject({ bytes: MOST });
  });

  it('[CF5] what a dead process left half written goes with the next start', async () => {
    writeFileSync(join(dir, 'files', 'old.part'), 'half');
    await open();
    expect(left()).toEqual([]);
  });

  it('[CF13] what is in no record for a day goes; what is known, or new, stays', async () => {
    for (const id of ['known', 'lost', 'new']) await box.take(id, `${id}.png`, streamOf(aPng()), 'here');
    const day = 86_400_000;
    const now = Date.now() + day + 60_000;
    const asked: string[] = [];
    const store = {
      unknownFiles: (ids: readonly string[]) => {
        asked.push(...ids);
        return Promise.resolve(ids.filter((id) => id !== 'known'));
      },
    };
    expect(await dropLost({ files: box, store, now: now - day })).toBe(0);
    expect(asked).toEqual([]);
    utimesSync(
      join(
        dir,
        'files',
        left().find((path) => path.endsWith('/new'))!,
      ),
      now / 1_000,
      now / 1_000,
    );
    expect(await dropLost({ files: box, store, now })).toBe(1);
    expect(asked.sort()).toEqual(['known', 'lost']);
    expect(await box.read('lost')).toBe(null);
    for (const id of ['known', 'new']) expect(await box.read(id)).not.toBe(null);
  });

  const slow = (ends: (() => void)[]): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        ends.push(() => {
          controller.enqueue(aPng());
          controller.close();
        });
      },
    });

  it('[CF9] 64 are written at once, 24 of one place; one more is asked to come back', async () => {
    const ends: (() => void)[] = [];
    const all = Array.from({ length: 64 }, (_, i) => box.take(`slow${i}`, 'a.png', slow(ends), i < 24 ? 'one' : `other ${i}`));
    expect(await box.take('late', 'a.png', streamOf(aPng()), 'nobody yet')).toBe('busy');
    for (const end of ends.splice(23)) end();
    await Promise.all(all.slice(23));
    const last = box.take('last', 'a.png', slow(ends), 'one');
    expect(await box.take('late', 'a.png', streamOf(aPng()), 'one')).toBe('busy');
    expect(await box.take('there', 'a.png', streamOf(aPng()), 'another')).toMatchObject({ type: 'image/png' });
    for (const end of ends) end();
    expect((await Promise.all([...all, last])).every((taken) => typeof taken === 'object')).toBe(true);
    expect(await box.take('late', 'a.png', streamOf(aPng()), 'one')).toMatchObject({ type: 'image/png' });
  });

  it('[CF9] who sends nothing for 20 s is cut off, however much came before', async () => {
    let push: (bytes: Uint8Array) => void = () => undefined;
    let isCancelled = false;
    const content = new ReadableStream<Uint8Array>({
      start: (controller) => void (push = (bytes) => controller.enqueue(bytes)),
      cancel: () => void (isCancelled = true),
    });
    let waits = 0;
    const counting: Pick<Clock, 'setTimeout'> = {
      setTimeout(run, ms) {
        waits++;
        return clock.setTimeout(run, ms);
      },
    };
    box = await FileBox.open({ dataDir: dir, maxBytes: MOST, clock: counting });
    const taken = box.take('slow', 'a.png', content, 'here');
    await vi.waitUntil(() => waits === 1);
    clock.advance(19_000);
    push(aPng());
    await vi.waitUntil(() => waits === 2);
    clock.advance(19_999);
    expect(isCancelled).toBe(false);
    clock.advance(1);
    expect(await taken).toBe('cut_off');
    expect(isCancelled).toBe(true);
    expect(left()).toEqual([]);
  });

  it('[CF9] the last half gigabyte of the disk is the database’s, with room for all that is on its way', async () => {
    const reserve = 512 * 1_024 * 1_024;
    let free = reserve - 1;
    box = await open(async () => free);
    expect(await take('a.png', aPng())).toBe('disk_full');
    expect(left()).toEqual([]);
    free++;
    expect(await take('a.png', aPng())).toMatchObject({ type: 'image/png' });
    const ends: (() => void)[] = [];
    const other = box.take('slow', 'a.png', slow(ends), 'elsewhere');
    free += MOST - 1;
    expect(await take('a.png', aPng())).toBe('disk_full');
    free++;
    expect(await take('a.png', aPng())).toMatchObject({ type: 'image/png' });
    for (const end of ends) end();
    await other;
  });
});
