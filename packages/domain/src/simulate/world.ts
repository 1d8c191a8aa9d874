import { type Agenda, createAgenda } from './agenda.ts';
import { type Basket, enter, nextPage } from './journey.ts';
import { createPerson, type Person } from './person.ts';
import { createRandom, type Random } from './random.ts';
import { type ShopPage, shopMap } from './shop.ts';
import { sidePages } from './side-sites.ts';
import { firstTalkMs, nextTalk, type Talk, TALKS } from './talk.ts';
import type { Action, TabPast, World, WorldEvent, WorldOptions } from './world-shape.ts';

interface Tab {
  readonly id: number;
  page: ShopPage;
  hidden: boolean;
  readonly entry: { readonly referrer: string; readonly query: string };
  /** Kept while the world warms up. */
  readonly seen: { readonly page: ShopPage; readonly atMs: number }[];
  inputMs: number;
}
interface Stay {
  readonly person: Person;
  readonly basket: Basket;
  readonly tabs: Map<number, Tab>;
  talk: Talk | null;
  /** It ended before the world's first moment, and nobody will see it. */
  isOver: boolean;
}
type Plan =
  | { readonly kind: 'arrival'; readonly controlled: boolean }
  | { readonly kind: 'step' | 'act' | 'show'; readonly stay: Stay; readonly tab: Tab }
  | { readonly kind: 'talk'; readonly stay: Stay; readonly state: Talk['state'] }
  | { readonly kind: 'tell'; readonly stay: Stay }
  | { readonly kind: 'say'; readonly stay: Stay; readonly tab: Tab | null; readonly action: Action };

/** Chance that a person leaves after a page; with the dwell below a stay lasts about 6 minutes. */
const LEAVE = 0.16;
const DWELL_MEDIAN_MS = 24_000;
const DWELL_SIGMA = 0.85;
/** Mean stay at pace 1, measured over 20,000 stays; the population control corrects what is left. */
const STAY_MEAN_MS = 372_000;
/** Input while reading. The tracker sends at most one "still active" in 15 s. */
const ACT_EVERY_MS = 17_000;
const RETURNING = 0.28;
/** Share of arrivals that were here before the world began, where there are such people. */
const REGULAR = 0.24;
/** Who talks to somebody stays. */
const LEAVE_TALKING = 0.05;
/**
 * Of those who left before the world's first moment, the ones still shown: a screen with some, not four times as many as are there. They are
 * taken to leave at that moment, so a longer time would be a crowd just before it.
 */
export const LEFT_SHOWN_MS = 90_000;
/** Until a tab that opens is let in. */
const LET_IN_MS = 3_000;

export function createWorld(options: WorldOptions): World {
  const { visitors, fillMs = 5_000, pace = 1, sides = [], cast = createPerson, regulars = [], warmMs = 0, talks = false } = options;
  if (!(visitors >= 1)) throw new Error('a world needs at least one visitor');
  const random: Random = createRandom(options.seed);
  const map = shopMap(options.shop);
  const agenda: Agenda<Plan> = createAgenda();
  const ready: WorldEvent[] = [];
  const away: Person[] = [];
  /** Those of `regulars` who are not here. */
  const known: Person[] = [...regulars];
  const awayMax = Math.max(32, visitors);
  const sidePagesOf = sides.map(sidePages);
  const stays = new Set<Stay>();
  const left: { readonly stay: Stay; readonly tab: Tab; readonly atMs: number }[] = [];
  /** What is `warmMs` in here is the first moment out there, when everybody has come in. */
  const openedMs = warmMs === 0 ? 0 : warmMs - fillMs;
  let isWarm = warmMs === 0;
  let people = regulars.length;
  let talked = 0;
  let tabs = 0;
  let online = 0;

  const paced = (ms: number) => ms / pace;
  const say = (atMs: number, stay: Stay, tab: Tab | null, action: Action) =>
    ready.push({ atMs: atMs - openedMs, person: stay.person, tab: tab?.id ?? 0, action });
  function emit(atMs: number, stay: Stay, tab: Tab, action: Action): void {
    if (isWarm) say(atMs, stay, tab, action);
    else if ('page' in action) tab.seen.push({ page: action.page, atMs });
    if (action.kind !== 'hide' && action.kind !== 'close') tab.inputMs = atMs;
  }
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
    if (known.length > 0 && random.chance(REGULAR)) return takeOne(known);
    if (away.length > 8 && random.chance(RETURNING)) return takeOne(away);
    return cast(++people, random);
  }

  function takeOne(from: Person[]): Person {
    const [person] = from.splice(random.int(0, from.length - 1), 1);
    return person as Person;
  }

  function openTab(atMs: number, stay: Stay, entry: { page: ShopPage; referrer: string; query: string }): void {
    const tab: Tab = { id: ++tabs, page: entry.page, hidden: false, entry, seen: [], inputMs: atMs };
    if (stay.tabs.size === 0) online++;
    stays.add(stay);
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
    stays.delete(stay);
    if (!isWarm) left.push({ stay, tab, atMs });
    if (stay.person.cookie !== '') known.push(stay.person);
    else if (away.push(stay.person) > awayMax) away.shift();
  }

  function step(atMs: number, stay: Stay, tab: Tab): void {
    const draw = random.next();
    const leave = isTalking(stay) ? LEAVE_TALKING : LEAVE;
    if (draw < leave) {
      closeTab(atMs, stay, tab);
      return;
    }
    if (draw < leave + 0.05) {
      tab.hidden = true;
      emit(atMs, stay, tab, { kind: 'hide' });
      agenda.add(atMs + paced(random.around(70_000, 1)), { kind: 'show', stay, tab });
      return;
    }
    if (draw < leave + 0.08) {
      emit(atMs, stay, tab, { kind: 'reload', page: tab.page, items: stay.basket.items });
      planPage(atMs, stay, tab);
      return;
    }
    if (draw < leave + 0.13 && stay.tabs.size < 2 && tab.page.kind === 'collection') {
      tab.hidden = true;
      emit(atMs, stay, tab, { kind: 'hide' });
      openTab(atMs, stay, { page: random.pick(map.products), referrer: '', query: '' });
      agenda.add(atMs + paced(random.around(90_000, 0.6)), { kind: 'show', stay, tab });
      return;
    }
    const from = tab.page;
    const side = sidePagesOf[stay.person.site - 1];
    tab.page = side ? random.pick(side) : nextPage(from, stay.basket, map, random);
    const kind = from.inJournal && tab.page.inJournal ? 'navigate' : 'load';
    emit(atMs, stay, tab, { kind, page: tab.page, items: stay.basket.items });
    planPage(atMs, stay, tab);
  }

  function arrive(atMs: number): void {
    const stay: Stay = { person: whoComes(), basket: { items: 0 }, tabs: new Map(), talk: null, isOver: false };
    const entry = enter(map, random);
    const side = sidePagesOf[stay.person.site - 1];
    openTab(atMs, stay, side ? { ...entry, page: random.pick(side) } : entry);
    const { bot, automated } = stay.person.device;
    if (talks && random.chance(TALKS) && !bot && !automated)
      agenda.add(atMs + paced(firstTalkMs(random)), { kind: 'talk', stay, state: 'chatting' });
  }

  const isTalking = ({ talk: now }: Stay): boolean => now !== null && now.state !== 'resolved';

  function talk(atMs: number, stay: Stay, state: Talk['state']): void {
    if (stay.isOver || (state === 'chatting' && stay.tabs.size === 0)) return;
    const now: Talk = { id: stay.talk?.id ?? `conversation-${++talked}`, state, sinceMs: atMs };
    stay.talk = state === 'none' ? null : now;
    if (isWarm) say(atMs, stay, null, { kind: 'talk', talk: now, forMs: 0 });
    const next = nextTalk(state, stay.tabs.size > 0, random);
    if (Number.isFinite(next.inMs)) agenda.add(atMs + paced(next.inMs), { kind: 'talk', stay, state: next.state });
  }

  /** Everybody who has been here for a while comes in within `fillMs`, with what they did so far; then those who have just left. */
  function begin(): void {
    isWarm = true;
    const comeIn = (stay: Stay, tab: Tab, items: number): number => {
      const atMs = openedMs + random.next() * fillMs;
      const past: TabPast = {
        pages: tab.seen.slice(0, -1).map(({ page, atMs: seenMs }) => ({ page, agoMs: Math.round(warmMs - seenMs) })),
        agoMs: Math.round(warmMs - (tab.seen.at(-1)?.atMs ?? warmMs)),
        idleMs: Math.round(warmMs - tab.inputMs),
      };
      agenda.add(atMs, { kind: 'say', stay, tab, action: { kind: 'open', page: tab.page, ...tab.entry, items, past } });
      if (tab.hidden) agenda.add(atMs + LET_IN_MS, { kind: 'say', stay, tab, action: { kind: 'hide' } });
      tab.seen.length = 0;
      return atMs;
    };
    const tell = (atMs: number, stay: Stay): void => agenda.add(atMs + LET_IN_MS, { kind: 'tell', stay });
    for (const stay of stays) {
      let atMs = 0;
      for (const tab of stay.tabs.values()) atMs = Math.max(atMs, comeIn(stay, tab, stay.basket.items));
      tell(atMs, stay);
    }
    for (const { stay, tab, atMs: leftMs } of left) {
      if (leftMs < warmMs - paced(LEFT_SHOWN_MS)) {
        stay.isOver = true;
        continue;
      }
      const atMs = comeIn(stay, tab, stay.basket.items);
      agenda.add(atMs + LET_IN_MS, { kind: 'say', stay, tab, action: { kind: 'close' } });
      tell(atMs, stay);
    }
    left.length = 0;
  }

  function run(atMs: number, plan: Plan): void {
    if (plan.kind === 'arrival') {
      if (plan.controlled) planArrival(atMs);
      arrive(atMs);
      return;
    }
    if (plan.kind === 'say') {
      say(atMs, plan.stay, plan.tab, plan.action);
      return;
    }
    if (plan.kind === 'tell') {
      const now = plan.stay.talk;
      if (now) say(atMs, plan.stay, null, { kind: 'talk', talk: now, forMs: Math.round(atMs - now.sinceMs) });
      return;
    }
    if (plan.kind === 'talk') {
      talk(atMs, plan.stay, plan.state);
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
        if (!isWarm && due.atMs >= warmMs) {
          agenda.add(due.atMs, due.what);
          begin();
        } else run(due.atMs, due.what);
      }
    },
    get online() {
      return online;
    },
  };
}
