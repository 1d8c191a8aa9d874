/** Nodes with everything real but their sockets and their disk: what a browser and a dashboard say goes in, what they would hear comes out. For tests. */
import { randomInt } from 'node:crypto';
import { maskAddress } from '@foyer/domain/privacy';
import {
  type CloseKind,
  type ConsoleDown,
  type ConsoleUp,
  type Hello,
  leftOutReason,
  type Role,
  type Scope,
  type Settings,
  type VisitorDown,
  type VisitorUp,
  type You,
} from '@foyer/protocol';
import { pino } from 'pino';
import { LocalNetwork } from '../adapters/bus-local.ts';
import { FakeClock } from '../adapters/fake-clock.ts';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { HistoryWriter } from '../history/writer.ts';
import { Colleagues } from '../live/colleagues.ts';
import { Feeds } from '../live/feeds.ts';
import { LiveReadsOf } from '../live/live-reads.ts';
import { LiveNode } from '../live/node.ts';
import { PastFeeds } from '../live/past-feeds.ts';
import { SettingsWatch } from '../live/settings-watch.ts';
import { ChatSideOf, type ChatSideDeps } from '../chat/chat-side.ts';
import type { Bus } from '../ports/bus.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { Socket } from '../ports/socket.ts';
import { Directory } from '../team/directory.ts';
import { SiteRules } from '../team/site-rules.ts';
import { SiteIdentities, type IdentityStore } from '../team/site-identities.ts';
import type { IdentitySecret } from '../ports/team-store.ts';
import { newSettings } from '../team/settings.ts';
import { aSite } from '../team/team.testkit.ts';
import { Consoles } from './console/consoles.ts';
import { ConsoleSession } from './console/console-session.ts';
import type { AssessDeps } from './visitor/deps.ts';
import type { GateDeps, Knock } from './visitor/gate.ts';
import { Greetings } from './visitor/greetings.ts';
import { Identities } from './visitor/identities.ts';
import { Polls } from './visitor/polls.ts';
import { TabRegistry } from './visitor/tab-registry.ts';
import type { Handshake, TabSession } from './visitor/tab-session.ts';

export const WORKSPACE = 'w';
export const RETRY = { minMs: 100, maxMs: 5_000 };
export const SITE = aSite({ id: 's1', key: 'key-1', domain: 'shop.test', params: ['color'] });
export const OTHER_SITE = aSite({ id: 's2', key: 'key-2', domain: 'blog.test', createdAt: 2 });
const CITIES = ['Berlin', 'Paris', 'Lima'];
const quiet = pino({ level: 'silent' });
const count = { inc() {} };

/** A socket that keeps what it was given. `isSlow`: as when the peer does not read. */
export class HeldSocket<Down> implements Socket {
  readonly heard: Down[] = [];
  readonly texts: string[] = [];
  isSlow = false;
  closed: { code: number; advice: { code: string; minMs?: number; maxMs?: number } } | null = null;

  send(text: string): 'sent' | 'queued' | 'closed' {
    if (this.closed) return 'closed';
    this.texts.push(text);
    this.heard.push(JSON.parse(text) as Down);
    return this.isSlow ? 'queued' : 'sent';
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, advice: JSON.parse(reason) as { code: string } };
  }

  /** What came since the last look. */
  news(): Down[] {
    return this.heard.splice(0);
  }
}

export class TestTab extends HeldSocket<VisitorDown> {
  session!: TabSession;
  /** The last one it heard. */
  you: You | undefined;

  override send(text: string): 'sent' | 'queued' | 'closed' {
    const answer = super.send(text);
    const frame = this.heard.at(-1);
    if (frame?.t === 'you') this.you = frame;
    return answer;
  }

  say(...frames: VisitorUp[]): VisitorDown[] {
    for (const frame of frames) this.session.text(JSON.stringify(frame));
    return this.news();
  }

  of<T extends VisitorDown['t']>(t: T, frames: readonly { readonly t: string }[] = this.heard): Extract<VisitorDown, { t: T }>[] {
    return frames.filter((frame): frame is Extract<VisitorDown, { t: T }> => frame.t === t);
  }
}

export class TestConsole extends HeldSocket<ConsoleDown> {
  session!: ConsoleSession;

  say(...frames: ConsoleUp[]): ConsoleDown[] {
    for (const frame of frames) this.session.text(JSON.stringify(frame));
    return this.news();
  }
}

export function aHello(over: Partial<Hello> = {}): Hello {
  return {
    t: 'hello',
    v: 1,
    tab: 'tab00001',
    pages: [{ n: 1, url: 'https://shop.test/', title: 'Home' }],
    lang: 'de',
    tz: 'Europe/Berlin',
    screen: [1920, 1080, 2],
    hidden: false,
    focused: true,
    ...over,
  };
}

export interface TestWorld {
  readonly clock: FakeClock;
  readonly network: { join(node: string): Bus };
  readonly history: HistoryStore;
}
export function aWorld(over: Partial<TestWorld> = {}): TestWorld {
  return { clock: new FakeClock(Date.UTC(2026, 0, 1, 12)), network: new LocalNetwork(), history: memoryHistory(), ...over };
}

/** As the store's, for one site after the other. */
class IdentitiesInMemory implements IdentityStore {
  readonly #secrets = new Map<string, IdentitySecret>();
  readonly #subjects = new Map<string, string>();

  async identitySecrets(): Promise<IdentitySecret[]> {
    return [...this.#secrets.values()];
  }

  async identitySecret({ site, make, now }: { site: string; make: string; now: number }): Promise<IdentitySecret> {
    const known = this.#secrets.get(site) ?? { site, secret: make, madeAt: now, before: '', beforeUntil: 0 };
    this.#secrets.set(site, known);
    return known;
  }

  async rotateIdentitySecret(q: { site: string; make: string; now: number; beforeUntil: number }): Promise<IdentitySecret> {
    const { secret: before } = await this.identitySecret(q);
    const after = { site: q.site, secret: q.make, madeAt: q.now, before, beforeUntil: q.beforeUntil };
    this.#secrets.set(q.site, after);
    return after;
  }

  async claimVisitor({ visitor, subject }: { visitor: string; subject: string }): Promise<boolean> {
    if (!this.#subjects.has(visitor)) this.#subjects.set(visitor, subject);
    return this.#subjects.get(visitor) === subject;
  }
}

let visitors = 0;

export async function aNode(
  options: {
    world?: TestWorld;
    name?: string;
    settings?: Partial<Settings>;
    trackingInPlan?: boolean;
    history?: Partial<HistoryStore>;
    assess?: AssessDeps;
    /** Shared by nodes of one world that have one. */
    identities?: IdentityStore;
    /** With chat: the store of its conversations, and who is a member. */
    chat?: Pick<ChatSideDeps, 'store' | 'team'> & Partial<ChatSideDeps>;
  } = {},
) {
  const { clock, network, history: shared } = options.world ?? aWorld();
  const history: HistoryStore = { ...shared, ...options.history };
  const name = options.name ?? 'node-1';
  const outages: { what: string; cause: unknown }[] = [];
  const refusals: CloseKind[] = [];
  const counts = { frames: 0, hellos: 0, consoleFrames: 0, refused: (kind: CloseKind) => void refusals.push(kind) };
  const directory = await Directory.open({
    clock,
    log: quiet,
    store: {
      loadAll: async () => ({
        workspaces: [
          {
            id: WORKSPACE,
            name: 'Fernhill',
            settings: { ...newSettings('UTC'), tracking: true, ...options.settings },
            trackingInPlan: options.trackingInPlan ?? true,
            createdAt: 1,
          },
        ],
        sites: [SITE, OTHER_SITE],
        blocks: [],
        looks: new Map(),
        contexts: new Map(),
        goals: new Map(),
      }),
      putWorkspace: async () => {},
      putSite: async () => {},
      deleteSite: async () => {},
      putBlock: async () => {},
      deleteBlock: async () => {},
      dropEndedBlocks: async () => 0,
      putLook: async () => {},
      putContexts: async () => {},
      putGoals: async () => {},
      siteSeen: async () => true,
      teamAddresses: async () => [],
    },
  });
  const siteRules = new SiteRules(directory, clock);
  const writer = new HistoryWriter({
    store: history,
    clock,
    log: quiet,
    counters: { written: count, retried: count, dropped: count, lost: count },
    onStored: (records) => live.stored(records),
  });
  const live: LiveNode = new LiveNode({
    bus: network.join(name),
    clock,
    epoch: `${name}-epoch`,
    random: () => randomInt(2 ** 32),
    history,
    writer,
    retryMaxMs: RETRY.maxMs,
    onArrival: (site, now) => directory.markSeen(site, now),
    judge: siteRules.judge,
    sitesOf: (workspace) => directory.sites(workspace),
    onOutage: (what, cause) => void outages.push({ what, cause }),
  });
  const feeds = new Feeds(live, (workspace) => directory.sites(workspace));
  const pasts = new PastFeeds({
    store: history,
    clock,
    now: () => live.now(),
    timeZoneOf: (workspace) => directory.settings(workspace)?.timeZone ?? 'UTC',
    onOutage: (what, cause) => void outages.push({ what, cause }),
  });
  const consoles = new Consoles();
  const greetings = new Greetings(directory, RETRY, siteRules.kept);
  const identities = new Identities({ visitor: 'k1', resume: 'k2' });
  const people = await new SiteIdentities({
    store: options.identities ?? new IdentitiesInMemory(),
    clock,
    onRefused: (site) => directory.installMayHaveChanged(site),
    onOutage: (cause) => void outages.push({ what: 'claimVisitor', cause }),
  }).open();
  const assess: AssessDeps = {
    geo: {
      lookup: (address) => {
        const city = CITIES[Number(address.split('.')[3]) % CITIES.length]!;
        return {
          place: `XX||${city.toLowerCase()}`,
          city,
          region: '',
          country: 'XX',
          lat: 1,
          lon: 2,
          approximate: false,
          organisation: '',
        };
      },
    },
    describeAgent: () => ({ browser: 'Firefox', browserVersion: '140', os: 'Linux', osVersion: '', device: 'desktop' }),
    maskAddress,
    leftOut: ({ userAgent }) => (userAgent.includes('bot') ? [leftOutReason('bot', 'Testbot')] : []),
    ...options.assess,
  };
  const reads = new LiveReadsOf(feeds, live, clock);
  const colleagues = new Colleagues({
    live,
    clock,
    onChanged: (workspace, what) => consoles.changed(workspace, what),
    onSeen: (...seen) => chat?.seen(...seen),
  });
  const chat: ChatSideOf | undefined =
    options.chat &&
    new ChatSideOf({
      live,
      clock,
      directory,
      colleagues,
      reads,
      identities,
      assess,
      pageOf: siteRules.pageOf,
      key: 'k3',
      embedPath: '/foyer.js',
      dropFiles: () => {},
      mailTranscript: async () => false,

      onOutage: (what, cause) => void outages.push({ what, cause }),
      ...options.chat,
    });
  const tabs = new TabRegistry(
    {
      ...assess,
      clock,
      live,
      directory,
      identities,
      people,
      greetings,
      goalOf: siteRules.goalOf,
      pageOf: siteRules.pageOf,
      ...(chat ? { openChat: chat.openTab, isAwaited: chat.isAwaited } : {}),
      shared: (text) => text,
      retry: RETRY,
      counts,
    },
    live,
  );
  live.attach(tabs, feeds, colleagues);
  const gateState = { isFull: false, mayConnect: true };
  const gate: GateDeps = { directory, clock, mayConnect: () => gateState.mayConnect, isFull: () => gateState.isFull };
  const polls = new Polls({ tabs, gate, clock, retry: RETRY });
  const watch = new SettingsWatch({
    directory,
    live,
    tabs,
    consoles,
    greetings,
    history,
    onOutage: (cause) => void outages.push({ what: 'setZone', cause }),
  });
  await live.start();
  await chat?.start();

  return {
    chat,
    clock,
    network,
    history,
    directory,
    siteRules,
    people,
    live,
    feeds,
    colleagues,
    consoles,
    greetings,
    tabs,
    polls,
    gate,
    gateState,
    watch,
    outages,
    refusals,
    counts,
    writer,
    reads,

    tab(over: Partial<Handshake> = {}): TestTab {
      const tab = new TestTab();
      tab.session = tabs.open(tab, { ...aShake(), ...over });
      return tab;
    },
    /** A visitor who has arrived. `n` chooses the city: 0 Berlin, 1 Paris, 2 Lima. */
    arrive(n = 0, over: Partial<Hello> = {}): TestTab {
      const tab = this.tab({ address: `203.0.113.${n}`, addressHash: `hash-${n}` });
      tab.say(aHello({ tab: `tab-${String(++visitors).padStart(6, '0')}`, ...over }));
      return tab;
    },
    console(role: Role = 'owner', over: { session?: string; user?: string; name?: string; workspace?: string } = {}): TestConsole {
      const { session = 'session-1', user = 'user-1', name = 'Olga', workspace = WORKSPACE } = over;
      const console = new TestConsole();
      console.session = new ConsoleSession(
        {
          feeds,
          pasts,
          colleagues,
          clock,
          now: () => live.now(),
          epoch: live.epoch,
          retry: RETRY,
          counts,
          hasSite: (of, site) => directory.site(site)?.workspace === of,
          hasTracking: (of) => directory.workspace(of)?.trackingInPlan === true,
          ...(chat
            ? { openChat: (...of) => chat.openConsole(...of, { address: '203.0.113.9', userAgent: 'Mozilla/5.0 Firefox/140.0' }) }
            : {}),
          onClosed: (closed) => consoles.delete(closed),
        },
        console,
        { user: { id: user, name, email: 'olga@fernhill.test' }, session, workspace, role },
      );
      consoles.add(console.session);
      return console;
    },
    change: (over: Partial<Settings>) =>
      directory.changeWorkspace(WORKSPACE, ({ name: same, settings }) => ({ name: same, settings: { ...settings, ...over } })),
    /** Listed visits as an owner sees them. */
    async listed(filter = '', scope: Scope = {}) {
      const found = await this.reads.list({
        workspace: WORKSPACE,
        scope,
        filter,
        sort: 'arrived',
        dir: 'asc',
        limit: 1_000,
        hidden: [],
      });
      if (!found.ok) throw new Error(found.error.message);
      return found.value.rows;
    },
  };
}
export type TestNode = Awaited<ReturnType<typeof aNode>>;

function aShake(): Handshake {
  return {
    site: SITE,
    address: '203.0.113.0',
    addressHash: 'hash-0',
    userAgent: 'Mozilla/5.0 (test)',
    acceptLanguage: 'de',
    secGpc: undefined,
    dnt: undefined,
  };
}
export function aKnock(over: Partial<Knock> = {}): Knock {
  const { site, ...rest } = aShake();
  return { siteKey: site.key, version: 1, origin: 'https://shop.test', ...rest, ...over };
}
