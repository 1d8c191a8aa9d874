import type { DatabaseSync } from 'node:sqlite';
import { fold } from '@foyer/domain/rules';
import type { Message } from '@foyer/protocol';
import { searchWords } from '../../chat/search-text.ts';
import type { InboxFilter, StoredConversation, StoredEntry } from '../../ports/chat-store.ts';
import { entriesOf } from './chat-reads.ts';
import { conversationOfRow, messageOfRow } from './chat-rows.ts';

/** Of a word that is everywhere the newest are enough; all of them would hold up the thread for a second at a million messages. */
const MOST_MATCHES = 5_000;

interface Inbox {
  readonly workspace: string;
  readonly agent: string;
  readonly filter: InboxFilter;
  readonly sort: 'newest' | 'waiting';
  readonly after?: string | undefined;
  readonly limit: number;
}
interface Search {
  readonly workspace: string;
  readonly text: string;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The inbox as keyset pages, and search over transcripts. */
export function chatInboxVerbs(db: DatabaseSync) {
  const entry = entriesOf(db);
  const byId = db.prepare('SELECT * FROM conversation WHERE id = ?');
  const found = db.prepare(`
    SELECT m.* FROM message_search s JOIN message m ON m.id = s.rowid
    WHERE message_search MATCH ? AND s.rowid < ? AND m.workspace = ? ORDER BY s.rowid DESC LIMIT ?`);

  return {
    inbox(q: Inbox): { entries: StoredEntry[]; next: string | null } {
      const { where, values, by } = conditionsOf(q);
      const column = q.sort === 'newest' ? 'last_message_at' : 'waiting_since';
      const direction = q.sort === 'newest' ? 'DESC' : 'ASC';
      const named = q.filter.ids && JSON.stringify(q.filter.ids);
      const from = named === undefined ? 'conversation' : 'asked CROSS JOIN conversation ON id = wanted';
      const rows = db
        .prepare(
          `WITH asked(wanted) AS (SELECT value FROM json_each(?))
          SELECT conversation.* FROM ${from} WHERE ${where.join(' AND ')} ORDER BY ${by} ${direction}, id ${direction} LIMIT ?`,
        )
        .all(named ?? '[]', ...values, q.limit + 1);
      const shown = rows.slice(0, q.limit);
      const last = shown.at(-1);
      const next = rows.length > q.limit && last ? `${Number(last[column])}.${String(last['id'])}` : null;
      return { entries: shown.map((row) => entry(row, q.agent)), next };
    },
    searchMessages(q: Search): { found: { conversation: StoredConversation; message: Message }[]; next: string | null } {
      const match = matchOf(q.text);
      if (match === '') return { found: [], next: null };
      const before = Number(q.after ?? Number.MAX_SAFE_INTEGER);
      const rows = Number.isSafeInteger(before) ? found.all(match, before, q.workspace, q.limit + 1) : [];
      const shown = rows.slice(0, q.limit);
      return {
        found: shown.map((row) => ({
          conversation: conversationOfRow(byId.get(row['conversation'] as string)!),
          message: messageOfRow(row),
        })),
        next: rows.length > q.limit ? String(shown.at(-1)?.['id']) : null,
      };
    },
  };
}

/** In FTS5's own grammar, with every word quoted: nothing that was typed is read as an operator. */
const matchOf = (text: string): string =>
  searchWords(text)
    .map((word) => `"${word}"*`)
    .join(' AND ');

/** `by`: what it is sorted by, so written that the index is taken which has the fewest rows to look at. */
function conditionsOf({ workspace, filter, sort, after }: Inbox): { where: string[]; values: (string | number)[]; by: string } {
  const where = ['workspace = ?'];
  const values: (string | number)[] = [workspace];
  const and = (condition: string, ...given: (string | number)[]): void => {
    where.push(condition);
    values.push(...given);
  };
  if (filter.status) and('status IN (SELECT value FROM json_each(?))', JSON.stringify(filter.status));
  if (filter.source) and('source IN (SELECT value FROM json_each(?))', JSON.stringify(filter.source));
  // Of a resolved conversation `agent` is whoever had it last, which is whose it is in a list.
  if (filter.assignee)
    and('agent IN (SELECT value FROM json_each(?))', JSON.stringify(filter.assignee.map((id) => (id === 'none' ? '' : id))));
  if (filter.team !== undefined) and('team = ?', filter.team);
  if (filter.site !== undefined) and('site = ?', filter.site);
  if (filter.visitor !== undefined) and('visitor = ?', filter.visitor);
  if (filter.tag !== undefined)
    and('id IN (SELECT conversation FROM conversation_tag WHERE workspace = ? AND tag = ?)', workspace, filter.tag);
  if (filter.text !== undefined) {
    const match = matchOf(filter.text);
    const inName = 'instr(search, ?) > 0';
    const inMessages = `id IN (
      SELECT m.conversation FROM (SELECT rowid FROM message_search WHERE message_search MATCH ? ORDER BY rowid DESC LIMIT ${MOST_MATCHES}) s
      JOIN message m ON m.id = s.rowid WHERE m.workspace = ?)`;
    if (match === '') and(inName, fold(filter.text));
    else and(`(${inName} OR ${inMessages})`, fold(filter.text), match, workspace);
  }
  if (sort === 'waiting') and('waiting_since > 0');
  // Open ones are few and all in one index; by time they would be looked for among everything that was ever resolved.
  const isOpen = sort === 'newest' && filter.status !== undefined && !filter.status.includes('resolved');
  if (isOpen) and("status <> 'resolved'");
  const by = sort === 'waiting' ? 'waiting_since' : isOpen ? '+last_message_at' : 'last_message_at';
  const cursor = after === undefined ? null : /^(\d{1,15})\.(.+)$/.exec(after);
  if (cursor) {
    const [at, id] = [Number(cursor[1]), String(cursor[2])];
    and(`(${by}, id) ${sort === 'newest' ? '<' : '>'} (?, ?)`, at, id);
  }
  return { where, values, by };
}
