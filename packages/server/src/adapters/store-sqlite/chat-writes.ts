import type { DatabaseSync } from 'node:sqlite';
import type { ChatState } from '@foyer/domain/chat';
import type { ChatFile, Message } from '@foyer/protocol';
import { type Loaded, needsOf, planOf, senderOf, type Writing } from '../../chat/plan.ts';
import type { ChatChange, ChatOutcome, ChatRequest, Receipt } from '../../ports/chat-store.ts';
import { changesMuch, CONVERSATION_COLUMNS, conversationOfRow, conversationValues, fileOfRow, messageOfRow } from './chat-rows.ts';
import { messageIndex } from './message-index.ts';

/** The one verb that decides: load, decide, write, inside the transaction that its thread has opened. */
export function chatWriteVerbs(db: DatabaseSync) {
  const load = loadsOf(db);
  const index = messageIndex(db);
  const write = writesOf(db, index.queue);
  const see = db.prepare(
    'INSERT INTO chat_seen VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE excluded.seq > chat_seen.seq',
  );

  return {
    chatRequest(q: ChatRequest): ChatOutcome {
      const loaded = load(q);
      const plan = planOf(q, loaded);
      if (!plan.ok) return plan;
      const changes = plan.writings.map((writing) => write(q, writing));
      const seen = seenBy(q, plan.receipt, changes.at(-1)?.state ?? loaded.state);
      if (seen) see.run(plan.receipt.conversation, seen.agent, seen.seq);
      index.runIfDue();
      return { ok: true, receipt: plan.receipt, changes };
    },
    /** What search does before it looks. */
    indexMessages: (): void => index.run(),
  };
}

/** Whoever marks or answers has seen what is above. */
function seenBy(q: ChatRequest, { seq }: Receipt, state: ChatState | null): { agent: string; seq: number } | null {
  if (q.do !== 'act' || q.command.by.kind !== 'agent') return null;
  const agent = q.command.by.id;
  // Delivered to a console is not seen by anybody.
  if (q.command.c === 'mark') return q.command.read > 0 ? { agent, seq: Math.min(q.command.read, state?.seq ?? 0) } : null;
  return q.command.c === 'say' && seq > 0 ? { agent, seq } : null;
}

function loadsOf(db: DatabaseSync): (q: ChatRequest) => Loaded {
  const byId = db.prepare('SELECT * FROM conversation WHERE id = ? AND workspace = ?');
  const latest = db.prepare(`
    SELECT * FROM conversation WHERE workspace = ? AND visitor = ?
    ORDER BY status = 'resolved', started_at DESC, id DESC LIMIT 1`);
  const openOf = db.prepare("SELECT id FROM conversation WHERE workspace = ? AND visitor = ? AND status <> 'resolved' AND id <> ? LIMIT 1");
  const repeat = db.prepare("SELECT conversation, seq, at FROM message WHERE workspace = ? AND sender = ? AND cid = ? AND cid <> ''");
  const bySeq = db.prepare('SELECT * FROM message WHERE conversation = ? AND seq = ?');
  const file = db.prepare("SELECT * FROM chat_file WHERE id = ? AND workspace = ? AND sender = ? AND conversation = ''");
  const own = db.prepare('SELECT capacity FROM chat_agent WHERE workspace = ? AND agent = ?');
  const count = db.prepare("SELECT count(*) AS n FROM conversation WHERE workspace = ? AND agent = ? AND status = 'assigned'");

  return (q) => {
    const needs = needsOf(q);
    const { workspace, conversation } = needs;
    const row = 'id' in conversation ? byId.get(conversation.id, workspace) : latest.get(workspace, conversation.latestOf);
    const state = row ? conversationOfRow(row).state : null;
    const isOver = state?.phase.status === 'resolved' && state.visitor !== '';
    const elsewhere = isOver ? openOf.get(workspace, state.visitor, state.id) : undefined;
    const sender = senderOf(q, state);
    const before = needs.cid === '' ? undefined : repeat.get(workspace, sender, needs.cid);
    const target = needs.seq > 0 && state ? bySeq.get(state.id, needs.seq) : undefined;
    const capacity = needs.agent === '' ? undefined : own.get(workspace, needs.agent)?.['capacity'];
    return {
      state,
      receipt: before ? { conversation: String(before['conversation']), seq: Number(before['seq']), at: Number(before['at']) } : null,
      target: target ? messageOfRow(target) : null,
      files: needs.files.flatMap((id): ChatFile[] => {
        const found = file.get(id, workspace, sender);
        return found ? [chatFile(fileOfRow(found))] : [];
      }),
      load: needs.agent === '' ? 0 : Number(count.get(workspace, needs.agent)?.['n']),
      capacity: typeof capacity === 'number' ? capacity : null,
      openElsewhere: elsewhere ? String(elsewhere['id']) : '',
    };
  };
}

const chatFile = ({ id, name, type, bytes, width, height }: ChatFile): ChatFile => ({ id, name, type, bytes, width, height });

function writesOf(db: DatabaseSync, queue: (message: number) => void): (q: ChatRequest, writing: Writing) => ChatChange {
  const { fixed, sometimes, always } = CONVERSATION_COLUMNS;
  const columns = [...fixed, ...sometimes, ...always];
  const setOf = (names: readonly string[]): string => names.map((name) => `${name} = ?`).join(', ');
  const raise = db.prepare('INSERT INTO chat_head VALUES (?, 1) ON CONFLICT DO UPDATE SET chat_seq = chat_seq + 1 RETURNING chat_seq');
  const add = db.prepare(`INSERT INTO conversation (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  const change = db.prepare(`UPDATE conversation SET ${setOf(always)} WHERE id = ?`);
  // Every column that is set costs its indexes, changed or not.
  const changeMuch = db.prepare(`UPDATE conversation SET ${setOf([...sometimes, ...always])} WHERE id = ?`);
  const addMessage = db.prepare(`
    INSERT INTO message (workspace, conversation, seq, rev, at, from_kind, from_id, sender, cid, kind, body, edited_at, gone, answered_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const changeMessage = db.prepare(
    'UPDATE message SET rev = ?, body = ?, edited_at = ?, gone = ?, answered_by = ? WHERE conversation = ? AND seq = ? RETURNING id',
  );
  const useFile = db.prepare('UPDATE chat_file SET conversation = ?, seq = ? WHERE id = ?');
  const dropFile = db.prepare('DELETE FROM chat_file WHERE id = ?');
  const dropTags = db.prepare('DELETE FROM conversation_tag WHERE conversation = ?');
  const addTag = db.prepare('INSERT INTO conversation_tag VALUES (?, ?, ?)');
  const assigned = db.prepare(`
    INSERT INTO chat_agent VALUES (?, ?, NULL, 'online', ?) ON CONFLICT DO UPDATE SET last_assigned_at = excluded.last_assigned_at`);

  function put(state: ChatState, sender: string, message: Message): void {
    const { seq, rev, at, from, cid, body, editedAt, gone, answeredBy } = message;
    const { lastInsertRowid } = addMessage.run(
      ...[state.workspace, state.id, seq, rev, at, from.kind, from.id, cid === '' ? '' : sender, cid, body.kind, JSON.stringify(body)],
      ...[editedAt, gone, answeredBy],
    );
    if (body.kind !== 'event') queue(Number(lastInsertRowid));
  }

  return (q, { before, after, added, changed, files, goneFiles }) => {
    const chatSeq = Number(raise.get(after.workspace)?.['chat_seq']);
    const values = conversationValues(after, chatSeq);
    if (!before) add.run(...values.fixed, ...values.sometimes, ...values.always);
    else if (changesMuch(before, after)) changeMuch.run(...values.sometimes, ...values.always, after.id);
    else change.run(...values.always, after.id);
    const sender = senderOf(q, after);
    for (const message of added) put(after, sender, message);
    for (const m of changed) {
      const row = changeMessage.get(m.rev, JSON.stringify(m.body), m.editedAt, m.gone, m.answeredBy, after.id, m.seq);
      queue(Number(row?.['id']));
    }
    const said = added.find(({ body }) => body.kind === 'attachment');
    for (const id of files) useFile.run(after.id, said?.seq ?? 0, id);
    for (const id of goneFiles) dropFile.run(id);
    if (before?.tags !== after.tags && (before || after.tags.length > 0)) {
      dropTags.run(after.id);
      for (const tag of after.tags) addTag.run(after.workspace, tag, after.id);
    }
    const { phase } = after;
    if (phase.status === 'assigned' && after.epoch !== before?.epoch) assigned.run(after.workspace, phase.agent, q.now);
    return {
      workspace: after.workspace,
      chatSeq,
      state: after,
      before,
      prevShownRev: before?.shownRev ?? 0,
      messages: [...changed, ...added],
      goneFiles,
    };
  };
}
