export { type Foyer, type FoyerOptions, startFoyer } from './app.ts';
export { addressOf, type Config, loadConfig } from './config.ts';
export { createLog } from './observe/log.ts';
export { LocalNetwork } from './adapters/bus-local.ts';
export { systemClock } from './adapters/system-clock.ts';
export { Feeds, type Watcher } from './live/feeds.ts';
export { LiveNode } from './live/node.ts';
export type { Fact } from './live/messages.ts';
export type { VisitRecord } from './ports/history-store.ts';
