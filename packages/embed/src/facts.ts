import type { VisitorUp } from '@foyer/protocol/link';
import { send } from './socket.ts';

/** What the page declared, said again with each hello: the server may have lost it, or not have been there. */
export const facts: { [kind: string]: VisitorUp } = {};

/** In characters; at three bytes each still under `LIMITS.maxFrameBytes`. */
const MOST_CHARS = 5_000;

/** A copy, so that what is no JSON, or far too much of it, stops here, and what the page changes later stays with the page. */
function declare(fact: object): void {
  const text = JSON.stringify(fact);
  if (text.length <= MOST_CHARS) {
    const frame = JSON.parse(text) as VisitorUp;
    facts[frame.t] = frame;
    send(frame);
  }
}

/** What is said here is sorted out by the server (protocol, said.ts). */
export const identify = (who: object): void => declare({ ...who, t: 'identify' });
export const context = (kind: string, data?: object): void => declare({ t: 'context', kind, data });
