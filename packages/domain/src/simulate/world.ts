import { type Agenda, createAgenda } from './agenda.ts';
import { type Basket, enter, nextPage } from './journey.ts';
import { createPerson, type Person } from './person.ts';
import { createRandom, type Random } from './random.ts';
import { type Shop, type ShopPage, shopMap } from './shop.ts';

/** What a tab does. `navigate` stays in its document; `load` and `reload` replace it (the tracker says bye and hello again). */
export type Action =
  | { readonly kind: 'open'; readonly page: ShopPage; readonly referrer: string; readonly query: string; readonly items: number }
  | { readonly kind: 'navigate' | 'load' | 'reload'; readonly page: ShopPage; readonly items: number }
  | { readonly kind: 'act' | 'hide' | 'show' | 'close' };

export interface WorldEvent {
  /** Since the world began. */
  readonly atMs: number;
  readonly person: Person;
  /** Never used again after `close`. */
  readonly tab: number;
  readonly action: Action;
}

export interface WorldOptions {
  readonly seed: number;
  /** How many people are online at a time, once the world has filled. */
  readonly visitors: number;
  readonly shop: Shop;
  /** In how long it fills. Default 5,000. */
  readonly fillMs?: number;
  /** 1 = people as they are; 10 = everything they do takes a tenth of the time. */
  readonly pace?: number;
}

/**
 * World — people in a shop, in virtual time.
 *
 * Purpose     one behaviour for the demo, the swarm, fuzz tests and benchmarks.
 * Shape       `next()` never ends; times never go back; a tab opens first and closes last.
 * Population  hovers around `visitors`: arrivals are a Poisson process whose rate leans against the difference (SI3).
 * Cost        O(log visitors) an event; memory O(visitors), people who left included (the oldest are forgotten).
 * Pure        the seed decides everything. No clock: whoever drives it decides when `atMs` is.
 */
export interface World {
  next(): WorldEvent;
  /** People with an open tab, as of the last event. */
  readonly online: number;
}

interface Tab {
  readonly id: number;
  page: ShopPage;
  hidden: boolean;
}
interface Stay {
  readonly person: Person;
  readonly basket: Basket;
  readonly tabs: Map<number, Tab>;
}
type Plan =
  | { readonly kind: 'arrival'; readonly controlled: boolean }
  | { readonly kind: 'step' | 'act' | 'show'; readonly stay: Stay; readonly tab: Tab };

/** Chance that a person leaves after a page; with the dwell below a stay lasts about 6 minutes. */
const LEAVE = 0.16;
const DWELL_MEDIAN_MS = 24_000;
const DWELL_SIGMA = 0.85;
/** Mean stay at pace 1, measured over 20,000 stays; the population control corrects what is left. */
const STAY_MEAN_MS = 372_000;
/** Input while reading. The tracker sends at most one "still active" in 15 s. */
const ACT_EVERY_MS = 17_000;
const RETURNING = 0.28;

export function createWorld(options: WorldOptions): World {
  const { visitors, fillMs = 5_000, pace = 1 } = options;
  if (!(visitors >= 1)) throw new Error('a world needs at least one visitor');
  const random: Random = createRandom(options.seed);
  const map = shopMap(options.shop);
  const agenda: Agenda<Plan> = createAgenda();
  const ready: WorldEvent[] = [];
  const away: Person[] = [];
  const awayMax = Math.max(32, visitors);
  let people = 0;
  let tabs = 0;
  let online = 0;

  const paced = (ms: number) => ms / pace;
  const emit = (atMs: number, stay: Stay, tab: Tab, action: Action) => ready.push({ atMs, person: stay.person, tab: tab.id, action });
  const dwell = () => Math.min(600_000, Math.max(1_500, random.around(DWELL_MEDIAN_MS, DWELL_SIGMA)));

  for (let i = 0; i < visitors; i++) agenda.add(random.next() * fillMs, { kind: 'arrival', controlled: false });
  agenda.add(fillMs, { kind: 'arrival', controlled: true });

  /** The pull is strong enough to hold ±10 % and weak enough that arrivals still look random. */
  function planArrival(atMs: number): void {
    const lack = (visitors - online) / visitors;
    const rate = (visitors / paced(STAY_MEAN_MS)) * Math.min(4, Math.max(0.15, 1 + 5 * lack));
    agenda.add(atMs + random.wait(1 / rate), { kind: 'arrival', controlled: true });
  }

  function whoComes(): Person {
    if (away.length > 8 && random.chance(RETURNING)) {
      const at = random.int(0, away.length - 1);
      const person = away[at] as Person;
      away.splice(at, 1);
      return person;
    }
    return createPerson(++people, random);
  }

  function openTab(atMs: number, stay: Stay, entry: { page: ShopPage; referrer: string; query: string }): void {
    const tab: Tab = { id: ++tabs, page: entry.page, hidden: false };
    if (stay.tabs.size === 0) online++;
    stay.tabs.set(tab.id, tab);
    emit(atMs, stay, tab, { kind: 'open', ...entry, items: stay.basket.items });
    planPage(atMs, stay, tab);
  }

  /** Reading this page: some input now and then, then the next step. One in twenty pages is left open while life goes on elsewhere. */
  function planPage(atMs: number, stay: Stay, tab: Tab): void {
    const forgotten = random.chance(0.05);
    const forMs = forgotten ? random.around(360_000, 0.35) : dwell();
    const actUntilMs = forgotten ? 20_000 : forMs;
    for (let actMs = random.wait(ACT_EVERY_MS); actMs < actUntilMs; actMs += 2_000 + random.wait(ACT_EVERY_MS))
      agenda.add(atMs + paced(actMs), { kind: 'act', stay, tab });
    agenda.add(atMs + paced(forMs), { kind: 'step', stay, tab });
  }

  function closeTab(atMs: number, stay: Stay, tab: Tab): void {
    stay.tabs.delete(tab.id);
    emit(atMs, stay, tab, { kind: 'close' });
    if (stay.tabs.size > 0) return;
    online--;
    away.push(stay.person);
    if (away.length > awayMax) away.shift();
  }

  function step(atMs: number, stay: Stay, tab: Tab): void {
    const draw = random.next();
    if (draw < LEAVE) {
      closeTab(atMs, stay, tab);
      return;
    }
    if (draw < LEAVE + 0.05) {
      tab.hidden = true;
      emit(atMs, stay, tab, { kind: 'hide' });
      agenda.add(atMs + paced(random.around(70_000, 1)), { kind: 'show', stay, tab });
      return;
    }
    if (draw < LEAVE + 0.08) {
      emit(atMs, stay, tab, { kind: 'reload', page: tab.page, items: stay.basket.items });
      planPage(atMs, stay, tab);
      return;
    }
    if (draw < LEAVE + 0.13 && stay.tabs.size < 2 && tab.page.kind === 'collection') {
      tab.hidden = true;
      emit(atMs, stay, tab, { kind: 'hide' });
      openTab(atMs, stay, { page: random.pick(map.products), referrer: '', query: '' });
      agenda.add(atMs + paced(random.around(90_000, 0.6)), { kind: 'show', stay, tab });
      return;
    }
    const from = tab.page;
    tab.page = nextPage(from, stay.basket, map, random);
    const kind = from.inJournal && tab.page.inJournal ? 'navigate' : 'load';
    emit(atMs, stay, tab, { kind, page: tab.page, items: stay.basket.items });
    planPage(atMs, stay, tab);
  }

  function run(atMs: number, plan: Plan): void {
    if (plan.kind === 'arrival') {
      if (plan.controlled) planArrival(atMs);
      openTab(atMs, { person: whoComes(), basket: { items: 0 }, tabs: new Map() }, enter(map, random));
      return;
    }
    const { stay, tab } = plan;
    if (!stay.tabs.has(tab.id)) return;
    if (plan.kind === 'act') {
      if (!tab.hidden) emit(atMs, stay, tab, { kind: 'act' });
    } else if (plan.kind === 'show') {
      tab.hidden = false;
      emit(atMs, stay, tab, { kind: 'show' });
      planPage(atMs, stay, tab);
    } else step(atMs, stay, tab);
  }

  return {
    next() {
      for (;;) {
        const event = ready.shift();
        if (event) return event;
        const due = agenda.take();
        if (!due) throw new Error('a world always has a next arrival');
        run(due.atMs, due.what);
      }
    },
    get online() {
      return online;
    },
  };
}
