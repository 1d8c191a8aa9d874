import { expect, test } from 'vitest';
import { FakeClock } from '../../packages/server/src/adapters/fake-clock.ts';
import { memoryHistory } from '../../packages/server/src/adapters/store-memory/index.ts';
import { Identities } from '../../packages/server/src/edge/visitor/identities.ts';
import { Analytics } from '../../packages/server/src/history/analytics.ts';
import { expectFigures } from '../../packages/server/src/history/analytics.testkit.ts';
import { aVisit } from '../../packages/server/src/ports/history-store.testkit.ts';
import type { HistoryStore, VisitRecord } from '../../packages/server/src/ports/history-store.ts';
import { Random } from './random.ts';
import { SimNetwork } from './sim-bus.ts';
import { KEYS, SimNode, SITE, WORKSPACE } from './sim-node.ts';
import { type SimBrowser, SimTab } from './sim-tab.ts';

const soak = process.env['FOYER_FUZZ_SEEDS'] !== undefined;
const SEEDS = soak ? 40 : 4;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'];
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Clocks go back in Berlin in the night between. */
const FROM = Date.UTC(2026, 9, 24, 15);
const FOR_MS = 20 * HOUR;
const BROWSERS = 40;
/** Silence after which what comes is another visit, and how near to it nothing is done: who keeps the time may be a moment late. */
const VISIT_ENDS_MS = 30 * MINUTE;
const NEAR_MS = 2 * MINUTE;
/** What a server knew for this long is stored. */
const STORED_AFTER_MS = 15 * SECOND;

interface Person {
  readonly browser: SimBrowser;
  tabs: SimTab[];
  nextAt: number;
  /** What they did, and when; the path of a page, or null. */
  readonly did: { readonly at: number; readonly path: string | null }[];
}

/** A shop's visitors, whose server is killed now and then. What they did is their own log, by their own clock. */
class Shop {
  readonly clock = new FakeClock(FROM);
  readonly history = memoryHistory();
  readonly people: Person[];
  readonly #random: Random;
  readonly #jumps: readonly number[];
  readonly #isKilled: boolean;
  #node: SimNode | null = null;
  #made = 0;
  #lastLeftAt = 0;
  #wrongBy = 0;
  #trueOffset = 0;
  kills = 0;

  constructor(seed: number, { jumps, isKilled }: { jumps: readonly number[]; isKilled: boolean }) {
    this.#random = new Random(seed);
    this.#jumps = jumps;
    this.#isKilled = isKilled;
    this.#trueOffset = FROM - this.clock.mono();
    this.people = Array.from({ length: BROWSERS }, (_, no) => ({
      browser: { no, secret: undefined, resume: undefined },
      tabs: [],
      nextAt: FROM + this.#random.int(3 * HOUR),
      did: [],
    }));
  }

  /** As a watch on the wall has it, which nobody moves. */
  get now(): number {
    return this.clock.mono() + this.#trueOffset;
  }

  async run(): Promise<void> {
    await this.#start();
    let killAt = this.#isKilled ? FROM + this.#random.int(HOUR) : Number.POSITIVE_INFINITY;
    let upAt = 0;
    let jumpAt = FROM + this.#random.int(2 * HOUR);
    for (; this.now < FROM + FOR_MS; await this.#tick()) {
      if (this.#node && this.now >= killAt && this.now - this.#lastLeftAt > STORED_AFTER_MS && !this.#isAboutToEnd()) {
        this.#kill();
        upAt = this.now + SECOND + this.#random.int(20 * SECOND);
      } else if (!this.#node && this.now >= upAt) {
        await this.#start();
        killAt = this.now + this.#random.int(2 * HOUR);
      }
      if (this.#jumps.length > 0 && this.now >= jumpAt) {
        // Wrong, then right again.
        const by = this.#wrongBy === 0 ? this.#random.pick(this.#jumps) : -this.#wrongBy;
        this.#wrongBy += by;
        this.clock.jump(by);
        jumpAt = this.now + this.#random.int(3 * HOUR);
      }
      for (const person of this.people) if (this.now >= person.nextAt) this.#step(person);
    }
    if (!this.#node) await this.#start();
    for (const person of this.people) this.#leave(person);
    for (let i = 0; i < 60; i++) await this.#tick();
    this.#node?.live.halt();
  }

  /** A visit that ends by one clock and goes on by the other is the server's to judge. */
  #isAboutToEnd(): boolean {
    return this.people.some(({ tabs, did }) => tabs.length > 0 && Math.abs(this.now - did.at(-1)!.at - VISIT_ENDS_MS) < NEAR_MS + MINUTE);
  }

  visits(): { visits: VisitRecord[]; paths: Map<string, string[]> } {
    const visits: VisitRecord[] = [];
    const paths = new Map<string, string[]>();
    for (const { browser, did } of this.people) {
      for (const [i, one] of did.entries()) {
        if (i === 0 || one.at - did[i - 1]!.at >= VISIT_ENDS_MS) visits.push(visitOf(browser, one.at));
        const visit = visits.pop()!;
        const seen = paths.get(visit.visit) ?? [];
        if (one.path !== null) seen.push(one.path);
        paths.set(visit.visit, seen);
        visits.push({ ...visit, lastActivityAt: one.at, pages: seen.length });
      }
    }
    return { visits, paths };
  }

  async #tick(): Promise<void> {
    this.clock.advance(SECOND);
    await new Promise((resolve) => setImmediate(resolve));
  }

  async #start(): Promise<void> {
    let isDead = (): boolean => false;
    const never = new Promise<never>(() => {});
    const history: HistoryStore = {
      ...this.history,
      saveVisits: (batch) => (isDead() ? never : this.history.saveVisits(batch)),
      meetVisitors: (batch) => (isDead() ? never : this.history.meetVisitors(batch)),
    };
    const node = new SimNode({
      name: `n${++this.#made}`,
      network: new SimNetwork(),
      clock: this.clock,
      history,
      random: this.#random,
    });
    isDead = () => node.isDead;
    await node.live.start();
    this.#node = node;
    for (const { tabs } of this.people) for (const tab of tabs) tab.connect(node);
  }

  #kill(): void {
    this.kills++;
    const node = this.#node!;
    this.#node = null;
    node.isDead = true;
    node.live.halt();
    for (const { tabs } of this.people) for (const tab of tabs) tab.drop();
  }

  #step(person: Person): void {
    const random = this.#random;
    const dice = person.tabs.length === 0 ? 0 : random.int(100);
    if (person.tabs.length === 0) this.#open(person);
    else if (dice < 15) this.#act(person);
    else if (dice < 23 && person.tabs.length < 3 && this.#node) this.#open(person);
    else if (dice < 40 && this.#node) return this.#leave(person);
    else this.#navigate(person);
    // Some forget a tab, and do something in it when their visit is long over.
    const forgets = random.chance(0.04);
    person.nextAt =
      this.now + (forgets ? VISIT_ENDS_MS + NEAR_MS + random.int(20 * MINUTE) : SECOND + random.int(random.pick([90, 600]) * SECOND));
  }

  #open(person: Person): void {
    const tab = new SimTab(`tab${String(++this.#made).padStart(6, '0')}`, person.browser, this.clock);
    for (const other of person.tabs) if (other.focused) other.focus(false);
    person.tabs.push(tab);
    person.did.push({ at: this.now, path: '/' });
    if (this.#node) tab.connect(this.#node);
    this.#flush(person);
  }

  #navigate(person: Person): void {
    const tab = this.#random.pick(person.tabs);
    const path = `/p${this.#random.int(40)}`;
    tab.navigate(path);
    person.did.push({ at: this.now, path });
    this.#flush(person);
  }

  #act(person: Person): void {
    const tab = this.#random.pick(person.tabs);
    // Input in a tab whose visit is over begins one with its page.
    const isOver = this.now - person.did.at(-1)!.at >= VISIT_ENDS_MS;
    person.did.push({ at: this.now, path: isOver ? new URL(tab.url).pathname : null });
    tab.act();
    this.#flush(person);
  }

  #leave(person: Person): void {
    const sinceMs = this.now - (person.did.at(-1)?.at ?? this.now);
    if (person.tabs.length > 0) this.#lastLeftAt = this.now;
    for (const tab of person.tabs) tab.close();
    person.tabs = [];
    const isBackSoon = sinceMs < 15 * MINUTE && this.#random.chance(0.3);
    const awayMs = isBackSoon ? this.#random.int(10 * MINUTE) : VISIT_ENDS_MS + NEAR_MS + this.#random.int(5 * HOUR);
    person.nextAt = this.now + awayMs;
  }

  #flush(person: Person): void {
    for (const tab of person.tabs) tab.flush(Number.POSITIVE_INFINITY);
  }
}

const CITIES = ['Berlin', 'Paris', 'Lima', 'Osaka', ''];
function visitOf({ no, secret }: SimBrowser, at: number): VisitRecord {
  const city = CITIES[no % CITIES.length]!;
  return aVisit({
    ...{ workspace: WORKSPACE, site: SITE.id, visitor: new Identities(KEYS).visitorOf(SITE.id, secret ?? ''), startedAt: at },
    ...{ city, place: city && `XX||${city.toLowerCase()}`, country: city && 'XX', pages: 0, trail: [], lang: 'en', referrerHost: '' },
    source: 'widget',
  });
}

/** A process that starts believes its clock: an hour more, and every visit is over. So it is killed by the hour or set by the hour. */
const STORMS = [
  { name: 'its clock is set by an hour', jumps: [HOUR, -HOUR], isKilled: false },
  { name: 'it is killed', jumps: [], isKilled: true },
  { name: 'it is killed and its clock jumps', jumps: [90 * SECOND, -90 * SECOND], isKilled: true },
  { name: 'it is killed', jumps: [], isKilled: true },
] as const;

for (let seed = 1; seed <= SEEDS; seed++) {
  const storm = STORMS[seed % STORMS.length]!;
  test(`[AN22] what visitors did is what the figures say, though now and then ${storm.name}: seed ${seed}`, async () => {
    const shop = new Shop(seed, storm);
    await shop.run();
    const { visits, paths } = shop.visits();
    expect(visits.length).toBeGreaterThan(150);
    if (storm.isKilled) expect(shop.kills).toBeGreaterThan(5);
    const q = { workspace: WORKSPACE, now: FROM + 50 * HOUR, visits, paths };
    if (storm.jumps.length === 0) {
      for (const timeZone of ZONES) {
        await shop.history.setZone({ workspace: WORKSPACE, timeZone });
        for (const [firstDay, lastDay] of [
          ['2026-10-23', '2026-10-26'],
          ['2026-10-24', '2026-10-24'],
          ['2026-10-25', '2026-10-25'],
        ] as const)
          await expectFigures(shop.history, { ...q, timeZone, firstDay, lastDay });
      }
      return;
    }
    // When is the server's to say, and its clock was wrong; how often and where is not.
    const analytics = new Analytics(shop.history);
    const asked = {
      workspace: WORKSPACE,
      timeZone: 'UTC',
      period: 'own',
      firstDay: '2026-10-20',
      lastDay: '2026-10-28',
      now: q.now,
    } as const;
    expect(await analytics.overview({ ...asked, compare: false })).toMatchObject({
      value: {
        figures: {
          visits: visits.length,
          visitors: new Set(visits.map(({ visitor }) => visitor)).size,
          pages: [...paths.values()].flat().length,
          bounces: visits.filter(({ pages }) => pages === 1).length,
        },
      },
    });
    const found = await analytics.breakdown({ ...asked, dimension: 'page', limit: 500, compare: false });
    if (!found.ok) throw new Error('refused');
    const views: Record<string, number> = {};
    for (const path of [...paths.values()].flat()) views[path] = (views[path] ?? 0) + 1;
    expect(Object.fromEntries(found.value.rows.map(({ value, pages }) => [value, pages]))).toEqual(views);
  }, 0);
}
