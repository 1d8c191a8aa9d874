import type { DatabaseSync } from 'node:sqlite';
import type { Waiting } from '@foyer/domain/chat';
import type { Message } from '@foyer/protocol';
import type { FileRecord, StoredConversation, StoredEntry } from '../../ports/chat-store.ts';
import { conversationOfRow, fileOfRow, messageOfRow } from './chat-rows.ts';
import type { Row } from './team-rows.ts';

/** More are shown as "99+". */
const MOST_UNREAD = 100;

/** One conversation as a line of an agent's inbox. */
export function entriesOf(db: DatabaseSync): (row: Row, agent: string) => StoredEntry {
  const last = db.prepare(
    "SELECT * FROM message WHERE conversation = ? AND kind NOT IN ('event', 'note') AND gone <> 'undone' ORDER BY seq DESC LIMIT 1",
  );
  const unread = db.prepare(`
    SELECT count(*) AS n FROM (
      SELECT 1 FROM message WHERE conversation = ?1 AND from_kind = 'visitor' AND kind <> 'event'
        AND seq > coalesce((SELECT seq FROM chat_seen WHERE conversation = ?1 AND agent = ?2), 0) LIMIT ${MOST_UNREAD})`);
  const country = db.prepare("SELECT profile ->> 'country' AS country FROM chat_profile WHERE conversation = ?");
  return (row, agent) => {
    const stored = conversationOfRow(row);
    const found = last.get(stored.state.id);
    return {
      ...stored,
      last: found ? messageOfRow(found) : null,
      unread: Number(unread.get(stored.state.id, agent)?.['n']),
      country: String(country.get(stored.state.id)?.['country'] ?? ''),
    };
  };
}

/** What is asked about conversations, apart from the inbox and search. */
export function chatReadVerbs(db: DatabaseSync) {
  const heads = db.prepare('SELECT workspace, chat_seq FROM chat_head');
  const byId = db.prepare('SELECT * FROM conversation WHERE id = ? AND workspace = ?');
  const ofVisitor = db.prepare('SELECT * FROM conversation WHERE workspace = ? AND visitor = ? ORDER BY started_at DESC, id DESC LIMIT ?');
  const shown = db.prepare(`
    SELECT * FROM conversation
    WHERE workspace IN (SELECT workspace FROM chat_head) AND status IN ('invited', 'unassigned', 'assigned', 'ai') AND status <> 'resolved'
    UNION ALL
    SELECT * FROM conversation
    WHERE workspace IN (SELECT workspace FROM chat_head) AND status = 'resolved' AND phase_at > ?`);
  const waiting = db.prepare(
    "SELECT id, team, phase_at FROM conversation WHERE workspace = ? AND status = 'unassigned' AND status <> 'resolved' ORDER BY phase_at, id",
  );
  const awaiting = db.prepare(`
    SELECT id, agent FROM conversation WHERE workspace = ? AND status = 'assigned' AND awaiting_since > 0
      AND agent IN (SELECT value FROM json_each(?)) ORDER BY awaiting_since, id`);
  const after = db.prepare(`
    SELECT m.* FROM message m JOIN conversation c ON c.id = m.conversation
    WHERE m.conversation = ? AND c.workspace = ? AND m.rev > ? ORDER BY m.rev, m.seq LIMIT ?`);
  const before = db.prepare(`
    SELECT m.* FROM message m JOIN conversation c ON c.id = m.conversation
    WHERE m.conversation = ? AND c.workspace = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?`);
  const changed = db.prepare('SELECT * FROM conversation WHERE workspace = ? AND chat_seq > ? ORDER BY chat_seq LIMIT ?');
  const unread = db.prepare(`
    SELECT count(*) AS n FROM conversation c LEFT JOIN chat_seen s ON s.conversation = c.id AND s.agent = ?2
    WHERE c.workspace = ?1 AND c.status <> 'resolved' AND c.visitor_seq > coalesce(s.seq, 0)
      AND (c.status = 'unassigned' OR (c.status = 'assigned' AND c.agent = ?2))`);
  const fileIn = db.prepare("SELECT * FROM chat_file WHERE id = ? AND conversation = ? AND conversation <> ''");
  const entry = entriesOf(db);

  return {
    chatHeads: (): [string, number][] => heads.all().map((row) => [String(row['workspace']), Number(row['chat_seq'])]),
    conversation(q: { workspace: string; id: string }): StoredConversation | null {
      const row = byId.get(q.id, q.workspace);
      return row ? conversationOfRow(row) : null;
    },
    entry(q: { workspace: string; agent: string; id: string }): StoredEntry | null {
      const row = byId.get(q.id, q.workspace);
      return row ? entry(row, q.agent) : null;
    },
    fileIn(q: { conversation: string; id: string }): FileRecord | null {
      const row = fileIn.get(q.id, q.conversation);
      return row ? fileOfRow(row) : null;
    },
    conversationsOf: (q: { workspace: string; visitor: string; limit: number }): StoredConversation[] =>
      q.visitor === '' ? [] : ofVisitor.all(q.workspace, q.visitor, q.limit).map(conversationOfRow),
    shownConversations: (q: { resolvedAfter: number }): StoredConversation[] => shown.all(q.resolvedAfter).map(conversationOfRow),
    waiting: (workspace: string): Waiting[] =>
      waiting.all(workspace).map((row) => ({
        conversation: String(row['id']),
        team: String(row['team']),
        since: Number(row['phase_at']),
      })),
    awaiting: (q: { workspace: string; agents: readonly string[] }): { conversation: string; agent: string }[] =>
      awaiting.all(q.workspace, JSON.stringify(q.agents)).map((row) => ({
        conversation: String(row['id']),
        agent: String(row['agent']),
      })),
    messagesAfter(q: { workspace: string; conversation: string; rev: number; limit: number }): {
      messages: Message[];
      rev: number;
      more: boolean;
    } {
      const row = byId.get(q.conversation, q.workspace);
      if (!row) return { messages: [], rev: q.rev, more: false };
      const found = after.all(q.conversation, q.workspace, q.rev, q.limit + 1).map(messageOfRow);
      if (found.length <= q.limit) return { messages: found, rev: Math.max(q.rev, Number(row['rev'])), more: false };
      // A decision is told whole: the one that was cut comes with the next page, unless it is all there is.
      const cut = found[q.limit]!.rev;
      const whole = found.filter(({ rev }) => rev < cut);
      const messages = whole.length > 0 ? whole : found.slice(0, q.limit);
      return { messages, rev: messages.at(-1)!.rev, more: true };
    },
    messagesBefore: (q: { workspace: string; conversation: string; seq: number; limit: number }): Message[] =>
      before.all(q.conversation, q.workspace, q.seq, q.limit).map(messageOfRow).reverse(),
    changesAfter: (q: { workspace: string; agent: string; chatSeq: number; limit: number }): StoredEntry[] =>
      changed.all(q.workspace, q.chatSeq, q.limit).map((row) => entry(row, q.agent)),
    unread: (q: { workspace: string; agent: string }): number => Number(unread.get(q.workspace, q.agent)?.['n']),
  };
}
