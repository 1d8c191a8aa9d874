import { FramePace } from './core/frame-pace.ts';

/** Measures how long frames take, and says when drawing should become cheap or full again. */
export class FrameWatch {
  readonly #pace = new FramePace();
  readonly #changed: (isCheap: boolean) => void;
  /** Of the browser; 0: none is waited for. */
  #frame = 0;

  constructor(changed: (isCheap: boolean) => void) {
    this.#changed = changed;
  }

  get isCheap(): boolean {
    return this.#pace.isCheap;
  }

  /** A frame begins. It took until the next could begin: what the graphics card needs shows in nothing else. */
  began(): void {
    if (this.#frame !== 0 || document.hidden) return;
    const at = performance.now();
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const now = performance.now();
      if (!document.hidden && this.#pace.frame(now - at, now)) this.#changed(this.#pace.isCheap);
    });
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }
}
