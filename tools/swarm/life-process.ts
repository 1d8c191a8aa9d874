/** A process in which a world is acted out (see life.ts), so that the server's CPU stays its own. Ends with its parent. */
import { Life, type LifeOptions } from './life.ts';
import { Colleague, type ColleagueOptions } from '../demo/colleague.ts';
import { servePart } from './part.ts';

let life: Life | undefined;
const colleagues: Colleague[] = [];

const commands = {
  start(options: LifeOptions) {
    life = new Life(options);
    life.start();
  },
  /** An agent of the demo sits down. */
  async colleague(options: ColleagueOptions) {
    const colleague = new Colleague(options);
    colleagues.push(colleague);
    await colleague.open();
  },
  stats: (_: null) => life?.stats() ?? null,
  end(_: null) {
    for (const colleague of colleagues) colleague.end();
    life?.end();
  },
};
export type LifeCommands = typeof commands;
servePart(commands);
