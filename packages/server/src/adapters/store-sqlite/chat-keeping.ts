import type { DatabaseSync } from 'node:sqlite';
import type { Availability, ChatTeam } from '@foyer/protocol';
import type { AgentRecord, CannedRecord, FileRecord } from '../../ports/chat-store.ts';
import { agentOfRow, cannedOfRow, fileOfRow } from './chat-rows.ts';

type Gone = { conversations: number; files: string[] };

/** What a team keeps for its chats: files, canned replies, teams, agents, settings; and what it lets go. */
export function chatKeepingVerbs(db: DatabaseSync) {
  const addFile = db.prepare(`
    INSERT INTO chat_file (id, workspace, sender, conversation, seq, name, type, bytes, width, height, sha256, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const file = db.prepare('SELECT * FROM chat_file WHERE id = ? AND workspace = ?');
  const unused = db.prepare("SELECT id FROM chat_file WHERE conversation = '' AND created_at < ? ORDER BY created_at, id LIMIT ?");
  const deleteFiles = db.prepare('DELETE FROM chat_file WHERE id IN (SELECT value FROM json_each(?))');

  const unknown = db.prepare('SELECT value AS id FROM json_each(?) WHERE value NOT IN (SELECT id FROM chat_file)');

  const canned = db.prepare(
    'SELECT * FROM canned_reply WHERE workspace = ? AND (shared = 1 OR created_by = ?) ORDER BY shortcut, shared, id',
  );
  const taken = db.prepare(`
    SELECT 1 FROM canned_reply WHERE workspace = ? AND shortcut = ? AND id <> ? AND shared = ? AND (shared = 1 OR created_by = ?)`);
  const cannedCount = db.prepare('SELECT count(*) AS n FROM canned_reply WHERE workspace = ? AND id <> ?');
  const putCanned = db.prepare(`
    INSERT INTO canned_reply VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET shortcut = excluded.shortcut, text = excluded.text, shared = excluded.shared WHERE workspace = excluded.workspace`);
  const deleteCanned = db.prepare('DELETE FROM canned_reply WHERE id = ? AND workspace = ?');

  const teams = db.prepare('SELECT * FROM chat_team WHERE workspace = ? ORDER BY name COLLATE NOCASE, id');
  const teamCount = db.prepare('SELECT count(*) AS n FROM chat_team WHERE workspace = ? AND id <> ?');
  const putTeam = db.prepare(`
    INSERT INTO chat_team VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name, members = excluded.members WHERE workspace = excluded.workspace`);
  const deleteTeam = db.prepare('DELETE FROM chat_team WHERE id = ? AND workspace = ?');
  const leaveTeam = db.prepare("UPDATE conversation SET team = '' WHERE workspace = ? AND team = ? AND status <> 'resolved'");

  const agents = db.prepare(`
    SELECT a.agent, a.capacity, a.available, a.last_assigned_at,
      (SELECT count(*) FROM conversation c WHERE c.workspace = a.workspace AND c.agent = a.agent AND c.status = 'assigned') AS load
    FROM chat_agent a WHERE a.workspace = ? ORDER BY a.agent`);
  const putAgent = db.prepare(`
    INSERT INTO chat_agent VALUES (?, ?, ?, ?, 0)
    ON CONFLICT DO UPDATE SET capacity = excluded.capacity, available = excluded.available`);
  const settings = db.prepare('SELECT settings FROM chat_settings WHERE workspace = ?');
  const putSettings = db.prepare('INSERT INTO chat_settings VALUES (?, ?) ON CONFLICT DO UPDATE SET settings = excluded.settings');

  const over = db.prepare(
    "SELECT id FROM conversation WHERE workspace = ? AND status = 'resolved' AND phase_at < ? ORDER BY phase_at, id LIMIT ?",
  );
  const ofVisitor = db.prepare('SELECT id FROM conversation WHERE workspace = ? AND visitor = ?');
  const filesOf = db.prepare('SELECT id FROM chat_file WHERE conversation = ?');
  const uploadsOf = db.prepare("SELECT id FROM chat_file WHERE workspace = ? AND sender = ? AND conversation = ''");
  const deleteFile = db.prepare('DELETE FROM chat_file WHERE id = ?');
  const unindex = db.prepare('DELETE FROM message_search WHERE rowid IN (SELECT id FROM message WHERE conversation = ?)');
  const deleteOne = db.prepare('DELETE FROM conversation WHERE id = ? AND workspace = ?');

  const idsOf = (rows: Record<string, unknown>[]): string[] => rows.map((row) => String(row['id']));

  /** With everything in them. Their numbers in `chat_seq` stay unused: nobody misses a change of what is gone. */
  function drop(workspace: string, ids: readonly string[]): Gone {
    const gone: Gone = { conversations: 0, files: [] };
    for (const id of ids) {
      const files = idsOf(filesOf.all(id));
      unindex.run(id);
      if (Number(deleteOne.run(id, workspace).changes) === 0) continue;
      for (const one of files) deleteFile.run(one);
      gone.files.push(...files);
      gone.conversations++;
    }
    return gone;
  }

  return {
    addFile(f: FileRecord): void {
      addFile.run(
        ...[f.id, f.workspace, f.sender, f.conversation, f.seq, f.name, f.type, f.bytes, f.width, f.height, f.sha256, f.createdAt],
      );
    },
    chatFile(q: { workspace: string; id: string }): FileRecord | null {
      const row = file.get(q.id, q.workspace);
      return row ? fileOfRow(row) : null;
    },
    unusedFiles: (q: { before: number; limit: number }): string[] => idsOf(unused.all(q.before, q.limit)),
    deleteFiles(ids: readonly string[]): void {
      deleteFiles.run(JSON.stringify(ids));
    },
    unknownFiles: (ids: readonly string[]): string[] => idsOf(unknown.all(JSON.stringify(ids))),

    cannedReplies: (q: { workspace: string; user: string }): CannedRecord[] => canned.all(q.workspace, q.user).map(cannedOfRow),
    putCannedReply({ reply: r, most }: { reply: CannedRecord; most: number }): true | 'shortcut_taken' | 'too_many' {
      if (taken.get(r.workspace, r.shortcut, r.id, r.shared ? 1 : 0, r.createdBy)) return 'shortcut_taken';
      if (Number(cannedCount.get(r.workspace, r.id)?.['n']) >= most) return 'too_many';
      putCanned.run(r.id, r.workspace, r.shortcut, r.text, r.shared ? 1 : 0, r.createdBy);
      return true;
    },
    deleteCannedReply: (q: { workspace: string; id: string }): boolean => Number(deleteCanned.run(q.id, q.workspace).changes) === 1,

    teams: (workspace: string): ChatTeam[] =>
      teams.all(workspace).map((row) => ({
        id: String(row['id']),
        name: String(row['name']),
        members: JSON.parse(String(row['members'])) as string[],
      })),
    putTeam({ workspace, team, most }: { workspace: string; team: ChatTeam; most: number }): true | 'too_many' {
      if (Number(teamCount.get(workspace, team.id)?.['n']) >= most) return 'too_many';
      putTeam.run(team.id, workspace, team.name, JSON.stringify(team.members));
      return true;
    },
    deleteTeam(q: { workspace: string; id: string }): boolean {
      const done = Number(deleteTeam.run(q.id, q.workspace).changes) === 1;
      if (done) leaveTeam.run(q.workspace, q.id);
      return done;
    },

    agents: (workspace: string): AgentRecord[] => agents.all(workspace).map(agentOfRow),
    putAgent(q: { workspace: string; id: string; capacity: number | null; available: Availability }): void {
      putAgent.run(q.workspace, q.id, q.capacity, q.available);
    },
    /** null: none were changed yet. */
    chatSettings(workspace: string): string | null {
      const row = settings.get(workspace);
      return row ? String(row['settings']) : null;
    },
    putChatSettings(q: { workspace: string; settings: string }): void {
      putSettings.run(q.workspace, q.settings);
    },

    purgeConversations: (q: { workspace: string; resolvedBefore: number; limit: number }): Gone =>
      drop(q.workspace, idsOf(over.all(q.workspace, q.resolvedBefore, q.limit))),
    eraseConversations(q: { workspace: string; visitor?: string; conversations?: readonly string[] }): Gone {
      const ofTheirs = q.visitor ? idsOf(ofVisitor.all(q.workspace, q.visitor)) : [];
      const gone = drop(q.workspace, [...ofTheirs, ...(q.conversations ?? [])]);
      const uploads = q.visitor ? idsOf(uploadsOf.all(q.workspace, `visitor:${q.visitor}`)) : [];
      for (const id of uploads) deleteFile.run(id);
      return { ...gone, files: [...gone.files, ...uploads] };
    },
  };
}
