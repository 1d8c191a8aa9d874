import { newId } from '@foyer/domain';
import { maskAddress } from '@foyer/domain/privacy';
import { CHECKOUT, compileGoals } from '@foyer/domain/rules';
import {
  type Casting,
  createRandom,
  enter,
  FERNHILL,
  LEFT_SHOWN_MS,
  nextPage,
  type Person,
  type Random,
  type ShopPage,
  shopMap,
  sidePages,
  type SideSite,
} from '@foyer/domain/simulate';
import { describeAgent, type Foyer, type VisitRecord } from '@foyer/server';
import { leftOpenMs, MOST_LEFT_OPEN_MS } from './past-days.ts';
import { type PastTalk, talkOf } from './past-talk.ts';
import { SHOP_GOALS } from './shop-rules.ts';

const FIRST_PERSON = 1_000_000;
/** Share of visits in which somebody writes: some hundred conversations in the last day, which a team of three has read and answered. */
const TALKS = 0.022;
/** What simulated visitors of the present do (domain/simulate/world.ts): so many pages, and so long on each. */
const PAGES_MORE = 5.7;
const DWELL_MS = 24_000;
const DWELL_SIGMA = 0.85;
const FORGOTTEN = 0.05;
const AWAY = 0.05;
const REFERRERS = ['', '', 'https://www.google.com/', 'https://www.reddit.com/', 'https://news.ycombinator.com/'];
const CURRENCY: Readonly<Record<string, string>> = { US: 'USD', GB: 'GBP', CH: 'CHF' };
const SHOP = shopMap(FERNHILL);
/** Share of visits by somebody who was here before, and since when at least: half an hour sooner it would be the same visit. */
const RETURNING = 0.2;
const BACK_AFTER_MS = 3 * 3_600_000;
/** The store keeps the addresses of 50 pages; nobody's visit has to be cut. */
const MOST_PAGES = 45;

export interface PastPlan {
  readonly archive: Pick<Foyer['archive'], 'lookup' | 'visitorOf'>;
  readonly cast: Casting;
  /** Ids of those who answer, and of the AI agent. */
  readonly agents: readonly string[];
  readonly ai: string;
  readonly workspace: string;
  /** Of the shop and the side sites, in the order of `Person.site`. */
  readonly sites: readonly { readonly id: string; readonly address: string }[];
  readonly sides: readonly SideSite[];
  /** People there at a time. */
  readonly visitors: number;
  readonly seed: number;
  readonly now: number;
}
export interface PastVisit {
  readonly visit: VisitRecord;
  /** What was said in it; null: nothing. */
  readonly talk: PastTalk | null;
}
interface Trip {
  readonly pages: readonly ShopPage[];
  readonly referrer: string;
  readonly query: string;
  /** What the visit was at when it ended; ''. */
  readonly context: string;
}

/**
 * PastVisits — visits before the demo, each drawn by itself: any of them can be made, and made again, by its number.
 *
 * Why    80 MB of visits are written newest first, while who they were by is counted oldest first, and neither has to be kept.
 */
export class PastVisits {
  readonly #plan: PastPlan;
  readonly #sidePages: readonly (readonly ShopPage[])[];
  readonly #agents = new Map<string, ReturnType<typeof describeAgent>>();
  /** When they began, oldest first, and by whom. */
  readonly #starts: readonly number[];
  readonly #persons: Int32Array;
  readonly #goals = new GoalsByPage();

  constructor(plan: PastPlan, starts: readonly number[]) {
    this.#plan = plan;
    this.#starts = starts;
    this.#persons = personsOf(starts, createRandom(plan.seed ^ 0x3e7));
    this.#sidePages = plan.sides.map((side) => sidePages(side));
  }

  /** Null: it would still be there when the demo begins, or have just left, and those are the simulated world's. */
  make(no: number): PastVisit | null {
    const { random, person, ids, isTalking } = this.#begin(no);
    const startedAt = this.#starts[no]!;
    const side = this.#sidePages[person.site - 1];
    const trip = side ? stroll(side, random) : journey(random);
    const visit = this.#visit(person, ids, startedAt, trip, random);
    const before = this.#plan.now - LEFT_SHOWN_MS;
    if (visit.leftAt >= before) return null;
    const { agents, ai } = this.#plan;
    const talk = isTalking ? talkOf({ visit, firstSeenAt: this.#starts[this.#persons[no]!]!, person, agents, ai, random }) : null;
    return talk === null || talk.endsAt >= before ? { visit, talk: null } : { visit: talk.visit, talk };
  }

  /** Whether somebody may write in it, without making all of it. */
  isTalking(no: number): boolean {
    return this.#randomOf(no).chance(TALKS);
  }

  /** By whom it is. */
  met(no: number): { workspace: string; visitor: string; visit: string; startedAt: number } {
    return { workspace: this.#plan.workspace, startedAt: this.#starts[no]!, ...this.#begin(no).ids };
  }

  #randomOf(no: number, salt = 0x11fe): Random {
    return createRandom(this.#plan.seed ^ salt ^ Math.imul(no + 1, 0x9e37_79b1));
  }

  #begin(no: number) {
    const { cast, sites, archive } = this.#plan;
    const random = this.#randomOf(no);
    const isTalking = random.chance(TALKS);
    const who = this.#persons[no]!;
    const ofPerson = this.#randomOf(who, 0x7e50);
    let person = cast(FIRST_PERSON + who, ofPerson);
    // Bots are listed apart, and nobody looks for them in the past.
    while (person.device.bot || person.device.automated) person = cast(FIRST_PERSON + who, ofPerson);
    const visitor = archive.visitorOf(sites[person.site]!.id, ofPerson.id(22));
    const visit = newId(this.#starts[no]!, () => random.int(0, 0xffff_ffff));
    return { random, person, isTalking, ids: { visit, visitor } };
  }

  #visit(
    person: Person,
    ids: { visit: string; visitor: string },
    startedAt: number,
    { pages, referrer, query, context }: Trip,
    random: Random,
  ): VisitRecord {
    const { archive, sites, workspace } = this.#plan;
    const site = sites[person.site]!;
    const place = archive.lookup(person.address, person.timeZone);
    let at = startedAt;
    let lastActivityAt = startedAt;
    const trail = pages.map((page) => {
      // A campaign is known of the visit, and kept out of its addresses.
      const here = { at: Math.round(at), url: `${site.address}${page.path}`, title: page.title };
      const forMs = random.chance(FORGOTTEN) ? random.around(360_000, 0.35) : dwell(random);
      lastActivityAt = Math.round(at + Math.min(forMs, random.chance(0.5) ? 20_000 : forMs));
      at += forMs + (random.chance(AWAY) ? random.around(70_000, 1) : 0);
      return here;
    });
    const openMs = random.wait(1) * leftOpenMs(this.#plan, startedAt);
    const leftAt = Math.round(Math.min(at + openMs, lastActivityAt + MOST_LEFT_OPEN_MS));
    const said = new URLSearchParams(query);
    const campaign = ['campaign', 'source', 'medium'].flatMap((part) => said.get(`utm_${part}`) ?? []).join(' · ');
    const { identity } = person;
    const visit: VisitRecord = {
      ...{ workspace, site: site.id, ...ids, startedAt, lastActivityAt, endedAt: lastActivityAt, leftAt },
      ...{ pages: pages.length, trail: trail.slice(-50), tabs: { [`past-${ids.visit}`]: pages.length } },
      ...{ country: place.country, region: place.region, city: place.city, place: place.place },
      ...{ lat: place.lat, lon: place.lon, approximate: place.approximate, organisation: place.organisation },
      ...this.#agentOf(person),
      ...{ lang: person.language, timeZone: person.timeZone, screen: person.screen.slice(0, 2).join(' × ') },
      ...{ referrer, referrerHost: referrer === '' ? '' : new URL(referrer).host.replace(/^www\./, ''), campaign },
      ...{ ip: maskAddress(person.address, 'default'), source: 'Widget', context, filtered: '' },
      ...{ name: identity?.name ?? '', identity: identity ? JSON.stringify({ ...told(identity), data: identity.data }) : '', goals: [] },
    };
    if (person.site !== 0) return visit;
    const goals = trail.flatMap(({ at: when, url }) => this.#goals.of(url).map((goal) => ({ goal, at: when, value: 0, currency: '' })));
    const paid = pages.indexOf(SHOP.thanks);
    if (paid !== -1) {
      const value = Math.round(random.around(84, 0.6) * 100) / 100;
      goals.push({ goal: CHECKOUT, at: trail[paid]!.at, value, currency: CURRENCY[place.country] ?? 'EUR' });
    }
    // Each counts once, when it was first reached.
    const first = goals.filter(({ goal }, i) => goals.findIndex((one) => one.goal === goal) === i);
    return { ...visit, goals: first.sort((one, other) => one.at - other.at) };
  }

  /** What a browser says of itself is read once for each kind of it: ten times the cost of all the rest. */
  #agentOf({ device }: Person): ReturnType<typeof describeAgent> {
    let agent = this.#agents.get(device.userAgent);
    if (!agent) this.#agents.set(device.userAgent, (agent = describeAgent(device.userAgent, device.hints)));
    return agent;
  }
}

/** As a page tells it that cannot prove it. */
const told = ({ id, email }: { id: string; email: string }) => ({ id, email, verified: false });

/** What the shop's page rules say (shop-rules.ts), of each address once. */
class GoalsByPage {
  readonly #rules = compileGoals(SHOP_GOALS);
  readonly #known = new Map<string, readonly string[]>();

  of(url: string): readonly string[] {
    let goals = this.#known.get(url);
    if (!goals) this.#known.set(url, (goals = this.#rules.ok ? this.#rules.value.ofPage(url) : []));
    return goals;
  }
}

/** By number, for each visit whose it is: most are new, some come again, those who were here lately more than others. */
function personsOf(starts: readonly number[], random: Random): Int32Array {
  const persons = new Int32Array(starts.length);
  const lastAt = new Map<number, number>();
  for (const [i, at] of starts.entries()) {
    let who = i;
    if (i > 0 && random.chance(RETURNING)) {
      const before = persons[Math.max(0, i - 1 - Math.floor(random.wait(i / 4)))]!;
      if (at - lastAt.get(before)! > BACK_AFTER_MS) who = before;
    }
    persons[i] = who;
    lastAt.set(who, at);
  }
  return persons;
}

const dwell = (random: Random): number => Math.min(600_000, Math.max(1_500, random.around(DWELL_MS, DWELL_SIGMA)));

function journey(random: Random): Trip {
  const { page, referrer, query } = enter(SHOP, random);
  const basket = { items: 0 };
  const pages = [page];
  for (let more = pagesMore(random); more > 0; more--) pages.push(nextPage(pages.at(-1)!, basket, SHOP, random));
  // Who pays is taken to the page that says thanks.
  if (pages.at(-1) === SHOP.checkout && random.chance(0.6)) {
    pages.push(SHOP.thanks);
    basket.items = 0;
  }
  const { kind } = pages.at(-1)!;
  const context = kind === 'checkout' ? kind : basket.items > 0 ? 'cart' : kind === 'none' ? '' : kind;
  return { pages, referrer, query, context };
}
function stroll(pages: readonly ShopPage[], random: Random): Trip {
  const count = 1 + pagesMore(random);
  return { pages: Array.from({ length: count }, () => random.pick(pages)), referrer: random.pick(REFERRERS), query: '', context: '' };
}
const pagesMore = (random: Random): number => Math.min(MOST_PAGES, Math.floor(random.wait(PAGES_MORE)));
