import type { ChatCounts, InboxEntry } from '@foyer/protocol';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type Live, useLive } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import { browserClock } from '../live/browser.ts';
import { ChatClient } from './chat-client.ts';
import { chatRest } from './chat-rest.ts';
import type { Inbox, InboxFilter, OpenConversation, TranscriptState, VisitorTypes } from './chat-types.ts';

const clients = new WeakMap<Live, ChatClient>();

/** The chat of this signed-in page: one for each live side, begun when the first screen asks. */
export function useChat(): ChatClient {
  const live = useLive();
  const { user } = useMe();
  return clients.get(live) ?? begin(live, user.id);
}

function begin(live: Live, self: string): ChatClient {
  const { client: console } = live;
  const unsentKey = `foyer.unsent.${self}`;
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`foyer.seen.${self}`) : null;
  const client = new ChatClient({
    self,
    rest: chatRest,
    clock: browserClock,
    now: () => console.time.now(),
    newId: () => `a-${crypto.getRandomValues(new BigUint64Array(2)).reduce((text, n) => text + n.toString(36), '')}`,
    wire: {
      isOpen: () => console.connection.state === 'open',
      send: (frame) => console.sendChat(frame),
      onFrame: (listener) => console.subscribeChat(listener),
      onConnection: (listener) => console.subscribeConnection(listener),
    },
    unsent: {
      read: () => stored(() => sessionStorage.getItem(unsentKey)) ?? null,
      write: (text) => stored(() => (text === null ? sessionStorage.removeItem(unsentKey) : sessionStorage.setItem(unsentKey, text))),
    },
    windows: {
      say: (conversation) => channel?.postMessage(conversation),
      hear: (listener) => {
        const hear = (event: MessageEvent): void => {
          if (typeof event.data === 'string') listener(event.data);
        };
        channel?.addEventListener('message', hear);
        return () => channel?.removeEventListener('message', hear);
      },
    },
  });
  clients.set(live, client);
  client.start();
  return client;
}
/** Blocked or full storage: words then wait in memory only. */
function stored<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}

/** The transcript, loaded and kept up to date; null while it comes, and when there is none (`useTranscriptState`). */
export function useConversation(id: string): OpenConversation | null {
  const line = useLine(id);
  return useSyncExternalStore(line.subscribe, line.get);
}
export function useTranscriptState(id: string): TranscriptState {
  const line = useLine(id);
  const state = useSyncExternalStore(line.subscribe, () => line.state);
  return state === 'closed' ? 'loading' : state;
}
function useLine(id: string) {
  const chat = useChat();
  const line = useMemo(() => chat.line(id), [chat, id]);
  useEffect(() => line.open(), [line]);
  return line;
}

/** A conversation as a line of the inbox; read when it is not known. undefined: not known yet. */
export function useEntry(id: string): InboxEntry | undefined {
  const chat = useChat();
  useEffect(() => {
    if (id !== '') chat.want(id);
  }, [chat, id]);
  return useKnownEntry(id);
}

/** The same without asking for it: as far as it is known already. */
export function useKnownEntry(id: string): InboxEntry | undefined {
  const chat = useChat();
  return useSyncExternalStore(
    useCallback((run: () => void) => chat.entries.subscribe(id, run), [chat, id]),
    () => chat.entries.get(id),
  );
}

/** The latest conversation of a visitor (as conversations name them); null: none; undefined: not known yet. */
export function useConversationOfVisitor(visitor: string): InboxEntry | null | undefined {
  const chat = useChat();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    if (visitor === '' || chat.entries.ofVisitor(visitor)) return setAsked(visitor);
    let isOver = false;
    void chatRest.inbox({ visitor }).then(
      ({ entries }) => {
        for (const entry of entries) chat.entries.put(entry);
        if (!isOver) setAsked(visitor);
      },
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [chat, visitor]);
  const known = useSyncExternalStore(
    useCallback((run: () => void) => chat.entries.subscribeAny(run), [chat]),
    () => chat.entries.ofVisitor(visitor),
  );
  return known ?? (asked === visitor ? null : undefined);
}

/** The inbox under a filter, live. The filter may be a new object each time. */
export function useInbox(filter: InboxFilter): Inbox {
  const chat = useChat();
  const key = JSON.stringify(filter);
  const list = useMemo(() => chat.list(JSON.parse(key) as InboxFilter), [chat, key]);
  useEffect(() => () => chat.giveUp(list), [chat, list]);
  return useSyncExternalStore(list.subscribe, list.get);
}

/** null until they are known. `site`: of one site only. */
export function useChatCounts(site = ''): ChatCounts | null {
  const { counts } = useChat();
  return useSyncExternalStore(
    useCallback((run: () => void) => counts.subscribe(site, run), [counts, site]),
    () => counts.get(site),
  );
}

/** The visitor types in this conversation. */
export function useVisitorTyping(conversation: string): VisitorTypes | null {
  const { signals } = useChat();
  return useSyncExternalStore(
    useCallback((run: () => void) => signals.subscribe(conversation, run), [signals, conversation]),
    () => signals.typing(conversation),
  );
}
