import type { DatabaseSync } from 'node:sqlite';
import { type ConversationFigures, type CountedConversation, RollupDelta, countConversation } from '@foyer/domain/analytics';
import type { BookedConversations, ConversationRecord } from '../../ports/history-store.ts';
import type { PersonBooks } from './person-books.ts';
import type { RollupWriter } from './rollup-writer.ts';
import { calendar, workspaceReader } from './zones.ts';

type Row = Record<string, unknown>;

/** Conversations in the counts: what is stored of each is taken away, what is said now is added, in the transaction that moves the mark. */
export function conversationBooks(db: DatabaseSync, rollups: RollupWriter, people: PersonBooks) {
  const stored = db.prepare('SELECT * FROM conversation WHERE conversation = ?');
  const put = db.prepare('INSERT OR REPLACE INTO conversation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const mark = db.prepare(`
    INSERT INTO chat_mark VALUES (:workspace, :upTo)
    ON CONFLICT DO UPDATE SET chat_seq = CASE WHEN :again THEN excluded.chat_seq ELSE max(chat_seq, excluded.chat_seq) END`);
  // Two ranges of the index, so that those who have been moved are never read again.
  const unmoved = db.prepare(`
    SELECT * FROM (SELECT * FROM conversation WHERE workspace = :workspace AND zone < :zone LIMIT :limit)
    UNION ALL SELECT * FROM (SELECT * FROM conversation WHERE workspace = :workspace AND zone > :zone LIMIT :limit) LIMIT :limit`);
  const rezoned = db.prepare('UPDATE conversation SET zone = ? WHERE conversation = ?');
  const forgotten = db.prepare(`
    UPDATE conversation SET visitor = '', name = '', email = '' WHERE conversation IN
      (SELECT conversation FROM conversation WHERE workspace = ? AND last_message_at < ? AND visitor || name || email <> '' LIMIT ?)`);
  const readWorkspace = workspaceReader(db);

  return {
    book({ workspace, upTo, conversations, again = false }: BookedConversations): void {
      const delta = new RollupDelta();
      const w = readWorkspace(workspace);
      const zone = w.next === '' ? w.zone : w.next;
      for (const c of conversations) {
        const before = stored.get(c.conversation) as Row | undefined;
        if (before && !again && Number(before['chat_seq']) > c.chatSeq) continue;
        if (before) countConversation(delta, calendar(String(before['zone'])), countedOf(before), -1);
        countConversation(delta, calendar(zone), c, 1);
        people.conversation(before ? recordOf(before) : null, c);
        put.run(...columnsOf(c, zone));
      }
      rollups.apply(delta);
      mark.run({ workspace, upTo, again: again ? 1 : 0 });
    },

    /** Moves some to the days of `zone`. False: all are there. */
    moveSlice(workspace: string, zone: string, limit: number): boolean {
      const rows = unmoved.all({ workspace, zone, limit });
      const delta = new RollupDelta();
      for (const row of rows) {
        const counted = countedOf(row);
        countConversation(delta, calendar(String(row['zone'])), counted, -1, 'zoned');
        countConversation(delta, calendar(zone), counted, 1, 'zoned');
        rezoned.run(zone, String(row['conversation']));
      }
      rollups.apply(delta);
      return rows.length > 0;
    },

    forget: (workspace: string, before: number, limit: number): void => void forgotten.run(workspace, before, limit),
  };
}

const columnsOf = (c: ConversationRecord, zone: string): (string | number)[] => [
  c.conversation,
  c.workspace,
  c.site,
  c.visitor,
  c.source,
  c.status,
  c.country,
  c.name,
  c.email,
  Math.round(c.startedAt),
  Math.round(c.lastMessageAt),
  c.chatSeq,
  JSON.stringify(c.figures),
  zone,
];

const countedOf = (row: Row): CountedConversation => ({
  workspace: String(row['workspace']),
  site: String(row['site']),
  source: String(row['source']),
  country: String(row['country']),
  startedAt: Number(row['started_at']),
  figures: JSON.parse(String(row['figures'])) as ConversationFigures,
});

const recordOf = (row: Row): ConversationRecord => ({
  ...countedOf(row),
  conversation: String(row['conversation']),
  visitor: String(row['visitor']),
  status: String(row['status']),
  name: String(row['name']),
  email: String(row['email']),
  lastMessageAt: Number(row['last_message_at']),
  chatSeq: Number(row['chat_seq']),
});
