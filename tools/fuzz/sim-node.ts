import { maskAddress } from '../../packages/domain/src/privacy/index.ts';
import { type Settings, type Site, WIDGET_LOOK } from '../../packages/protocol/src/index.ts';
import type { FakeClock } from '../../packages/server/src/adapters/fake-clock.ts';
import { Greetings } from '../../packages/server/src/edge/visitor/greetings.ts';
import { Identities } from '../../packages/server/src/edge/visitor/identities.ts';
import { TabRegistry } from '../../packages/server/src/edge/visitor/tab-registry.ts';
import { HistoryWriter } from '../../packages/server/src/history/writer.ts';
import { Colleagues } from '../../packages/server/src/live/colleagues.ts';
import { Feeds } from '../../packages/server/src/live/feeds.ts';
import { LiveNode } from '../../packages/server/src/live/node.ts';
import type { HistoryStore } from '../../packages/server/src/ports/history-store.ts';
import type { SiteRecord } from '../../packages/server/src/ports/team-store.ts';
import type { Random } from './random.ts';
import type { SimNetwork } from './sim-bus.ts';

export const WORKSPACE = 'w1';
export const SITE: SiteRecord = {
  id: 's1',
  key: 'key',
  name: 'Shop',
  domain: 'shop.test',
  origins: [],
  params: [],
  hashRouting: false,
  countAutomated: false,
  createdAt: 0,
  seenAt: null,
  workspace: WORKSPACE,
} satisfies Site & { workspace: string };

export const KEYS = { visitor: 'k1', resume: 'k2' };

const SETTINGS: Settings = {
  tracking: true,
  timeZone: 'UTC',
  excludeOwnTeam: false,
  excludedAddresses: [],
  ipMask: 'default',
  signals: 'limit',
  cookieless: false,
  keepVisitsDays: 90,
  resolvedHoldMs: 0,
};
const CITIES = ['Berlin', 'Paris', 'Lima', 'Osaka', ''];
const quiet = { info() {}, warn() {}, error() {} };
const count = { inc() {} };

/** Secrets by the seed, so that the homes they lead to are the same in every run. */
class SeededIdentities extends Identities {
  readonly #random: Random;

  constructor(random: Random) {
    super(KEYS);
    this.#random = random;
  }

  override newSecret(): string {
    return `secret-${this.#random.int(2 ** 31)}`;
  }
}

/** One server process without its sockets and its disk: everything between them is the real thing. */
export class SimNode {
  readonly name: string;
  readonly live: LiveNode;
  readonly tabs: TabRegistry;
  readonly feeds: Feeds;
  readonly colleagues: Colleagues;
  isDead = false;

  constructor(options: { name: string; network: SimNetwork; clock: FakeClock; history: HistoryStore; random: Random }) {
    const { clock, random } = options;
    this.name = options.name;
    const retry = { minMs: 100, maxMs: 5_000 };
    const writer = new HistoryWriter({
      store: options.history,
      clock,
      log: quiet,
      counters: { written: count, retried: count, dropped: count, lost: count },
      onStored: (records) => {
        if (!this.isDead) this.live.stored(records);
      },
    });
    this.live = new LiveNode({
      bus: options.network.join(options.name),
      clock,
      epoch: `${options.name}-epoch`,
      random: () => random.int(2 ** 32),
      history: options.history,
      writer: { put: (record) => void (this.isDead || writer.put(record)), pending: 0 },
      retryMaxMs: retry.maxMs,
      onArrival() {},
      onOutage(what, cause) {
        throw new Error(what, { cause });
      },
    });
    this.feeds = new Feeds(this.live, () => []);
    this.tabs = new TabRegistry(
      {
        clock,
        live: this.live,
        directory: { settings: () => SETTINGS, isVisitorBlocked: () => false },
        identities: new SeededIdentities(random),
        goalOf: () => null,
        pageOf: (_, url) => url,
        people: { proves: () => false, claim: async () => 'unknown' },
        greetings: new Greetings({ settings: () => SETTINGS, look: () => WIDGET_LOOK }, retry, () => '^utm_.*'),
        geo: {
          lookup: (address) => {
            const city = CITIES[Number(address.split('.')[3]) % CITIES.length]!;
            return {
              place: city && `XX||${city.toLowerCase()}`,
              city,
              region: '',
              country: city && 'XX',
              lat: 1,
              lon: 2,
              approximate: false,
              organisation: '',
            };
          },
        },
        describeAgent: () => ({ browser: 'Firefox', browserVersion: '1', os: 'Linux', osVersion: '', device: 'desktop' }),
        maskAddress,
        leftOut: () => [],
        shared: (text) => text,
        retry,
        counts: { frames: 0, hellos: 0, refused() {} },
      },
      this.live,
    );
    this.colleagues = new Colleagues({ live: this.live, clock, onChanged() {} });
    this.live.attach(this.tabs, this.feeds, this.colleagues);
  }
}
