import type { BrowseOrder, CrowdStats, RateOrder } from './crowd-orders.ts';
import type { CrowdCommands } from './crowd-process.ts';
import { type Part, startPart } from './part.ts';
import { signIn } from './sign-in.ts';
import type { Target } from './tab.ts';
import type { WatchOrder, WatchStats } from './watchers.ts';
import type { WatchCommands } from './watchers-process.ts';

export interface SwarmOptions {
  /** Of the server, such as http://127.0.0.1:8080. */
  readonly url: string;
  readonly siteKey: string;
  readonly embedPath?: string;
  /** Processes that hold tabs. Default 1: on two cores a second one only takes turns with the server. */
  readonly processes?: number;
  readonly seed?: number;
  /** false: the server is a bare WebSocket server that says nothing. */
  readonly answers?: boolean;
}

/**
 * Swarm — tabs and consoles in processes of their own, told what to do from here.
 *
 * Lifecycle  `stop` ends every process; a parent that dies takes them along.
 * Addresses  tabs connect from 127.0.0.2–127.0.0.201 and say by X-Forwarded-For where their people are.
 */
export interface Swarm {
  readonly target: Target;
  connect(order: { count: number; atOnce?: number; marked?: boolean }): Promise<{ tookMs: number }>;
  browse(order: BrowseOrder): Promise<void>;
  saturate(order: { seconds: number; inFlight?: number }): Promise<{ frames: number; tookMs: number }>;
  rate(order: RateOrder): Promise<void>;
  stopRate(): Promise<void>;
  /** Answers when every tab is in (again) or the time is over. */
  allIn(order: { withinMs: number }): Promise<{ in: number; tabs: number }>;
  stats(): Promise<CrowdStats>;
  visits(): Promise<string[]>;
  watch(order: { count: number; rows?: number; alike?: boolean; login: { email: string; password: string } }): Promise<void>;
  resetWatch(): Promise<void>;
  watchStats(): Promise<WatchStats>;
  stop(): Promise<void>;
}

export async function startSwarm(options: SwarmOptions): Promise<Swarm> {
  const { processes = 1, seed = 1, answers = true, embedPath = '/foyer.js', siteKey } = options;
  const url = new URL(options.url);
  const target: Target = { host: url.hostname, port: Number(url.port || 80), embedPath, siteKey, pageOrigin: url.origin, answers };
  const crowds = Array.from({ length: processes }, () => startPart<CrowdCommands>(new URL('./crowd-process.ts', import.meta.url)));
  let watchers: Part<WatchCommands> | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([...crowds.map((crowd) => crowd.stop()), watchers?.stop()]);
  };
  try {
    await Promise.all(crowds.map((crowd, i) => crowd.ask('gather', { target, seed: seed * 1_000 + i, firstAddress: 2 + 100 * (i % 2) })));
  } catch (error) {
    await stop();
    throw error;
  }
  /** Equal parts, the remainder to the first. */
  const shareOf = (count: number, i: number) => Math.floor(count / processes) + (i === 0 ? count % processes : 0);
  const watchOf = (): Part<WatchCommands> => {
    if (watchers === undefined) throw new Error('no console is open');
    return watchers;
  };

  return {
    target,
    async connect({ count, atOnce = 256, marked = false }) {
      const done = await Promise.all(
        crowds.map((crowd, i) => crowd.ask('connect', { count: shareOf(count, i), atOnce: Math.ceil(atOnce / processes), marked })),
      );
      return { tookMs: Math.max(...done.map((each) => each.tookMs)) };
    },
    async browse(order) {
      await Promise.all(crowds.map((crowd) => crowd.ask('browse', order)));
    },
    async saturate({ seconds, inFlight = 2_000 }) {
      const done = await Promise.all(crowds.map((crowd) => crowd.ask('saturate', { seconds, inFlight: Math.ceil(inFlight / processes) })));
      return { frames: done.reduce((sum, each) => sum + each.frames, 0), tookMs: Math.max(...done.map((each) => each.tookMs)) };
    },
    async rate(order) {
      // Arrivals and marks come from the first process alone: the newest arrivals of the whole list must be the ones it marks.
      await Promise.all(
        crowds.map((crowd, i) =>
          crowd.ask('rate', {
            eventsPerS: (order.eventsPerS - order.markedPerS) / processes + (i === 0 ? order.markedPerS : 0),
            markedPerS: i === 0 ? order.markedPerS : 0,
            arrivalsPerS: i === 0 ? order.arrivalsPerS : 0,
          }),
        ),
      );
    },
    async stopRate() {
      await Promise.all(crowds.map((crowd) => crowd.ask('stop', null)));
    },
    async allIn(order) {
      const done = await Promise.all(crowds.map((crowd) => crowd.ask('allIn', order)));
      return { in: done.reduce((sum, each) => sum + each.in, 0), tabs: done.reduce((sum, each) => sum + each.tabs, 0) };
    },
    stats: async () => (await Promise.all(crowds.map((crowd) => crowd.ask('stats', null)))).reduce(sumStats),
    visits: async () => (await Promise.all(crowds.map((crowd) => crowd.ask('visits', null)))).flat(),
    async watch({ count, rows = 49, alike = false, login }) {
      watchers ??= startPart<WatchCommands>(new URL('./watchers-process.ts', import.meta.url));
      const cookie = await signIn(options.url, login);
      const order: WatchOrder = { host: target.host, port: target.port, cookie, count, rows, alike };
      await watchers.ask('open', order);
    },
    resetWatch: () => watchOf().ask('reset', null),
    watchStats: () => watchOf().ask('stats', null),
    stop,
  };
}

function sumStats(a: CrowdStats, b: CrowdStats): CrowdStats {
  const closes: Record<string, number> = { ...a.closes };
  for (const [name, count] of Object.entries(b.closes)) closes[name] = (closes[name] ?? 0) + count;
  return {
    tabs: a.tabs + b.tabs,
    in: a.in + b.in,
    sent: a.sent + b.sent,
    marked: a.marked + b.marked,
    arrived: a.arrived + b.arrived,
    behindMsMax: Math.max(a.behindMsMax, b.behindMsMax),
    closes,
    back: a.back + b.back,
    backMsMax: Math.max(a.backMsMax, b.backMsMax),
    // Of halves of one population: the mean of their medians is close enough for a table.
    backMsP50: (a.backMsP50 + b.backMsP50) / 2,
    changed: a.changed + b.changed,
    unstored: a.unstored + b.unstored,
  };
}
