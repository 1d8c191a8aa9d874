import type { DatabaseSync } from 'node:sqlite';
import type { By, Conflict, FilterRecord, NoteRecord } from '../../ports/team-store.ts';
import { filterOf, noteOf } from './team-rows.ts';

type Most = { own: number; shared: number };
const TOO_MANY: Conflict = { conflict: 'too_many' };

/** What a team keeps for itself: saved filters, and notes about visitors. */
export function keepingVerbs(db: DatabaseSync) {
  const named = 'LEFT JOIN member m ON m.id = k.created_by AND m.workspace = k.workspace';
  const filters = db.prepare(`
    SELECT k.*, coalesce(m.name, '') AS by FROM saved_filter k ${named}
    WHERE k.workspace = ?1 AND (k.shared = 1 OR (k.shared = 0 AND k.created_by = ?2)) ORDER BY k.name COLLATE NOCASE, k.created_at, k.id`);
  const filter = db.prepare('SELECT * FROM saved_filter WHERE id = ? AND workspace = ?');
  const countOwn = db.prepare('SELECT count(*) AS n FROM saved_filter WHERE workspace = ? AND shared = 0 AND created_by = ?');
  const countShared = db.prepare('SELECT count(*) AS n FROM saved_filter WHERE workspace = ? AND shared = 1');
  const addFilter = db.prepare(
    'INSERT INTO saved_filter (id, workspace, name, filter, shared, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const changeFilter = db.prepare('UPDATE saved_filter SET name = ?, filter = ?, shared = ? WHERE id = ?');
  const deleteFilter = db.prepare('DELETE FROM saved_filter WHERE id = ? AND workspace = ?');

  const notes = db.prepare(`
    SELECT k.*, coalesce(m.name, '') AS by FROM note k ${named}
    WHERE k.workspace = ? AND k.visitor = ? ORDER BY k.created_at DESC, k.id DESC`);
  const countNotes = db.prepare('SELECT count(*) AS n FROM note WHERE workspace = ? AND visitor = ?');
  const addNote = db.prepare('INSERT INTO note (id, workspace, visitor, text, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)');
  const deleteNote = db.prepare('DELETE FROM note WHERE id = ? AND workspace = ? AND visitor = ?');
  const noted = db.prepare(`
    SELECT visitor FROM note WHERE workspace = ? AND visitor > ?
    GROUP BY visitor HAVING max(created_at) < ? ORDER BY visitor LIMIT ?`);
  const deleteNotesOf = db.prepare('DELETE FROM note WHERE workspace = ? AND visitor IN (SELECT value FROM json_each(?))');

  const isFull = (f: Pick<FilterRecord, 'workspace' | 'shared' | 'createdBy'>, most: Most): boolean =>
    f.shared
      ? Number(countShared.get(f.workspace)?.['n']) >= most.shared
      : Number(countOwn.get(f.workspace, f.createdBy)?.['n']) >= most.own;

  return {
    filters: (q: { workspace: string; user: string }): By<FilterRecord>[] =>
      filters.all(q.workspace, q.user).map((row) => ({ ...filterOf(row), by: String(row['by']) })),
    addFilter({ filter: f, most }: { filter: FilterRecord; most: Most }): true | Conflict {
      if (isFull(f, most)) return TOO_MANY;
      addFilter.run(f.id, f.workspace, f.name, f.filter, f.shared ? 1 : 0, f.createdAt, f.createdBy);
      return true;
    },
    changeFilter(q: {
      workspace: string;
      id: string;
      patch: { readonly name?: string | undefined; readonly filter?: string | undefined; readonly shared?: boolean | undefined };
      most: Most;
    }): true | Conflict {
      const row = filter.get(q.id, q.workspace);
      if (!row) return { conflict: 'not_found' };
      const before = filterOf(row);
      const shared = q.patch.shared ?? before.shared;
      if (shared !== before.shared && isFull({ ...before, shared }, q.most)) return TOO_MANY;
      changeFilter.run(q.patch.name ?? before.name, q.patch.filter ?? before.filter, shared ? 1 : 0, q.id);
      return true;
    },
    deleteFilter: (q: { workspace: string; id: string }): boolean => Number(deleteFilter.run(q.id, q.workspace).changes) === 1,

    notes: (q: { workspace: string; visitor: string }): By<NoteRecord>[] =>
      notes.all(q.workspace, q.visitor).map((row) => ({ ...noteOf(row), by: String(row['by']) })),
    addNote({ note: n, most }: { note: NoteRecord; most: number }): true | Conflict {
      if (Number(countNotes.get(n.workspace, n.visitor)?.['n']) >= most) return TOO_MANY;
      addNote.run(n.id, n.workspace, n.visitor, n.text, n.createdAt, n.createdBy);
      return true;
    },
    deleteNote: (q: { workspace: string; visitor: string; id: string }): boolean =>
      Number(deleteNote.run(q.id, q.workspace, q.visitor).changes) === 1,
    notedVisitors: (q: { workspace: string; before: number; after: string; limit: number }): string[] =>
      noted.all(q.workspace, q.after, q.before, q.limit).map((row) => String(row['visitor'])),
    deleteNotesOf: (q: { workspace: string; visitors: readonly string[] }): number =>
      Number(deleteNotesOf.run(q.workspace, JSON.stringify(q.visitors)).changes),
  };
}
