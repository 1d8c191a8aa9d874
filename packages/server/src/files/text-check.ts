/** White space that text has: tab, line ends, form feed; and escape, which terminals write. */
const TEXT_CONTROLS = new Set([9, 10, 12, 13, 27]);

/**
 * Whether a file is text, told while it passes by: no control characters. In which encoding is not asked, because spreadsheets write
 * whatever the machine they run on does; what is binary has zeros in it.
 */
export class TextCheck {
  #isText = true;

  add(chunk: Uint8Array): void {
    for (let i = 0; this.#isText && i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (byte < 32 && !TEXT_CONTROLS.has(byte)) this.#isText = false;
    }
  }

  get isText(): boolean {
    return this.#isText;
  }
}
