/** What the scripted server answers about the request log. */
import type { RequestEntry, RequestLogPage, RequestTops } from '@foyer/protocol';

type Answer = [status: number, body: unknown];
type Query = URLSearchParams;

const PLACES = [
  ['TR', 'İzmir'],
  ['FR', 'Lyon'],
  ['AT', 'Vienna'],
  ['', ''],
  ['DE', 'Berlin'],
] as const;
const ASKED = [
  ['widget', 'FRAME', 'chat.say', 200, ''],
  ['api', 'POST', '/api/v1/conversations/:id/messages', 201, ''],
  ['ai', 'POST', '/ai/answers', 200, ''],
  ['console', 'GET', '/api/v1/conversations', 429, 'too_many_tries'],
  ['fluent_support', 'GET', '/fluent/conversations/:id', 404, 'not_found'],
  ['playground', 'POST', '/api/v1/files', 503, 'unavailable'],
] as const;
const BROWSERS = ['Firefox 141', 'Chrome 139', 'curl', 'Safari 26', ''];

export class FakeRequests {
  rows: RequestEntry[] = [];
  dropped = 0;
  /** The next answer to a page is a refusal. */
  fails = 0;
  /** A page reads no more than this many, and says that there may be more. */
  readsMost = Number.POSITIVE_INFINITY;
  seesAddresses = true;
  readonly heard: Query[] = [];
  #made = 0;

  /** So many, a minute apart, the newest now. */
  fill(count: number): void {
    for (let i = count - 1; i >= 0; i -= 1) this.come({ at: Date.now() - i * 60_000 });
  }
  come(given: Partial<RequestEntry> = {}): RequestEntry {
    const n = this.#made++;
    const [source, method, endpoint, status, error] = ASKED[n % ASKED.length]!;
    const [country, city] = PLACES[n % PLACES.length]!;
    const browser = BROWSERS[n % BROWSERS.length]!;
    const latencyMs = n % 7 === 2 ? 1_840 : 1 + (n % 23);
    const ip = n % 3 ? '198.51.100.0' : '203.0.113.0';
    const row = { ...{ id: String(n + 1), at: Date.now(), source, method, endpoint, status, error, latencyMs, ip, country, city, browser }, ...given }; // prettier-ignore
    this.rows.unshift(row);
    return row;
  }

  /** null: not one of these routes. */
  answer(route: string, query: Query): Answer | null {
    if (route === 'GET /request-log') return this.#page(query);
    return route === 'GET /request-log/tops' ? [200, this.#tops(query)] : null;
  }

  #page(query: Query): Answer {
    this.heard.push(query);
    if (this.fails > 0) {
      this.fails -= 1;
      return [422, { error: { code: 'too_fast', message: 'Too fast.' } }];
    }
    const is = (name: string, value: string): boolean => !query.has(name) || query.get(name) === value;
    // As the server does: a whole address by its masked beginning.
    const ip = (query.get('ip') ?? '').replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.0');
    const passes = (row: RequestEntry): boolean =>
      (row.source !== 'console_read' || query.has('reads') || query.has('endpoint') || query.get('source') === 'console_read') &&
      (row.ip ?? '').startsWith(ip) &&
      is('endpoint', row.endpoint) &&
      is('source', row.source) &&
      is('status', String(row.status)[0]!) &&
      is('country', row.country || 'none') &&
      row.at >= Number(query.get('from') ?? 0) &&
      row.at < Number(query.get('to') ?? Number.POSITIVE_INFINITY);
    const limit = Number(query.get('limit'));
    const [after, before] = [query.get('after'), query.get('before')];
    const from = after === null ? 0 : this.rows.findIndex(({ id }) => id === after) + 1;
    const to = before === null ? this.rows.length : this.rows.findIndex(({ id }) => id === before);
    const read = before === null ? this.rows.slice(from, from + this.readsMost) : this.rows.slice(0, to);
    const found = read.filter(passes);
    const shown = before === null ? found.slice(0, limit) : found.slice(-limit);
    const isCut = before === null && from + this.readsMost < this.rows.length;
    const end = found.length > limit ? shown.at(-1) : isCut ? read.at(-1) : undefined;
    const page: RequestLogPage = {
      rows: this.seesAddresses ? shown : shown.map(({ ip: _hidden, ...row }) => row),
      next: before === null ? (end?.id ?? null) : (shown.at(-1)?.id ?? null),
      previous: after !== null ? (shown[0]?.id ?? null) : before !== null && found.length > limit ? (shown[0]?.id ?? null) : null,
      dropped: this.dropped,
      keptDays: 30,
      ipMasked: true,
    };
    return [200, page];
  }

  #tops(query: Query): RequestTops {
    const limit = Number(query.get('limit'));
    const by = <Key extends 'endpoint' | 'country'>(key: Key) => {
      const sums = new Map<string, { requests: number; errors: number; ms: number }>();
      for (const row of this.rows) {
        if (row.at < Number(query.get('from') ?? 0) || (row.source === 'console_read' && !query.has('reads'))) continue;
        const sum = sums.get(row[key]) ?? { requests: 0, errors: 0, ms: 0 };
        sums.set(row[key], { requests: sum.requests + 1, errors: sum.errors + Number(row.status >= 400), ms: sum.ms + row.latencyMs });
      }
      return [...sums].sort(([, a], [, b]) => b.requests - a.requests).slice(0, limit);
    };
    return {
      from: Number(query.get('from')),
      to: Date.now(),
      endpoints: by('endpoint').map(([endpoint, { requests, errors, ms }]) => ({
        endpoint,
        requests,
        errors,
        meanMs: Math.round(ms / requests),
      })),
      countries: by('country').map(([country, { requests, errors }]) => ({ country, requests, errors })),
    };
  }
}
