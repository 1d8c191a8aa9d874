import type { FileHandle } from 'node:fs/promises';

const WINDOW_BYTES = 64 * 1_024;

/** A file as it is walked through from front to back: one piece of it in memory, read anew where the walk leaves it. */
export class ByteWindow {
  readonly size: number;
  readonly #file: Pick<FileHandle, 'read'>;
  readonly #piece = new Uint8Array(WINDOW_BYTES);
  #from = 0;
  #length = 0;

  constructor(file: Pick<FileHandle, 'read'>, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** Those of the `length` bytes from `at` on that there are; good until the next call. At most 64 kB. */
  async bytes(at: number, length: number): Promise<Uint8Array> {
    const end = Math.min(at + length, this.size);
    if (at < this.#from || end > this.#from + this.#length) {
      const { bytesRead } = await this.#file.read(this.#piece, 0, WINDOW_BYTES, at);
      this.#from = at;
      this.#length = bytesRead;
    }
    return this.#piece.subarray(at - this.#from, Math.max(at, end) - this.#from);
  }

  /** What is in memory from `at` on, at least one byte where there is one: for walks that look at each byte. */
  async rest(at: number): Promise<Uint8Array> {
    await this.bytes(at, 1);
    return this.#piece.subarray(at - this.#from, this.#length);
  }
}
