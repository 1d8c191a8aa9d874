/** A process with consoles in it (see watchers.ts). Started by `startPart`, ends with its parent. */
import { servePart } from './part.ts';
import { Watchers, type WatchOrder } from './watchers.ts';

const watchers = new Watchers();

const commands = {
  open: (order: WatchOrder) => watchers.open(order),
  reset: (_: null) => watchers.reset(),
  stats: (_: null) => watchers.stats(),
  end: (_: null) => watchers.end(),
};
export type WatchCommands = typeof commands;
servePart(commands);
