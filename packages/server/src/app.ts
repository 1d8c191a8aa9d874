/** The one place where adapters are chosen and everything is put together. */
import { randomBytes, randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { LocalNetwork } from './adapters/bus-local.ts';
import { openSqliteStores } from './adapters/store-sqlite/index.ts';
import { systemClock } from './adapters/system-clock.ts';
import { describeAgent, judgeVisitor } from './agent/index.ts';
import { type PushTrust, Reach } from './alerts/reach.ts';
import { ChatSideOf } from './chat/chat-side.ts';
import type { Chat } from './chat/service.ts';
import type { Config } from './config.ts';
import { isSecure, parseTrust } from './edge/address.ts';
import { Consoles } from './edge/console/consoles.ts';
import { ConsoleSession } from './edge/console/console-session.ts';
import { createHttpApp } from './edge/http/create-http-app.ts';
import { isSameOrigin } from './edge/http/same-origin.ts';
import { ConnectionLimits } from './edge/rate-limits.ts';
import { Sockets } from './edge/sockets.ts';
import { Throttle } from './edge/throttle.ts';
import { Callers, headersOf, refuseUpgrade } from './edge/upgrades.ts';
import { seenBy } from './edge/seen.ts';
import { FilterReasons } from './edge/visitor/filter-reasons.ts';
import { admit, type GateDeps } from './edge/visitor/gate.ts';
import { Greetings } from './edge/visitor/greetings.ts';
import { Identities } from './edge/visitor/identities.ts';
import { Polls } from './edge/visitor/polls.ts';
import { SharedTexts } from './edge/visitor/shared-texts.ts';
import { TabRegistry } from './edge/visitor/tab-registry.ts';
import { type Geo, openGeo } from './geo/geo.ts';
import { dropLost } from './files/drop-lost.ts';
import { FileBox } from './files/file-box.ts';
import { HistoryWriter } from './history/writer.ts';
import { ChatCounts } from './history/chat-counts.ts';
import { RequestLog } from './history/request-log.ts';
import { Upkeep } from './history/upkeep.ts';
import { Colleagues } from './live/colleagues.ts';
import { Feeds } from './live/feeds.ts';
import { LiveNode } from './live/node.ts';
import { LiveReadsOf } from './live/live-reads.ts';
import { PastFeeds } from './live/past-feeds.ts';
import { createMetrics } from './observe/metrics.ts';
import type { ChatStore } from './ports/chat-store.ts';
import type { HistoryStore } from './ports/history-store.ts';
import { maskAddress } from '@foyer/domain/privacy';
import { CHAT_LIMITS } from '@foyer/protocol';
import { ChatBlocks } from './team/chat-blocks.ts';
import { Directory } from './team/directory.ts';
import { Passwords } from './team/passwords.ts';
import { Sessions } from './team/sessions.ts';
import { Setup } from './team/setup.ts';
import { SiteIdentities } from './team/site-identities.ts';
import { Team } from './team/team.ts';
import { SettingsWatch } from './live/settings-watch.ts';
import { followGoals } from './chat/chat-goals.ts';
import { ConversationGoals } from './chat/conversation-goals.ts';
import { SiteRules } from './team/site-rules.ts';

export interface FoyerOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  /** Answers what no route of Foyer's takes (the demo's shop). */
  readonly extra?: (request: Request) => Promise<Response | null>;
  /** For tests, whose push service is on this machine. */
  readonly pushTrust?: PushTrust;
}
export interface Foyer {
  readonly port: number;
  readonly team: Team;
  readonly setup: Setup;
  readonly directory: Directory;
  /** For a bench, which fills it with more visitors than a machine has sockets, and for whoever keeps conversations. */
  readonly live: Pick<LiveNode, 'fact' | 'name' | 'now' | 'size' | 'converse' | 'changed'>;
  /** For whoever takes part in conversations by code. */
  readonly chat: Chat;
  /** For a demo, whose visitors have been here before: what a visitor's past is made of. */
  readonly archive: {
    readonly lookup: Geo['lookup'];
    readonly visitorOf: Identities['visitorOf'];
    readonly history: Pick<HistoryStore, 'meetVisitors' | 'saveVisits' | 'sampleOnline' | 'replay'>;
    /** By whoever says when it was: nobody is told of it as news. */
    readonly chats: Pick<ChatStore, 'request' | 'putProfile'>;
  };
  /** Path and fragment of the one-time set-up link; null when there is an account. */
  readonly setupPath: string | null;
  /** Stops accepting, tells everybody to come back, writes everything; at most `SHUTDOWN_WITHIN_MS`. */
  close(): Promise<void>;
}

const SHUTDOWN_WITHIN_MS = 8_000;
const DAY_MS = 86_400_000;
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Starts a server and answers when it listens. Throws when the data folder is in use, the port is taken or a database is too new. */
export async function startFoyer(options: FoyerOptions): Promise<Foyer> {
  const { config, log } = options;
  const clock = systemClock;
  const metrics = createMetrics();
  const retry = { minMs: config.retryMinMs, maxMs: config.retryMaxMs };
  const [stores, geo] = await Promise.all([
    openSqliteStores({ dataDir: config.data, clock, log }),
    openGeo({ ...(config.geoipDb === '' ? {} : { dbPath: config.geoipDb }), log, clock }),
  ]);
  const { history, team: teamStore } = stores;
  const secret = (name: 'resume' | 'address' | 'visitor' | 'chat'): Promise<string> =>
    teamStore.secret(name, randomBytes(32).toString('hex'));
  const names = ['resume', 'address', 'visitor', 'chat'] as const;
  const [resumeKey, addressKey, visitorKey, chatKey] = await Promise.all(
    names.map(secret) as [Promise<string>, Promise<string>, Promise<string>, Promise<string>],
  );

  const directory = await Directory.open({ store: teamStore, clock, log });
  const siteRules = new SiteRules(directory, clock);
  const people = await new SiteIdentities({
    store: teamStore,
    clock,
    onRefused: (site) => {
      metrics.sockets.hashesRefused++;
      directory.installMayHaveChanged(site);
    },
    onOutage: (cause) => log.error({ err: cause }, 'the store could not say whether a visitor is somebody else'),
  }).open();
  const files = await FileBox.open({ dataDir: config.data, maxBytes: CHAT_LIMITS.fileBytes, clock });
  const throttle = new Throttle();
  const passwords = new Passwords();
  const sessions = new Sessions({ store: teamStore, directory, clock, passwords, throttle, lifetimeMs: config.sessionDays * DAY_MS });
  const setup = new Setup({ store: teamStore, directory, sessions, passwords, clock });
  const team = new Team({ store: teamStore, directory, sessions, passwords, clock });

  const writer = new HistoryWriter({ store: history, clock, log, counters: metrics.history, onStored: (records) => live.stored(records) });
  const live = new LiveNode({
    bus: new LocalNetwork().join(randomBytes(6).toString('hex')),
    clock,
    epoch: randomBytes(9).toString('base64url'),
    random: () => randomInt(2 ** 32),
    history,
    writer,
    retryMaxMs: retry.maxMs,
    onArrival: (site, now) => directory.markSeen(site, now),
    judge: siteRules.judge,
    sitesOf: (workspace) => directory.sites(workspace),
    onOutage: (what, cause) => log.error({ err: cause }, `the store could not answer ${what}; it is asked again`),
  });
  const sitesOf = (workspace: string) => directory.sites(workspace).map((site) => ({ ...site, goals: siteRules.goals(site.id) }));
  const feeds = new Feeds(live, sitesOf);
  const pasts = new PastFeeds({
    store: history,
    clock,
    now: () => live.now(),
    timeZoneOf: (workspace) => directory.settings(workspace)?.timeZone ?? 'UTC',
    onOutage: (what, cause) => log.error({ err: cause }, `the store could not ${what}`),
  });
  const consoles = new Consoles();
  const trust = parseTrust(config.trustProxy);
  const callers = new Callers(trust, addressKey, config.publicUrl);
  const greetings = new Greetings(directory, retry, siteRules.kept);
  const texts = new SharedTexts();
  const counts = metrics.sockets;
  const reasons = new FilterReasons({ directory, judge: judgeVisitor });
  const assessing = {
    geo,
    describeAgent,
    maskAddress,
    leftOut: (...judged: Parameters<FilterReasons['of']>) => reasons.of(...judged),
  };
  const identities = new Identities({ visitor: visitorKey, resume: resumeKey });
  const reads = new LiveReadsOf(feeds, live, clock);
  const colleagues = new Colleagues({
    live,
    clock,
    onChanged: (workspace, what) => consoles.changed(workspace, what),
    onSeen: (workspace, user, isHere) => {
      chat.seen(workspace, user, isHere);
      reach.seen(workspace, user);
    },
  });
  const requestLog = new RequestLog({
    store: history,
    clock,
    now: () => live.now(),
    settings: (workspace) => directory.settings(workspace),
    lookup: (address) => geo.lookup(address, ''),
    browserOf: (userAgent) => describeAgent(userAgent, undefined).browser,
    maskAddress,
    onOutage: (what, cause) => log.error({ err: cause }, `the store could not ${what}`),
  });
  const chat = new ChatSideOf({
    noteRequest: (seen) => requestLog.note(seen),
    live,
    clock,
    store: stores.chat,
    team: teamStore,
    directory,
    colleagues,
    reads,
    identities,
    assess: assessing,
    pageOf: siteRules.pageOf,
    key: chatKey,
    embedPath: config.embedPath,
    dropFiles: (ids) => {
      files.remove(ids).catch((cause: unknown) => log.error({ err: cause }, 'files could not be deleted'));
    },
    mailTranscript: async ({ email, ...of }) => (await reach.mailer.transcript({ ...of, to: email })) === true,

    onOutage: (what, cause) => log.error({ err: cause }, `the store could not ${what}`),
  });
  const conversationGoals = new ConversationGoals({
    chat: chat.service,
    open: chat.service.open,
    onOutage: (cause) => log.error({ err: cause }, 'the store could not keep a goal on its conversation'),
  });
  live.attachGoals(conversationGoals.onVisit);
  const reach: Reach = await Reach.open({
    clock,
    live,
    chat: chat.service,
    chats: stores.chat,
    notices: stores.notices,
    team: teamStore,
    directory,
    sitesOf,
    give: (...alert) => consoles.tellUser(...alert),
    publicUrl: config.publicUrl,
    pushTrust: options.pushTrust,
    onOutage: (what, cause) => log.error({ err: cause }, `the store could not ${what}`),
    onTrouble: (what, detail) => log.warn(detail, what),
  });
  const tabs = new TabRegistry(
    {
      ...assessing,
      clock,
      live,
      directory,
      identities,
      people,
      greetings,
      goalOf: siteRules.goalOf,
      pageOf: siteRules.pageOf,
      shared: (text) => texts.one(text),
      openChat: chat.openTab,
      isAwaited: chat.isAwaited,
      retry,
      counts,
    },
    live,
  );
  live.attach(tabs, feeds, colleagues);

  const limits = new ConnectionLimits();
  const gate: GateDeps = {
    directory,
    clock,
    mayConnect: (address, site, mono) => limits.admit({ addressHash: address, site }, mono).ok,
    isFull: () => config.maxSockets > 0 && tabs.size >= config.maxSockets,
  };
  const sockets = new Sockets({ clock, retry });
  const polls = new Polls({ tabs, gate, clock, retry });
  const watch = new SettingsWatch({
    directory,
    live,
    tabs,
    consoles,
    greetings,
    history,
    onOutage: (cause) => log.error({ err: cause }, 'day rollups could not be moved to the new time zone'),
  });
  new ChatBlocks({
    directory,
    store: teamStore,
    clock,
    onOutage: (cause) => log.error({ err: cause }, 'the store could not keep the block of a conversation'),
  }).follow(chat.service);
  followGoals(chat.service, {
    goalsOf: (site) => siteRules.of(site).goals,
    visitOf: (of) => chat.service.visitIdOf(of),
    reached: (goal) => live.goal(goal),
    keep: (state, goal) => conversationGoals.keep(state, goal),
    now: () => live.now(),
  });
  sessions.onEnded((end) => consoles.ended(end));
  const upkeep = new Upkeep({
    clock,
    live,
    history,
    team: teamStore,
    directory,
    onOutage: (what, cause) => log.error({ err: cause }, `the store could not ${what}`),
  });
  const chatCounts = new ChatCounts({
    clock,
    chats: stores.chat,
    history,
    onOutage: (what, cause) => log.error({ err: cause }, `the store could not ${what}`),
  });
  metrics.observe({
    tabs: () => tabs.size,
    consoles: () => consoles.size,
    visits: () => live.size,
    merged: () => consoles.merged,
    historyPending: () => writer.pending,
    proxyNotTrusted: () => callers.proxyWatch.notTrusted,
  });

  let state: string | null = 'starting';
  const http = createHttpApp({
    config,
    version: options.version,
    clock,
    countedBy: () => live.now(),
    log,
    store: teamStore,
    chats: stores.chat,
    chat: chat.service,
    files,
    ...reach.routes,
    directory,
    siteRules,
    people,
    sessions,
    setup,
    team,
    live: reads,
    history,
    requestLog,
    metrics,
    readiness: () => state,
    placesBy: () => geo.source.attribution,
    proxyNotTrusted: () => callers.proxyWatch.notTrusted,
    client: (request, remoteAddress) => {
      const header = (name: string): string | undefined => request.headers.get(name) ?? undefined;
      return {
        ...callers.whoIs(remoteAddress, header('x-forwarded-for')),
        remoteAddress,
        secure: isSecure({ remoteAddress, encrypted: false, forwardedProto: header('x-forwarded-proto') }, trust),
      };
    },
    seen: (query) => seenBy(query, { ...assessing, callers, trustedProxies: config.trustProxy }),
    embedPosts: async (request, { remoteAddress }) => {
      const knock = callers.knock(remoteAddress, (name) => request.headers.get(name) ?? undefined);
      const body = await request.text();
      if (new URL(request.url).pathname.endsWith('/beacon')) return new Response(null, { status: polls.beacon(body, knock) ? 204 : 400 });
      return Response.json(await polls.poll(body, knock));
    },
    ...(options.extra ? { extra: options.extra } : {}),
    dashboardDir: folder('../../dashboard/dist'),
    embedDir: folder('../../embed/dist'),
  });
  const answer = getRequestListener(http.fetch);
  // It answers its own failures; there is nothing left to wait for.
  const server = createServer((request, response) => void answer(request, response));

  const visitorUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams): void => {
    const knock = callers.knock(request.socket.remoteAddress ?? '', headersOf(request));
    const shake = admit({ ...knock, siteKey: query.get('site') ?? '', version: Number(query.get('v') ?? Number.NaN) }, gate);
    if (typeof shake === 'string') {
      counts.refused(shake);
      sockets.refuse(request, socket, head, shake);
      return;
    }
    sockets.accept(request, socket, head, (one) => tabs.open(one, shake));
  };
  const consoleUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const header = headersOf(request);
    const address = URL.parse(request.url ?? '/', `http://${header('host') ?? 'localhost'}`);
    if (!address) return refuseUpgrade(socket, '400 Bad Request');
    const asked = new Request(address, {
      headers: pick(header, ['origin', 'sec-fetch-site', 'host']),
    });
    if (!isSameOrigin(asked, config.publicUrl)) return refuseUpgrade(socket, '403 Forbidden');
    const actor = await sessions.authenticate(
      header('cookie'),
      callers.addressHashOf(request.socket.remoteAddress ?? '', header('x-forwarded-for')),
    );
    if (!actor) return sockets.refuse(request, socket, head, 'signedOut');
    const { address: of, userAgent } = callers.read(request.socket.remoteAddress ?? '', header);
    sockets.accept(request, socket, head, (one) => {
      const session = new ConsoleSession(
        {
          feeds,
          pasts,
          colleagues,
          clock,
          now: () => live.now(),
          epoch: live.epoch,
          retry,
          hasSite: (workspace, site) => directory.site(site)?.workspace === workspace,
          hasTracking: (workspace) => directory.workspace(workspace)?.trackingInPlan === true,
          openChat: (desk, who, give) => chat.openConsole(desk, who, give, { address: of, userAgent }),
          onClosed: (closed) => consoles.delete(closed),
          counts,
        },
        one,
        actor,
      );
      consoles.add(session);
      return session;
    });
  };
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', destroyIt);
    if (state !== null) return refuseUpgrade(socket, '503 Service Unavailable');
    // What the first line says may be no address at all (`//`, `http://[`); thrown here it would end the process.
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (!url) return refuseUpgrade(socket, '400 Bad Request');
    if (url.pathname === `${config.embedPath}/socket`) return visitorUpgrade(request, socket, head, url.searchParams);
    if (url.pathname !== '/api/v1/live') return refuseUpgrade(socket, '404 Not Found');
    consoleUpgrade(request, socket, head).catch((cause) => {
      log.error({ err: cause }, 'a console could not be let in');
      refuseUpgrade(socket, '503 Service Unavailable');
    });
  });

  await live.start();
  await chat.start();
  await reach.start();
  upkeep.start();
  chatCounts.start();
  requestLog.start();
  await listen(server, config);
  const setupPath = await setup.prepare();
  state = null;
  dropLost({ files, store: stores.chat, now: clock.now() }).then(
    (dropped) => dropped > 0 && log.info({ dropped }, 'files that no message knows of were deleted'),
    (cause: unknown) => log.warn({ err: cause }, 'files that no message knows of could not be looked for; the next start does'),
  );

  return {
    port: (server.address() as AddressInfo).port,
    team,
    setup,
    directory,
    live,
    chat: chat.service,
    archive: {
      lookup: (address, timeZone) => geo.lookup(address, timeZone),
      visitorOf: (site, of) => identities.visitorOf(site, of),
      history,
      chats: stores.chat,
    },
    setupPath,
    async close() {
      if (state === 'closing') return;
      state = 'closing';
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      upkeep.stop();
      chat.stop();
      const reached = reach.stop();
      watch.stop();
      tabs.restart();
      consoles.closeAll('restart');
      pasts.stop();
      live.stop();
      await writer.flush({ withinMs: SHUTDOWN_WITHIN_MS });
      server.closeAllConnections();
      sockets.close();
      await closed;
      sessions.close();
      await reached;
      await chatCounts.stop();
      await requestLog.stop();
      await stores.close();
    },
  };
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: config.port, ...(config.host === '' ? {} : { host: config.host }), backlog: 4_096 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function pick(header: (name: string) => string | undefined, names: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of names) {
    const value = header(name);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/** Shared by all upgrades: a closure each would live as long as its socket. */
function destroyIt(this: Duplex): void {
  this.destroy();
}
