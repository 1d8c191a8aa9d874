/** What the scripted server answers about one visitor, saved filters and those left out: kept in memory, as a test sets it up. */
import type { Block, FilteredVisit, Note, PastVisit, Row, SavedFilter } from '@foyer/protocol';

type Answer = [status: number, body: unknown];
interface Asked {
  /** `GET /visitors/v_1/notes` */
  readonly route: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly query: URLSearchParams;
  readonly by: string;
}

export class FakeVisitorApi {
  readonly notes = new Map<string, Note[]>();
  readonly past = new Map<string, PastVisit[]>();
  filters: SavedFilter[] = [];
  filtered: FilteredVisit[] = [];
  blocks: Block[] = [];
  #made = 0;

  /** null: not one of these routes. */
  answer({ route, body, query, by }: Asked): Answer | null {
    const [method = '', path = ''] = route.split(' ');
    const [, kind, id, part, rest] = path.split('/').map(decodeURIComponent);
    if (kind === 'filters') return this.#filters(method, id, body, by);
    if (kind === 'filtered' && method === 'GET') return [200, this.#report(query)];
    if (kind === 'blocks' && method === 'GET') return [200, this.blocks];
    if (kind === 'blocks' && method === 'POST') return [201, this.#block('range', { ...body, what: String(body['range']) })];
    if (kind === 'blocks' && id && method === 'DELETE') {
      this.blocks = this.blocks.filter((block) => block.id !== id);
      return [204, null];
    }
    if (kind !== 'visitors' || !id) return null;
    if (part === 'visits') return [200, this.past.get(id) ?? []];
    if (part === 'blocks') return [200, this.blocks];
    if (part === 'block' && method === 'POST') {
      const kind = body['what'] === 'visitor' ? 'visitor' : 'address';
      return [201, this.#block(kind, { ...body, what: kind === 'visitor' ? id : '' })];
    }
    return part === 'notes' ? this.#notes(method, id, rest, body, by) : null;
  }

  #block(kind: Block['kind'], { what, forMs, note }: { readonly what: string; readonly forMs?: number; readonly note?: string }): Block {
    const now = Date.now();
    const until = forMs === undefined ? null : now + forMs;
    const block: Block = { id: this.#id('b'), kind, what, label: '', until, note: note ?? '', createdAt: now, createdBy: 'u1' };
    this.blocks = [block, ...this.blocks];
    return block;
  }

  #notes(method: string, visitor: string, id: string | undefined, body: Asked['body'], by: string): Answer {
    const notes = this.notes.get(visitor) ?? [];
    if (method === 'GET') return [200, notes];
    if (method === 'DELETE') {
      this.notes.set(
        visitor,
        notes.filter((note) => note.id !== id),
      );
      return [204, null];
    }
    const note: Note = { id: this.#id('n'), text: String(body['text']), createdAt: Date.now(), by, mine: true };
    this.notes.set(visitor, [note, ...notes]);
    return [201, note];
  }

  #filters(method: string, id: string | undefined, body: Asked['body'], by: string): Answer {
    if (method === 'GET') return [200, this.filters];
    if (method === 'DELETE') {
      this.filters = this.filters.filter((one) => one.id !== id);
      return [204, null];
    }
    if (method === 'PATCH') {
      this.filters = this.filters.map((one) => (one.id === id ? { ...one, ...body } : one));
      return [200, this.filters.find((one) => one.id === id)];
    }
    const made: SavedFilter = {
      id: this.#id('f'),
      name: String(body['name']),
      filter: String(body['filter']),
      shared: body['shared'] === true,
      mine: true,
      by,
      createdAt: Date.now(),
    };
    this.filters = [...this.filters, made];
    return [201, made];
  }

  #report(query: URLSearchParams): unknown {
    const rules = new Map<string, { rule: string; text: string; visits: number; lastAt: number }>();
    for (const { rule, text, startedAt } of this.filtered) {
      const entry = rules.get(rule) ?? { rule, text, visits: 0, lastAt: 0 };
      rules.set(rule, { ...entry, visits: entry.visits + 1, lastAt: Math.max(entry.lastAt, startedAt) });
    }
    const wanted = query.get('rule');
    const visits = this.filtered.filter((visit) => wanted === null || visit.rule === wanted);
    const from = Number(query.get('before') ?? 0);
    return {
      since: Date.now() - 86_400_000,
      rules: [...rules.values()].sort((a, b) => b.visits - a.visits),
      visits: visits.slice(from, from + 50),
      next: from + 50 < visits.length ? String(from + 50) : null,
    };
  }

  #id(kind: string): string {
    this.#made += 1;
    return `${kind}${this.#made}`;
  }
}

/** A visit of the last 24 h that no count has. */
export const aFilteredVisit = (given: Partial<FilteredVisit>): FilteredVisit => ({
  visit: 'f1',
  visitor: 'v_bot',
  site: 'site-1',
  startedAt: Date.now() - 60_000,
  lastActivityAt: Date.now() - 30_000,
  endedAt: Date.now() - 30_000,
  pages: 3,
  url: 'https://shop.example.com/gear',
  title: 'Gear',
  country: 'US',
  city: 'Chicago',
  browser: 'Chrome',
  os: 'Linux',
  rule: 'headless',
  text: 'Headless browser',
  ip: '203.0.113.0',
  ...given,
});

/** An earlier visit of this row's visitor. */
export const aPastVisit = (row: Row, given: Partial<PastVisit> = {}): PastVisit => ({
  visit: `past-${row.id}`,
  site: row.site,
  startedAt: row.startedAt - 86_400_000,
  lastActivityAt: row.startedAt - 86_400_000 + 272_000,
  endedAt: row.startedAt - 86_400_000 + 300_000,
  pages: 2,
  trail: [
    { at: row.startedAt - 86_400_000, url: 'https://shop.example.com/', title: 'Fernhill Outdoor: gear that lasts' },
    { at: row.startedAt - 86_400_000 + 200_000, url: 'https://shop.example.com/help/size-guide', title: 'Size guide' },
  ],
  country: row.country,
  region: row.region,
  city: row.city,
  browser: row.browser,
  os: row.os,
  device: row.device,
  referrer: '',
  campaign: '',
  filtered: '',
  ...given,
});
