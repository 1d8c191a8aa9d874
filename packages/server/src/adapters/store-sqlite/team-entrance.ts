import type { DatabaseSync } from 'node:sqlite';
import type { Invitation } from '@foyer/protocol';
import type { Conflict, InvitationRecord, SiteRecord, UserRecord } from '../../ports/team-store.ts';
import { type Row, type WorkspaceRow, fullInvitationOf, invitationOf } from './team-rows.ts';

/** Ways into a workspace: the one-time set-up, and invitations. */
export function entranceVerbs(db: DatabaseSync, putSite: (site: SiteRecord) => void) {
  const anyWorkspace = db.prepare('SELECT 1 FROM workspace LIMIT 1');
  const putToken = db.prepare('INSERT INTO setup_token VALUES (1, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash');
  const token = db.prepare('SELECT hash FROM setup_token');
  const dropToken = db.prepare('DELETE FROM setup_token');
  const addWorkspace = db.prepare('INSERT INTO workspace (id, name, settings, tracking_in_plan, created_at) VALUES (?, ?, ?, ?, ?)');
  const emailTaken = db.prepare('SELECT 1 FROM member WHERE email = ?');
  const addMember = db.prepare(
    'INSERT INTO member (id, workspace, name, email, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );

  const putInvitation = db.prepare(
    'INSERT INTO invitation (id, workspace, role, email, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const byToken = db.prepare(`
    SELECT invitation.*, workspace.name AS workspace_name FROM invitation JOIN workspace ON workspace.id = invitation.workspace
    WHERE token_hash = ? AND expires_at > ?`);
  const open = db.prepare('SELECT * FROM invitation WHERE workspace = ? AND expires_at > ? ORDER BY created_at, id');
  const drop = db.prepare('DELETE FROM invitation WHERE workspace = ? AND id = ?');

  const addUser = (u: UserRecord): void => {
    addMember.run(u.id, u.workspace, u.name, u.email, u.role, u.passwordHash, u.createdAt);
  };

  return {
    isSetUp: (): boolean => anyWorkspace.get() !== undefined,
    putSetupToken(hash: string): void {
      putToken.run(hash);
    },
    setUp(q: { tokenHash: string; workspace: WorkspaceRow; owner: UserRecord; site: SiteRecord }): true | Conflict {
      if (anyWorkspace.get()) return { conflict: 'already_set_up' };
      if (token.get()?.['hash'] !== q.tokenHash) return { conflict: 'used_or_expired' };
      const w = q.workspace;
      addWorkspace.run(w.id, w.name, w.settings, w.trackingInPlan ? 1 : 0, w.createdAt);
      addUser(q.owner);
      putSite(q.site);
      dropToken.run();
      return true;
    },
    putInvitation(i: InvitationRecord): void {
      putInvitation.run(i.id, i.workspace, i.role, i.email, i.tokenHash, i.createdAt, i.expiresAt);
    },
    invitationByToken(q: { tokenHash: string; now: number }): (InvitationRecord & { workspaceName: string }) | null {
      const row: Row | undefined = byToken.get(q.tokenHash, q.now);
      return row ? { ...fullInvitationOf(row), workspaceName: String(row['workspace_name']) } : null;
    },
    invitations: (q: { workspace: string; now: number }): Invitation[] => open.all(q.workspace, q.now).map(invitationOf),
    deleteInvitation(q: { workspace: string; id: string }): void {
      drop.run(q.workspace, q.id);
    },
    acceptInvitation(q: { tokenHash: string; now: number; user: Omit<UserRecord, 'role' | 'workspace'> }): UserRecord | Conflict {
      const row = byToken.get(q.tokenHash, q.now);
      if (!row) return { conflict: 'used_or_expired' };
      if (emailTaken.get(q.user.email)) return { conflict: 'email_taken' };
      const { workspace, role, id } = fullInvitationOf(row);
      const user: UserRecord = { ...q.user, workspace, role };
      addUser(user);
      drop.run(workspace, id);
      return user;
    },
  };
}
