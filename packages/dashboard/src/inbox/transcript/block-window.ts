import type { TranscriptBlock } from './transcript-items.ts';

/** A message and what is around it, before it was measured. */
const GUESS_PX = 64;
/** Drawn beyond the screen, so that scrolling shows no white. */
const OVERSCAN_PX = 900;

interface Shown {
  readonly blocks: readonly TranscriptBlock[];
  /** Room that the blocks above and below take. */
  readonly above: number;
  readonly below: number;
}

/** Which blocks of a transcript are drawn. Heights are measured once a block was drawn, and guessed before. */
export class BlockWindow {
  readonly #heights = new Map<string, number>();
  #blocks: readonly TranscriptBlock[] = [];
  /** null: the end. */
  #top: number | null = null;
  #viewport = 1_000;
  /** -1: none. */
  #sought = -1;

  show(blocks: readonly TranscriptBlock[]): Shown {
    this.#blocks = blocks;
    const heights = blocks.map((block) => this.#heightOf(block));
    const total = heights.reduce((sum, height) => sum + height, 0);
    const top = this.#top ?? total - this.#viewport;
    let above = 0;
    let first = 0;
    while (first < blocks.length - 1 && above + (heights[first] ?? 0) < top - OVERSCAN_PX) above += heights[first++] ?? 0;
    let end = first;
    let to = above;
    while (end < blocks.length && to < top + this.#viewport + OVERSCAN_PX) to += heights[end++] ?? 0;
    // A message that is sought is drawn, wherever it is.
    const sought = this.#sought >= 0 ? blocks.findIndex((block) => block.key === `b${this.#sought}`) : -1;
    if (sought >= 0 && (sought < first || sought >= end)) {
      first = Math.max(0, sought - 1);
      end = Math.min(blocks.length, sought + 2);
      above = heights.slice(0, first).reduce((sum, height) => sum + height, 0);
      to = above + heights.slice(first, end).reduce((sum, height) => sum + height, 0);
    }
    return { blocks: blocks.slice(first, end), above, below: Math.max(0, total - to) };
  }

  /** Reads what was drawn; true: other blocks belong on the screen now. */
  measure(scroller: HTMLElement): boolean {
    let isChanged = false;
    for (const element of scroller.querySelectorAll<HTMLElement>('[data-block]')) {
      const key = element.dataset['block'] ?? '';
      const height = element.offsetHeight;
      if (height > 0 && this.#heights.get(key) !== height) {
        this.#heights.set(key, height);
        isChanged = true;
      }
    }
    if (this.#viewport !== scroller.clientHeight && scroller.clientHeight > 0) {
      this.#viewport = scroller.clientHeight;
      isChanged = true;
    }
    return isChanged;
  }

  /** true: another part is to be drawn. */
  scrolled(scroller: HTMLElement): boolean {
    const before = keysOf(this.show(this.#blocks));
    this.#sought = -1;
    const isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 1;
    this.#top = isAtEnd ? null : scroller.scrollTop - topOf(scroller);
    return keysOf(this.show(this.#blocks)) !== before;
  }

  /** The block in which this message is, to be drawn next. */
  seek(blockOfSeq: number): boolean {
    const block = this.#blocks.find(({ items }) => items.some(({ key }) => key === String(blockOfSeq)));
    this.#sought = block ? Number(block.key.slice(1)) : -1;
    return block !== undefined;
  }

  /** The first block in sight, and how far above the screen's edge it begins. */
  anchor(scroller: HTMLElement): { key: string; offset: number } | null {
    for (const element of scroller.querySelectorAll<HTMLElement>('[data-block]')) {
      if (element.offsetTop + element.offsetHeight > scroller.scrollTop)
        return { key: element.dataset['block'] ?? '', offset: element.offsetTop - scroller.scrollTop };
    }
    return null;
  }

  #heightOf(block: TranscriptBlock): number {
    return this.#heights.get(block.key) ?? block.items.length * GUESS_PX;
  }
}

const keysOf = ({ blocks }: Shown): string => `${blocks[0]?.key ?? ''}-${blocks.at(-1)?.key ?? ''}`;
/** Where the first block would begin. */
const topOf = (scroller: HTMLElement): number => scroller.querySelector<HTMLElement>('.messages > [aria-hidden]')?.offsetTop ?? 0;
