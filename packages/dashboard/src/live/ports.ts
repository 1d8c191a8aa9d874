/** What the live client needs of a browser, so that tests can script it. */

/** Monotonic milliseconds and timers; a timer answers its own cancel. */
export interface LiveClock {
  now(): number;
  after(delayMs: number, run: () => void): () => void;
}

export interface LiveSocket {
  send(text: string): void;
  close(): void;
}
export interface LiveSocketEvents {
  /** A text frame. */
  message(text: string): void;
  /** Exactly once, also when the socket never opened. `code` 1006: the network, not the server, ended it. */
  closed(code: number, reason: string): void;
}
export type OpenSocket = (events: LiveSocketEvents) => LiveSocket;

/** What an HTTP request says when the socket says nothing: a failed WebSocket upgrade hides its status from scripts. */
export type Probe = () => Promise<'ok' | 'signed_out' | 'unreachable'>;
