import { sourceName } from '@foyer/domain/analytics';
import type {
  ConversationRecord,
  HistoryStore,
  PastPage,
  PastQuery,
  PastVisitRow,
  PersonRow,
  ReplayedVisit,
  VisitRecord,
} from '../../ports/history-store.ts';
import { type Key, cursorOf, keyFrom } from '../../history/cursor.ts';
import { countryName, emailOf, identityWords, isMatch, pathWords } from '../../history/search-words.ts';

const QUARTER_MS = 900_000;

interface Known {
  readonly visits: readonly VisitRecord[];
  readonly conversations: readonly ConversationRecord[];
  numberOf(visitor: string): number;
}

/** Lists of the past by reading everything, for small histories; without an index, so a search has the order of time too. */
export function memoryLists(known: (workspace: string) => Known) {
  return {
    async replay({ workspace, site, from, to, after, limit }: Parameters<HistoryStore['replay']>[0]): Promise<ReplayedVisit[]> {
      const { visits, numberOf } = known(workspace);
      const start: Key = after ? [after.startedAt, after.visit] : [from - 86_400_000, ''];
      return visits
        .filter(
          (v) =>
            v.filtered === '' && (site === undefined || v.site === site) && v.startedAt < to && isBefore(start, [v.startedAt, v.visit]),
        )
        .filter((v) => Math.max(v.startedAt, v.lastActivityAt, v.leftAt) >= from || (v.endedAt === null && v.leftAt === 0))
        .sort((a, b) => (isBefore([a.startedAt, a.visit], [b.startedAt, b.visit]) ? -1 : 1))
        .slice(0, limit)
        .map(({ visit, startedAt, visitor, pages, place, country, region, city, lat, lon, approximate, ...v }) => ({
          ...{ visit, startedAt, pages, place, country, region, city, lat, lon, approximate, number: numberOf(visitor) },
          leftAt: v.endedAt === null ? v.leftAt : Math.max(v.lastActivityAt, v.leftAt, startedAt),
        }));
    },

    async pastVisits(q: PastQuery): Promise<PastPage<PastVisitRow>> {
      const { visits, conversations, numberOf } = known(q.workspace);
      const rows = visits.map((visit) => {
        const talks = conversations.filter((c) => c.visitor === visit.visitor && isOf(c, visit));
        const botMs = talks.reduce(
          (sum, { figures, startedAt }) => sum + (startedAt < visit.startedAt ? 0 : Math.max(0, figures.botMs)),
          0,
        );
        return { visit, number: numberOf(visit.visitor), conversations: talks.length, botMs };
      });
      return page(
        q,
        rows,
        ({ visit }) => [visit.startedAt, visit.visit],
        ({ visit, number, conversations: n }) => {
          if (visit.filtered !== '' || q.website === false || !passes(q, visit, visit.startedAt)) return false;
          if ((q.visit ?? visit.visit) !== visit.visit || (q.visitor ?? visit.visitor) !== visit.visitor) return false;
          if (q.goal !== undefined && !visit.goals.some(({ goal }) => goal === q.goal)) return false;
          if (q.withConversation !== undefined && n > 0 !== q.withConversation) return false;
          return found(q, [...wordsOf(visit), ...who(number)]);
        },
      );
    },

    async people(q: PastQuery): Promise<PastPage<PersonRow>> {
      const { visits, conversations, numberOf } = known(q.workspace);
      const people = new Map<string, { visits: VisitRecord[]; conversations: ConversationRecord[] }>();
      const of = (key: string) => {
        let person = people.get(key);
        if (!person) people.set(key, (person = { visits: [], conversations: [] }));
        return person;
      };
      for (const visit of visits) if (visit.filtered === '') of(visit.visitor).visits.push(visit);
      for (const c of conversations) of(c.visitor || (c.email === '' ? c.conversation : `@${c.email.toLowerCase()}`)).conversations.push(c);
      const rows = [...people].map(([person, p]) => personOf(person, p, numberOf(person)));
      const words = (row: PersonRow): string[] => [
        ...[row.name, row.email, row.city, row.region, row.country, countryName(row.country), row.campaign, row.referrerHost],
        ...latestOf(people.get(row.person)?.visits ?? []).flatMap(wordsOf),
        ...who(row.number),
      ];
      return page(
        q,
        rows,
        (row) => [row.lastSeenAt, row.person],
        (row) => {
          if (!passes(q, row, row.lastSeenAt) || (q.visitor ?? row.person) !== row.person) return false;
          if (q.goal !== undefined && !Object.hasOwn(row.goals, q.goal)) return false;
          if (q.website !== undefined && row.visits > 0 !== q.website) return false;
          if (q.withConversation !== undefined && row.conversations > 0 !== q.withConversation) return false;
          return found(q, words(row));
        },
      );
    },
  };
}

/** Begun during the visit, or written into by its visitor in a quarter-hour of it. */
const isOf = (c: ConversationRecord, { startedAt, lastActivityAt }: VisitRecord): boolean =>
  c.startedAt <= lastActivityAt &&
  (c.startedAt >= startedAt ||
    (c.lastMessageAt >= startedAt &&
      c.figures.messages.some(([quarter, by]) => by === 'visitor' && quarter <= lastActivityAt && quarter + QUARTER_MS > startedAt)));

const latestOf = (visits: readonly VisitRecord[]): VisitRecord[] => [...visits].sort((a, b) => b.startedAt - a.startedAt).slice(0, 1);
function runningOf(visits: readonly VisitRecord[]): PersonRow['running'] {
  const [newest] = [...visits].sort((a, b) => (isBefore([a.startedAt, a.visit], [b.startedAt, b.visit]) ? 1 : -1));
  if (!newest || newest.endedAt !== null) return null;
  return { visit: newest.visit, ms: Math.max(0, newest.lastActivityAt - newest.startedAt) };
}
const who = (n: number): string[] => (n > 0 ? ['visitor', String(n)] : []);
const wordsOf = (v: VisitRecord): string[] => [
  ...[v.name, v.city, v.region, v.country, countryName(v.country), v.campaign, v.referrerHost, v.referrer],
  ...identityWords(v.identity),
  ...v.trail.flatMap(({ url, title }) => [pathWords(url), title]),
];
const found = (q: PastQuery, words: readonly string[]): boolean => q.text === undefined || isMatch(q.workspace, words, q.text);

function passes(q: PastQuery, row: { site: string; country: string; source: string; campaign: string }, at: number): boolean {
  if (at < (q.from ?? 0) || at >= (q.to ?? Number.POSITIVE_INFINITY)) return false;
  if (q.source !== undefined && sourceName(row.source) !== sourceName(q.source)) return false;
  return (['site', 'country', 'campaign'] as const).every((field) => q[field] === undefined || row[field] === q[field]);
}

function personOf(
  person: string,
  { visits, conversations }: { visits: readonly VisitRecord[]; conversations: readonly ConversationRecord[] },
  number: number,
): PersonRow {
  const [latest] = latestOf(visits);
  const talk = [...conversations].sort((a, b) => b.startedAt - a.startedAt)[0];
  const times = [
    ...visits.flatMap((v) => [v.startedAt, v.lastActivityAt]),
    ...conversations.flatMap((c) => [c.startedAt, c.lastMessageAt]),
  ];
  const goals: Record<string, number> = {};
  for (const { goal } of visits.flatMap((v) => v.goals)) goals[goal] = (goals[goal] ?? 0) + 1;
  const facts = latest ?? talk;
  return {
    person,
    number,
    name: latest?.name || talk?.name || '',
    email: (latest ? emailOf(latest.identity) : '') || talk?.email || '',
    firstSeenAt: Math.min(...times),
    lastSeenAt: Math.max(...times),
    visits: visits.length,
    pages: visits.reduce((sum, v) => sum + v.pages, 0),
    timeMs: visits.reduce((sum, v) => sum + v.lastActivityAt - v.startedAt, 0),
    running: runningOf(visits),
    conversations: conversations.length,
    goals,
    site: facts?.site ?? '',
    source: sourceName(facts?.source ?? ''),
    country: facts?.country ?? '',
    region: latest?.region ?? '',
    city: latest?.city ?? '',
    browser: latest?.browser ?? '',
    os: latest?.os ?? '',
    device: latest?.device ?? '',
    referrerHost: latest?.referrerHost ?? '',
    campaign: latest?.campaign ?? '',
  };
}

const isBefore = ([at, id]: Key, [thanAt, thanId]: Key): boolean => at < thanAt || (at === thanAt && id < thanId);

/** A page of rows that are all at hand. */
export function page<Row>(
  q: Pick<PastQuery, 'after' | 'before' | 'limit'>,
  all: readonly Row[],
  keyOf: (row: Row) => Key,
  keeps: (row: Row) => boolean,
): PastPage<Row> {
  const rows = all.filter(keeps).sort((a, b) => (isBefore(keyOf(a), keyOf(b)) ? 1 : -1));
  const cursor = (row: Row | undefined): string | null => (row === undefined ? null : cursorOf(keyOf(row)));
  if (q.before !== undefined) {
    const key = keyFrom(q.before) ?? [0, ''];
    const newer = rows.filter((row) => isBefore(key, keyOf(row)));
    const shown = newer.slice(-q.limit);
    return { rows: shown, next: cursor(shown.at(-1)), previous: newer.length > q.limit ? cursor(shown[0]) : null };
  }
  const key = keyFrom(q.after);
  const older = key === null ? rows : rows.filter((row) => isBefore(keyOf(row), key));
  const shown = older.slice(0, q.limit);
  return { rows: shown, next: older.length > q.limit ? cursor(shown.at(-1)) : null, previous: key === null ? null : cursor(shown[0]) };
}
