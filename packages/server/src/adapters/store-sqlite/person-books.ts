import type { DatabaseSync } from 'node:sqlite';
import { type BookedVisit, type CountedVisit, sourceName, timeOn } from '@foyer/domain/analytics';
import type { ConversationRecord } from '../../ports/history-store.ts';
import { emailOf, pathWords } from '../../history/search-words.ts';
import type { HistoryIndex } from './history-index.ts';
import { countedOf } from './booked-visit.ts';
import { AT, VISIT_COLUMNS, type VisitRow } from './visit-row.ts';

/** What a person is known by: of their latest visit or conversation. */
interface Facts {
  readonly at: number;
  readonly name: string;
  readonly email: string;
  readonly site: string;
  readonly source: string;
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly browser: string;
  readonly os: string;
  readonly device: string;
  readonly referrerHost: string;
  readonly campaign: string;
  readonly words: string;
}
interface Share {
  readonly workspace: string;
  readonly person: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly visits: number;
  readonly pages: number;
  readonly timeMs: number;
  readonly conversations: number;
  readonly goals: Readonly<Record<string, number>>;
}

/** Keeps one row for everybody, by what each visit and conversation adds to it or takes away. */
export function personBooks(db: DatabaseSync, index: HistoryIndex) {
  const read = db.prepare('SELECT id, goals, latest_at, visits, conversations FROM person WHERE workspace = ? AND person = ?');
  const insert = db.prepare(`
    INSERT INTO person (workspace, person, name, email, first_seen_at, last_seen_at, visits, pages, time_ms, conversations, goals, latest_at,
      site, source, country, region, city, browser, os, device, referrer_host, campaign, words)
    VALUES (?, ?, '', '', ?, ?, 0, 0, 0, 0, '{}', -1, '', '', '', '', '', '', '', '', '', '', '') RETURNING id`);
  const add = db.prepare(`
    UPDATE person SET first_seen_at = min(first_seen_at, ?), last_seen_at = max(last_seen_at, ?), visits = visits + ?, pages = pages + ?,
      time_ms = time_ms + ?, conversations = conversations + ?, goals = ? WHERE id = ?`);
  const describe = db.prepare(`
    UPDATE person SET latest_at = ?, name = CASE WHEN ? = '' THEN name ELSE ? END, email = CASE WHEN ? = '' THEN email ELSE ? END, site = ?,
      source = ?, country = ?, region = ?, city = ?, browser = ?, os = ?, device = ?, referrer_host = ?, campaign = ?, words = ? WHERE id = ?`);
  const remove = db.prepare('DELETE FROM person WHERE id = ?');
  const left = db.prepare(`
    SELECT min(first) AS first, max(last) AS last FROM (
      SELECT min(started_at) AS first, max(max(started_at, last_activity_at)) AS last FROM visit
        WHERE workspace = :workspace AND visitor = :visitor AND filtered = ''
      UNION ALL SELECT min(started_at), max(last_message_at) FROM conversation WHERE workspace = :workspace AND visitor = :visitor)`);
  const reset = db.prepare(`
    UPDATE person SET first_seen_at = CASE WHEN ? THEN ? ELSE first_seen_at END, last_seen_at = ? WHERE id = ?`);
  const latest = db.prepare(`
    SELECT ${VISIT_COLUMNS.join(', ')} FROM visit WHERE workspace = ? AND visitor = ? AND filtered = '' ORDER BY started_at DESC LIMIT 1`);
  latest.setReturnArrays(true);

  function book(share: Share, facts: Facts | null): void {
    const known = read.get(share.workspace, share.person) ?? null;
    if (!known && share.visits <= 0 && share.conversations <= 0) return;
    const id = Number((known ?? insert.get(share.workspace, share.person, share.firstSeenAt, share.lastSeenAt))?.['id']);
    const goals: Record<string, number> = JSON.parse(String(known?.['goals'] ?? '{}')) as Record<string, number>;
    for (const [goal, times] of Object.entries(share.goals)) {
      const sum = (goals[goal] ?? 0) + times;
      if (sum > 0) goals[goal] = sum;
      else delete goals[goal];
    }
    if (Number(known?.['visits'] ?? 0) + share.visits <= 0 && Number(known?.['conversations'] ?? 0) + share.conversations <= 0) {
      remove.run(id);
      index.queue('person', id);
      return;
    }
    add.run(
      ...[share.firstSeenAt, share.lastSeenAt, share.visits, share.pages, share.timeMs, share.conversations],
      JSON.stringify(goals),
      id,
    );
    if (facts === null || facts.at < Number(known?.['latest_at'] ?? -1)) return;
    tell(id, facts);
  }

  /** After a visit has left the counts: when its visitor was seen, and what is known of them, is told by those that are left. */
  function settle(gone: BookedVisit): void {
    const { workspace, visitor } = gone;
    const known = read.get(workspace, visitor);
    if (!known) return;
    const id = Number(known['id']);
    const seen = left.get({ workspace, visitor });
    // With an earlier visit that may be purged, the first time stays what it was.
    if (seen?.['first'] !== null) reset.run(gone.previousAt >= 0 ? 0 : 1, Number(seen?.['first']), Number(seen?.['last']), id);
    const row = latest.get(workspace, visitor) as unknown as VisitRow | undefined;
    if (row) tell(id, factsOf(row));
  }

  function tell(id: number, f: Facts): void {
    describe.run(f.at, f.name, f.name, f.email, f.email, f.site, f.source, f.country, f.region, f.city, f.browser, f.os, f.device, f.referrerHost, f.campaign, f.words, id); // prettier-ignore
    index.queue('person', id);
  }

  return {
    /** A visit that changed from `before` (null: it is new) to `after`. `row`: all of it; null where only its counters grew. */
    visit(before: BookedVisit | null, after: CountedVisit, row: VisitRow | null): void {
      const was = before && before.filtered === '' ? before : null;
      const is = after.filtered === '' ? after : null;
      if (!was && !is) return;
      const goals: Record<string, number> = {};
      for (const { goal } of is?.goals ?? []) goals[goal] = (goals[goal] ?? 0) + 1;
      for (const { goal } of was?.goals ?? []) goals[goal] = (goals[goal] ?? 0) - 1;
      const share = {
        workspace: after.workspace,
        person: after.visitor,
        firstSeenAt: after.startedAt,
        lastSeenAt: Math.max(after.startedAt, after.lastActivityAt),
        visits: (is ? 1 : 0) - (was ? 1 : 0),
        pages: (is?.pages ?? 0) - (was?.pages ?? 0),
        timeMs: (is ? timeOn(is) : 0) - (was ? timeOn(was) : 0),
        conversations: 0,
        goals,
      };
      book(share, is && row ? factsOf(row) : null);
      if (was && !is) settle(was);
    },

    conversation(before: ConversationRecord | null, after: ConversationRecord): void {
      const [was, is] = [before === null ? '' : keyOf(before), keyOf(after)];
      const share = (c: ConversationRecord, sign: 1 | -1) => ({
        ...{ workspace: c.workspace, person: keyOf(c), firstSeenAt: c.startedAt, lastSeenAt: c.lastMessageAt },
        ...{ visits: 0, pages: 0, timeMs: 0, conversations: sign, goals: {} },
      });
      if (before !== null && was !== is) book(share(before, -1), null);
      const facts: Facts = {
        ...{ name: after.name, email: after.email, site: after.site, source: after.source, country: after.country },
        ...{ region: '', city: '', browser: '', os: '', device: '', referrerHost: '', campaign: '', words: '' },
        at: after.visitor === '' ? after.startedAt : 0,
      };
      // Who has a browser is described by their visits; only who has none by the conversation.
      book(was === is ? { ...share(after, 1), conversations: 0 } : share(after, 1), facts);
    },
  };
}
export type PersonBooks = ReturnType<typeof personBooks>;

/** Puts everybody of an older version's visits on the list, once, in one transaction. */
export function listPeople(db: DatabaseSync, people: PersonBooks): void {
  if (!db.prepare("SELECT 1 FROM todo WHERE name = 'list_people'").get()) return;
  const visits = db.prepare(`SELECT ${VISIT_COLUMNS.join(', ')}, serial FROM visit WHERE serial > ? ORDER BY serial LIMIT 2000`);
  visits.setReturnArrays(true);
  db.exec('BEGIN IMMEDIATE');
  try {
    for (let after = 0; ;) {
      const rows = visits.all(after) as unknown as VisitRow[];
      for (const row of rows) {
        people.visit(null, countedOf(row), row);
        after = Number(row[VISIT_COLUMNS.length]);
      }
      if (rows.length < 2_000) break;
    }
    db.exec("INSERT OR IGNORE INTO to_index SELECT 'visit', serial FROM visit WHERE filtered = ''");
    db.exec("DELETE FROM todo WHERE name = 'list_people'");
    db.exec('COMMIT');
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw new Error('people could not be listed', { cause });
  }
}

/** Who a conversation is of: the visitor; without a browser whoever has the address; else itself. */
const keyOf = ({ visitor, email, conversation }: Pick<ConversationRecord, 'visitor' | 'email' | 'conversation'>): string =>
  visitor !== '' ? visitor : email !== '' ? `@${email.toLowerCase()}` : conversation;

function factsOf(row: VisitRow): Facts {
  const text = (at: number): string => String(row[at]);
  const trail = JSON.parse(text(AT.trail)) as (string | number)[];
  const words: string[] = [];
  for (let i = 1; i < trail.length; i += 3) words.push(pathWords(String(trail[i])), String(trail[i + 1]));
  return {
    at: Number(row[AT.started_at]),
    name: text(AT.name),
    email: emailOf(text(AT.identity)),
    site: text(AT.site),
    source: sourceName(text(AT.source)),
    country: text(AT.country),
    region: text(AT.region),
    city: text(AT.city),
    browser: text(AT.browser),
    os: text(AT.os),
    device: text(AT.device),
    referrerHost: text(AT.referrer_host),
    campaign: text(AT.campaign),
    words: [...new Set(words), text(AT.referrer), text(AT.identity)].join('\n').slice(0, 4_000),
  };
}
