import type { ConversationStatus } from '@foyer/protocol';
import type { ChatStore, StoredEntry } from '../../ports/chat-store.ts';
import type { HttpDeps } from './deps.ts';

const OPEN: readonly ConversationStatus[] = ['unassigned', 'assigned', 'ai'];
/** Pages read for one answer: where nearly everybody is on the map, an answer is short rather than late. */
const MOST_PAGES = 10;

/**
 * The inbox without what has a visit on the map.
 *
 * Cost: of open ones those that are asked for, because the service knows which they are; of others (resolved, or any) at most ten pages.
 */
export async function inboxElsewhere(
  { chats, chat }: Pick<HttpDeps, 'chats' | 'chat'>,
  q: Parameters<ChatStore['inbox']>[0],
): ReturnType<ChatStore['inbox']> {
  const { workspace, filter } = q;
  if (filter.status?.every((status) => OPEN.includes(status)))
    return chats.inbox({ ...q, filter: { ...filter, ids: chat.withoutVisit(workspace) } });
  const entries: StoredEntry[] = [];
  let next = q.after;
  for (let page = 0; page < MOST_PAGES; page++) {
    const read = await chats.inbox({ ...q, after: next, limit: q.limit - entries.length });
    const states = read.entries.map(({ state }) => state);
    const onMap = await chat.onMap(workspace, states);
    entries.push(...read.entries.filter(({ state }) => !onMap.has(state.id)));
    if (read.next === null || entries.length === q.limit) return { entries, next: read.next };
    next = read.next;
  }
  return { entries, next: next ?? null };
}
