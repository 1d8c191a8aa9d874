import { FramePace } from './core/frame-pace.ts';

/** Measures how long frames take, and says when drawing should become cheap or full again. */
export class FrameWatch {
  readonly #pace = new FramePace();
  readonly #changed: (isCheap: boolean) => void;
  #isWaiting = false;

  constructor(changed: (isCheap: boolean) => void) {
    this.#changed = changed;
  }

  get isCheap(): boolean {
    return this.#pace.isCheap;
  }

  /** A frame begins. It took until the next could begin: what the graphics card needs shows in nothing else. */
  began(): void {
    if (this.#isWaiting || document.hidden) return;
    this.#isWaiting = true;
    const at = performance.now();
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      const now = performance.now();
      if (!document.hidden && this.#pace.frame(now - at, now)) this.#changed(this.#pace.isCheap);
    });
  }
}
