import { createRandom, DEVICES, FERNHILL, ORIGINS, type Random, shopMap } from '@foyer/domain/simulate';
import { type Fact, Feeds, LiveNode, LocalNetwork, systemClock } from '@foyer/server';
import { markTitle } from '../../tools/swarm/marker.ts';
import { PacedStore } from './paced-store.ts';

type Announcement = (Fact & { k: 'announce' })['a'];
type Key = (Fact & { k: 'act' })['key'];

export const WORKSPACE = 'bench';
const SITE = 'site';
const EDGE = 'node';
/** Distinct addresses of a large shop. */
const PAGES = 2_000;
/** A list of newest arrivals shows at least these. */
const NEWEST = 40;
/** New visitors a second, at any size: what a window of newest arrivals costs must not depend on it. */
const ARRIVALS_PER_S = 10;

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
  readonly #random: Random = createRandom(7);
  readonly #cities: Announcement['facts']['place'][];
  readonly #keys: Key[] = [];
  readonly #pageOf: number[] = [];
  readonly #gone: number[] = [];
  readonly #pages: { url: string; title: string }[];
  #met = 0;
  #sentInTurn = false;
  #feeding: NodeJS.Timeout | undefined;
  #fed = 0;
  #marks = 0;

  constructor(options: { cities: number }) {
    this.#cities = Array.from({ length: options.cities }, (_, i) => aCity(i));
    const real = shopMap(FERNHILL).all;
    this.#pages = Array.from({ length: PAGES }, (_, i) => {
      const page = real[i % real.length] ?? real[0];
      return { url: `https://shop.example/demo/${page?.path}${i < real.length ? '' : `v${i}/`}`, title: `${page?.title} ${i}` };
    });
    this.live = new LiveNode({
      bus: new LocalNetwork().join(EDGE),
      clock: this.#timedClock(),
      epoch: 'bench',
      random: () => this.#random.int(0, 0xffff_ffff),
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
  }

  async start(): Promise<void> {
    await this.live.start();
  }

  /** That many visits, each with a tab and a page. Cost: about 10 µs a visit, in slices so that timers run. */
  async populate(visits: number): Promise<void> {
    while (this.#keys.length < visits) {
      for (let i = 0; i < 1_000 && this.#keys.length < visits; i++) this.arrive();
      // Look-ups have a bound of their own; running ahead of it would leave visits without their number.
      do await new Promise<void>((resolve) => setImmediate(resolve));
      while (this.#keys.length - this.#met > 20_000);
    }
    // The last ones' first writes come with the next look at what is due.
    await new Promise<void>((resolve) => setTimeout(resolve, 500));
    this.#store.isBoundless = false;
  }

  get events(): number {
    return this.#fed;
  }

  /** Open loop at this rate, on the clock, until `stop`. */
  feed(eventsPerS: number): void {
    const beganMs = performance.now();
    let done = 0;
    let arrived = 0;
    this.#feeding = setInterval(() => {
      const seconds = (performance.now() - beganMs) / 1000;
      for (; done < eventsPerS * seconds; done++) this.#event();
      for (; arrived < ARRIVALS_PER_S * seconds; arrived++) this.arrive();
    }, 2);
  }

  stop(): void {
    clearInterval(this.#feeding);
  }

  arrive(): void {
    const i = this.#keys.length;
    const key: Key = {
      visitor: `v${i.toString(36).padStart(20, '0')}`,
      tab: `t${i.toString(36).padStart(11, '0')}`,
      edge: EDGE,
      socket: i,
    };
    this.#keys.push(key);
    this.#pageOf.push(1);
    this.#announce(i);
  }

  /** A page view of one of the newest visits, whose title says when it happened. */
  mark(): void {
    const i = this.#keys.length - 1 - (this.#marks++ % NEWEST);
    const page = this.#page();
    this.#view(i, page.url, markTitle(page.title, this.#marks));
  }

  /** Called by whoever receives patches, so that turns which sent something are known. */
  noteSent(): void {
    this.#sentInTurn = true;
  }

  #event(): void {
    this.#fed++;
    const draw = this.#random.next();
    const i = this.#random.int(0, this.#keys.length - 1);
    const key = this.#keys[i] as Key;
    if (draw < 0.72) {
      const page = this.#page();
      this.#view(i, page.url, page.title);
    } else if (draw < 0.86) this.live.fact({ k: 'act', workspace: WORKSPACE, key });
    else if (draw < 0.93) this.live.fact({ k: 'state', workspace: WORKSPACE, key, hidden: draw < 0.9, focused: draw >= 0.9 });
    else if (draw < 0.965 || this.#gone.length === 0) {
      this.live.fact({ k: 'gone', workspace: WORKSPACE, key });
      this.#gone.push(i);
    } else this.#announce(this.#gone.shift() ?? 0);
  }

  #view(i: number, url: string, title: string): void {
    const n = (this.#pageOf[i] ?? 1) + 1;
    this.#pageOf[i] = n;
    this.live.fact({ k: 'page', workspace: WORKSPACE, key: this.#keys[i] as Key, page: { n, url, title, agoMs: 0 } });
  }

  #page(): { url: string; title: string } {
    // Few pages get most of the visits.
    const at = Math.floor(this.#random.next() ** 3 * PAGES);
    return this.#pages[at] ?? { url: '', title: '' };
  }

  #announce(i: number): void {
    const device = DEVICES[(i * 7) % DEVICES.length];
    const page = this.#page();
    const city = this.#cities[(i * 7_919) % this.#cities.length] as Announcement['facts']['place'];
    const hosts = ['', '', '', 'www.google.com', 'www.bing.com', 'duckduckgo.com', 'www.reddit.com', `blog${i % 300}.example`];
    const host = hosts[i % hosts.length] ?? '';
    this.live.fact({
      k: 'announce',
      workspace: WORKSPACE,
      addressHash: '',
      a: {
        ...(this.#keys[i] as Key),
        since: this.live.now(),
        facts: {
          site: SITE,
          place: city,
          referrer: host === '' ? '' : `https://${host}/`,
          referrerHost: host,
          campaign: '',
          lang: ['en-US', 'de-DE', 'fr-FR', 'ja-JP'][i % 4] ?? '',
          timeZone: 'Europe/Vienna',
          screen: '1920 × 1080',
          browser: ['Chrome', 'Safari', 'Firefox', 'Edge'][i % 4] ?? '',
          browserVersion: `${140 + (i % 9)}`,
          os: ['Windows', 'iOS', 'Android', 'macOS', 'Linux'][i % 5] ?? '',
          osVersion: '',
          device: device?.mobile === true ? 'Phone' : 'Desktop',
          ip: `198.51.${i % 250}.0`,
          organisation: '',
          source: 'Widget',
          filtered: '',
        },
        resume: null,
        pages: [{ n: this.#pageOf[i] ?? 1, url: page.url, title: page.title, agoMs: 0 }],
        hidden: false,
        focused: true,
        idleMs: 0,
      },
    });
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

function aCity(i: number): Announcement['facts']['place'] {
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
