import type { DatabaseSync } from 'node:sqlite';
import type { MailJob, MailThread } from '../../ports/notice-store.ts';
import type { Row } from './team-rows.ts';

const text = (row: Row | undefined, name: string): string => String(row?.[name]);
const number = (row: Row | undefined, name: string): number => Number(row?.[name]);

/** A workspace's mail server, what is to be mailed, and what was. */
export function mailVerbs(db: DatabaseSync) {
  const options = db.prepare('SELECT * FROM mail_options WHERE workspace = ?');
  const putOptions = db.prepare(`
    INSERT INTO mail_options VALUES (?, ?, '', 0)
    ON CONFLICT DO UPDATE SET options = excluded.options, last_error = '', last_error_at = 0`);
  const dropOptions = db.prepare('DELETE FROM mail_options WHERE workspace = ?');
  const note = db.prepare('UPDATE mail_options SET last_error = ?, last_error_at = ? WHERE workspace = ?');
  // From the conversation itself: of one that was erased meanwhile nothing is mailed.
  const queue = db.prepare(`
    INSERT INTO mail_job (id, workspace, kind, conversation, recipient, due_at, tries)
    SELECT ?, workspace, ?, id, ?, ?, ? FROM conversation WHERE id = ? AND workspace = ?
    ON CONFLICT (conversation, kind, recipient) DO NOTHING`);
  const due = db.prepare('SELECT * FROM mail_job WHERE due_at <= ? ORDER BY due_at, id LIMIT ?');
  const next = db.prepare('SELECT min(due_at) AS at FROM mail_job');
  const postpone = db.prepare('UPDATE mail_job SET due_at = ?, tries = ? WHERE id = ?');
  const drop = db.prepare('DELETE FROM mail_job WHERE id = ?');
  const cancel = db.prepare('DELETE FROM mail_job WHERE conversation = ? AND kind = ? AND workspace = ?');
  const queued = db.prepare('SELECT count(*) AS n FROM mail_job WHERE workspace = ?');
  const thread = db.prepare(
    'SELECT t.* FROM mail_thread t JOIN conversation c ON c.id = t.conversation WHERE t.conversation = ? AND c.workspace = ?',
  );
  const putThread = db.prepare(`
    INSERT INTO mail_thread SELECT id, ?3, ?4 FROM conversation WHERE id = ?1 AND workspace = ?2
    ON CONFLICT DO UPDATE SET mailed_seq = max(mailed_seq, excluded.mailed_seq)`);

  return {
    /** Options as text: they are checked by the reader, on the main thread. */
    mail(workspace: string): { options: string; lastError: string; lastErrorAt: number } | null {
      const row = options.get(workspace);
      return row ? { options: text(row, 'options'), lastError: text(row, 'last_error'), lastErrorAt: number(row, 'last_error_at') } : null;
    },
    putMail(q: { workspace: string; options: string | null }): void {
      if (q.options === null) dropOptions.run(q.workspace);
      else putOptions.run(q.workspace, q.options);
    },
    noteMail(q: { workspace: string; error: string; at: number }): void {
      note.run(q.error, q.at, q.workspace);
    },
    queueMail: (j: MailJob): boolean => Number(queue.run(j.id, j.kind, j.to, j.dueAt, j.tries, j.conversation, j.workspace).changes) === 1,
    dueMail: (q: { now: number; limit: number }): MailJob[] => due.all(q.now, q.limit).map(jobOf),
    nextMailAt(): number | null {
      const at = next.get()?.['at'];
      return typeof at === 'number' ? at : null;
    },
    postponeMail(q: { id: string; dueAt: number; tries: number }): void {
      postpone.run(q.dueAt, q.tries, q.id);
    },
    dropMail(id: string): void {
      drop.run(id);
    },
    cancelMail: (q: { workspace: string; conversation: string; kind: MailJob['kind'] }): number =>
      Number(cancel.run(q.conversation, q.kind, q.workspace).changes),
    mailsQueued: (workspace: string): number => number(queued.get(workspace), 'n'),
    mailThread(q: { workspace: string; conversation: string }): MailThread | null {
      const row = thread.get(q.conversation, q.workspace);
      return row ? { messageId: text(row, 'message_id'), mailedSeq: number(row, 'mailed_seq') } : null;
    },
    putMailThread(q: { workspace: string; conversation: string } & MailThread): void {
      putThread.run(q.conversation, q.workspace, q.messageId, q.mailedSeq);
    },
  };
}

const jobOf = (row: Row): MailJob => ({
  id: text(row, 'id'),
  workspace: text(row, 'workspace'),
  kind: text(row, 'kind') as MailJob['kind'],
  conversation: text(row, 'conversation'),
  to: text(row, 'recipient'),
  dueAt: number(row, 'due_at'),
  tries: number(row, 'tries'),
});
