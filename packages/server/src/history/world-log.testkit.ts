import { FERNHILL, type Person, createRandom, createWorld } from '@foyer/domain/simulate';
import type { GoalRecord, TrailRecord, VisitRecord } from '../ports/history-store.ts';

export interface WorldLog {
  /** What happened: every visit in its last state. */
  readonly visits: readonly VisitRecord[];
  /** Every path that each visit saw; the trail of a long one has the last 50 only. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** What the store was told, in order: states of those visits, some late, some twice, some out of order. */
  readonly batches: readonly (readonly VisitRecord[])[];
}
const DAY_MS = 86_400_000;
const ENDS_AFTER_MS = 30 * 60_000;
/** Days of the world: summer time ends in Berlin (25 October), New York (1 November); Chatham's began on 27 September. */
export const WORLD_FROM = Date.UTC(2026, 8, 26, 7, 13);
export const WORLD_DAYS = 40;
const CAMPAIGNS = ['', '', '', 'autumn', 'news / "best of"'];

interface Open {
  record: VisitRecord;
  readonly tabs: Set<number>;
}

/**
 * Forty days of the simulated shop as its history. The clock by which things are noted jumps now and then, two hours ahead and one back, so
 * visits begin before earlier ones, and states come with a last activity before the one that is stored.
 */
export function worldLog({ seed, visits: wanted, mostPages = 1_000 }: { seed: number; visits: number; mostPages?: number }): WorldLog {
  const random = createRandom(seed * 7 + 1);
  // One at a time makes 5,200 visits in forty days; a slower world fewer; of several each 6,500 to 8,000.
  const visitors = Math.max(1, Math.round(wanted / 6_500));
  const world = createWorld({ seed, visitors, shop: FERNHILL, pace: visitors === 1 ? wanted / 5_200 : 1 });
  const open = new Map<number, Open>();
  const done: VisitRecord[] = [];
  const batches: VisitRecord[][] = [];
  const paths = new Map<string, string[]>();
  let batch: VisitRecord[] = [];
  let [jumpMs, jumpsAtMs] = [0, 3 * DAY_MS];
  const write = (record: VisitRecord): void => {
    batch.push(record);
    if (random.chance(0.05)) batch.push(random.pick(batch));
    if (batch.length < 40) return;
    // A node that was away tells what it had kept.
    if (random.chance(0.1) && batches.length > 0) batch.push(...random.pick(batches).slice(0, 5));
    if (random.chance(0.2)) batch.reverse();
    batches.push(batch);
    batch = [];
  };
  const end = (id: number, { record }: Open): void => {
    open.delete(id);
    const last = { ...record, endedAt: record.lastActivityAt, leftAt: record.lastActivityAt };
    done.push(last);
    write(last);
  };
  for (let event = world.next(); event.atMs < WORLD_DAYS * DAY_MS; event = world.next()) {
    if (event.atMs > jumpsAtMs) {
      jumpMs = random.pick([0, 2 * 3_600_000, -3_600_000]);
      jumpsAtMs += 2 * DAY_MS + random.wait(2 * DAY_MS);
    }
    const at = Math.round(WORLD_FROM + event.atMs + jumpMs);
    const { person, action, tab } = event;
    let visit = open.get(person.id);
    if (visit && at - visit.record.lastActivityAt > ENDS_AFTER_MS) {
      end(person.id, visit);
      visit = undefined;
    }
    if (!visit) {
      if (action.kind === 'close' || action.kind === 'talk') continue;
      open.set(person.id, (visit = { record: begin(person, at, done.length + open.size, seed, random.pick(CAMPAIGNS)), tabs: new Set() }));
    }
    visit.tabs.add(tab);
    // A change of zone can move only those views that the trail names, so worlds that change theirs have no longer visits.
    if ('page' in action && visit.record.pages < mostPages) {
      const { record } = visit;
      const seen = paths.get(record.visit) ?? [];
      paths.set(record.visit, seen);
      seen.push(`/${action.page.path}`);
      const page: TrailRecord = { at, url: `https://shop.example/${action.page.path}?utm=1`, title: `<b>${action.page.title}` };
      const goals: GoalRecord[] =
        action.page.kind === 'checkout' && !record.goals.some((g) => g.goal === 'checkout' && g.at === at)
          ? [{ goal: 'checkout', at, value: random.chance(0.6) ? random.int(100, 9_999) / 100 : 0, currency: 'EUR' }]
          : [];
      visit.record = {
        ...record,
        pages: record.pages + 1,
        lastActivityAt: Math.max(record.lastActivityAt, at),
        trail: [...record.trail, page].slice(-50),
        goals: [...record.goals, ...goals.map((g) => (g.value > 0 ? g : { ...g, currency: '' }))].sort((a, b) => a.at - b.at).slice(0, 50),
      };
      if (record.pages === 0 || random.chance(0.3)) write(visit.record);
    } else visit.record = { ...visit.record, lastActivityAt: Math.max(visit.record.lastActivityAt, at) };
    if (action.kind === 'close') visit.tabs.delete(tab);
    if (visit.tabs.size === 0) end(person.id, visit);
  }
  for (const [id, visit] of open) end(id, visit);
  if (batch.length > 0) batches.push(batch);
  return { visits: done, paths, batches };
}

function begin(person: Person, at: number, n: number, seed: number, campaign: string): VisitRecord {
  const { device } = person;
  return {
    workspace: 'world',
    site: person.id % 4 === 0 ? 'blog' : 'shop',
    visit: `${seed}-visit-${String(n).padStart(6, '0')}-${person.id}`,
    visitor: `visitor-${person.id}`,
    startedAt: at,
    lastActivityAt: at,
    endedAt: null,
    leftAt: 0,
    pages: 0,
    trail: [],
    tabs: {},
    country: person.country,
    region: '',
    city: `City ${person.id % 3}`,
    place: `${person.country.toLowerCase()}||city ${person.id % 3}`,
    lat: 1,
    lon: 2,
    approximate: false,
    browser: device.bot ? '' : ['Chrome', 'Safari', 'Firefox', 'Edge'][person.id % 4]!,
    browserVersion: '1',
    os: ['Windows', 'iOS', 'Android'][person.id % 3]!,
    osVersion: '',
    device: device.mobile ? 'phone' : 'desktop',
    lang: person.language,
    timeZone: person.timeZone,
    screen: '',
    referrer: '',
    referrerHost: person.id % 3 === 0 ? '' : `ref-${person.id % 11}.example`,
    campaign,
    ip: '192.0.2.0',
    organisation: '',
    source: person.id % 17 === 0 ? 'playground' : 'widget',
    context: '',
    filtered: device.bot ? 'bot' : '',
    name: '',
    identity: '',
    goals: [],
  };
}

export const inWorkspace = (workspace: string, records: readonly VisitRecord[]): VisitRecord[] =>
  records.map((r) => ({ ...r, workspace, visit: `${workspace}/${r.visit}` }));
