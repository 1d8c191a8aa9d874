/** A process in which a world is acted out (see life.ts), so that the server's CPU stays its own. Ends with its parent. */
import { Life, type LifeOptions } from './life.ts';
import { servePart } from './part.ts';

let life: Life | undefined;

const commands = {
  start(options: LifeOptions) {
    life = new Life(options);
    life.start();
  },
  stats: (_: null) => life?.stats() ?? null,
  end: (_: null) => life?.end(),
};
export type LifeCommands = typeof commands;
servePart(commands);
