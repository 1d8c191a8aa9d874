import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Clock } from '../ports/clock.ts';
import { Outage } from '../ports/outage.ts';
import { cleanFile } from './clean/clean-file.ts';
import { extensionOf, fileName } from './file-name.ts';
import { isRaster, kindOf } from './file-type.ts';
import { imageSize } from './image-size.ts';
import { TextCheck } from './text-check.ts';

/** What is looked at of a file: an EXIF block with its thumbnail, and a zip's directory of a thousand names, fit. */
const LOOK_BYTES = 256 * 1_024;
/** Written at once; each takes a descriptor and what its client has sent. */
const MOST_AT_ONCE = 64;
/** Of one sender's place (an address, an agent): what one place sends slowly leaves room for the others. */
const MOST_FROM_ONE = 24;
/** Nothing arrived for so long: whoever is still there has sent it again by then. */
const SILENT_FOR_MS = 20_000;
/** Kept free for the database, which has to write on when nobody may send files any more. */
const RESERVE_BYTES = 512 * 1_024 * 1_024;

export interface Taken {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly sha256: string;
}
export interface StoredFile {
  readonly bytes: number;
  /** All of it, or from byte `start` to byte `end`, both included. */
  content(piece?: { readonly start: number; readonly end: number }): ReadableStream<Uint8Array>;
}
export interface FileBoxOptions {
  readonly dataDir: string;
  readonly maxBytes: number;
  readonly clock: Pick<Clock, 'setTimeout'>;
  /** Of the disk that `dataDir` is on; Infinity: it does not say. For tests. */
  readonly freeBytes?: () => Promise<number>;
}
export type NotTaken = 'too_big' | 'empty' | 'bad_type' | 'busy' | 'cut_off' | 'disk_full';

/**
 * FileBox — the content of files, beside the database, one file each under its id.
 *
 * Purpose     take a stream of unknown length and honesty; what is kept is within the bound, of a known type, and whole.
 * Privacy     what pictures and films say about who took them, where and with what is not kept.
 * Bound       64 at once, 24 of one place; a sender who is silent for 20 s is cut off; half a gigabyte of the disk stays free.
 * On error    what its sender did is answered, and that the disk is nearly full; one that is away throws `Outage`. Nothing is left behind.
 * Cost        memory of one chunk for each upload, and 512 kB while its type is told. Pictures and films are written twice.
 */
export class FileBox {
  readonly #dir: string;
  readonly #maxBytes: number;
  readonly #clock: Pick<Clock, 'setTimeout'>;
  readonly #freeBytes: () => Promise<number>;
  #writing = 0;
  /** Only of places that are sending. */
  readonly #writingFrom = new Map<string, number>();

  private constructor(dir: string, { maxBytes, clock, freeBytes }: FileBoxOptions) {
    this.#dir = dir;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
    this.#freeBytes = freeBytes ?? (() => statfs(dir).then(({ blocks, bavail, bsize }) => (blocks === 0 ? Infinity : bavail * bsize)));
  }

  /** Makes the folder, only this user's; what an earlier process left half written goes. */
  static async open(options: FileBoxOptions): Promise<FileBox> {
    const dir = join(options.dataDir, 'files');
    await mkdir(dir, { recursive: true, mode: 0o700 });
    for (const name of await readdir(dir)) if (name.endsWith('.part')) await rm(join(dir, name), { force: true });
    return new FileBox(dir, options);
  }

  /** `claimed`: the name as the sender has it. `from`: the place it is sent from. */
  async take(id: string, claimed: string, content: ReadableStream<Uint8Array> | null, from: string): Promise<Taken | NotTaken> {
    if (content === null) return 'empty';
    const fromHere = this.#writingFrom.get(from) ?? 0;
    if (this.#writing >= MOST_AT_ONCE || fromHere >= MOST_FROM_ONE) {
      await content.cancel();
      return 'busy';
    }
    // The others on their way have not written yet what they may.
    const needed = RESERVE_BYTES + this.#writing * this.#maxBytes;
    this.#writing++;
    this.#writingFrom.set(from, fromHere + 1);
    const part = join(this.#dir, `${id}.part`);
    const clean = join(this.#dir, `${id}.clean.part`);
    try {
      if ((await this.#freeBytes()) < needed) {
        await content.cancel();
        return 'disk_full';
      }
      const written = await this.#write(part, content);
      if (typeof written === 'string') return written;
      const told = await describe(part, claimed, written);
      if (told === null) return 'bad_type';
      const cleaned = await cleanFile({ path: part, to: clean, type: told.type, bytes: told.bytes });
      if (cleaned === null) return 'bad_type';
      await mkdir(this.#folderOf(id), { recursive: true, mode: 0o700 });
      await rename(cleaned === 'as_it_is' ? part : clean, this.#pathOf(id));
      await this.#settle(id);
      return cleaned === 'as_it_is' ? told : { ...told, ...cleaned };
    } catch (cause) {
      throw new Outage('the folder of files cannot be written', { cause });
    } finally {
      this.#writing--;
      const others = this.#writingFrom.get(from)! - 1;
      if (others > 0) this.#writingFrom.set(from, others);
      else this.#writingFrom.delete(from);
      for (const path of [part, clean]) await rm(path, { force: true });
    }
  }

  /** null: there is none. A content that is opened holds a descriptor until it is read to its end or cancelled. */
  async read(id: string): Promise<StoredFile | null> {
    if (!isId(id)) return null;
    const path = this.#pathOf(id);
    const found = await stat(path).catch(missing);
    if (found === null) return null;
    return { bytes: found.size, content: (piece) => Readable.toWeb(createReadStream(path, piece)) as ReadableStream<Uint8Array> };
  }

  /** Those that are not there any more are no error. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) if (isId(id)) await rm(this.#pathOf(id), { force: true });
  }

  /** Ids of what was written before `before`, a folder at a time: in memory is one of 256 parts of all. */
  async *writtenBefore(before: number): AsyncGenerator<string[]> {
    for (const folder of await readdir(this.#dir, { withFileTypes: true })) {
      if (!folder.isDirectory()) continue;
      const old: string[] = [];
      for (const id of await readdir(join(this.#dir, folder.name))) {
        const found = isId(id) ? await stat(join(this.#dir, folder.name, id)).catch(missing) : null;
        if (found !== null && found.mtimeMs < before) old.push(id);
      }
      if (old.length > 0) yield old;
    }
  }

  async #write(part: string, content: ReadableStream<Uint8Array>): Promise<{ bytes: number; sha256: string; isText: boolean } | NotTaken> {
    const file = await open(part, 'wx', 0o600);
    const hash = createHash('sha256');
    const text = new TextCheck();
    const reader = content.getReader();
    let bytes = 0;
    try {
      for (;;) {
        const next = await this.#next(reader);
        // The sender went away in the middle, or is as good as gone.
        if (next === null) return 'cut_off';
        if (next.done) break;
        bytes += next.value.byteLength;
        if (bytes > this.#maxBytes) {
          await reader.cancel();
          return 'too_big';
        }
        hash.update(next.value);
        text.add(next.value);
        await file.write(next.value);
      }
      // Named in a message that is acknowledged, so it has to be there after a power cut too.
      await file.sync();
    } finally {
      await file.close();
    }
    return bytes === 0 ? 'empty' : { bytes, sha256: hash.digest('hex'), isText: text.isText };
  }

  async #next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Awaited<ReturnType<typeof reader.read>> | null> {
    let isSilent = false;
    const cancel = this.#clock.setTimeout(() => {
      isSilent = true;
      // What waits for it ends as if that had been all.
      reader.cancel().catch(() => undefined);
    }, SILENT_FOR_MS);
    const next = await reader.read().catch(() => null);
    cancel();
    return isSilent ? null : next;
  }

  /** The name too has to be there after a power cut. */
  async #settle(id: string): Promise<void> {
    const folder = await open(this.#folderOf(id));
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** A folder for each two letters of the hash: ids of one day begin the same. */
  #folderOf(id: string): string {
    return join(this.#dir, createHash('sha256').update(id).digest('hex').slice(0, 2));
  }

  #pathOf(id: string): string {
    return join(this.#folderOf(id), id);
  }
}

async function describe(path: string, claimed: string, written: { bytes: number; sha256: string; isText: boolean }): Promise<Taken | null> {
  const { bytes, sha256, isText } = written;
  const file = await open(path);
  try {
    const size = Math.min(bytes, LOOK_BYTES);
    const piece = async (from: number): Promise<Uint8Array> => (await file.read(new Uint8Array(size), 0, size, from)).buffer;
    const head = await piece(0);
    const kind = kindOf({ head, tail: await piece(bytes - size), extension: extensionOf(claimed), isText });
    if (kind === null) return null;
    const { width, height } = (isRaster(kind.type) ? imageSize(kind.type, head) : null) ?? { width: 0, height: 0 };
    return { name: fileName(claimed, kind), type: kind.type, bytes, width, height, sha256 };
  } finally {
    await file.close();
  }
}

/** As `freshId` makes them: nothing that leads out of the folder. */
const isId = (id: string): boolean => /^[A-Za-z0-9]{1,64}$/.test(id);

function missing(cause: unknown): null {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
  throw new Outage('the folder of files cannot be read', { cause });
}
