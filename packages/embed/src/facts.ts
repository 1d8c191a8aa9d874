import type { VisitorUp } from '@foyer/protocol/link';
import { now } from './env.ts';
import { send } from './socket.ts';
import { agoMs, keepGoal } from './pages.ts';

/** What the page declared, said again with each hello: the server may have lost it, or not have been there. */
export const facts: { [kind: string]: VisitorUp } = {};

/** In characters; at three bytes each still under `LIMITS.maxFrameBytes`. */
const MOST_CHARS = 5_000;

/**
 * A copy, so that what is no JSON stops here, and what the page changes later stays with the page. Far too much of it stops here too:
 * an object that is cut is no JSON, and `safe` has what is thrown.
 */
const copy = (fact: object): VisitorUp => JSON.parse(JSON.stringify(fact).slice(0, MOST_CHARS)) as VisitorUp;

const declare = (fact: object): void => {
  const frame = copy(fact);
  facts[frame.t] = frame;
  send(frame);
};

/** What is said here is sorted out by the server (protocol, said.ts). */
export const identify = (who: object): void => declare({ ...who, t: 'identify' });
export const context = (kind: string, data?: object): void => declare({ t: 'context', kind, data });

/** Said again with a hello until it is on disk, when a visit has it once; after that each hello would reach it in another visit. */
export const goal = (name: string, data?: object): void => {
  const at = now();
  const frame = {
    ...copy({ ...data, t: 'goal', name }),
    get agoMs() {
      return agoMs(at);
    },
  };
  keepGoal(frame);
  send(frame);
};
