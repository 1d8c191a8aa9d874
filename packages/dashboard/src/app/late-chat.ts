import type { Availability } from '@foyer/protocol';
import { useCallback, useSyncExternalStore } from 'react';
import type { ChatClient } from '../chat/chat-client.ts';
import { Listeners } from '../live/listeners.ts';

/** The chat for the frame of the page, which is there before it: null until its file has come. */
const arrived = new Listeners();
let chat: ChatClient | null = null;

export function chatArrived(client: ChatClient | null): void {
  chat = client;
  arrived.notify();
}
export const useLateChat = (): ChatClient | null => useSyncExternalStore(arrived.subscribe, () => chat);

const never = (): void => {};
/** Conversations that wait for this agent or for anybody, with something new in them. */
export function useUnread(): number {
  const client = useLateChat();
  return useSyncExternalStore(
    useCallback((run: () => void) => client?.counts.subscribe('', run) ?? never, [client]),
    () => client?.counts.get()?.unread ?? 0,
  );
}
/** What the agent has chosen to be; undefined: not known yet. */
export function useOwnAvailability(): Availability | undefined {
  const client = useLateChat();
  return useSyncExternalStore(
    useCallback((run: () => void) => client?.signals.subscribeAvailable(run) ?? never, [client]),
    () => client?.signals.available.get(client.self),
  );
}
