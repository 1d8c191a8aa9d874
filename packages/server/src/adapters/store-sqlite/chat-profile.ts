import type { DatabaseSync } from 'node:sqlite';
import type { ChatProfile } from '../../ports/chat-store.ts';

/** In UTF-8. Ten pages of ordinary addresses are 2 kB; of the longest ones they would be 25. */
const MOST_BYTES = 16_384;

/** What is known of the visitor of each conversation, as opaque text. */
export function chatProfileVerbs(db: DatabaseSync) {
  const profile = db.prepare(
    'SELECT p.profile FROM chat_profile p JOIN conversation c ON c.id = p.conversation WHERE p.conversation = ? AND c.workspace = ?',
  );
  const put = db.prepare(`
    INSERT INTO chat_profile SELECT id, ?3 FROM conversation WHERE id = ?1 AND workspace = ?2
    ON CONFLICT DO UPDATE SET profile = excluded.profile`);
  return {
    chatProfile(q: { workspace: string; conversation: string }): string | null {
      const row = profile.get(q.conversation, q.workspace);
      return row ? String(row['profile']) : null;
    },
    putChatProfile: (q: { workspace: string; conversation: string; profile: string }): boolean =>
      Number(put.run(q.conversation, q.workspace, q.profile).changes) === 1,
  };
}

/** The profile as text within its bound. */
export function profileText(profile: ChatProfile): string {
  for (let kept = profile; ;) {
    const text = JSON.stringify(kept);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
    if (kept.pages.length > 1) kept = { ...kept, pages: kept.pages.slice(0, -1) };
    else if (Object.keys(kept.data).length > 0) kept = { ...kept, data: {} };
    else throw new Error('a profile with a field that has no bound');
  }
}
