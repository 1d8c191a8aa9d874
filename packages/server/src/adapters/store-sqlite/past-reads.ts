import type { DatabaseSync } from 'node:sqlite';
import { sourceName } from '@foyer/domain/analytics';
import { READS } from '@foyer/protocol';
import type { PastFilter, PastQuery, PersonRow, RequestQuery, RequestRecord } from '../../ports/history-store.ts';
import { type Key, cursorOf, keyFrom } from '../../history/cursor.ts';
import { countryName, joinedIn, matchText } from '../../history/search-words.ts';
import { personTexts, visitTexts } from './history-index.ts';
import { VISIT_COLUMNS, type VisitRow, decodeGoals } from './visit-row.ts';

/** Rows that one page may read: about 20 ms, whatever is asked. */
const MOST_READ = 5_000;
/** Characters that one page may look through for words next to one another, and how many reading a row of them costs as much as: about 50 ms. */
const MOST_LOOKED_THROUGH = 2_000_000;
const ROW_COSTS = 500;

const QUARTER_MS = 900_000;

type Row = Record<string, unknown>;
type Asked = Pick<PastQuery, 'after' | 'before' | 'limit'>;
interface Source<Q> {
  /** Rows beyond a key, in the order asked for. */
  rows(q: Q, beyond: Key | null, forwards: boolean): Iterable<Row>;
  keyOf(row: Row): Key;
}
interface RawPage {
  readonly rows: Row[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** A page of a list: reads in its order, keeps what the filter lets through, and stops at its bound. */
function pageOf<Q extends Asked>(q: Q, source: Source<Q>, passes: (row: Row) => boolean, isSpent: () => boolean = () => false): RawPage {
  const forwards = q.before === undefined;
  const beyond = keyFrom(q.after ?? q.before);
  const found: Row[] = [];
  let read = 0;
  let lastRead: Row | null = null;
  let isCut = false;
  for (const row of source.rows(q, beyond, forwards)) {
    if (read >= MOST_READ || isSpent()) {
      isCut = true;
      break;
    }
    read++;
    if (passes(row)) found.push(row);
    if (found.length > q.limit) break;
    lastRead = row;
  }
  const more = found.length > q.limit || isCut;
  const rows = found.slice(0, q.limit);
  const end = found.length > q.limit ? rows.at(-1) : (lastRead ?? undefined);
  const further = more && end ? cursorOf(source.keyOf(end)) : null;
  const first = rows[0];
  // Where one came from there is something; from the newest page there is nothing before.
  const back = beyond === null || !first ? null : cursorOf(source.keyOf(first));
  return forwards ? { rows, next: further, previous: back } : { rows: rows.reverse(), next: back, previous: further };
}

/** Verbs that read the lists of the past. */
export function pastReads(db: DatabaseSync) {
  const NARROW = 'v.visit, v.started_at, v.serial, v.last_activity_at, v.visitor, v.site, v.country, v.source, v.campaign, v.goals, v.filtered, v.workspace'; // prettier-ignore
  const visitsBy = ordered(db, `SELECT ${NARROW} FROM visit v WHERE v.workspace = :workspace AND v.started_at >= :from AND v.started_at < :to`, '(v.started_at, v.visit)'); // prettier-ignore
  const visitsOf = ordered(db, `SELECT ${NARROW} FROM visit v WHERE v.workspace = :workspace AND v.visitor = :visitor AND v.started_at >= :from AND v.started_at < :to`, '(v.started_at, v.visit)'); // prettier-ignore
  const oneVisit = db.prepare(`SELECT ${NARROW} FROM visit v WHERE v.visit = :visit`);
  const visitsFound = searched(
    db,
    `SELECT ${NARROW} FROM visit_search s JOIN visit v ON v.serial = s.rowid WHERE visit_search MATCH :match`,
  );
  const PERSON = 'p.*, coalesce((SELECT number FROM visitor w WHERE w.workspace = p.workspace AND w.visitor = p.person), 0) AS number';
  const peopleBy = ordered(db, `SELECT ${PERSON} FROM person p WHERE p.workspace = :workspace AND p.last_seen_at >= :from AND p.last_seen_at < :to`, '(p.last_seen_at, p.person)'); // prettier-ignore
  const onePerson = db.prepare(`SELECT ${PERSON} FROM person p WHERE p.workspace = :workspace AND p.person = :visitor`);
  const peopleFound = searched(
    db,
    `SELECT ${PERSON} FROM person_search s JOIN person p ON p.id = s.rowid WHERE person_search MATCH :match`,
  );

  const requestsBy = ordered(db, 'SELECT r.* FROM request r WHERE r.workspace = :workspace AND r.at >= :from AND r.at < :to', '(r.at, r.id)'); // prettier-ignore
  const whole = db.prepare(`
    SELECT ${VISIT_COLUMNS.map((c) => `v.${c}`).join(', ')},
      coalesce((SELECT number FROM visitor w WHERE w.workspace = v.workspace AND w.visitor = v.visitor), 0)
    FROM visit v WHERE visit = ?`);
  whole.setReturnArrays(true);
  // Of messages the quarter-hours are known: an older conversation is a visit's when its visitor wrote in one of those.
  const DURING = `FROM conversation WHERE workspace = :workspace AND visitor = :visitor AND started_at <= :to AND (started_at >= :from OR
    last_message_at >= :from AND EXISTS (SELECT 1 FROM json_each(figures, '$.messages') AS m
      WHERE m.value ->> 1 = 'visitor' AND m.value ->> 0 <= :to AND m.value ->> 0 + ${QUARTER_MS} > :from))`;
  const talks = db.prepare(`SELECT count(*) AS n ${DURING}`);
  const withBot = db.prepare(`
    SELECT count(*) AS n, coalesce(sum(iif(started_at >= :from, max(0, figures ->> '$.botMs'), 0)), 0) AS bot ${DURING}`);
  const during = (row: Row) => ({
    ...{ workspace: String(row['workspace']), visitor: String(row['visitor']) },
    ...{ from: Number(row['started_at']), to: Number(row['last_activity_at']) },
  });
  const conversationsOf = (row: Row): number => Number(talks.get(during(row))?.['n']);
  const texts = db.prepare('SELECT trail, name, city, region, country, campaign, referrer_host, referrer, identity, 0 AS number FROM visit WHERE visit = ?'); // prettier-ignore
  const newestVisit = db.prepare(`
    SELECT visit, started_at, last_activity_at, ended_at FROM visit
    WHERE workspace = ? AND visitor = ? AND filtered = '' ORDER BY started_at DESC, visit DESC LIMIT 1`);
  const runningOf = (row: Row): PersonRow['running'] => {
    const newest = newestVisit.get(String(row['workspace']), String(row['person']));
    if (!newest || newest['ended_at'] !== null) return null;
    return { visit: String(newest['visit']), ms: Math.max(0, Number(newest['last_activity_at']) - Number(newest['started_at'])) };
  };

  return {
    pastVisits(q: PastQuery): {
      rows: { row: VisitRow; number: number; conversations: number; botMs: number }[];
      next: string | null;
      previous: string | null;
    } {
      const inText = matchOf(q);
      const joined = joinedIn(q.text ?? '');
      let lookedThrough = 0;
      const hasJoined = (row: Row): boolean => {
        const found = texts.get(String(row['visit'])) as Row;
        // JSON writes what parts lines as a letter.
        const raw = `${Object.values(found)
          .join(' ')
          .replaceAll(/\\[bfnrt]/g, ' ')} ${countryName(String(row['country']))}`;
        lookedThrough += raw.length + ROW_COSTS;
        return joined.every(({ mayBeIn }) => mayBeIn(raw)) && joined.every(({ isIn }) => isIn(visitTexts({ ...found, ...row })));
      };
      const source: Source<PastQuery> = {
        rows: (asked, beyond, forwards) => {
          if (asked.visit !== undefined) return oneVisit.iterate({ visit: asked.visit }) as Iterable<Row>;
          if (inText !== null) return visitsFound(inText, beyond, forwards);
          return asked.visitor === undefined
            ? visitsBy(asked, beyond, forwards)
            : visitsOf(asked, beyond, forwards, { visitor: asked.visitor });
        },
        keyOf: (row) => (inText === null ? [Number(row['started_at']), String(row['visit'])] : [Number(row['serial']), '']),
      };
      const page = pageOf(
        q,
        source,
        (row) => {
          if (row['filtered'] !== '' || q.website === false || !passesText(q, row, Number(row['started_at']))) return false;
          if (q.visitor !== undefined && row['visitor'] !== q.visitor) return false;
          if (q.goal !== undefined && !decodeGoals(String(row['goals'])).some(({ goal }) => goal === q.goal)) return false;
          if (q.withConversation !== undefined && conversationsOf(row) > 0 !== q.withConversation) return false;
          return joined.length === 0 || hasJoined(row);
        },
        () => lookedThrough >= MOST_LOOKED_THROUGH,
      );
      return {
        ...page,
        rows: page.rows.map((row) => {
          const all = whole.get(String(row['visit'])) as unknown as VisitRow;
          const talked = withBot.get(during(row));
          const number = Number(all[VISIT_COLUMNS.length]);
          return { row: all, number, conversations: Number(talked?.['n']), botMs: Number(talked?.['bot']) };
        }),
      };
    },

    requests(q: RequestQuery): { rows: (RequestRecord & { id: string })[]; next: string | null; previous: string | null } {
      const source: Source<RequestQuery> = {
        rows: (asked, beyond, forwards) => requestsBy(asked, beyond, forwards),
        keyOf: (row) => [Number(row['at']), String(row['id'])],
      };
      const page = pageOf(q, source, (row) => {
        if (row['source'] === READS && !q.reads) return false;
        if (q.endpoint !== undefined && row['endpoint'] !== q.endpoint) return false;
        if (q.source !== undefined && row['source'] !== q.source) return false;
        if (q.ip !== undefined && !String(row['ip']).startsWith(q.ip)) return false;
        if (q.country !== undefined && row['country'] !== q.country) return false;
        return q.status === undefined || Math.floor(Number(row['status']) / 100) === q.status;
      });
      return { ...page, rows: page.rows.map(requestOf) };
    },

    people(q: PastQuery): { rows: PersonRow[]; next: string | null; previous: string | null } {
      const inText = matchOf(q);
      const joined = joinedIn(q.text ?? '');
      let lookedThrough = 0;
      const hasJoined = (row: Row): boolean => {
        lookedThrough += String(row['words']).length + ROW_COSTS;
        const texts = personTexts(row);
        return joined.every(({ isIn }) => isIn(texts));
      };
      const source: Source<PastQuery> = {
        rows: (asked, beyond, forwards) => {
          const { workspace, visitor } = asked;
          if (visitor !== undefined) return onePerson.iterate({ workspace, visitor }) as Iterable<Row>;
          return inText === null ? peopleBy(asked, beyond, forwards) : peopleFound(inText, beyond, forwards);
        },
        keyOf: (row) => (inText === null ? [Number(row['last_seen_at']), String(row['person'])] : [Number(row['id']), '']),
      };
      const page = pageOf(
        q,
        source,
        (row) => {
          if (!passesText(q, row, Number(row['last_seen_at']))) return false;
          if (q.goal !== undefined && !Object.hasOwn(JSON.parse(String(row['goals'])) as object, q.goal)) return false;
          if (q.website !== undefined && Number(row['visits']) > 0 !== q.website) return false;
          if (q.withConversation !== undefined && Number(row['conversations']) > 0 !== q.withConversation) return false;
          return joined.length === 0 || hasJoined(row);
        },
        () => lookedThrough >= MOST_LOOKED_THROUGH,
      );
      return { ...page, rows: page.rows.map((row) => ({ ...personOf(row), running: runningOf(row) })) };
    },
  };
}

const matchOf = (q: PastQuery): string | null => {
  const match = matchText(q.workspace, q.text ?? '');
  return match === '' ? null : match;
};

/** The same of visits and people. The workspace too: the word for it in the index is made of letters and digits alone. */
function passesText(q: PastFilter & { workspace: string }, row: Row, at: number): boolean {
  if (row['workspace'] !== q.workspace || at < (q.from ?? 0) || at >= (q.to ?? Number.MAX_SAFE_INTEGER)) return false;
  for (const field of ['site', 'country', 'campaign'] as const) if (q[field] !== undefined && row[field] !== q[field]) return false;
  if (q.source !== undefined && sourceName(String(row['source'])) !== sourceName(q.source)) return false;
  return true;
}

function ordered(db: DatabaseSync, select: string, key: string) {
  const bare = key.slice(1, -1);
  const order = (way: 'ASC' | 'DESC'): string =>
    `ORDER BY ${bare
      .split(', ')
      .map((column) => `${column} ${way}`)
      .join(', ')} LIMIT ${MOST_READ + 1}`;
  const statements = {
    newest: db.prepare(`${select} ${order('DESC')}`),
    older: db.prepare(`${select} AND ${key} < (:at, :id) ${order('DESC')}`),
    newer: db.prepare(`${select} AND ${key} > (:at, :id) ${order('ASC')}`),
  };
  return (
    q: { workspace: string; from?: number | undefined; to?: number | undefined },
    beyond: Key | null,
    forwards: boolean,
    also: Readonly<Record<string, string>> = {},
  ): Iterable<Row> => {
    const range = { workspace: q.workspace, from: q.from ?? 0, to: q.to ?? Number.MAX_SAFE_INTEGER, ...also };
    if (beyond === null) return statements.newest.iterate(range) as Iterable<Row>;
    return statements[forwards ? 'older' : 'newer'].iterate({
      ...range,
      at: beyond[0],
      id: key.includes('.id') ? Number(beyond[1]) : beyond[1],
    }) as Iterable<Row>;
  };
}

function searched(db: DatabaseSync, select: string) {
  const statements = {
    newest: db.prepare(`${select} ORDER BY s.rowid DESC`),
    older: db.prepare(`${select} AND s.rowid < :id ORDER BY s.rowid DESC`),
    newer: db.prepare(`${select} AND s.rowid > :id ORDER BY s.rowid ASC`),
  };
  return (match: string, beyond: Key | null, forwards: boolean): Iterable<Row> =>
    (beyond === null
      ? statements.newest.iterate({ match })
      : statements[forwards ? 'older' : 'newer'].iterate({ match, id: beyond[0] })) as Iterable<Row>;
}

const requestOf = (row: Row): RequestRecord & { id: string } => ({
  id: String(row['id']),
  workspace: String(row['workspace']),
  at: Number(row['at']),
  source: String(row['source']),
  endpoint: String(row['endpoint']),
  method: String(row['method']),
  status: Number(row['status']),
  latencyMs: Number(row['latency_ms']),
  ip: String(row['ip']),
  country: String(row['country']),
  city: String(row['city']),
  browser: String(row['browser']),
  error: String(row['error']),
});

const personOf = (row: Row): Omit<PersonRow, 'running'> => ({
  person: String(row['person']),
  number: Number(row['number']),
  name: String(row['name']),
  email: String(row['email']),
  firstSeenAt: Number(row['first_seen_at']),
  lastSeenAt: Number(row['last_seen_at']),
  visits: Number(row['visits']),
  pages: Number(row['pages']),
  timeMs: Number(row['time_ms']),
  conversations: Number(row['conversations']),
  goals: JSON.parse(String(row['goals'])) as Record<string, number>,
  site: String(row['site']),
  source: String(row['source']),
  country: String(row['country']),
  region: String(row['region']),
  city: String(row['city']),
  browser: String(row['browser']),
  os: String(row['os']),
  device: String(row['device']),
  referrerHost: String(row['referrer_host']),
  campaign: String(row['campaign']),
});
