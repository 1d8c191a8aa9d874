import {
  type BookedVisit,
  type Booking,
  type Calendar,
  type Ledger,
  RollupDelta,
  bookChange,
  bookNew,
  countConversation,
  calendarOf,
  isTimeZone,
  mergeCounters,
  mergeGoals,
  quarterStart,
  rezone,
  supersedes,
} from '@foyer/domain/analytics';
import type {
  ConversationRecord,
  FirstSeen,
  HistoryStore,
  OnlineQuarter,
  OnlineSample,
  VisitRecord,
  VisitorFacts,
} from '../../ports/history-store.ts';
import { memoryLists } from './memory-lists.ts';
import { memoryRequests } from './memory-requests.ts';
import { MemoryRollups } from './memory-rollups.ts';

interface Stored {
  readonly record: VisitRecord;
  booking: Booking;
}
interface Visitor {
  number: number;
  visits: number;
  firstVisitAt: number;
  lastVisitAt: number;
  name: string;
  identity: string;
  namedAt: number;
}
interface Workspace {
  calendar: Calendar;
  nextNumber: number;
  purgedBefore: number;
}
const TRAIL_ENTRIES = 50;

/**
 * History in memory, counted exactly as on disk. For tests that run thousands of histories, and for the demo's simulations: range
 * queries read everything, and everything is gone with the process.
 */
export function memoryHistory(): HistoryStore {
  const visits = new Map<string, Stored>();
  const visitors = new Map<string, Visitor>();
  const byVisitor = new Map<string, Set<string>>();
  const lastCounted = new Map<string, Map<string, number>>();
  const met = new Map<string, { visits: number; previousVisitAt: number }>();
  const workspaces = new Map<string, Workspace>();
  const conversations = new Map<string, ConversationRecord>();
  const chatMarks = new Map<string, number>();
  const samples = new Map<string, OnlineSample>();
  const lookedAt = new Set<number>();
  const rollups = new MemoryRollups();

  const workspaceOf = (id: string): Workspace =>
    entry(workspaces, id, () => ({ calendar: calendarOf('UTC'), nextNumber: 1, purgedBefore: 0 }));
  const visitorOf = (key: string): Visitor =>
    entry(visitors, key, () => ({ number: 0, visits: 0, firstVisitAt: 0, lastVisitAt: 0, name: '', identity: '', namedAt: 0 }));
  const storedOf = (workspace: string, visitor: string): Stored[] =>
    [...(byVisitor.get(keyOf(workspace, visitor)) ?? [])].flatMap((id) => visits.get(id) ?? []);

  const ledger: Ledger = {
    calendar: (workspace) => workspaceOf(workspace).calendar,
    lastCounted: (workspace, visitor) => [...(lastCounted.get(keyOf(workspace, visitor)) ?? [])].map(([site, at]) => ({ site, at })),
    setLastCounted: (workspace, visitor, site, at) =>
      void entry(lastCounted, keyOf(workspace, visitor), () => new Map<string, number>()).set(site, at),
    dropLastCounted: (workspace, visitor, site) => void lastCounted.get(keyOf(workspace, visitor))?.delete(site),
    visitsBetween: (workspace, visitor, from, to) =>
      storedOf(workspace, visitor)
        .map(booked)
        .filter((v) => v.filtered === '' && v.startedAt >= from && v.startedAt < to),
    setBooking: (visit, { firsts, previousAt, previousOnSiteAt }) => {
      const stored = visits.get(visit);
      if (stored) stored.booking = { firsts, previousAt, previousOnSiteAt };
    },
  };

  function save(delta: RollupDelta, record: VisitRecord): void {
    const before = visits.get(record.visit);
    if (!before && record.startedAt < workspaceOf(record.workspace).purgedBefore) return;
    if (record.name !== '' || record.identity !== '') keepName(record, before?.record);
    if (!before) {
      const booking = bookNew(ledger, delta, record, trailOf(record));
      visits.set(record.visit, { record, booking });
      entry(byVisitor, keyOf(record.workspace, record.visitor), () => new Set<string>()).add(record.visit);
      return;
    }
    const was = before.record;
    const merged = mergeCounters(was, record);
    const { workspace, site, visitor, startedAt } = was;
    const base = supersedes(was, record) ? record : was;
    const after = { ...base, ...merged, workspace, site, visitor, startedAt };
    const { firsts, previousAt, previousOnSiteAt } = bookChange(ledger, delta, booked(before), after, trailOf(was), trailOf(after));
    visits.set(record.visit, { record: after, booking: { firsts, previousAt, previousOnSiteAt } });
  }

  function keepName(record: VisitRecord, before: VisitRecord | undefined): void {
    if (before && before.name === record.name && before.identity === record.identity) return;
    const visitor = visitorOf(keyOf(record.workspace, record.visitor));
    if (record.lastActivityAt < visitor.namedAt) return;
    visitor.name = record.name;
    visitor.identity = record.identity;
    visitor.namedAt = record.lastActivityAt;
  }

  function meet({ workspace, visitor: id, visit, startedAt: exact }: FirstSeen): VisitorFacts {
    const startedAt = Math.round(exact);
    const visitor = visitorOf(keyOf(workspace, id));
    let facts = met.get(visit);
    if (!facts) {
      const known = visitor.number > 0;
      if (!known) visitor.number = workspaceOf(workspace).nextNumber++;
      visitor.visits++;
      const previousVisitAt =
        visitor.lastVisitAt <= startedAt
          ? visitor.lastVisitAt
          : storedOf(workspace, id)
              .filter(({ record }) => record.startedAt < startedAt && record.visit !== visit)
              .reduce((latest, { record }) => Math.max(latest, record.startedAt), 0);
      visitor.firstVisitAt = known ? Math.min(visitor.firstVisitAt, startedAt) : startedAt;
      visitor.lastVisitAt = Math.max(visitor.lastVisitAt, startedAt);
      facts = { visits: visitor.visits, previousVisitAt };
      met.set(visit, facts);
    }
    const { number, firstVisitAt, name, identity } = visitor;
    return { workspace, visitor: id, number, firstVisitAt, name, identity, ...facts };
  }

  const inRange = (q: { workspace: string; site?: string; from: number; to: number }): VisitRecord[] =>
    [...visits.values()]
      .map(({ record }) => record)
      .filter(
        (r) =>
          r.workspace === q.workspace &&
          r.filtered === '' &&
          r.startedAt >= q.from &&
          r.startedAt < q.to &&
          (q.site === undefined || r.site === q.site),
      );

  const leftOut = (q: { workspace: string; site?: string; since: number }): VisitRecord[] =>
    [...visits.values()]
      .map(({ record }) => record)
      .filter(
        (r) => r.workspace === q.workspace && r.filtered !== '' && r.startedAt >= q.since && (q.site === undefined || r.site === q.site),
      );

  return {
    async saveVisits(batch) {
      const delta = new RollupDelta();
      for (const record of batch.map(tidy)) save(delta, record);
      rollups.apply(delta);
    },
    meetVisitors: async (batch) => batch.map(meet),
    recentVisits: async ({ since, after, limit }) =>
      [...visits.values()]
        .map(({ record }) => record)
        .filter((r) => r.endedAt === null && r.lastActivityAt >= since && r.visit > after)
        .sort((a, b) => (a.visit < b.visit ? -1 : 1))
        .slice(0, limit),
    visitsById: async (ids) => ids.flatMap((id) => visits.get(id)?.record ?? []),
    async endStale({ before, except }) {
      const kept = new Set(except);
      let ended = 0;
      for (const [id, { record, booking }] of visits) {
        if (record.endedAt !== null || record.lastActivityAt >= before || kept.has(id)) continue;
        visits.set(id, { record: { ...record, endedAt: record.lastActivityAt }, booking });
        ended++;
      }
      return ended;
    },
    async bookConversations({ workspace, upTo, conversations: said, again = false }) {
      const delta = new RollupDelta();
      const { calendar } = workspaceOf(workspace);
      for (const record of said) {
        const before = conversations.get(record.conversation);
        if (before && !again && before.chatSeq > record.chatSeq) continue;
        if (before) countConversation(delta, calendar, before, -1);
        countConversation(delta, calendar, record, 1);
        conversations.set(record.conversation, record);
      }
      rollups.apply(delta);
      chatMarks.set(workspace, again ? upTo : Math.max(upTo, chatMarks.get(workspace) ?? 0));
    },
    chatMarks: async () => new Map(chatMarks),
    async sampleOnline(batch, minute) {
      if (minute !== undefined) lookedAt.add(minute);
      for (const s of batch) {
        const key = [s.workspace, s.site, s.at].join('\n');
        samples.set(key, { ...s, online: Math.max(s.online, samples.get(key)?.online ?? 0) });
      }
    },
    async onlineSamples({ workspace, site, from, to, limit }) {
      const byTime = new Map<number, number>();
      for (const s of samples.values())
        if (s.workspace === workspace && (site === undefined || s.site === site) && s.at >= from && s.at < to)
          byTime.set(s.at, (byTime.get(s.at) ?? 0) + s.online);
      return [...byTime]
        .sort(([a], [b]) => a - b)
        .slice(0, limit)
        .map(([at, online]) => ({ workspace, site: site ?? '', at, online }));
    },
    rollup: async (q) => rollups.query(q),
    sums: async (q) => rollups.sums(q),
    async onlineQuarters({ workspace, site, from, to }) {
      const byMinute = new Map<number, number>();
      for (const s of samples.values())
        if (s.workspace === workspace && (site === undefined || s.site === site)) byMinute.set(s.at, (byMinute.get(s.at) ?? 0) + s.online);
      const first = quarterStart(Math.min(...byMinute.keys()));
      for (const minute of lookedAt) if (minute >= first && !byMinute.has(minute)) byMinute.set(minute, 0);
      const quarters = new Map<number, OnlineQuarter>();
      for (const [minute, online] of byMinute) {
        const at = quarterStart(minute);
        const known = quarters.get(at) ?? { at, max: 0, sum: 0, samples: 0 };
        quarters.set(at, { at, max: Math.max(known.max, online), sum: known.sum + online, samples: known.samples + 1 });
      }
      return [...quarters.values()].filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
    },
    async places(ids) {
      const found = new Map<string, { place: string; country: string; region: string; city: string }>();
      for (const { record: r } of visits.values())
        if (ids.includes(r.place) && !found.has(r.place))
          found.set(r.place, { place: r.place, country: r.country, region: r.region, city: r.city });
      return [...found.values()];
    },
    ...memoryRequests(),
    ...memoryLists((workspace) => ({
      visits: [...visits.values()].map(({ record }) => record).filter((r) => r.workspace === workspace),
      conversations: [...conversations.values()].filter((c) => c.workspace === workspace),
      numberOf: (visitor) => visitors.get(keyOf(workspace, visitor))?.number ?? 0,
    })),
    async distinct(q) {
      const found = inRange(q);
      return { visits: found.length, visitors: new Set(found.map((r) => r.visitor)).size };
    },
    visitsOf: async ({ workspace, visitor, limit }) =>
      storedOf(workspace, visitor)
        .map(({ record }) => record)
        .sort((a, b) => b.startedAt - a.startedAt || (a.visit < b.visit ? 1 : -1))
        .slice(0, limit),
    lastMet: async ({ workspace, visitors: asked }) =>
      [...new Set(asked)].flatMap((visitor) => {
        const known = visitors.get(keyOf(workspace, visitor));
        if (!known || known.number === 0) return [];
        const { number, visits, firstVisitAt, lastVisitAt } = known;
        return [{ visitor, number, visits, firstVisitAt, lastVisitAt }];
      }),
    async leftOutReasons({ workspace, site, since, limit }) {
      const q = {
        workspace,
        dimension: 'filtered',
        step: 'quarter',
        from: since,
        to: Number.POSITIVE_INFINITY,
        limit: Number.POSITIVE_INFINITY,
      } as const;
      const found = new Map<string, { reason: string; visits: number; lastAt: number }>();
      for (const { value, visits: count } of rollups.query(site === undefined ? q : { ...q, site })) {
        const sum = entry(found, value.toLowerCase(), () => ({ reason: value, visits: 0, lastAt: 0 }));
        sum.visits += count;
        if (value < sum.reason) sum.reason = value;
      }
      for (const { filtered, startedAt } of leftOut({ workspace, since, ...(site === undefined ? {} : { site }) })) {
        const sum = found.get(filtered.toLowerCase());
        if (sum) sum.lastAt = Math.max(sum.lastAt, startedAt);
      }
      return [...found.values()].sort((a, b) => b.visits - a.visits || (a.reason < b.reason ? -1 : 1)).slice(0, limit);
    },
    leftOutVisits: async ({ before, reason, limit, ...q }) =>
      leftOut(q)
        .filter((r) => reason === undefined || r.filtered.toLowerCase() === reason.toLowerCase())
        .filter((r) => !before || r.startedAt < before.startedAt || (r.startedAt === before.startedAt && r.visit < before.visit))
        .sort((a, b) => b.startedAt - a.startedAt || (a.visit < b.visit ? 1 : -1))
        .slice(0, limit),
    async setZone({ workspace: id, timeZone }) {
      if (!isTimeZone(timeZone)) throw new RangeError(`unknown time zone ${timeZone}`);
      const workspace = workspaceOf(id);
      const zones = { from: workspace.calendar, to: calendarOf(timeZone) };
      const delta = new RollupDelta();
      const names = new Set([...visits.values()].filter(({ record }) => record.workspace === id).map(({ record }) => record.visitor));
      for (const visitor of names)
        rezone(
          ledger,
          delta,
          zones,
          storedOf(id, visitor).map((s) => ({ ...booked(s), trail: trailOf(s.record) })),
        );
      for (const record of conversations.values()) {
        if (record.workspace !== id) continue;
        countConversation(delta, zones.from, record, -1, 'zoned');
        countConversation(delta, zones.to, record, 1, 'zoned');
      }
      rollups.apply(delta);
      workspace.calendar = zones.to;
    },
    async purge({ workspace, before, limit }) {
      workspaceOf(workspace).purgedBefore = Math.max(workspaceOf(workspace).purgedBefore, before);
      const gone = [...visits.values()]
        .map(({ record }) => record)
        .filter((r) => r.workspace === workspace && r.startedAt < before)
        .sort((a, b) => a.startedAt - b.startedAt)
        .slice(0, limit);
      for (const { visit, visitor } of gone) {
        visits.delete(visit);
        met.delete(visit);
        byVisitor.get(keyOf(workspace, visitor))?.delete(visit);
      }
      for (const [id, c] of conversations)
        if (c.workspace === workspace && c.lastMessageAt < before) conversations.set(id, { ...c, visitor: '', name: '', email: '' });
      for (const [key, s] of samples) if (s.workspace === workspace && s.at < before) samples.delete(key);
      for (const [key, v] of visitors) if (key.startsWith(`${workspace}\n`) && v.lastVisitAt < before) v.name = v.identity = '';
      return gone.length;
    },
    close: async () => undefined,
  };
}

/** As a table would keep it; throws where a column would refuse the value, before anything of the batch is stored. */
function tidy(r: VisitRecord): VisitRecord {
  for (const [field, value] of Object.entries(r))
    if (value === undefined || (value === null && field !== 'endedAt')) throw new TypeError(`visit ${r.visit} has no ${field}`);
  return {
    ...r,
    startedAt: Math.round(r.startedAt),
    lastActivityAt: Math.round(r.lastActivityAt),
    endedAt: r.endedAt === null ? null : Math.round(r.endedAt),
    leftAt: Math.round(r.leftAt),
    trail: r.trail.slice(Math.max(0, r.trail.length - Math.min(TRAIL_ENTRIES, r.pages))).map((t) => ({ ...t, at: Math.round(t.at) })),
    tabs: { ...r.tabs },
    goals: mergeGoals(
      [],
      r.goals.map((g) => ({ ...g, at: Math.round(g.at) })),
    ),
  };
}

const booked = ({ record, booking }: Stored): BookedVisit => ({ ...record, ...booking });
const trailOf = (r: VisitRecord): { pages: number; urls: string[] } => ({ pages: r.pages, urls: r.trail.map((t) => t.url) });
const keyOf = (workspace: string, visitor: string): string => `${workspace}\n${visitor}`;

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
