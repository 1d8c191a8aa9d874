/** Clocks read whole seconds: one that is drawn between two ticks says what the others say. */
export const wholeSecond = (now: number): number => now - (now % 1_000);

/**
 * One timer for every running clock on screen.
 *
 * Clocks write their own text; nothing is rendered. Idle while nobody ticks or the page is hidden.
 */
export class Ticker {
  readonly #now: () => number;
  readonly #all = new Set<(now: number) => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `now`: epoch ms of the server. */
  constructor(now: () => number) {
    this.#now = now;
  }

  add(tick: (now: number) => void): () => void {
    this.#all.add(tick);
    tick(wholeSecond(this.#now()));
    this.#schedule();
    return () => {
      this.#all.delete(tick);
    };
  }

  /** Draw at once: the page came back, the server's time became known. */
  readonly tick = (): void => {
    const now = wholeSecond(this.#now());
    for (const tick of this.#all) tick(now);
    this.#schedule();
  };

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#all.size === 0 || document.hidden) return;
    // On the server's second, so that all clocks change together.
    this.#timer = setTimeout(this.tick, 1_000 - (this.#now() % 1_000) + 5);
  }
}
