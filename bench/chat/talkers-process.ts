/** A process with conversations in it (see talkers.ts). Started by `startPart`, ends with its parent. */
import { servePart } from '../../tools/swarm/part.ts';
import { type GatherOrder, Talkers, type TalkOrder } from './talkers.ts';

const talkers = new Talkers();

const commands = {
  gather: (order: GatherOrder) => talkers.gather(order),
  talk: (order: TalkOrder) => talkers.talk(order),
  end: (_: null) => talkers.end(),
};
export type TalkCommands = typeof commands;
servePart(commands);
