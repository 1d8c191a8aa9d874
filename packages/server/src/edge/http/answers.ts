/** What the API answers, as schemas: documented by OpenAPI, held to the protocol's types by the compiler and to the truth by tests. */
import type {
  ApiError,
  Block,
  Detail,
  FilteredReport,
  Install,
  Invitation,
  InviteState,
  Me,
  Member,
  NewInvitation,
  Note,
  PastVisit,
  Place,
  Row,
  SavedFilter,
  Seen,
  Settings,
  SetupState,
  Site,
  SiteIdentity,
} from '@foyer/protocol';
import { ROLES, STATUSES } from '@foyer/protocol';
import * as v from 'valibot';
import type { RollupRow } from '../../ports/history-store.ts';
import type { LiveList } from './deps.ts';

const text = v.string();
const ms = v.pipe(v.number(), v.description('Epoch milliseconds'));
const count = v.pipe(v.number(), v.integer());
const role = v.picklist(ROLES);
const scalar = v.union([text, v.number(), v.boolean(), v.null()]);

export const ErrorAnswer = v.object({
  error: v.object({
    code: v.pipe(text, v.description('Stable; the message may change.')),
    message: text,
    retryAfterMs: v.exactOptional(v.number()),
    fields: v.exactOptional(v.record(text, text)),
  }),
}) satisfies v.GenericSchema<unknown, ApiError>;

export const SettingsAnswer = v.object({
  tracking: v.boolean(),
  timeZone: text,
  excludeOwnTeam: v.boolean(),
  excludedAddresses: v.array(text),
  ipMask: v.picklist(['default', 'strong', 'none-stored']),
  signals: v.picklist(['limit', 'off', 'ignore']),
  cookieless: v.boolean(),
  keepVisitsDays: count,
  resolvedHoldMs: count,
}) satisfies v.GenericSchema<unknown, Settings>;

export const SiteAnswer = v.strictObject({
  id: text,
  key: v.pipe(text, v.description('Public: data-site of the snippet.')),
  name: text,
  domain: text,
  origins: v.array(text),
  params: v.array(text),
  hashRouting: v.boolean(),
  countAutomated: v.boolean(),
  createdAt: ms,
  seenAt: v.nullable(ms),
}) satisfies v.GenericSchema<unknown, Site>;
export const SitesAnswer = v.array(SiteAnswer);

export const InstallAnswer = v.object({
  site: SiteAnswer,
  snippet: text,
  refused: v.array(v.object({ origin: text, count, lastAt: ms })),
  refusedHashes: v.nullable(v.object({ count, lastAt: ms })),
  warnings: v.array(v.object({ code: v.picklist(['http_public_url', 'proxy_not_trusted', 'local_public_url']), message: text })),
}) satisfies v.GenericSchema<unknown, Install>;

export const SiteIdentityAnswer = v.object({ secret: text, madeAt: ms, beforeUntil: ms }) satisfies v.GenericSchema<unknown, SiteIdentity>;

export const MeAnswer = v.strictObject({
  user: v.strictObject({ id: text, name: text, email: text }),
  role,
  workspace: v.strictObject({ id: text, name: text, trackingInPlan: v.boolean() }),
  sites: SitesAnswer,
  settings: SettingsAnswer,
  admins: v.array(text),
  placesBy: v.nullable(v.strictObject({ text, url: text })),
}) satisfies v.GenericSchema<unknown, Me>;

export const MemberAnswer = v.strictObject({ id: text, name: text, email: text, role, createdAt: ms }) satisfies v.GenericSchema<
  unknown,
  Member
>;
export const MembersAnswer = v.array(MemberAnswer);
const InvitationAnswer = v.strictObject({
  id: text,
  role,
  email: v.nullable(text),
  createdAt: ms,
  expiresAt: ms,
}) satisfies v.GenericSchema<unknown, Invitation>;
export const InvitationsAnswer = v.array(InvitationAnswer);
export const NewInvitationAnswer = v.strictObject({ invitation: InvitationAnswer, link: text }) satisfies v.GenericSchema<
  unknown,
  NewInvitation
>;
export const InviteStateAnswer = v.strictObject({
  workspace: text,
  role,
  email: v.nullable(text),
  expiresAt: ms,
}) satisfies v.GenericSchema<unknown, InviteState>;
export const SetupStateAnswer = v.strictObject({ needed: v.boolean() }) satisfies v.GenericSchema<unknown, SetupState>;
export const BlockAnswer = v.strictObject({
  id: text,
  kind: v.picklist(['address', 'range', 'visitor']),
  what: v.pipe(text, v.description("The range as typed, the visitor's id; empty of an address.")),
  label: text,
  until: v.pipe(v.nullable(ms), v.description('null: until it is taken back.')),
  note: text,
  createdAt: ms,
  createdBy: text,
}) satisfies v.GenericSchema<unknown, Block>;
export const BlocksAnswer = v.array(BlockAnswer);

const rowFields = {
  id: v.pipe(text, v.description('Visit id')),
  visitor: v.pipe(text, v.description('Visitor id')),
  n: count,
  name: text,
  site: text,
  status: v.picklist(STATUSES),
  waitingSince: ms,
  online: v.boolean(),
  reconnecting: v.boolean(),
  country: text,
  region: text,
  city: text,
  place: text,
  approximate: v.boolean(),
  title: text,
  url: text,
  referrer: text,
  campaign: text,
  lang: text,
  browser: text,
  os: text,
  device: text,
  context: text,
  goals: v.pipe(text, v.description('Ids of the goals the visit has reached, blanks between them.')),
  pages: count,
  startedAt: ms,
  lastActivityAt: ms,
  leftAt: ms,
  visits: count,
  filtered: text,
};
const trail = v.array(v.object({ at: ms, url: text, title: text }));
const RowAnswer = v.object(rowFields) satisfies v.GenericSchema<unknown, Row>;
export const LiveListAnswer = v.object({
  total: v.pipe(count, v.description('`totals.listed`: how many rows there are.')),
  live: v.pipe(count, v.description('`totals.live`')),
  totals: v.object({
    listed: count,
    live: v.pipe(count, v.description('Online now = chatting + browsing.')),
    chatting: count,
    browsing: count,
    unknownPlace: count,
    byStatus: v.object(v.entriesFromList(STATUSES, count)),
  }),
  rows: v.array(RowAnswer),
}) satisfies v.GenericSchema<unknown, LiveList>;
export const DetailAnswer = v.object({
  ...rowFields,
  chat: text,
  timeZone: text,
  browserVersion: text,
  osVersion: text,
  screen: text,
  ip: v.exactOptional(text),
  organisation: text,
  source: text,
  identity: v.nullable(v.object({ id: text, email: text, verified: v.boolean(), data: v.record(text, scalar) })),
  contextData: v.nullable(v.record(text, scalar)),
  tabs: count,
  firstVisitAt: ms,
  previousVisitAt: ms,
  trail,
  reached: v.array(v.object({ goal: text, at: ms, value: v.number(), currency: text })),
}) satisfies v.GenericSchema<unknown, Detail>;

export const PastVisitsAnswer = v.array(
  v.strictObject({
    visit: text,
    site: text,
    startedAt: ms,
    lastActivityAt: ms,
    endedAt: v.nullable(ms),
    pages: count,
    trail,
    country: text,
    region: text,
    city: text,
    browser: text,
    os: text,
    device: text,
    referrer: text,
    campaign: text,
    filtered: text,
    ip: v.exactOptional(text),
  }) satisfies v.GenericSchema<unknown, PastVisit>,
);

export const SavedFilterAnswer = v.strictObject({
  id: text,
  name: text,
  filter: text,
  shared: v.boolean(),
  mine: v.boolean(),
  by: text,
  createdAt: ms,
}) satisfies v.GenericSchema<unknown, SavedFilter>;
export const SavedFiltersAnswer = v.array(SavedFilterAnswer);

export const NoteAnswer = v.strictObject({ id: text, text, createdAt: ms, by: text, mine: v.boolean() }) satisfies v.GenericSchema<
  unknown,
  Note
>;
export const NotesAnswer = v.array(NoteAnswer);

const rule = v.pipe(
  text,
  v.description('Stable: `bot:<name>`, `script:<name>`, `no_user_agent`, `headless`, `automated`, `no_language`, `own_team`, `address`.'),
);
const leftOutReasons = v.array(v.strictObject({ rule, text }));
export const SeenAnswer = v.strictObject({
  address: v.strictObject({
    ip: text,
    masked: text,
    from: v.picklist(['socket', 'x-forwarded-for']),
    header: text,
    unread: v.array(text),
    chain: v.array(v.strictObject({ ip: text, trusted: v.boolean() })),
    trustedProxies: v.array(text),
  }),
  place: v.strictObject({
    country: text,
    region: text,
    city: text,
    lat: v.number(),
    lon: v.number(),
    approximate: v.boolean(),
    by: v.picklist(['database', 'time_zone', 'nothing']),
    source: text,
    sourceBuiltAt: ms,
    organisation: text,
  }),
  browser: v.strictObject({ name: text, version: text, os: text, osVersion: text, device: text }),
  languages: v.array(text),
  timeZone: text,
  screen: text,
  signals: v.strictObject({
    gpc: v.boolean(),
    dnt: v.boolean(),
    effect: v.picklist(['limit', 'off', 'ignore']),
    collect: v.picklist(['all', 'limited', 'nothing']),
  }),
  verdict: v.strictObject({ filtered: text, reasons: leftOutReasons, tolerated: leftOutReasons }),
  ownTeam: v.strictObject({ wouldBeLeftOut: v.boolean() }),
}) satisfies v.GenericSchema<unknown, Seen>;

export const FilteredAnswer = v.strictObject({
  since: ms,
  rules: v.array(v.strictObject({ rule, text, visits: count, lastAt: ms })),
  visits: v.array(
    v.strictObject({
      visit: text,
      visitor: text,
      site: text,
      startedAt: ms,
      lastActivityAt: ms,
      endedAt: v.nullable(ms),
      pages: count,
      url: text,
      title: text,
      country: text,
      city: text,
      browser: text,
      os: text,
      rule,
      text,
      ip: v.exactOptional(text),
    }),
  ),
  next: v.pipe(v.nullable(text), v.description('`before` of the next page.')),
}) satisfies v.GenericSchema<unknown, FilteredReport>;

export const PlacesAnswer = v.object({
  epoch: text,
  from: count,
  places: v.array(
    v.object({
      index: count,
      id: text,
      city: text,
      region: text,
      country: text,
      lat: v.number(),
      lon: v.number(),
      approximate: v.boolean(),
    }) satisfies v.GenericSchema<unknown, Place>,
  ),
});

export const DIMENSIONS = [
  'total',
  'browser',
  'os',
  'device',
  'country',
  'page',
  'referrer',
  'city',
  'campaign',
  'filtered',
  'language',
  'source',
  'bounce',
  'goal',
] as const;
export const RollupAnswer = v.object({
  rows: v.array(
    v.object({
      site: text,
      from: ms,
      dimension: v.picklist(DIMENSIONS),
      value: text,
      visits: count,
      pages: count,
      visitors: count,
    }) satisfies v.GenericSchema<unknown, Omit<RollupRow, 'amount'>>,
  ),
});
