/** The whole HTTP edge on a real store, called as a function of `Request`. For tests. */
import { CHAT_LIMITS, type Detail, type Row } from '@foyer/protocol';
import type { Hono } from 'hono';
import { pino } from 'pino';
import { maskAddress } from '@foyer/domain/privacy';
import { describeAgent, judgeVisitor } from '../../agent/index.ts';
import { FileBox } from '../../files/file-box.ts';
import { type Geo, UNKNOWN_PLACE } from '../../geo/geo.ts';
import { parseTrust } from '../address.ts';
import { seenBy } from '../seen.ts';
import { Callers } from '../upgrades.ts';
import { FilterReasons } from '../visitor/filter-reasons.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { HistoryStore } from '../../ports/history-store.ts';
import { aSite, aTeam, addElsewhere, cookieOf, join, PASSWORD, setUp } from '../../team/team.testkit.ts';
import type { SignedIn } from '../../team/sessions.ts';
import { newSettings } from '../../team/settings.ts';
import { SiteRules } from '../../team/site-rules.ts';
import { createApi, createHttpApp } from './create-http-app.ts';
import { ChatOfTests, MailerOfTests, PushesOfTests } from './chat.testkit.ts';
import type { HttpDeps, LiveReads, LiveTotals } from './deps.ts';
import { Failures } from './failures.ts';

const HOST = 'foyer.test';

export interface HttpOptions {
  readonly config?: Partial<HttpDeps['config']>;
  readonly deps?: Partial<HttpDeps>;
  /** Of the disk that files are on. */
  readonly filesFree?: () => Promise<number>;
  readonly wrap?: (store: TeamStore) => TeamStore;
  readonly wrapHistory?: (history: HistoryStore) => HistoryStore;
}

/** One listed visit, and what was asked of it: the hub is another part with tests of its own. */
class ListedVisits implements LiveReads {
  readonly asked: Parameters<LiveReads['list']>[0][] = [];
  readonly #workspace: string;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  async list(q: Parameters<LiveReads['list']>[0]): ReturnType<LiveReads['list']> {
    this.asked.push(q);
    if (q.filter.startsWith('nope:')) return { ok: false, error: { code: 'bad_filter', message: 'There is no prefix nope:' } };
    const rows = q.workspace === this.#workspace ? [ROW] : [];
    return { ok: true, value: { totals: { ...TOTALS, listed: rows.length, live: rows.length }, rows: rows.slice(0, q.limit) } };
  }

  async detail(q: { workspace: string; id: string; hidden: readonly string[] }): Promise<Detail | null> {
    if (q.workspace !== this.#workspace || (q.id !== ROW.id && q.id !== ROW.visitor)) return null;
    const { ip, ...rest } = DETAIL;
    return q.hidden.includes('ip') ? rest : { ...rest, ...(ip === undefined ? {} : { ip }) };
  }

  async addressHashOf(q: { workspace: string; id: string }): Promise<string | null> {
    return (await this.detail({ ...q, hidden: [] })) === null ? null : 'hash-of-visitor';
  }

  places(epoch: string, from: number): ReturnType<LiveReads['places']> {
    const all = [{ index: 0, id: 'DE|BE|Berlin', city: 'Berlin', region: 'BE', country: 'DE', lat: 52.5, lon: 13.4, approximate: false }];
    return epoch === 'now' ? all.slice(from) : null;
  }
}

const TOTALS: LiveTotals = {
  listed: 0,
  live: 0,
  chatting: 0,
  browsing: 0,
  unknownPlace: 0,
  byStatus: { unassigned: 0, assigned: 0, ai: 0, chatting: 0, active: 0, resolved: 0, inactive: 0 },
};
/** Knows 203.0.113.0/24 as Berlin, and the time zone of France. */
const GEO: Pick<Geo, 'lookup' | 'toldBy' | 'source'> = {
  lookup: (address, timeZone) =>
    address.startsWith('203.0.113.')
      ? { ...UNKNOWN_PLACE, place: 'de|berlin|berlin', country: 'DE', region: 'Berlin', city: 'Berlin', lat: 52.5, lon: 13.4 }
      : timeZone === 'Europe/Paris'
        ? { ...UNKNOWN_PLACE, place: 'fr||', country: 'FR', lat: 46, lon: 2, approximate: true }
        : UNKNOWN_PLACE,
  toldBy: (address, timeZone) => (address.startsWith('203.0.113.') ? 'database' : timeZone === 'Europe/Paris' ? 'time_zone' : 'nothing'),
  source: { kind: 'file', type: 'GeoLite2-City', builtAt: 1_780_000_000_000, attribution: null },
};

const ROW: Row = {
  id: 'visit-1',
  visitor: 'visitor-1',
  n: 1,
  name: '',
  site: 'site-1',
  status: 'active',
  waitingSince: 0,
  online: true,
  reconnecting: false,
  country: 'DE',
  region: 'BE',
  city: 'Berlin',
  place: 'DE|BE|Berlin',
  approximate: false,
  title: 'Shop',
  url: 'https://shop.fernhill.test/',
  referrer: '',
  campaign: '',
  lang: 'de',
  browser: 'Firefox',
  os: 'Linux',
  device: 'desktop',
  context: '',
  goals: '',
  pages: 2,
  startedAt: 1,
  lastActivityAt: 2,
  leftAt: 0,
  visits: 1,
  filtered: '',
};
const DETAIL: Detail = {
  ...ROW,
  chat: '',
  timeZone: 'Europe/Berlin',
  browserVersion: '140',
  osVersion: '',
  screen: '1920×1080',
  ip: '203.0.113.0',
  organisation: '',
  source: 'Widget',
  identity: null,
  contextData: null,
  tabs: 1,
  firstVisitAt: 1,
  previousVisitAt: 0,
  trail: [{ at: 1, url: 'https://shop.fernhill.test/', title: 'Shop' }],
  reached: [],
};

export interface Call {
  readonly as?: SignedIn;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** The socket's peer; 192.0.2.1 when not said. */
  readonly from?: string;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text. */
  readonly body: unknown;
}

export async function anHttpEdge(options: HttpOptions = {}) {
  const t = await aTeam({ ...(options.wrap === undefined ? {} : { wrap: options.wrap }) });
  const logged: { level: number; msg: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line) as { level: number; msg: string }) });
  const owner = await setUp(t);
  const live = new ListedVisits(owner.actor.workspace);
  const callers = new Callers(parseTrust(['loopback']), 'key');
  const reasons = new FilterReasons({ directory: t.directory, judge: judgeVisitor });
  const told: string[] = [];
  const chat = new ChatOfTests({ store: t.chats, clock: t.clock, told });
  const mailer = new MailerOfTests();
  const pushes = new PushesOfTests(t.notices);
  const deps: HttpDeps = {
    config: { publicUrl: '', embedPath: '/foyer.js', metricsToken: '', ...options.config },
    version: '0.0.0',
    clock: t.clock,
    countedBy: () => t.clock.now(),
    log,
    store: t.store,
    chats: t.chats,
    chat,
    files: await FileBox.open({
      dataDir: t.dataDir,
      maxBytes: CHAT_LIMITS.fileBytes,
      clock: t.clock,
      ...(options.filesFree ? { freeBytes: options.filesFree } : {}),
    }),
    notices: t.notices,
    mailer,
    pushes,
    alerts: { changed: (workspace) => void told.push(`alerts ${workspace}`) },
    directory: t.directory,
    siteRules: new SiteRules(t.directory, t.clock),
    people: t.people,
    sessions: t.sessions,
    setup: t.setup,
    team: t.team,
    live,
    history: options.wrapHistory?.(t.history) ?? t.history,
    metrics: { render: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'foyer_up 1\n' }) },
    readiness: () => null,
    proxyNotTrusted: () => false,
    placesBy: () => null,
    client: (request, remoteAddress) => ({
      ...callers.whoIs(remoteAddress, undefined),
      remoteAddress,
      secure: request.headers.get('x-forwarded-proto') === 'https',
    }),
    seen: (query) =>
      seenBy(query, {
        callers,
        geo: GEO,
        describeAgent,
        maskAddress,
        leftOut: (...judged) => reasons.of(...judged),
        trustedProxies: ['loopback'],
      }),
    dashboardDir: '/nonexistent',
    embedDir: '/nonexistent',
    ...options.deps,
  };
  const app: Hono = createHttpApp(deps);

  /** `target`: method and path, such as `POST /api/v1/sites`. */
  async function call(target: string, { as, body, headers = {}, from = '192.0.2.1' }: Call = {}): Promise<Answer> {
    const response = await send(target, {
      headers: { ...(as ? { cookie: cookieOf(as) } : {}), ...headers },
      from,
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  }

  async function send(target: string, { body, headers = {}, from = '192.0.2.1' }: Omit<Call, 'as'>): Promise<Response> {
    const [method = 'GET', path = '/'] = target.split(' ');
    const raw = body === undefined ? null : typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const request = new Request(`http://${HOST}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(raw === null ? {} : { body: raw }),
    });
    return app.request(request, undefined, { incoming: { socket: { remoteAddress: from } } });
  }

  /** Signed in as the owner of a second workspace of this installation. */
  async function elsewhere(): Promise<SignedIn> {
    await addElsewhere(t.dataDir, t.passwords);
    const workspace = { id: 'elsewhere', name: 'Elsewhere', settings: newSettings('UTC'), trackingInPlan: true, createdAt: 1 };
    t.directory.adopt(workspace, aSite({ id: 'far-site', key: 'far-key', workspace: 'elsewhere' }));
    const otto = await t.sessions.login({ email: 'otto@elsewhere.test', password: PASSWORD, addressHash: 'far' });
    if (!otto.ok) throw new Error('the login was refused');
    return otto.value;
  }

  const [site] = t.directory.sites(owner.actor.workspace);
  if (site === undefined) throw new Error('set-up makes a site');
  return {
    ...t,
    app,
    deps,
    live,
    owner,
    site,
    chat,
    mailer,
    told,
    logged,
    call,
    send,
    declared: createApi(deps, new Failures(log)).declared,
    elsewhere,
    join: (role: 'admin' | 'agent', name: string) => join(t, owner, role, name),
  };
}
export type HttpEdge = Awaited<ReturnType<typeof anHttpEdge>>;

export const codeOf = ({ body }: Answer): string | undefined => (body as { error?: { code?: string } }).error?.code;
