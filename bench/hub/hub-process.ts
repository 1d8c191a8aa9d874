/** The live core by itself in a process of its own, so that its memory and its stalls are nobody else's. See hub-world.ts. */
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import type { Sort } from '@foyer/protocol';
import type { Watcher } from '@foyer/server';
import { markersIn, nowMicros, percentile } from '../../tools/swarm/marker.ts';
import { servePart } from '../../tools/swarm/part.ts';
import { pause } from '../process-stat.ts';
import { HubWorld, WORKSPACE } from './hub-world.ts';

/** After views have opened: their first frames, and pages compiled. */
const SETTLE_MS = 1_000;

let made: HubWorld | undefined;
const world = (): HubWorld => {
  if (made === undefined) throw new Error('`populate` comes first');
  return made;
};

/** A console that counts what it gets; with `lagsMs` it also measures. */
class Counter implements Watcher {
  bytes = 0;
  frames = 0;
  /** The first frame: the snapshot. */
  firstBytes = 0;
  lagsMs: number[] | undefined;
  readonly #seen = new Set<string>();

  patch(view: string, _patch: unknown, body: string): void {
    world().noteSent();
    // As the outbox writes it.
    const length = Buffer.byteLength(body) + view.length + 23;
    this.bytes += length;
    this.frames++;
    this.firstBytes ||= length;
    if (this.lagsMs === undefined) return;
    const atMicros = nowMicros();
    for (const { key, sentMicros } of markersIn(body)) {
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.lagsMs.push((atMicros - sentMicros) / 1000);
    }
  }

  detail(): void {}
}

function open(counter: Counter, filter: string, sort: Sort): { close(): void; readonly isCounting: boolean } {
  const window = { sort, dir: 'desc', before: 0, after: 49 } as const;
  const feed = world().feeds.open(counter, 'v', {
    workspace: WORKSPACE,
    scope: {},
    filter,
    streams: ['totals', 'cities', 'rows'],
    window,
    hidden: [],
  });
  if ('code' in feed) throw new Error(`a view was refused: ${feed.message}`);
  return feed;
}

const SORTS: readonly Sort[] = ['arrived', 'activity', 'time', 'pages', 'country'];
const FILTERS = [
  'country:de',
  'country:us,gb',
  'status:active',
  'browser:safari',
  'os:android',
  'device:phone',
  'page:/demo/products',
  'page:/demo/cart',
  'tent',
  'tarn -45',
  'referrer:google',
  'is:returning',
  '"ridge 2"',
  'city:"city 42"',
  'country:fr browser:chrome',
];
const TYPED = ['germany', 'safari de', 'tarn pack', 'checkout', 'city 4711', 'google phone', 'journal', 'boots'];

/** Agents who type: each key press closes the view of the last one and opens a new one. Answers how to stop. */
function typists(count: number): () => { opened: number } {
  let opened = 0;
  const agents = Array.from({ length: count }, (_, i) => ({
    counter: new Counter(),
    text: TYPED[i % TYPED.length] ?? '',
    at: i % 5,
    feed: open(new Counter(), '', 'arrived'),
  }));
  let next = 0;
  // 20 agents at 150 ms a key: one key every 7.5 ms, in turns.
  const timer = setInterval(() => {
    const agent = agents[next++ % agents.length];
    if (agent === undefined) return;
    agent.at = (agent.at + 1) % (agent.text.length + 1);
    agent.feed.close();
    agent.feed = open(agent.counter, agent.text.slice(0, agent.at), 'arrived');
    opened++;
  }, 150 / count);
  return () => {
    clearInterval(timer);
    for (const agent of agents) agent.feed.close();
    return { opened };
  };
}

/** Lag of a list of newest arrivals while the world goes on. */
async function lagP99(seconds: number): Promise<number> {
  const counter = new Counter();
  const feed = open(counter, '', 'arrived');
  counter.lagsMs = [];
  const marking = setInterval(() => world().mark(), 25);
  await pause(seconds * 1_000);
  clearInterval(marking);
  await pause(500);
  feed.close();
  return percentile(counter.lagsMs, 0.99);
}

const commands = {
  async populate(options: { visits: number; cities: number }) {
    made = new HubWorld({ cities: options.cities });
    await made.start();
    await made.populate(options.visits);
  },
  feed: (eventsPerS: number) => world().feed(eventsPerS),

  /** Bytes a second of one console with everything in view, and the size of a snapshot. */
  async console(seconds: number) {
    const first = new Counter();
    const feed = open(first, '', 'arrived');
    while (feed.isCounting) await pause(20);
    await pause(SETTLE_MS);
    const second = new Counter();
    const again = open(second, '', 'arrived');
    const before = first.bytes;
    await pause(seconds * 1_000);
    const done = {
      bytesPerS: (first.bytes - before) / seconds,
      snapshotBytes: second.firstBytes,
      framesPerS: first.frames / (seconds + SETTLE_MS / 1_000),
    };
    feed.close();
    again.close();
    return done;
  },

  /** 20 views on the go: how long their ticks take and how long the loop stands at worst. */
  async views(seconds: number) {
    const counters: Counter[] = [];
    const feeds = [...SORTS.map((sort) => ({ filter: '', sort })), ...FILTERS.map((filter) => ({ filter, sort: 'arrived' as const }))].map(
      ({ filter, sort }) => {
        const counter = new Counter();
        counters.push(counter);
        return open(counter, filter, sort);
      },
    );
    while (feeds.some((feed) => feed.isCounting)) await pause(50);
    await pause(SETTLE_MS);
    const { turns } = world();
    turns.length = 0;
    const eventsBefore = world().events;
    const beganMs = performance.now();
    const collections: number[] = [];
    const collecting = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) collections.push(entry.duration);
    });
    collecting.observe({ entryTypes: ['gc'] });
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await pause(seconds * 1_000);
    delay.disable();
    collecting.disconnect();
    const tookS = (performance.now() - beganMs) / 1000;
    const ticking = turns.filter((turn) => turn.sent);
    const ticks = ticking.map((turn) => turn.tookMs);
    return {
      tickP50Ms: percentile(ticks, 0.5),
      tickP99Ms: percentile(ticks, 0.99),
      ticks: ticks.length,
      tickCpuP99Ms: percentile(
        ticking.map((turn) => turn.cpuMs),
        0.99,
      ),
      longestTurnCpuMs: percentile(
        turns.map((turn) => turn.cpuMs),
        1,
      ),
      longestTurnMs: percentile(
        turns.map((turn) => turn.tookMs),
        1,
      ),
      longestCollectionMs: percentile(collections, 1),
      stallMs: delay.max / 1e6,
      rssBytes: process.memoryUsage.rss(),
      eventsPerS: (world().events - eventsBefore) / tookS,
      visits: world().live.size,
      bytesPerS: counters.reduce((sum, counter) => sum + counter.bytes, 0) / tookS,
    };
  },

  /** Others' lag without and with 20 agents who type; the views of `views` stay open. */
  async typing(seconds: number) {
    const quietP99Ms = await lagP99(seconds);
    const stop = typists(20);
    const typingP99Ms = await lagP99(seconds);
    return { quietP99Ms, typingP99Ms, ...stop() };
  },
};
export type HubCommands = typeof commands;
servePart(commands);
