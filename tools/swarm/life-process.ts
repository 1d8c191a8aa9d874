/** A process in which a world is acted out (see life.ts), so that the server's CPU stays its own. Ends with its parent. */
import { Life, type LifeOptions } from './life.ts';
import { sayToParent, servePart } from './part.ts';

let life: Life | undefined;

const commands = {
  start(options: LifeOptions) {
    life = new Life(options, { onTalk: sayToParent });
    life.start();
  },
  stats: (_: null) => life?.stats() ?? null,
  end: (_: null) => life?.end(),
};
export type LifeCommands = typeof commands;
servePart(commands);
