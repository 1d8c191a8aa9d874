import type { ChatStore } from '../ports/chat-store.ts';
import type { FileBox } from './file-box.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 500;

/**
 * Deletes what lies in the folder for a day and is in no record: the process ended between the content and its record, or a deletion
 * failed. Answers how many. Cost: one look at each file, so it runs once, after the start.
 */
export async function dropLost(q: {
  readonly files: Pick<FileBox, 'writtenBefore' | 'remove'>;
  readonly store: Pick<ChatStore, 'unknownFiles'>;
  readonly now: number;
}): Promise<number> {
  let dropped = 0;
  for await (const ids of q.files.writtenBefore(q.now - DAY_MS)) {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const lost = await q.store.unknownFiles(ids.slice(at, at + AT_ONCE));
      await q.files.remove(lost);
      dropped += lost.length;
    }
  }
  return dropped;
}
