import { nextDelayMs, type RetryWindow } from './backoff.ts';
import { readCloseReason } from './close-reason.ts';

/** Tries of a WebSocket before the fallback: one failure is often a network change. */
const SOCKET_TRIES = 2;

/**
 * The state of one end's connection, a visitor's tab or a console.
 *
 * Purpose     decide when to connect again, and over what; the owner does the connecting and has the timer.
 * Lifecycle   newLink → (linkUp | linkLost → wait → connect)*
 * Invariants  plain data; changed only by linkUp and linkLost, which read no clock and no chance of their own.
 */
export interface Link {
  /** Said in advance by the server for the day it dies without a word; the owner replaces it with each greeting. */
  retryWindow: RetryWindow;
  /** When the peer was lost, monotonic ms; 0 while it is there. */
  lostAtMs: number;
  /** No try before this, however the tab is woken: what the server asked for stands. Monotonic ms. */
  earliestMs: number;
  /** Sockets in a row that closed before the peer had said a word; not finite once one has worked, and for good. */
  failures: number;
}

export const newLink = (retryWindow: RetryWindow): Link => ({ retryWindow, lostAtMs: 0, earliestMs: 0, failures: 0 });

/**
 * true: connect over the fallback. Only where no WebSocket has ever worked (a proxy that does not let it through looks
 * so, a server that restarts does not), and after a fallback that failed too, the WebSocket has its turn again. Rule: LK6.
 */
export const usesFallback = (link: Link): boolean => link.failures >= SOCKET_TRIES;

/** The peer is there and has taken what was said first. */
export function linkUp(link: Link): void {
  link.lostAtMs = 0;
}

/** How a socket ended. */
export interface Loss {
  /** Monotonic ms, over 0. */
  readonly atMs: number;
  /** The peer had said something on it; a close reason that it gave counts as well. */
  readonly spoke: boolean;
  readonly reason: string;
  readonly hidden: boolean;
  /** In [0, 1). */
  readonly chance: number;
}

/** The socket closed, or could not open. Answers the wait in ms before the next try; Infinity: do not come back. Rules: LK1–LK6. */
export function linkLost(link: Link, { atMs, spoke, reason, hidden, chance }: Loss): number {
  const advice = readCloseReason(reason);
  const window = advice || link.retryWindow;
  if (!link.lostAtMs) link.lostAtMs = atMs;
  link.earliestMs = atMs + (window.minMs ?? Infinity);
  // A fallback that worked leaves one failure behind: when it ends, the WebSocket gets one try, not two.
  if (spoke || advice) link.failures = usesFallback(link) ? SOCKET_TRIES - 1 : -Infinity;
  else link.failures = (link.failures + 1) % (SOCKET_TRIES + 1);
  return nextDelayMs(window, atMs - link.lostAtMs, chance, hidden);
}
