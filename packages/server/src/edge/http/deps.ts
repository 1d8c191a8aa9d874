/** What the HTTP edge is made of: everything it needs from the rest of the server. */
import type { Detail, MailBody, MailSettings, Place, PushBody, PushDevice, Row, Scope, Seen, Sort, Totals } from '@foyer/protocol';
import type { Logger } from 'pino';
import type { Chat } from '../../chat/service.ts';
import type { FileBox } from '../../files/file-box.ts';
import type { RequestLog } from '../../history/request-log.ts';
import type { ChatStore } from '../../ports/chat-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HistoryStore } from '../../ports/history-store.ts';
import type { NoticeStore } from '../../ports/notice-store.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { Directory } from '../../team/directory.ts';
import type { SiteIdentities } from '../../team/site-identities.ts';
import type { Sessions } from '../../team/sessions.ts';
import type { Setup } from '../../team/setup.ts';
import type { SiteRules } from '../../team/site-rules.ts';
import type { Team } from '../../team/team.ts';
import type { SeenQuery } from '../seen.ts';

/** Counts of one moment, by the definitions that consoles are told them by. */
export type LiveTotals = Pick<Totals, 'listed' | 'live' | 'chatting' | 'browsing' | 'unknownPlace' | 'byStatus'>;
export interface LiveList {
  readonly totals: LiveTotals;
  readonly rows: readonly Row[];
}
/** Reads of what is listed right now. `hidden`: fields the asking role may not see; they can neither filter nor sort. */
export interface LiveReads {
  list(q: {
    workspace: string;
    scope: Scope;
    filter: string;
    sort: Sort;
    dir: 'asc' | 'desc';
    limit: number;
    hidden: readonly string[];
  }): Promise<{ ok: true; value: LiveList } | { ok: false; error: { code: string; message: string } }>;
  /** `id`: a visit id or a visitor id. null: not listed (any more). */
  detail(q: { workspace: string; id: string; hidden: readonly string[] }): Promise<Detail | null>;
  /** Keyed hash of the full address of a listed visit's newest tab, by visit or visitor id; null: not listed. Never the address. */
  addressHashOf(q: { workspace: string; id: string }): Promise<string | null>;
  /** Places of `epoch` from index `from` on; null: that epoch is over. */
  places(epoch: string, from: number): readonly Place[] | null;
}

/** Who asks, as far as proxies that are trusted can say. */
export interface Client {
  /** The full address, for ranges; kept nowhere. '' when nothing says it. */
  readonly address: string;
  /** Keyed hash of the full address. */
  readonly addressHash: string;
  /** The socket's own peer. */
  readonly remoteAddress: string;
  /** true: the browser's own connection is https. */
  readonly secure: boolean;
}

export interface HttpConfig {
  /** Origin without a slash at the end, or '' = the address of each request. */
  readonly publicUrl: string;
  readonly embedPath: string;
  /** '' = only from loopback and private addresses that come without a proxy. */
  readonly metricsToken: string;
}

/** Mail, as the API asks for it. */
export interface Mailing {
  isOn(workspace: string): boolean;
  settings(workspace: string): Promise<MailSettings>;
  save(workspace: string, body: MailBody): Promise<MailSettings>;
  turnOff(workspace: string): Promise<void>;
  /** Sends one now. `message`: what the mail server said, for people. */
  test(workspace: string, to: string): Promise<{ ok: true } | { ok: false; code: 'mail_off' | 'mail_failed'; message: string }>;
  transcript(q: { workspace: string; conversation: string; to: string }): Promise<true | 'mail_off' | 'too_many' | 'not_found'>;
}
export interface Pushing {
  /** VAPID public key, base64url. */
  readonly key: string;
  subscribe(who: { workspace: string; user: string }, body: PushBody): Promise<PushDevice | 'bad_endpoint'>;
}

export interface HttpDeps {
  readonly config: HttpConfig;
  readonly version: string;
  readonly clock: Clock;
  /** Epoch ms by which visits are stamped: where a wall clock is set, it follows slowly (see SlewedClock). */
  readonly countedBy: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly store: Pick<TeamStore, 'audit' | 'filters' | 'addFilter' | 'changeFilter' | 'deleteFilter' | 'notes' | 'addNote' | 'deleteNote'>;
  readonly chats: ChatStore;
  readonly chat: Chat;
  /** Content of files. */
  readonly files: FileBox;
  readonly notices: Pick<NoticeStore, 'alerts' | 'addAlert' | 'changeAlert' | 'deleteAlert' | 'pushDevices' | 'deletePushDevice'>;
  readonly mailer: Mailing;
  readonly pushes: Pushing;
  /** After each change of somebody's alerts. */
  readonly alerts: { changed(workspace: string): void };
  readonly directory: Directory;
  readonly siteRules: Pick<SiteRules, 'contexts' | 'goals' | 'unknown'>;
  readonly people: Pick<SiteIdentities, 'secretOf' | 'rotate' | 'refusedHashes'>;
  readonly sessions: Sessions;
  readonly setup: Setup;
  readonly team: Team;
  readonly live: LiveReads;
  readonly history: Pick<
    HistoryStore,
    | 'visitsOf'
    | 'rollup'
    | 'setZone'
    | 'lastMet'
    | 'leftOutReasons'
    | 'leftOutVisits'
    | 'sums'
    | 'onlineQuarters'
    | 'places'
    | 'distinct'
    | 'people'
    | 'pastVisits'
    | 'requests'
    | 'replay'
    | 'requestTops'
  >;
  /** Absent: nothing is logged (tests). */
  readonly requestLog?: Pick<RequestLog, 'note' | 'dropped'>;
  readonly metrics: { render(): Promise<{ contentType: string; body: string }> };
  /** null: ready. Else why not: 'starting', 'closing'. Whether the store answers is asked beside it. */
  readonly readiness: () => string | null;
  /** Nearly all visitors seem to come from one private address, and no proxy is trusted. */
  readonly proxyNotTrusted: () => boolean;
  /** Attribution of the place data. */
  readonly placesBy: () => { readonly text: string; readonly url: string } | null;
  /** `remoteAddress`: the socket's own peer, '' when there is none (tests). */
  readonly client: (request: Request, remoteAddress: string) => Client;
  /** What a visit of the asking browser would look like. */
  readonly seen: (query: SeenQuery) => Seen;
  /** POST <embedPath>/poll and /beacon. Bodies are at most 64 kB. */
  readonly embedPosts?: (request: Request, info: { remoteAddress: string }) => Promise<Response>;
  /** Answers what no API, embed or health route takes, before the dashboard does (the demo's shop); null passes it on. */
  readonly extra?: (request: Request) => Promise<Response | null>;
  /** Folders with built files; they may be built while the server runs. */
  readonly dashboardDir: string;
  readonly embedDir: string;
}
