import { Listeners } from '../live/listeners.ts';
import type { Pin } from './core/pin.ts';

/** The pointer must rest this long on a pin: crossing one on the way shows nothing, and still it opens within a tenth of a second. */
const OPEN_AFTER_MS = 35;
/** Time to reach the popup from its pin. */
const CLOSE_AFTER_MS = 220;

/** Which pin's popup is open, from what the pointer is over: the pin, or the popup itself. */
export class HoverIntent {
  readonly #changed = new Listeners();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isInside = false;
  #shown: Pin | null = null;

  readonly subscribe = this.#changed.subscribe;
  readonly get = (): Pin | null => this.#shown;

  readonly over = (pin: Pin | null): void => {
    if (pin) this.#later(pin, OPEN_AFTER_MS);
    else if (!this.#isInside) this.#later(null, CLOSE_AFTER_MS);
  };
  /** The pointer entered the popup, or left it. */
  readonly inside = (isInside: boolean): void => {
    this.#isInside = isInside;
    if (isInside) clearTimeout(this.#timer);
    else this.#later(null, CLOSE_AFTER_MS);
  };
  readonly close = (): void => {
    clearTimeout(this.#timer);
    this.#isInside = false;
    this.#show(null);
  };

  #later(pin: Pin | null, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(pin), ms);
  }
  #show(pin: Pin | null): void {
    if (pin === this.#shown) return;
    this.#shown = pin;
    this.#changed.notify();
  }
}
