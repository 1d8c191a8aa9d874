/** A process with a crowd in it (see crowd.ts). Started by `startPart`, ends with its parent. */
import { Crowd } from './crowd.ts';
import type { BrowseOrder, ConnectOrder, RateOrder, SaturateOrder } from './crowd-orders.ts';
import { servePart } from './part.ts';
import type { Target } from './tab.ts';

let crowd: Crowd | undefined;
const theCrowd = (): Crowd => {
  if (crowd === undefined) throw new Error('`gather` comes first');
  return crowd;
};

const commands = {
  gather(options: { target: Target; seed: number; firstAddress: number }) {
    crowd = new Crowd(options);
  },
  connect: (order: ConnectOrder) => theCrowd().connect(order),
  browse: (order: BrowseOrder) => theCrowd().browse(order),
  saturate: (order: SaturateOrder) => theCrowd().saturate(order),
  rate: (order: RateOrder) => theCrowd().rate(order),
  stop: (_: null) => theCrowd().stop(),
  allIn: (order: { withinMs: number }) => theCrowd().allIn(order),
  stats: (_: null) => theCrowd().stats(),
  visits: (_: null) => theCrowd().visits(),
  end: (_: null) => theCrowd().end(),
};
export type CrowdCommands = typeof commands;
servePart(commands);
