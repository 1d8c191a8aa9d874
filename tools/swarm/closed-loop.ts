import type { SaturateOrder } from './crowd-orders.ts';
import type { Tab } from './tab.ts';

/** Just under the server's bucket (burst 60, 20/s a tab), so that a run measures work and not refusals. */
const BURST = 50;
const PER_S = 18;
/** Frames that one ping answers for. */
const BATCH = 256;
/** A server that does not answer a ping for this long has closed the socket, or stands. */
const GIVE_UP_MS = 15_000;
const NONE = Buffer.alloc(0);
const LAST = Buffer.from('last');

/**
 * ClosedLoop — sends as fast as a server reads, over many tabs, a frame each in turns.
 *
 * How     a WebSocket ping behind every 256th frame: what was written before it on other sockets is readable before it, so its answer stands for
 *         the whole batch, give or take a turn of the server's loop. At the end every socket is asked, so that every frame counted has been read.
 * Throws  when a ping stays without an answer.
 */
export class ClosedLoop {
  readonly #tabs: readonly Tab[];
  readonly #say: (tab: Tab) => boolean;
  #outstanding = 0;
  #asked = new Set<Tab>();
  #wake: (() => void) | undefined;

  /** `say` writes one frame; false: that tab could not. */
  constructor(tabs: readonly Tab[], say: (tab: Tab) => boolean) {
    this.#tabs = tabs;
    this.#say = say;
  }

  /** To be called with every pong. */
  pong(tab: Tab, payload: Buffer): void {
    if (payload.length === 0) this.#outstanding--;
    else this.#asked.delete(tab);
    this.#wake?.();
  }

  async run({ seconds, inFlight }: SaturateOrder): Promise<{ frames: number; tookMs: number }> {
    const beganMs = performance.now();
    const endMs = beganMs + seconds * 1_000;
    let frames = 0;
    let from = 0;
    for (let nowMs = beganMs; nowMs < endMs; nowMs = performance.now()) {
      let inBatch = 0;
      let last: Tab | undefined;
      for (let tried = 0; tried < this.#tabs.length && inBatch < BATCH; tried++) {
        from = (from + 1) % this.#tabs.length;
        const tab = this.#tabs[from] as Tab;
        if (!maySpeak(tab, nowMs) || !this.#say(tab)) continue;
        inBatch++;
        last = tab;
      }
      frames += inBatch;
      if (last?.ping(NONE) === true) this.#outstanding++;
      else await new Promise<void>((resolve) => setTimeout(resolve, 2));
      await this.#until(() => this.#outstanding * BATCH < inFlight);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    for (const tab of this.#tabs) if (tab.ping(LAST)) this.#asked.add(tab);
    await this.#until(() => this.#asked.size === 0);
    return { frames, tookMs: performance.now() - beganMs };
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`a ping was not answered within ${GIVE_UP_MS / 1_000} s`)), GIVE_UP_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
  }
}

/** The server's own limit of a tab (a generic cell rate), a little tighter. Takes one frame's worth. */
function maySpeak(tab: Tab, nowMs: number): boolean {
  const intervalMs = 1_000 / PER_S;
  const fromMs = Math.max(tab.fullAtMs, nowMs);
  if (fromMs - nowMs > (BURST - 1) * intervalMs) return false;
  tab.fullAtMs = fromMs + intervalMs;
  return true;
}
