import { createPerson, createRandom, FERNHILL, type Person, type Random, type ShopPage, shopMap } from '@foyer/domain/simulate';
import { ClosedLoop } from './closed-loop.ts';
import type { BrowseOrder, ConnectOrder, CrowdStats, RateOrder, SaturateOrder } from './crowd-orders.ts';
import { markTitle, percentile } from './marker.ts';
import { closeName, type Jar, Tab, type Target } from './tab.ts';

/** One tab in a window of this many newest arrivals can be marked once a second without overtaking itself. */
const NEWEST = 40;

/**
 * Crowd — the tabs of one process and what they are told to do.
 *
 * Purpose   load at a known rate, closed or open loop, with everything that goes wrong counted.
 * Identity  people from domain/simulate: addresses, browsers, languages as in the demo.
 */
export class Crowd {
  readonly #target: Target;
  readonly #random: Random;
  readonly #firstAddress: number;
  readonly #pages: readonly ShopPage[] = shopMap(FERNHILL).all;
  readonly #tabs: Tab[] = [];
  /** In the order of arrival. */
  readonly #newest: Tab[] = [];
  readonly #closes: Record<string, number> = {};
  readonly #backMs: number[] = [];
  readonly #visits = new Map<Tab, string>();
  #people = 0;
  #sent = 0;
  #marked = 0;
  #arrived = 0;
  #changed = 0;
  #behindMsMax = 0;
  #cursor = 0;
  #running: NodeJS.Timeout | undefined;
  #onPong: ((tab: Tab, payload: Buffer) => void) | undefined;

  /** `firstAddress`: the x of the first 127.0.0.x this process connects from. */
  constructor(options: { target: Target; seed: number; firstAddress: number }) {
    this.#target = options.target;
    this.#random = createRandom(options.seed);
    this.#firstAddress = options.firstAddress;
  }

  /** Opens tabs of new visitors; answers when all of them are in. Throws what kept one out. */
  async connect(order: ConnectOrder): Promise<{ tookMs: number }> {
    const beganMs = performance.now();
    let left = order.count;
    let underway = 0;
    await new Promise<void>((resolve, reject) => {
      const refused = (why: string) =>
        reject(new Error(`a tab was not let in: ${why} (${this.#countIn()} of ${this.#tabs.length} are in)`));
      const more = () => {
        while (underway < order.atOnce && left > 0) {
          left--;
          underway++;
          this.#open({
            marked: order.marked ?? false,
            onFirstIn: () => {
              underway--;
              more();
            },
            onRefused: refused,
          });
        }
        if (left === 0 && underway === 0) resolve();
      };
      more();
    });
    return { tookMs: performance.now() - beganMs };
  }

  /** Page views of every tab, spread over time; answers when all are written, and stored where that is asked for. */
  async browse(order: BrowseOrder): Promise<void> {
    const tabs = this.#tabs.slice(-(order.newest ?? this.#tabs.length));
    const total = order.pagesPerTab * tabs.length;
    const beganMs = performance.now();
    for (let done = 0; done < total;) {
      const due = Math.min(total, Math.ceil(((performance.now() - beganMs) / (order.seconds * 1000)) * total));
      for (; done < due; done++) this.#navigate(tabs[done % tabs.length] as Tab);
      await pause(5);
    }
    if (!order.untilStored || !this.#target.answers) return;
    for (let waited = 0; this.#unstored() > 0; waited++) {
      if (waited > 600) throw new Error(`${this.#unstored()} page views were not said to be stored within 30 s`);
      await pause(50);
    }
  }

  /** Closed loop: as fast as the server reads, never more than `inFlight` ahead. Answers when every frame has been read. */
  async saturate(order: SaturateOrder): Promise<{ frames: number; tookMs: number }> {
    const loop = new ClosedLoop(this.#tabs, (tab) => this.#mixed(tab));
    this.#onPong = (tab, payload) => loop.pong(tab, payload);
    const done = await loop.run(order);
    this.#onPong = undefined;
    return done;
  }

  /** Open loop until `stop`: the clock decides how much is due; what could not be sent in time is sent late. */
  rate(order: RateOrder): void {
    this.stop();
    const beganMs = performance.now();
    const due = { events: 0, marked: 0, arrivals: 0 };
    this.#running = setInterval(() => {
      const seconds = (performance.now() - beganMs) / 1000;
      const step = (perS: number, done: number, send: () => void): number => {
        const target = Math.floor(perS * seconds);
        if (perS > 0) this.#behindMsMax = Math.max(this.#behindMsMax, ((target - done) / perS) * 1000 - 1000 / perS);
        for (let i = done; i < target; i++) send();
        return target;
      };
      due.events = step(order.eventsPerS - order.markedPerS, due.events, () => this.#mixed(this.#nextTab()));
      due.marked = step(order.markedPerS, due.marked, () => this.#markNewest());
      due.arrivals = step(order.arrivalsPerS, due.arrivals, () => this.#open({ marked: true, onFirstIn() {}, onRefused() {} }));
    }, 4);
  }

  stop(): void {
    clearInterval(this.#running);
    this.#running = undefined;
  }

  /** Answers when every tab is in (again), or after `withinMs`. */
  async allIn(order: { withinMs: number }): Promise<{ in: number; tabs: number }> {
    const untilMs = performance.now() + order.withinMs;
    while (this.#countIn() < this.#tabs.length && performance.now() < untilMs) await pause(20);
    return { in: this.#countIn(), tabs: this.#tabs.length };
  }

  stats(): CrowdStats {
    return {
      tabs: this.#tabs.length,
      in: this.#countIn(),
      sent: this.#sent,
      marked: this.#marked,
      arrived: this.#arrived,
      behindMsMax: Math.max(0, this.#behindMsMax),
      closes: { ...this.#closes },
      back: this.#backMs.length,
      backMsMax: percentile(this.#backMs, 1) || 0,
      backMsP50: percentile(this.#backMs, 0.5) || 0,
      changed: this.#changed,
      unstored: this.#unstored(),
    };
  }

  /** Visits of the tabs, as the server named them; '' while it has not. */
  visits(): string[] {
    return this.#tabs.map((tab) => this.#visits.get(tab) ?? '');
  }

  end(): void {
    this.stop();
    for (const tab of this.#tabs) tab.vanish();
    this.#tabs.length = 0;
  }

  #open(how: { marked: boolean; onFirstIn(): void; onRefused(why: string): void }): void {
    const person = this.#somebody();
    const page = this.#page();
    const jar: Jar = {};
    let waiting = true;
    const tab: Tab = new Tab({
      target: this.#target,
      person,
      jar,
      localAddress: `127.0.0.${this.#firstAddress + (this.#people % 100)}`,
      page: { ...page, ref: '' },
      monoMs: () => performance.now(),
      events: {
        beforeHello: (of) => {
          if (!how.marked || !waiting) return;
          of.retitle(markTitle(page.title, this.#people));
          this.#marked++;
        },
        onIn: (of, again) => {
          if (again) this.#cameBack(of);
          if (jar.visit !== undefined) this.#visits.set(of, jar.visit);
          if (waiting) {
            waiting = false;
            this.#arrived++;
            this.#newest.push(of);
            if (this.#newest.length > NEWEST) this.#newest.shift();
            how.onFirstIn();
          }
        },
        onLost: (_tab, code, reason) => {
          const name = closeName(code, reason);
          this.#closes[name] = (this.#closes[name] ?? 0) + 1;
          if (waiting) how.onRefused(name);
        },
        onPong: (of, payload) => this.#onPong?.(of, payload),
      },
    });
    this.#tabs.push(tab);
    tab.open();
  }

  /** No bots: they are listed apart, so nobody would see what they do. */
  #somebody(): Person {
    for (;;) {
      const person = createPerson(++this.#people, this.#random);
      if (!person.device.bot && !person.device.automated) return person;
    }
  }

  #cameBack(tab: Tab): void {
    if (tab.lostAtMs !== undefined) this.#backMs.push(performance.now() - tab.lostAtMs);
    const before = this.#visits.get(tab);
    if (before !== undefined && before !== tab.jar.visit) this.#changed++;
  }

  /** Not one that is marked: its marker would be overtaken by another page before anybody could see it. */
  #nextTab(): Tab {
    for (let tried = 0; ; tried++) {
      // A stride that is prime to most sizes, so that neighbours in time are not neighbours in arrival.
      this.#cursor = (this.#cursor + 7_919) % this.#tabs.length;
      const tab = this.#tabs[this.#cursor] as Tab;
      if (tried > NEWEST || !this.#newest.includes(tab)) return tab;
    }
  }

  #page(): { url: string; title: string } {
    const page = this.#random.pick(this.#pages);
    return { url: `${this.#target.pageOrigin}/demo/${page.path}`, title: page.title };
  }

  #navigate(tab: Tab): boolean {
    const sent = tab.navigate(this.#page());
    if (sent) this.#sent++;
    return sent;
  }

  /** What tabs say, in the proportions of people who browse: mostly pages, then input, focus and late titles. */
  #mixed(tab: Tab): boolean {
    const draw = this.#random.next();
    if (draw < 0.7) return this.#navigate(tab);
    const sent = draw < 0.85 ? tab.act() : draw < 0.93 ? tab.setHidden(draw < 0.89) : tab.declare('product');
    if (sent) this.#sent++;
    return sent;
  }

  #markNewest(): void {
    const tab = this.#newest[this.#marked % this.#newest.length];
    if (tab === undefined) return;
    const page = this.#page();
    if (!tab.navigate({ url: page.url, title: markTitle(page.title, this.#marked) })) return;
    this.#sent++;
    this.#marked++;
  }

  #countIn(): number {
    let count = 0;
    for (const tab of this.#tabs) if (tab.isIn) count++;
    return count;
  }

  #unstored(): number {
    let unstored = 0;
    for (const tab of this.#tabs) unstored += Math.max(0, tab.unstoredPages - 1);
    return unstored;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
