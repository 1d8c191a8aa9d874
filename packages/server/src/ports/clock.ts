/**
 * Clock — the only source of time in the server. Tests bring a fake one, so nothing waits.
 * `now` is wall time (epoch ms) for people and the store; `mono` never jumps and is what durations and deadlines use.
 */
export interface Clock {
  now(): number;
  mono(): number;
  /** Answers a function that cancels. The timer does not keep the process alive. */
  setTimeout(run: () => void, ms: number): () => void;
  setInterval(run: () => void, ms: number): () => void;
}
