import { createRandom, DEVICES, FERNHILL, type Random, shopMap } from '@foyer/domain/simulate';
import type { Fact, LiveNode } from '@foyer/server';
import { markTitle } from '../../tools/swarm/marker.ts';

type Announcement = (Fact & { k: 'announce' })['a'];
type Key = (Fact & { k: 'act' })['key'];
export type Place = Announcement['facts']['place'];

/** Distinct addresses of a large shop. */
const PAGES = 2_000;
/** A list of newest arrivals shows at least these. */
const NEWEST = 40;
/** New visitors a second, at any size: what a window of newest arrivals costs must not depend on it. */
const ARRIVALS_PER_S = 10;
/** Above the numbers of a registry's own sockets, should it have some. */
const FIRST_SOCKET = 1_000_000_000;
/** How often events are made up. */
const FEED_EVERY_MS = 2;

export interface FactWorldOptions {
  readonly live: Pick<LiveNode, 'fact' | 'name' | 'now'>;
  readonly workspace: string;
  readonly site: string;
  /** Where the nth visitor is. */
  readonly placeOf: (n: number) => Place;
  /** How many stay away at a time before the first of them comes back; 0: who leaves is back within the grace. */
  readonly away: number;
}

/** A shop full of people, told to a live core as its edge would tell it: facts, without sockets. The same facts in the same order each time. */
export class FactWorld {
  readonly #options: FactWorldOptions;
  readonly #random: Random = createRandom(7);
  readonly #keys: Key[] = [];
  readonly #pageOf: number[] = [];
  /** Who left, oldest first, from `#goneFrom` on. */
  readonly #gone: number[] = [];
  #goneFrom = 0;
  readonly #pages: { url: string; title: string }[];
  #feeding: NodeJS.Timeout | undefined;
  #fed = 0;
  #marks = 0;

  constructor(options: FactWorldOptions) {
    this.#options = options;
    const real = shopMap(FERNHILL).all;
    this.#pages = Array.from({ length: PAGES }, (_, i) => {
      const page = real[i % real.length] ?? real[0];
      return { url: `https://shop.example/demo/${page?.path}${i < real.length ? '' : `v${i}/`}`, title: `${page?.title} ${i}` };
    });
  }

  get visits(): number {
    return this.#keys.length;
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
    }, FEED_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#feeding);
  }

  arrive(): void {
    const i = this.#keys.length;
    this.#keys.push({
      visitor: `v${i.toString(36).padStart(20, '0')}`,
      tab: `t${i.toString(36).padStart(11, '0')}`,
      edge: this.#options.live.name,
      socket: FIRST_SOCKET + i,
    });
    this.#pageOf.push(1);
    this.#announce(i);
  }

  /** A page view of one of the newest visits, whose title says when it happened. */
  mark(): void {
    const i = this.#keys.length - 1 - (this.#marks++ % NEWEST);
    const page = this.#page();
    this.#view(i, page.url, markTitle(page.title, this.#marks));
  }

  #event(): void {
    this.#fed++;
    const { live, workspace, away } = this.#options;
    const draw = this.#random.next();
    const i = this.#random.int(0, this.#keys.length - 1);
    const key = this.#keys[i] as Key;
    if (draw < 0.72) {
      const page = this.#page();
      this.#view(i, page.url, page.title);
    } else if (draw < 0.86) live.fact({ k: 'act', workspace, key });
    else if (draw < 0.93) live.fact({ k: 'state', workspace, key, hidden: draw < 0.9, focused: draw >= 0.9 });
    else if (draw < 0.965 || this.#gone.length - this.#goneFrom <= away) {
      live.fact({ k: 'gone', workspace, key });
      this.#gone.push(i);
    } else {
      this.#announce(this.#gone[this.#goneFrom++] ?? 0);
      // Who came back is forgotten in one go: taking them off the front would move everybody behind them each time.
      if (this.#goneFrom > 10_000) this.#goneFrom -= this.#gone.splice(0, this.#goneFrom).length;
    }
  }

  #view(i: number, url: string, title: string): void {
    const n = (this.#pageOf[i] ?? 1) + 1;
    this.#pageOf[i] = n;
    const { live, workspace } = this.#options;
    live.fact({ k: 'page', workspace, key: this.#keys[i] as Key, page: { n, url, title, agoMs: 0 } });
  }

  #page(): { url: string; title: string } {
    // Few pages get most of the visits.
    const at = Math.floor(this.#random.next() ** 3 * PAGES);
    return this.#pages[at] ?? { url: '', title: '' };
  }

  #announce(i: number): void {
    const device = DEVICES[(i * 7) % DEVICES.length];
    const page = this.#page();
    const { live, workspace, site, placeOf } = this.#options;
    const hosts = ['', '', '', 'www.google.com', 'www.bing.com', 'duckduckgo.com', 'www.reddit.com', `blog${i % 300}.example`];
    const host = hosts[i % hosts.length] ?? '';
    live.fact({
      k: 'announce',
      workspace,
      addressHash: '',
      a: {
        ...(this.#keys[i] as Key),
        since: live.now(),
        facts: {
          site,
          place: placeOf(i),
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
}
