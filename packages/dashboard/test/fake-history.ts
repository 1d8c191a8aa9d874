/** People and visits of the past, as the scripted server has them: small lists, narrowed by reading them. */
import type { HistoryPage, HistoryPerson, HistoryVisit } from '@foyer/protocol';

type Answer = [status: number, body: unknown];
type Row = HistoryPerson | HistoryVisit;
const DAY = 86_400_000;

export class FakeHistory {
  people: HistoryPerson[] = [];
  visits: HistoryVisit[] = [];
  /** Rows that one page may read: beyond it a page is short. */
  mostRead = 5_000;
  fails = false;
  /** Queries of lists and files, newest last. */
  readonly asked: string[] = [];

  /** null: not one of these routes. */
  answer(route: string, query: URLSearchParams): Answer | null {
    const [, kind, file, one] = /^GET \/history\/(people|visits)(\.csv)?(?:\/([^/]+))?$/.exec(route) ?? [];
    if (kind === undefined) return null;
    if (this.fails) return [503, { error: { code: 'unavailable', message: 'Foyer cannot reach its store.' } }];
    const rows: readonly Row[] = kind === 'people' ? this.people : this.visits;
    if (one !== undefined) {
      const found = rows.find(({ id }) => id === decodeURIComponent(one));
      return found ? [200, found] : [404, { error: { code: 'not_found', message: 'There is nothing here.' } }];
    }
    this.asked.push(`${kind}${file ?? ''}?${query.toString()}`);
    if (file) return [200, 'id\r\n'];
    return [200, this.#page(rows, query)];
  }

  #page(all: readonly Row[], query: URLSearchParams): HistoryPage<Row> {
    const limit = Number(query.get('limit') ?? 50);
    const [after, before] = [query.get('after'), query.get('before')];
    const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const to = before === null ? all.length : all.findIndex(({ id }) => id === before);
    const read = before === null ? all.slice(from, from + this.mostRead) : all.slice(0, to);
    const found = read.filter((row) => this.#fits(row, query));
    const rows = before === null ? found.slice(0, limit) : found.slice(-limit);
    const isCut = before === null && from + read.length < all.length;
    const last = found.length > limit ? rows.at(-1) : isCut ? read.at(-1) : undefined;
    return {
      rows,
      next: before === null ? (last?.id ?? null) : (rows.at(-1)?.id ?? null),
      previous: before === null ? (after === null ? null : (rows[0]?.id ?? null)) : found.length > limit ? (rows[0]?.id ?? null) : null,
    };
  }

  #fits(row: Row, query: URLSearchParams): boolean {
    for (const name of ['site', 'country', 'source', 'campaign'] as const)
      if (query.has(name) && row[name] !== query.get(name)) return false;
    const goal = query.get('goal');
    const goals = Array.isArray(row.goals) ? row.goals.map((one: { goal: string }) => one.goal) : Object.keys(row.goals);
    if (goal !== null && !goals.includes(goal)) return false;
    if (query.has('conversation') && row.conversations > 0 !== (query.get('conversation') === 'true')) return false;
    if (query.has('website') && 'website' in row && row.website !== (query.get('website') === 'true')) return false;
    const text = (query.get('text') ?? '').toLowerCase();
    return JSON.stringify(row).toLowerCase().includes(text);
  }
}

const hour = (n: number): number => Date.now() - n * 3_600_000;

/** The nth visit back, an hour apart. */
export function aHistoryVisit(n: number, given: Partial<HistoryVisit> = {}): HistoryVisit {
  const startedAt = given.startedAt ?? hour(n + 1);
  return {
    id: `past-${n}`,
    visitor: `v-${n}`,
    n: 100 + n,
    name: '',
    site: 'site-1',
    startedAt,
    lastActivityAt: startedAt + 200_000,
    endedAt: startedAt + 260_000,
    totalMs: 200_000,
    pages: 2,
    trail: [
      { at: startedAt, url: 'https://shop.example.com/gear', title: 'Gear' },
      { at: startedAt + 100_000, url: 'https://shop.example.com/cart', title: 'Your cart' },
    ],
    country: 'AT',
    region: 'Vienna',
    city: 'Vienna',
    browser: 'Firefox',
    browserVersion: '141',
    os: 'Linux',
    device: 'desktop',
    lang: 'de-AT',
    timeZone: 'Europe/Vienna',
    referrer: 'https://forum.example.org/t/tents',
    referrerHost: 'forum.example.org',
    campaign: '',
    source: 'widget',
    context: '',
    ip: '203.0.113.0',
    organisation: 'Example Net',
    conversations: 0,
    botMs: 0,
    goals: [],
    ...given,
  };
}

export function aPerson(n: number, given: Partial<HistoryPerson> = {}): HistoryPerson {
  return {
    id: `v-${n}`,
    n: 100 + n,
    name: '',
    email: '',
    firstSeenAt: hour(n + 1) - 10 * DAY,
    lastSeenAt: hour(n + 1),
    visits: 3,
    pages: 14,
    totalMs: 754_000,
    running: null,
    country: 'AT',
    region: 'Vienna',
    city: 'Vienna',
    browser: 'Firefox',
    os: 'Linux',
    device: 'desktop',
    site: 'site-1',
    source: 'widget',
    referrerHost: 'forum.example.org',
    campaign: '',
    conversations: 0,
    goals: {},
    website: true,
    ...given,
  };
}
