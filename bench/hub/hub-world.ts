import { createRandom, ORIGINS } from '@foyer/domain/simulate';
import { Feeds, LiveNode, LocalNetwork, systemClock } from '@foyer/server';
import { FactWorld, type Place } from './fact-world.ts';
import { PacedStore } from './paced-store.ts';

export const WORKSPACE = 'bench';

/** How long each of the live core's own turns of the loop took, and whether it sent anything. */
export interface Turn {
  readonly tookMs: number;
  /** Of these, on the CPU: what a neighbour on the machine cannot add to. */
  readonly cpuMs: number;
  readonly sent: boolean;
}

/**
 * HubWorld — the live core of a server in this process, fed with facts as its edge would, without sockets and without a store.
 *
 * Purpose  what views cost by themselves: presence, board, views, merge and encoding are the server's own.
 * Absent   parsing, sockets and SQLite, which is replaced by something as slow.
 */
export class HubWorld {
  readonly live: LiveNode;
  readonly feeds: Feeds;
  readonly turns: Turn[] = [];
  readonly #store = new PacedStore((records) => this.live.stored(records));
  readonly #world: FactWorld;
  #met = 0;
  #sentInTurn = false;

  constructor(options: { cities: number }) {
    const ids = createRandom(8);
    const cities = Array.from({ length: options.cities }, (_, i) => aCity(i));
    this.live = new LiveNode({
      bus: new LocalNetwork().join('node'),
      clock: this.#timedClock(),
      epoch: 'bench',
      random: () => ids.int(0, 0xffff_ffff),
      history: {
        meetVisitors: async (batch) => {
          this.#met += batch.length;
          return batch.map(({ workspace, visitor, startedAt }) => ({
            workspace,
            visitor,
            number: this.#met,
            visits: 1,
            firstVisitAt: startedAt,
            previousVisitAt: 0,
            name: '',
            identity: '',
          }));
        },
        recentVisits: async () => [],
        visitsById: async () => [],
      },
      writer: this.#store,
      retryMaxMs: 5_000,
      onArrival: () => {},
      onOutage: (what, cause) => {
        throw new Error(`the bench's store refused ${what}`, { cause });
      },
    });
    this.feeds = new Feeds(this.live, () => []);
    this.live.attach({ note: () => {}, announcements: () => [], rehome: () => {} }, this.feeds);
    this.#world = new FactWorld({
      live: this.live,
      workspace: WORKSPACE,
      site: 'site',
      placeOf: (n) => cities[(n * 7_919) % cities.length] as Place,
      away: 0,
    });
  }

  async start(): Promise<void> {
    await this.live.start();
  }

  /** That many visits, each with a tab and a page. Cost: about 10 µs a visit, in slices so that timers run. */
  async populate(visits: number): Promise<void> {
    while (this.#world.visits < visits) {
      for (let i = 0; i < 1_000 && this.#world.visits < visits; i++) this.#world.arrive();
      // Look-ups have a bound of their own; running ahead of it would leave visits without their number.
      do await new Promise<void>((resolve) => setImmediate(resolve));
      while (this.#world.visits - this.#met > 20_000);
    }
    // The last ones' first writes come with the next look at what is due.
    await new Promise<void>((resolve) => setTimeout(resolve, 500));
    this.#store.isBoundless = false;
  }

  get events(): number {
    return this.#world.events;
  }

  feed(eventsPerS: number): void {
    this.#world.feed(eventsPerS);
  }

  mark(): void {
    this.#world.mark();
  }

  /** Called by whoever receives patches, so that turns which sent something are known. */
  noteSent(): void {
    this.#sentInTurn = true;
  }

  /** The system's clock; each of the core's own timers is timed. */
  #timedClock(): typeof systemClock {
    const timed = (run: () => void) => () => {
      const beganMs = performance.now();
      const cpuBefore = process.threadCpuUsage();
      this.#sentInTurn = false;
      run();
      const { user, system } = process.threadCpuUsage(cpuBefore);
      this.turns.push({ tookMs: performance.now() - beganMs, cpuMs: (user + system) / 1_000, sent: this.#sentInTurn });
    };
    return {
      now: () => systemClock.now(),
      mono: () => systemClock.mono(),
      setTimeout: (run, ms) => systemClock.setTimeout(timed(run), ms),
      setInterval: (run, ms) => systemClock.setInterval(timed(run), ms),
    };
  }
}

function aCity(i: number): Place {
  const { country } = ORIGINS[(i * 31) % ORIGINS.length] ?? { country: 'DE' };
  const city = `City ${i}`;
  return {
    id: `${country}|Region ${i % 40}|${city}`,
    city,
    region: `Region ${i % 40}`,
    country,
    lat: (i * 37) % 70,
    lon: ((i * 53) % 360) - 180,
    approximate: false,
  };
}
