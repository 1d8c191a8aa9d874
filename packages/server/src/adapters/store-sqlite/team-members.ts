import type { DatabaseSync } from 'node:sqlite';
import type { Member, Role } from '@foyer/protocol';
import type { Conflict, SessionRecord, UserRecord } from '../../ports/team-store.ts';
import { type Row, memberOf, sessionOf, userOf } from './team-rows.ts';

/** Members and their sessions. */
export function memberVerbs(db: DatabaseSync) {
  const byEmail = db.prepare('SELECT * FROM member WHERE email = ?');
  const byId = db.prepare('SELECT * FROM member WHERE id = ?');
  const ofWorkspace = db.prepare('SELECT * FROM member WHERE workspace = ? ORDER BY created_at, id');
  const owners = db.prepare("SELECT count(*) AS n FROM member WHERE workspace = ? AND role = 'owner'");
  const setRole = db.prepare('UPDATE member SET role = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM member WHERE id = ?');
  const removeFilters = db.prepare('DELETE FROM saved_filter WHERE workspace = ? AND shared = 0 AND created_by = ?');

  const putSession = db.prepare(
    'INSERT INTO session (id_hash, member, workspace, created_at, expires_at, address_hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const dropExpired = db.prepare('DELETE FROM session WHERE expires_at <= ?');
  const session = db.prepare('SELECT * FROM session WHERE id_hash = ?');
  const touch = db.prepare('UPDATE session SET expires_at = ?, address_hash = ? WHERE id_hash = ?');
  const endSession = db.prepare('DELETE FROM session WHERE id_hash = ?');
  const addresses = db.prepare(
    "SELECT DISTINCT address_hash AS hash FROM session WHERE workspace = ? AND expires_at > ? AND address_hash <> ''",
  );

  const found = <T>(row: Row | undefined, read: (row: Row) => T): T | null => (row ? read(row) : null);
  /** The member as one of this workspace; why not, when it may not lose its role or place. */
  function mayLeave(workspace: string, user: string): Conflict | null {
    const row = byId.get(user);
    if (!row || row['workspace'] !== workspace) return { conflict: 'not_found' };
    return row['role'] === 'owner' && Number(owners.get(workspace)?.['n']) === 1 ? { conflict: 'last_owner' } : null;
  }

  return {
    userByEmail: (email: string): UserRecord | null => found(byEmail.get(email), userOf),
    user: (id: string): UserRecord | null => found(byId.get(id), userOf),
    members: (workspace: string): Member[] => ofWorkspace.all(workspace).map(memberOf),
    setRole(q: { workspace: string; user: string; role: Role }): true | Conflict {
      const conflict = mayLeave(q.workspace, q.user);
      if (conflict && !(conflict.conflict === 'last_owner' && q.role === 'owner')) return conflict;
      setRole.run(q.role, q.user);
      return true;
    },
    /** Their sessions and private filters go with them. */
    removeMember(q: { workspace: string; user: string }): true | Conflict {
      const conflict = mayLeave(q.workspace, q.user);
      if (conflict) return conflict;
      remove.run(q.user);
      removeFilters.run(q.workspace, q.user);
      return true;
    },
    /** Sweeps out what has expired by then, so the table stays as large as the team is. */
    putSession(s: SessionRecord): void {
      dropExpired.run(s.createdAt);
      putSession.run(s.idHash, s.user, s.workspace, s.createdAt, s.expiresAt, s.addressHash);
    },
    session: (idHash: string): SessionRecord | null => found(session.get(idHash), sessionOf),
    touchSession(q: { idHash: string; expiresAt: number; addressHash: string }): void {
      touch.run(q.expiresAt, q.addressHash, q.idHash);
    },
    endSession(idHash: string): void {
      endSession.run(idHash);
    },
    teamAddresses: (q: { workspace: string; now: number }): string[] => addresses.all(q.workspace, q.now).map((r) => String(r['hash'])),
  };
}
