import type { NoticeKind } from './notice.ts';

/** Two tones each, told apart by their interval: up for somebody new, once for a word, down for one's own attention. Hz and seconds. */
const TONES: Readonly<Record<NoticeKind, readonly (readonly [hz: number, at: number])[]>> = {
  chat: [
    [660, 0],
    [880, 0.14],
    [1_175, 0.28],
  ],
  message: [
    [880, 0],
    [1_047, 0.1],
  ],
  given: [
    [784, 0],
    [587, 0.14],
  ],
  mention: [
    [988, 0],
    [784, 0.12],
  ],
  alert: [[523, 0]],
};
const LASTS_S = 0.22;
/** A tone that begins or ends at once clicks. */
const RISES_S = 0.012;

/** Sounds made on the spot, so that there is no file to load and none to license. Browsers let a page sound only after its first input. */
export class Sounds {
  #context: AudioContext | null = null;
  readonly #onReady: () => void;

  /** `onReady`: from now on this page can be heard. */
  constructor(onReady: () => void) {
    this.#onReady = onReady;
  }

  /** Waits for the first input; cheap until then. Answers its own end. */
  start(): () => void {
    const wake = (): void =>
      this.wake(() => {
        stop();
        this.#onReady();
      });
    const kinds = ['pointerdown', 'keydown'] as const;
    const stop = (): void => {
      for (const kind of kinds) window.removeEventListener(kind, wake, true);
    };
    for (const kind of kinds) window.addEventListener(kind, wake, { capture: true, passive: true });
    // The page was used before this part of it had come.
    if (navigator.userActivation?.hasBeenActive) wake();
    return () => {
      stop();
      void this.#context?.close().catch(() => undefined);
      this.#context = null;
    };
  }

  /** From within an input: makes the page audible, then does this. */
  wake(then: () => void): void {
    this.#context ??= new AudioContext();
    this.#context.resume().then(
      () => {
        if (this.isReady) then();
      },
      () => undefined,
    );
  }

  get isReady(): boolean {
    return this.#context?.state === 'running';
  }

  /** `volume`: 0 to 1. Nothing before the first input. */
  play(kind: NoticeKind, volume: number): void {
    const context = this.#context;
    if (!context || context.state !== 'running' || volume <= 0) return;
    for (const [hz, at] of TONES[kind]) {
      const from = context.currentTime + at;
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.frequency.value = hz;
      gain.gain.setValueAtTime(0, from);
      // Loudness is heard by its square; a full sine would be far too loud.
      gain.gain.linearRampToValueAtTime(0.3 * volume * volume, from + RISES_S);
      gain.gain.exponentialRampToValueAtTime(0.000_1, from + LASTS_S);
      tone.connect(gain).connect(context.destination);
      tone.start(from);
      tone.stop(from + LASTS_S);
    }
  }
}
