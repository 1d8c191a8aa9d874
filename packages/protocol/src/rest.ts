/** Shapes of /api/v1 that the dashboard and the server share. Schemas for input; plain types for answers. */
import * as v from 'valibot';
import type { LeftOutReason } from './left-out.ts';
import { LIMITS } from './limits.ts';

export const ROLES = ['owner', 'admin', 'agent'] as const;
export type Role = (typeof ROLES)[number];

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120));
const email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(200));
/** NIST SP 800-63B: length counts, composition rules do not. The upper bound keeps argon2 from being a lever. */
const password = v.pipe(v.string(), v.minLength(10), v.maxLength(200));
const domain = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.minLength(1), v.maxLength(253));

export const LoginBody = v.strictObject({ email, password: v.pipe(v.string(), v.maxLength(200)) });
export const SetupBody = v.strictObject({
  token: v.pipe(v.string(), v.maxLength(100)),
  workspace: name,
  name,
  email,
  password,
  site: v.strictObject({ name, domain }),
  /** IANA zone of the browser that sets up; absent or unknown: UTC. */
  timeZone: v.optional(v.pipe(v.string(), v.maxLength(60))),
});
/** Tokens travel in bodies and headers, never in a path, because paths end up in logs. */
export const AcceptBody = v.strictObject({ token: v.pipe(v.string(), v.maxLength(100)), name, email, password });
export const InviteBody = v.strictObject({ role: v.picklist(['admin', 'agent']), email: v.optional(email) });
/** Making somebody an owner is the owner's alone; the last owner stays one. */
export const MemberPatch = v.strictObject({ role: v.picklist(ROLES) });
export const BlockBody = v.strictObject({
  /** 'address': everybody behind it; 'visitor': this browser, wherever it goes. */
  what: v.optional(v.picklist(['address', 'visitor']), 'address'),
  /** Absent: until it is taken back. */
  forMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(60_000), v.maxValue(366 * 86_400_000))),
  note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(300))),
});
/** A block that names what it means: a CIDR range or an address. */
export const BlockRangeBody = v.strictObject({
  range: v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(60)),
  forMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(60_000), v.maxValue(366 * 86_400_000))),
  note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(300))),
});
export const SiteBody = v.strictObject({ name, domain });
const origin = v.pipe(v.string(), v.maxLength(300), v.regex(/^https?:\/\/[^/\s]+$/));
export const SitePatch = v.partial(
  v.strictObject({
    name,
    domain,
    /** Allowed origins besides the domain, its subdomains and localhost. */
    origins: v.pipe(v.array(origin), v.maxLength(100)),
    /** Query parameters kept in page URLs besides utm_*. */
    params: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w.-]{1,40}$/))), v.maxLength(30)),
    hashRouting: v.boolean(),
    countAutomated: v.boolean(),
  }),
);
export const AllowBody = v.strictObject({ origin });
const filterFields = {
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LIMITS.filterNameChars)),
  /** As typed into the filter bar, at most LIMITS.filterChars: what is longer the parser refuses in its own words. */
  filter: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LIMITS.filterChars * 8)),
  /** true: everybody of the workspace has it in their list. */
  shared: v.boolean(),
};
export const FilterBody = v.strictObject(filterFields);
export type FilterBody = v.InferOutput<typeof FilterBody>;
/** What is not said stays. */
export const FilterPatch = v.partial(v.strictObject(filterFields));
export type FilterPatch = v.InferOutput<typeof FilterPatch>;
export const NoteBody = v.strictObject({ text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LIMITS.noteChars)) });
export type NoteBody = v.InferOutput<typeof NoteBody>;
export const SettingsPatch = v.partial(
  v.strictObject({
    tracking: v.boolean(),
    timeZone: v.pipe(v.string(), v.maxLength(60)),
    workspaceName: name,
    excludeOwnTeam: v.boolean(),
    /** CIDR ranges or single addresses. */
    excludedAddresses: v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(200)),
    ipMask: v.picklist(['default', 'strong', 'none-stored']),
    signals: v.picklist(['limit', 'off', 'ignore']),
    cookieless: v.boolean(),
    keepVisitsDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(760)),
    resolvedHoldMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_600_000)),
  }),
);
export type SettingsPatch = v.InferOutput<typeof SettingsPatch>;

export interface Settings {
  /** Off until an Owner or Admin turns it on. */
  tracking: boolean;
  /** IANA zone in which days and months of this workspace begin. */
  timeZone: string;
  excludeOwnTeam: boolean;
  excludedAddresses: string[];
  /** 'default' /24 and /48 · 'strong' /16 and /32 · 'none-stored' no address at all. Never less than 'default'. */
  ipMask: 'default' | 'strong' | 'none-stored';
  signals: 'limit' | 'off' | 'ignore';
  cookieless: boolean;
  keepVisitsDays: number;
  resolvedHoldMs: number;
}
export interface Site {
  id: string;
  /** Public site key, `data-site` of the snippet. */
  key: string;
  name: string;
  domain: string;
  origins: string[];
  params: string[];
  hashRouting: boolean;
  countAutomated: boolean;
  createdAt: number;
  /** When the first visitor of this site was seen; null: still waiting. */
  seenAt: number | null;
}
export interface RefusedOrigin {
  origin: string;
  count: number;
  lastAt: number;
}
/** Hashes of `identify` that were wrong. */
export interface RefusedHashes {
  count: number;
  lastAt: number;
}
/** With what the site's own server signs whom it names to `identify`: HMAC-SHA256 of the id (or the e-mail where there is none), hex. */
export interface SiteIdentity {
  secret: string;
  madeAt: number;
  /** Epoch ms until which the secret before this one is good as well; 0: it is not. */
  beforeUntil: number;
}
export interface Install {
  site: Site;
  snippet: string;
  refused: RefusedOrigin[];
  /** Since the server was started; null: none. */
  refusedHashes: RefusedHashes | null;
  warnings: { code: 'http_public_url' | 'proxy_not_trusted' | 'local_public_url'; message: string }[];
}
export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
  createdAt: number;
}
export interface Invitation {
  id: string;
  role: Role;
  email: string | null;
  createdAt: number;
  expiresAt: number;
}
export interface Me {
  user: { id: string; name: string; email: string };
  role: Role;
  workspace: { id: string; name: string; trackingInPlan: boolean };
  sites: Site[];
  settings: Settings;
  /** Who can change settings, by name: for the screens that say whom to ask. */
  admins: string[];
  /** Whom the places are from, to be shown as a link wherever places are shown (CC BY 4.0); null: the operator's own data. */
  placesBy: { text: string; url: string } | null;
}
/** One entry of GET /api/v1/places: index within the epoch, then what a pin needs. */
export interface Place {
  index: number;
  id: string;
  city: string;
  region: string;
  country: string;
  lat: number;
  lon: number;
  approximate: boolean;
}
/** A visit that was stored, as history shows it. `ip` is masked, and absent for roles without the permission. */
export interface PastVisit {
  visit: string;
  site: string;
  startedAt: number;
  lastActivityAt: number;
  /** null while it runs. */
  endedAt: number | null;
  pages: number;
  /** Last 50 page views, oldest first. */
  trail: readonly { readonly at: number; readonly url: string; readonly title: string }[];
  country: string;
  region: string;
  city: string;
  browser: string;
  os: string;
  device: string;
  referrer: string;
  campaign: string;
  filtered: string;
  ip?: string;
}
/** Who may not connect any more: not tracked, no widget. Of a listed visit's address only a keyed hash is kept; a range is kept as typed. */
export interface Block {
  id: string;
  kind: 'address' | 'range' | 'visitor';
  /** The range as typed, the visitor's id; '' of an address. */
  what: string;
  /** `Visitor N` of whom it was made, as far as known; '' else. */
  label: string;
  /** null: until it is taken back. */
  until: number | null;
  note: string;
  createdAt: number;
  /** User id; '' when that member is gone. */
  createdBy: string;
}
/** A filter somebody keeps: one's own, or one that a member shares with the workspace. */
export interface SavedFilter {
  id: string;
  name: string;
  filter: string;
  shared: boolean;
  /** The asking member made it. */
  mine: boolean;
  /** Name of who made it; '' when that member is gone. */
  by: string;
  createdAt: number;
}
/** What a member wrote about a visitor. Kept as long as the visitor is. */
export interface Note {
  id: string;
  text: string;
  createdAt: number;
  /** Name of who wrote it; '' when that member is gone. */
  by: string;
  mine: boolean;
}
/** How Foyer would see the browser that asks, were it on one of the workspace's sites. Nothing of it is stored or logged. */
export interface Seen {
  address: {
    /** The asking browser's own, whole; '' when nothing says it. */
    ip: string;
    /** As it would be stored; '' when the workspace stores none. */
    masked: string;
    from: 'socket' | 'x-forwarded-for';
    /** X-Forwarded-For as it came, its last 1,000 characters; '' when there was none. It counts only if `from` says so. */
    header: string;
    /** Headers that also claim an address and are never read. */
    unread: string[];
    /** From the browser's end to the server: what each hop said it heard from, the socket's own peer last. `trusted`: a proxy that is believed. */
    chain: { ip: string; trusted: boolean }[];
    /** FOYER_TRUST_PROXY. */
    trustedProxies: string[];
  };
  place: {
    country: string;
    region: string;
    city: string;
    lat: number;
    lon: number;
    approximate: boolean;
    /** What told it. */
    by: 'database' | 'time_zone' | 'nothing';
    /** Name of the database and when its data was made, epoch ms; '' and 0 unless it told. */
    source: string;
    sourceBuiltAt: number;
    organisation: string;
  };
  browser: { name: string; version: string; os: string; osVersion: string; device: string };
  /** Accept-Language, most wanted first. */
  languages: string[];
  timeZone: string;
  screen: string;
  signals: {
    gpc: boolean;
    dnt: boolean;
    /** The workspace's setting. */
    effect: Settings['signals'];
    /** What would be collected, with the settings as they are: see domain/privacy. */
    collect: 'all' | 'limited' | 'nothing';
  };
  /**
   * `filtered`: as in a row; '' = counted. `reasons`: each rule that holds, the one that decides first. `tolerated`: those that would hold,
   * were it not that the site counts automated browsers.
   */
  verdict: { filtered: string; reasons: LeftOutReason[]; tolerated: LeftOutReason[] };
  ownTeam: { wouldBeLeftOut: boolean };
}
/** A visit that is in no count. `ip` is masked, and absent for roles without the permission. */
export interface FilteredVisit {
  visit: string;
  visitor: string;
  site: string;
  startedAt: number;
  lastActivityAt: number;
  /** null while it runs. */
  endedAt: number | null;
  pages: number;
  /** Its last page. */
  url: string;
  title: string;
  country: string;
  city: string;
  browser: string;
  os: string;
  rule: string;
  text: string;
  ip?: string;
}
/** Visits left out of the counts since `since` (24 h ago, at the last quarter-hour before that), by rule and one by one. */
export interface FilteredReport {
  since: number;
  /** Most visits first, at most 200. `lastAt`: when the newest visit of the rule began. */
  rules: { rule: string; text: string; visits: number; lastAt: number }[];
  /** Newest first. */
  visits: FilteredVisit[];
  /** `before` of the next page; null: there is none. */
  next: string | null;
}
export interface SetupState {
  /** true: no account exists yet, the set-up link makes the first one. */
  needed: boolean;
}
/** What an invitation says to somebody who has only its link. */
export interface InviteState {
  workspace: string;
  role: Role;
  email: string | null;
  expiresAt: number;
}
export interface NewInvitation {
  invitation: Invitation;
  /** Shown once: only a hash of its token is kept. */
  link: string;
}
export interface ApiError {
  error: {
    /** Stable, lower_snake_case; the message is for people and may change. */
    code: string;
    message: string;
    retryAfterMs?: number;
    /** With `invalid`: what is wrong with which field, by its dotted path. */
    fields?: Record<string, string>;
  };
}
