import { newId } from '@foyer/domain';
import type { ConversationFigures } from '@foyer/domain/analytics';
import { maskAddress } from '@foyer/domain/privacy';
import {
  type Casting,
  createRandom,
  enter,
  FERNHILL,
  nextPage,
  type Person,
  type Random,
  type ShopPage,
  shopMap,
  sidePages,
  type SideSite,
  weightedChoice,
} from '@foyer/domain/simulate';
import { describeAgent, type Foyer, type VisitRecord } from '@foyer/server';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Thirty days, and the thirty before them to compare with. */
const DAYS = 61;
/** A day's visits for each visitor of the demo: fewer than its present would come to, as a start of the demo must not take a minute. */
const VISITS_A_DAY = 0.8;
const MOST_A_DAY = 300;
/** What is nearer would still be in the list of those who were just here. */
const OVER_FOR_MS = 50 * MINUTE_MS;
/** Visits written at once: one transaction of about 20 ms. */
const BATCH = 500;
const CONVERSATIONS = 0.06;
const FIRST_PERSON = 1_000_000;

/** How busy each hour is, in the time zone of whoever tries the demo: nights are quiet, evenings the best. */
const HOURS = [5, 3, 2, 2, 2, 3, 6, 11, 17, 23, 27, 29, 30, 28, 26, 26, 27, 29, 33, 39, 42, 36, 23, 11];
const MOST = Math.max(...HOURS);
const hourWeight = (at: number): number => HOURS[new Date(at).getHours()]! / MOST;
/** Growing, calmer at weekends, and a newsletter ten days ago. */
const dayWeight = (daysAgo: number, at: number): number =>
  (1.3 - (0.35 * daysAgo) / DAYS) * ([0, 6].includes(new Date(at).getDay()) ? 0.76 : 1) * (daysAgo === 10 ? 1.55 : daysAgo === 9 ? 1.2 : 1);

type Conversation = Parameters<Foyer['archive']['history']['bookConversations']>[0]['conversations'][number];

interface PastLife {
  readonly archive: Foyer['archive'];
  readonly cast: Casting;
  /** Ids of those who answer. */
  readonly agents: readonly string[];
  readonly workspace: string;
  /** Of the shop and the side sites, in the order of `Person.site`. */
  readonly sites: readonly { readonly id: string; readonly address: string }[];
  readonly sides: readonly SideSite[];
  /** People there at a time. */
  readonly visitors: number;
  readonly seed: number;
  readonly now: number;
  /** The demo ends: what is not written yet stays unwritten. */
  readonly isOver: () => boolean;
}

/**
 * Two months of the shop before the demo began: people who came once, their orders and conversations, and how many were there at a time.
 * They are figures of the past, for the pages that show it: conversations among them can be counted, not read.
 */
export async function writePastLife(q: PastLife): Promise<void> {
  const { archive, now, workspace } = q;
  const random = createRandom(q.seed ^ 0x11fe);
  const shop = shopMap(FERNHILL);
  const pages = q.sides.map((side): readonly ShopPage[] => sidePages(side));
  const starts = startsOf(q, random);
  let batch: VisitRecord[] = [];
  let talks: Conversation[] = [];
  const write = async (): Promise<void> => {
    await archive.history.meetVisitors(batch);
    await archive.history.saveVisits(batch);
    await archive.history.bookConversations({ workspace, upTo: 0, conversations: talks });
    batch = [];
    talks = [];
  };
  await archive.history.sampleOnline(samplesOf(q, random, now));
  for (const [i, startedAt] of starts.entries()) {
    if (q.isOver()) return;
    const person = q.cast(FIRST_PERSON + i, random);
    const visit = visitOf(
      q,
      person,
      startedAt,
      person.site === 0 ? journey(shop, random) : stroll(pages[person.site - 1]!, random),
      random,
    );
    if (random.chance(CONVERSATIONS)) {
      const figures = talkOf(visit.startedAt, q.agents, random);
      talks.push({
        ...{ workspace, site: visit.site, source: 'widget', country: visit.country, startedAt: visit.startedAt, figures },
        ...{ conversation: newId(visit.startedAt, () => random.int(0, 0xffff_ffff)), visitor: visit.visitor, status: 'resolved' },
        ...{ name: visit.name, email: '', lastMessageAt: visit.lastActivityAt, chatSeq: 0 },
      });
      if (random.chance(0.3)) batch.push(withGoal(visit, 'lead-captured', visit.lastActivityAt));
      else batch.push(visit);
    } else batch.push(visit);
    if (batch.length === BATCH) await write();
  }
  if (batch.length > 0) await write();
}

/** When visits began, latest first: who looks at the figures at once sees the days that they look at. */
function startsOf({ visitors, now }: Pick<PastLife, 'visitors' | 'now'>, random: Random): number[] {
  const starts: number[] = [];
  for (let daysAgo = DAYS; daysAgo >= 0; daysAgo--) {
    const count = Math.round(
      Math.min(MOST_A_DAY, visitors * VISITS_A_DAY) * dayWeight(daysAgo, now - daysAgo * DAY_MS) * random.around(1, 0.07),
    );
    for (let i = 0; i < count; i++) {
      let at: number;
      do at = now - daysAgo * DAY_MS - random.next() * DAY_MS;
      while (!random.chance(hourWeight(at)));
      if (at < now - OVER_FOR_MS) starts.push(Math.round(at));
    }
  }
  return starts.sort((a, b) => b - a);
}

interface Trip {
  readonly pages: readonly ShopPage[];
  readonly referrer: string;
  readonly query: string;
}
function journey(shop: ReturnType<typeof shopMap>, random: Random): Trip {
  const { page, referrer, query } = enter(shop, random);
  const basket = { items: 0 };
  const pages = [page];
  for (let more = Math.floor(random.wait(3.4)); more > 0; more--) pages.push(nextPage(pages.at(-1)!, basket, shop, random));
  // Who pays is taken to the page that says thanks.
  if (pages.at(-1) === shop.checkout && random.chance(0.8)) pages.push(shop.thanks);
  return { pages, referrer, query };
}
function stroll(pages: readonly ShopPage[], random: Random): Trip {
  const count = 1 + Math.floor(random.wait(1.4));
  return { pages: Array.from({ length: count }, () => random.pick(pages)), referrer: random.pick(REFERRERS), query: '' };
}
const REFERRERS = ['', '', 'https://www.google.com/', 'https://www.reddit.com/', 'https://news.ycombinator.com/'];
const CURRENCY: Readonly<Record<string, string>> = { US: 'USD', GB: 'GBP', CH: 'CHF' };

function visitOf(q: PastLife, person: Person, startedAt: number, { pages, referrer, query }: Trip, random: Random): VisitRecord {
  const site = q.sites[person.site]!;
  const place = q.archive.lookup(person.address, person.timeZone);
  let at = startedAt;
  const trail = pages.map((page, i) => {
    const here = { at: Math.round(at), url: `${site.address}${page.path}${i === 0 ? query : ''}`, title: page.title };
    at += random.around(34_000, 0.8);
    return here;
  });
  const lastActivityAt = Math.round(Math.min(at, q.now - OVER_FOR_MS + HOUR_MS / 2));
  const said = new URLSearchParams(query);
  const campaign = ['campaign', 'source', 'medium'].flatMap((part) => said.get(`utm_${part}`) ?? []).join(' · ');
  const visit: VisitRecord = {
    ...{ workspace: q.workspace, site: site.id, visit: newId(startedAt, () => random.int(0, 0xffff_ffff)) },
    ...{ visitor: q.archive.visitorOf(site.id, random.id(22)), startedAt, lastActivityAt, endedAt: lastActivityAt, leftAt: lastActivityAt },
    ...{ pages: pages.length, trail: trail.slice(-50), tabs: { [`past-${person.id}`]: pages.length } },
    ...{ country: place.country, region: place.region, city: place.city, place: place.place },
    ...{ lat: place.lat, lon: place.lon, approximate: place.approximate, organisation: place.organisation },
    ...describeAgent(person.device.userAgent, person.device.hints),
    ...{ lang: person.language, timeZone: person.timeZone, screen: person.screen.slice(0, 2).join(' × ') },
    ...{ referrer, referrerHost: referrer === '' ? '' : new URL(referrer).host.replace(/^www\./, ''), campaign },
    ...{ ip: maskAddress(person.address, 'default'), source: 'Widget', context: '', filtered: '' },
    ...{ name: person.identity?.name ?? '', identity: '', goals: [] },
  };
  const paid = pages.findIndex(({ title }) => title === shopMap(FERNHILL).thanks.title);
  if (person.site !== 0 || paid === -1) return visit;
  const value = Math.round(random.around(84, 0.6) * 100) / 100;
  return withGoal(visit, 'checkout', trail[paid]!.at, value, CURRENCY[place.country] ?? 'EUR');
}
const withGoal = (visit: VisitRecord, goal: string, at: number, value = 0, currency = ''): VisitRecord => ({
  ...visit,
  goals: [...visit.goals, { goal, at, value, currency }],
});

const starsGiven = weightedChoice([1, 2, 3, 4, 5], (stars) => [3, 2, 6, 24, 65][stars - 1]!);

function talkOf(startedAt: number, agents: readonly string[], random: Random): ConversationFigures {
  const withBot = random.chance(0.42);
  const byBotAlone = withBot && random.chance(0.5);
  const agent = byBotAlone ? '' : random.pick(agents);
  const said = (by: string, count: number) => [Math.floor(startedAt / (15 * MINUTE_MS)) * 15 * MINUTE_MS, by, count] as const;
  return {
    isChat: true,
    messages: [
      said('visitor', random.int(2, 7)),
      ...(agent === '' ? [] : [said(`agent:${agent}`, random.int(1, 6))]),
      ...(withBot ? [said('ai', random.int(1, 4))] : []),
    ],
    firstReplyMs: agent === '' ? -1 : Math.round(random.around(41_000, 0.9)),
    firstReplyBy: agent,
    resolvedMs: random.chance(0.92) ? Math.round(random.around(byBotAlone ? 2.5 * MINUTE_MS : 9 * MINUTE_MS, 0.9)) : -1,
    resolvedBy: agent,
    stars: random.chance(0.34) ? starsGiven(random) : 0,
    ratedAgent: agent,
    botMs: withBot ? Math.round(random.around(1.9 * MINUTE_MS, 0.7)) : -1,
  };
}

/** One sample for each quarter of an hour and site; the demo's own minutes follow. */
function samplesOf({ workspace, sites, sides, visitors }: PastLife, random: Random, now: number) {
  const shares = [1 - sides.reduce((sum, { share }) => sum + share, 0), ...sides.map(({ share }) => share)];
  const quarter = 15 * MINUTE_MS;
  const first = Math.floor((now - 31 * DAY_MS) / quarter) * quarter;
  const samples = [];
  for (let at = first; at < now - quarter; at += quarter) {
    const there = visitors * 0.8 * hourWeight(at) * dayWeight((now - at) / DAY_MS, at) * random.around(1, 0.08);
    for (const [i, site] of sites.entries())
      samples.push({ workspace, site: site.id, at, online: Math.round(there * shares[i]! * random.around(1, 0.1)) });
  }
  return samples;
}
