import type { DatabaseSync } from 'node:sqlite';
import { countryName, identityWords, indexText, pathWords } from '../../history/search-words.ts';

/** Indexed together: some ms of the writer, and one segment of the index instead of one for each. */
const TOGETHER = 256;

export type Indexed = 'visit' | 'person';
export interface HistoryIndex {
  /** Marks what is new or has changed. */
  queue(kind: Indexed, id: number): void;
  /** Indexes some, when enough have gathered. */
  runIfDue(): void;
  /** Indexes some; false: nothing is left. */
  run(): boolean;
  removeVisit(serial: number): void;
}

/** The words that visits and people are found by, a little behind: what has changed waits until there is enough, or somebody searches. */
export function historyIndex(db: DatabaseSync): HistoryIndex {
  const mark = db.prepare('INSERT OR IGNORE INTO to_index VALUES (?, ?)');
  const marked = db.prepare(`SELECT kind, id FROM to_index LIMIT ${TOGETHER}`);
  const unmark = db.prepare('DELETE FROM to_index WHERE kind = ? AND id = ?');
  const number = '(SELECT number FROM visitor p WHERE p.workspace = r.workspace AND p.visitor = r.';
  const of = {
    visit: {
      read: db.prepare(`SELECT r.*, coalesce(${number}visitor), 0) AS number FROM visit r WHERE serial = ?`),
      remove: db.prepare('DELETE FROM visit_search WHERE rowid = ?'),
      add: db.prepare('INSERT INTO visit_search (rowid, text) VALUES (?, ?)'),
    },
    person: {
      read: db.prepare(`SELECT r.*, coalesce(${number}person), 0) AS number FROM person r WHERE id = ?`),
      remove: db.prepare('DELETE FROM person_search WHERE rowid = ?'),
      add: db.prepare('INSERT INTO person_search (rowid, text) VALUES (?, ?)'),
    },
  };
  // Only says when to look: after a transaction that is taken back it is too high, and nothing happens.
  let waiting = Number(db.prepare('SELECT count(*) AS n FROM to_index').get()?.['n']);

  function some(): number {
    const rows = marked.all();
    for (const row of rows) {
      const [kind, id] = [row['kind'] as Indexed, Number(row['id'])];
      const { read, remove, add } = of[kind];
      const found = read.get(id);
      remove.run(id);
      if (found) add.run(id, indexText(String(found['workspace']), kind === 'visit' ? visitTexts(found) : personTexts(found)));
      unmark.run(kind, id);
    }
    return rows.length;
  }
  return {
    queue(kind, id) {
      mark.run(kind, id);
      waiting++;
    },
    runIfDue() {
      if (waiting < TOGETHER) return;
      some();
      waiting = 0;
    },
    run: () => some() === TOGETHER,
    removeVisit: (serial) => {
      of.visit.remove.run(serial);
      unmark.run('visit', serial);
    },
  };
}

type Row = Record<string, unknown>;
const texts = (row: Row, columns: readonly string[]): string[] => columns.map((column) => String(row[column]));
const who = (row: Row): string[] => (Number(row['number']) > 0 ? ['visitor', String(row['number'])] : []);
const SHARED = ['name', 'city', 'region', 'country', 'campaign', 'referrer_host'];

export function visitTexts(row: Row): string[] {
  const trail = JSON.parse(String(row['trail'])) as (string | number)[];
  const pages = new Set<string>();
  for (let i = 1; i < trail.length; i += 3) pages.add(pathWords(String(trail[i]))).add(String(trail[i + 1]));
  const country = countryName(String(row['country']));
  return [...who(row), ...texts(row, SHARED), country, ...identityWords(String(row['identity'])), ...pages, String(row['referrer'])];
}

/** Words of pages, one on each line, are each a text of their own. */
export function personTexts(row: Row): string[] {
  const pages = String(row['words']).split('\n');
  return [...who(row), ...texts(row, [...SHARED, 'email']), ...pages, countryName(String(row['country']))];
}
