/**
 * A scripted Foyer: serves the built dashboard, speaks its REST and console protocol, and does what a test tells it.
 * It lets tests reach states that a real server reaches rarely (refusals, lost connections, ten thousand rows at once).
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import {
  CLOSE,
  type ChangedFrame,
  type ChatColleague,
  type Colleague,
  type ConsoleChatDown,
  type ConsoleChatUp,
  type ConsoleDown,
  type ConsoleUp,
  type Invitation,
  type Me,
  type Member,
  type Row,
} from '@foyer/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { FakeAnalytics } from './fake-analytics.ts';
import { FakeChat } from './fake-chat.ts';
import { FakeChatSettings } from './fake-chat-settings.ts';
import { FakeHistory } from './fake-history.ts';
import { FakeLook } from './fake-look.ts';
import { FakeNotices } from './fake-notices.ts';
import { FakeRules } from './fake-rules.ts';
import { FakeReplay } from './fake-replay.ts';
import { FakeRequests } from './fake-requests.ts';
import { aVisit, COORDINATES, detailOf, PLACES, seeded } from './fake-visits.ts';
import { FakeVisitorApi } from './fake-visitor-api.ts';
import { FakeView, newestFirst } from './fake-views.ts';
import { pastOf } from './fake-monitor.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.webp': 'image/webp',
  '.json': 'application/json',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
/** As strict as the real server's. */
const CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TICK_MS = 100;
const isChat = (up: ConsoleUp | ConsoleChatUp): up is ConsoleChatUp => up.t.startsWith('chat.');

interface Console {
  readonly socket: WebSocket;
  readonly views: Map<string, FakeView>;
  readonly follows: Map<string, { id: string; last: string }>;
  readonly pasts: Map<string, string>;
}

export class FakeServer {
  readonly #dist: string;
  readonly #http: Server;
  readonly #sockets = new Set<Socket>();
  readonly #consoles = new Set<Console>();
  readonly #visits = new Map<string, Row>();
  readonly #random = seeded(7);
  #sorted: Row[] | null = null;
  #timer: NodeJS.Timeout | undefined;
  #next = 1;
  #epoch = 1;
  port = 0;
  signedIn = true;
  setUp = true;
  me: Me;
  members: Member[];
  invitations: Invitation[] = [];
  readonly kept = new FakeVisitorApi();
  readonly chat = new FakeChat('u1', (frame) => {
    for (const one of this.#consoles) this.#send(one, frame);
  });
  readonly chatSettings = new FakeChatSettings(this.chat.files);
  readonly notices = new FakeNotices();
  readonly analytics = new FakeAnalytics();
  readonly look = new FakeLook();
  readonly rules = new FakeRules();
  readonly history = new FakeHistory();
  readonly requestLog = new FakeRequests();
  readonly replay = new FakeReplay();
  /** Files that are another build's. */
  readonly rewritten = new Map<string, (text: string) => string>();
  refusedHashes: { count: number; lastAt: number } | null = null;
  /** How often the identity secret was made anew. */
  rotations = 0;
  refused = [{ origin: 'https://staging.example.net', count: 42, lastAt: Date.now() }];
  warnings: { code: 'http_public_url' | 'proxy_not_trusted' | 'local_public_url'; message: string }[] = [];
  /** What the browser sent up, newest last. */
  readonly heard: ConsoleUp[] = [];
  readonly requests: string[] = [];
  /** Others of the team who have a console open, by user id. */
  readonly colleagues = new Map<string, Colleague>();

  /** `dist`: folder of a built dashboard. */
  constructor(dist = join(import.meta.dirname, '..', 'dist')) {
    this.#dist = dist;
    const site = (id: string, name: string, domain: string) => ({
      id,
      key: `s_${id}`,
      name,
      domain,
      origins: [],
      params: [],
      hashRouting: false,
      countAutomated: false,
      createdAt: Date.now() - 86_400_000,
      seenAt: (Date.now() - 3_600_000) as number | null,
    });
    this.me = {
      user: { id: 'u1', name: 'Marta Lindqvist', email: 'marta@example.com' },
      role: 'owner',
      workspace: { id: 'w1', name: 'Fernhill Outdoor', trackingInPlan: true },
      sites: [site('site-1', 'Shop', 'shop.example.com'), site('site-2', 'Journal', 'journal.example.com')],
      settings: {
        tracking: true,
        timeZone: 'Europe/Vienna',
        excludeOwnTeam: true,
        excludedAddresses: ['203.0.113.0/28', '198.51.100.17'],
        ipMask: 'default',
        signals: 'limit',
        cookieless: false,
        keepVisitsDays: 90,
        resolvedHoldMs: 300_000,
      },
      admins: ['Marta Lindqvist', 'Joon Park'],
      placesBy: { text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' },
    };
    this.members = [
      { id: 'u1', name: 'Marta Lindqvist', email: 'marta@example.com', role: 'owner', createdAt: Date.now() },
      { id: 'u2', name: 'Joon Park', email: 'joon@example.com', role: 'admin', createdAt: Date.now() },
      { id: 'u3', name: 'Anna Keller', email: 'anna@example.com', role: 'agent', createdAt: Date.now() },
    ];
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    const wss = new WebSocketServer({ noServer: true });
    this.#http.on('upgrade', (request, socket, head) => {
      if (!this.signedIn) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      wss.handleUpgrade(request, socket, head, (ws) => this.#welcome(ws));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#http.listen(port || this.port, '127.0.0.1', resolve));
    this.port = (this.#http.address() as AddressInfo).port;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    return this;
  }

  /** Like a crash: sockets are cut, nothing is said. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
    this.#consoles.clear();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  newEpoch(): void {
    this.#epoch += 1;
  }

  fill(count: number, spreadMs = 1_500_000): void {
    const now = Date.now();
    for (let i = 0; i < count; i += 1) {
      const startedAt = Math.round(now - (i / Math.max(1, count)) ** 1.6 * spreadMs);
      this.#add({ startedAt });
    }
  }
  #add(given: Partial<Row>): Row {
    const row = aVisit({ random: this.#random, number: this.#next, now: Date.now(), ...given });
    this.#next += 1;
    this.#visits.set(row.id, row);
    this.#sorted = null;
    return row;
  }
  arrive(given: Partial<Row> = {}): Row {
    const now = Date.now();
    return this.#add({ startedAt: now, lastActivityAt: now, online: true, status: 'active', leftAt: 0, pages: 1, ...given });
  }
  change(id: string, set: Partial<Row>): void {
    const row = this.#visits.get(id);
    if (!row) throw new Error(`no visit ${id}`);
    this.#visits.set(id, { ...row, ...set });
    this.#sorted = null;
  }
  leave(id: string): void {
    this.#visits.delete(id);
    this.#sorted = null;
  }
  clear(): void {
    this.#visits.clear();
    this.#sorted = null;
  }
  visits(): readonly Row[] {
    this.#sorted ??= [...this.#visits.values()].sort(newestFirst);
    return this.#sorted;
  }
  say(what: ChangedFrame['what']): void {
    for (const one of this.#consoles) this.#send(one, { t: 'changed', what });
  }
  /** A colleague comes, looks at these visitors (ids), writes to those, or goes. */
  colleague(id: string, name: string, looking: readonly string[] | null, inviting: readonly string[] = []): void {
    const colleague = looking && { name, looking, ...(inviting.length > 0 ? { inviting } : {}) };
    if (colleague) this.colleagues.set(id, colleague);
    else this.colleagues.delete(id);
    const set = { [id]: colleague };
    for (const one of this.#consoles) this.#send(one, { t: 'colleagues', now: Date.now(), set });
  }
  closeConsoles(kind: keyof typeof CLOSE): void {
    for (const one of this.#consoles) one.socket.close(CLOSE[kind].code, JSON.stringify({ code: CLOSE[kind].name, minMs: 0, maxMs: 300 }));
  }

  #colleague({ id, name }: Member): ChatColleague {
    const said = this.chatSettings.agents.get(id);
    const availability = this.chat.availabilities[id] ?? 'online';
    const load = this.chat.loadOf(id);
    const teams = this.chatSettings.teams.filter((team) => team.members.includes(id)).map((team) => team.id);
    const ownCapacity = said?.ownCapacity ?? null;
    return { id, name, availability, available: said?.available ?? availability, load, capacity: ownCapacity ?? this.chat.capacity, ownCapacity, teams }; // prettier-ignore
  }
  #welcome(socket: WebSocket): void {
    const one: Console = { socket, views: new Map(), follows: new Map(), pasts: new Map() };
    this.#consoles.add(one);
    socket.on('close', () => this.#consoles.delete(one));
    socket.on('message', (data) => {
      const up = JSON.parse(String(data)) as ConsoleUp | ConsoleChatUp;
      if (isChat(up)) this.chat.hear(up, (frame) => this.#send(one, frame));
      else this.#hear(one, up);
    });
    this.#send(one, {
      t: 'hello',
      v: 1,
      epoch: `e${this.#epoch}`,
      now: Date.now(),
      me: { id: this.me.user.id, name: this.me.user.name, role: this.me.role, workspace: this.me.workspace.id },
      retry: { minMs: 0, maxMs: 500 },
    });
    const self: Colleague = { name: this.me.user.name, looking: [] };
    this.#send(one, {
      t: 'colleagues',
      now: Date.now(),
      full: true,
      set: { [this.me.user.id]: self, ...Object.fromEntries(this.colleagues) },
    });
  }

  #hear(one: Console, up: ConsoleUp): void {
    this.heard.push(up);
    const view = one.views.get(up.view);
    if (up.t === 'open') {
      if (up.filter.includes('refuse-me'))
        return this.#send(one, { t: 'refused', view: up.view, code: 'bad_filter', message: 'This filter is not one that can be read.' });
      const opened = new FakeView(up);
      one.views.set(up.view, opened);
      this.#patch(one, opened);
    } else if (up.t === 'follow') {
      one.follows.set(up.view, { id: up.id, last: '' });
      this.#details(one);
    } else if (up.t === 'past') {
      one.pasts.set(up.view, '');
      this.#past(one);
    } else if (up.t === 'close') {
      one.views.delete(up.view);
      one.pasts.delete(up.view);
      one.follows.delete(up.view);
    } else if (!view) this.#send(one, { t: 'refused', view: up.view, code: 'unknown_view', message: 'This view is not open.' });
    else {
      if (up.t === 'window') view.window = up.window;
      else view.again();
      this.#patch(one, view);
    }
  }

  #tick(): void {
    for (const one of this.#consoles) {
      for (const view of one.views.values()) this.#patch(one, view);
      this.#details(one);
      this.#past(one);
    }
  }
  #past(one: Console): void {
    if (one.pasts.size === 0) return;
    const set = pastOf(this.visits(), Date.now());
    const text = JSON.stringify({ ...set, online: set.online.points.length });
    for (const [view, last] of one.pasts) {
      if (last === text) continue;
      one.pasts.set(view, text);
      this.#send(one, { t: 'past', view, now: Date.now(), set });
    }
  }
  #patch(one: Console, view: FakeView): void {
    const frame = view.frame(this.visits(), Date.now());
    if (frame) this.#send(one, frame);
  }
  #details(one: Console): void {
    for (const [view, follow] of one.follows) {
      const row = this.#visits.get(follow.id) ?? this.visits().find((visit) => visit.visitor === follow.id);
      const detail = row ? detailOf(row) : null;
      const text = JSON.stringify(detail);
      if (text === follow.last) continue;
      follow.last = text;
      this.#send(one, { t: 'detail', view, now: Date.now(), detail });
    }
  }
  #send(one: Console, frame: ConsoleDown | ConsoleChatDown): void {
    one.socket.send(JSON.stringify(frame));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${pathname}`);
    if (pathname.startsWith('/api/v1/')) {
      if (pathname === '/api/v1/files' && request.method === 'POST') {
        let bytes = 0;
        for await (const chunk of request) bytes += (chunk as Buffer).byteLength;
        const [status, answer] = this.chatSettings.upload(searchParams.get('name') ?? '', bytes);
        response.writeHead(status, { 'content-type': 'application/json' });
        return void response.end(JSON.stringify(answer));
      }
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const [status, answer] = this.#api(
        `${request.method} ${pathname.slice('/api/v1'.length)}`,
        body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
        searchParams,
      );
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      return void response.end(status === 204 ? undefined : JSON.stringify(answer));
    }
    if (pathname === '/playground-frame') {
      const { html, policy } = this.look.frame();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
      return void response.end(html);
    }
    const file = extname(pathname) === '' ? 'index.html' : normalize(pathname).replace(/^[/\\]+/, '');
    const content = await readFile(join(this.#dist, file)).catch(() => null);
    response.writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'content-security-policy': CSP });
    const rewrite = this.rewritten.get(file);
    response.end(content === null ? 'not found' : rewrite ? rewrite(content.toString()) : content);
  }

  #api(route: string, body: Record<string, unknown>, query: URLSearchParams): [number, unknown] {
    const refuse = (status: number, code: string, message: string): [number, unknown] => [status, { error: { code, message } }];
    if (route === 'GET /setup') return [200, { needed: !this.setUp }];
    if (route === 'POST /setup') {
      if (body['token'] !== 'right')
        return refuse(403, 'used_or_expired', 'This set-up link was used or has expired. Restart Foyer for a new one.');
      this.setUp = this.signedIn = true;
      this.me.workspace.name = String(body['workspace']);
      return [201, this.me];
    }
    if (route === 'POST /login') {
      if (body['password'] !== 'right-password') return refuse(401, 'wrong', 'E-mail or password is not right.');
      this.signedIn = true;
      return [200, this.me];
    }
    if (route === 'GET /invite')
      return [200, { workspace: this.me.workspace.name, role: 'agent', email: null, expiresAt: Date.now() + 86_400_000 }];
    if (route === 'POST /invite') {
      this.signedIn = true;
      return [200, this.me];
    }
    if (!this.signedIn) return refuse(401, 'signed_out', 'Sign in first.');
    if (route === 'POST /logout') {
      this.signedIn = false;
      return [204, null];
    }
    if (route === 'GET /me') return [200, this.me];
    if (route === 'PATCH /settings') {
      const { workspaceName, ...settings } = body;
      if (typeof workspaceName === 'string') this.me.workspace.name = workspaceName;
      Object.assign(this.me.settings, settings);
      return [200, this.me.settings];
    }
    const rules = this.rules.answer(route, body);
    if (rules) return rules;
    const kept = this.kept.answer({ route, body, query, by: this.me.user.name });
    if (kept) return kept;
    const figures = this.analytics.answer(route, query);
    if (figures) return figures;
    const chat = this.chat.answer(route, query);
    if (chat) return chat;
    if (route === 'GET /chat/agents') return [200, this.members.map((member) => this.#colleague(member))];
    const look = this.look.answer(route, body);
    if (look) return look;
    const notices = this.notices.answer(route, body);
    if (notices) return notices;
    const settings = this.chatSettings.answer(route, body);
    if (settings) return settings;
    const past = this.requestLog.answer(route, query) ?? this.replay.answer(route, query);
    if (past) return past;
    const history = this.history.answer(route, query);
    if (history) return history;
    if (route === 'GET /team') return [200, this.members];
    if (route === 'GET /invitations') return [200, this.invitations];
    if (route === 'POST /invitations') {
      const invitation: Invitation = {
        id: `i${this.invitations.length + 1}`,
        role: body['role'] === 'admin' ? 'admin' : 'agent',
        email: typeof body['email'] === 'string' ? body['email'] : null,
        createdAt: Date.now(),
        expiresAt: Date.now() + 7 * 86_400_000,
      };
      this.invitations.push(invitation);
      return [201, { invitation, link: `${this.url}/invite#token=abc` }];
    }
    if (route === 'GET /places') {
      const from = Number(query.get('from'));
      return [
        200,
        {
          places: PLACES.map(([country, region, city], index) => ({
            index,
            id: `${country}|${region}|${city}`,
            city,
            region,
            country,
            lat: COORDINATES[city]?.[0] ?? 0,
            lon: COORDINATES[city]?.[1] ?? 0,
            approximate: false,
          })).filter((place) => place.index >= from && place.city !== ''),
        },
      ];
    }
    if (route === 'POST /sites') {
      const site = {
        id: `site-${this.me.sites.length + 1}`,
        key: 's_new',
        name: String(body['name']),
        domain: String(body['domain']),
        origins: [],
        params: [],
        hashRouting: false,
        countAutomated: false,
        createdAt: Date.now(),
        seenAt: null,
      };
      this.me.sites.push(site);
      return [201, site];
    }
    const [, method, id, rest] = /^(\w+) \/sites\/([^/]+)(\/[\w/]+)?$/.exec(route) ?? [];
    const site = this.me.sites.find((s) => s.id === id);
    if (site && method === 'PATCH') return [200, Object.assign(site, body)];
    if (site && rest === '/install')
      return [
        200,
        {
          site,
          snippet: `<script async src="https://foyer.example.com/foyer.js" data-site="${site.key}"></script>`,
          refused: this.refused,
          refusedHashes: this.refusedHashes,
          warnings: this.warnings,
        },
      ];
    if (site && rest?.startsWith('/identity')) {
      if (rest === '/identity/rotate') this.rotations++;
      const beforeUntil = this.rotations > 0 ? Date.now() + 86_400_000 : 0;
      return [200, { secret: String(this.rotations).repeat(64), madeAt: Date.now(), beforeUntil }];
    }
    if (site && rest === '/origins') {
      site.origins.push(String(body['origin']));
      this.refused = this.refused.filter((one) => one.origin !== body['origin']);
      return [204, null];
    }
    return refuse(404, 'not_found', 'There is nothing here.');
  }
}
