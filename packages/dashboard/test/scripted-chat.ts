/** A chat client before the scripted conversations, with a wire that is cut, loses frames and comes back when the test says so. */
import type { ConsoleChatDown, ConsoleChatUp, InboxPage } from '@foyer/protocol';
import { ApiFailure } from '../src/api/request.ts';
import { ChatClient } from '../src/chat/chat-client.ts';
import type { ChatRest } from '../src/chat/chat-types.ts';
import { Listeners } from '../src/live/listeners.ts';
import { FakeChat } from './fake-chat.ts';
import { ManualClock, WALL } from './scripted.ts';

export function scriptedChat(q: { readonly self?: string; readonly unsent?: { text: string | null } } = {}) {
  const self = q.self ?? 'u1';
  const clock = new ManualClock();
  const heard = new Set<(frame: ConsoleChatDown) => void>();
  const connection = new Listeners();
  const windows = new Set<(conversation: string) => void>();
  const asked: string[] = [];
  const unsent = q.unsent ?? { text: null };
  let isOpen = false;
  let failing = false;
  let ids = 0;
  const tell = (frame: ConsoleChatDown): void => {
    if (isOpen) for (const hear of [...heard]) hear(frame);
  };
  const chat = new FakeChat(self, tell);
  chat.now = () => WALL + clock.now();

  const get = async <T>(route: string, query: Readonly<Record<string, unknown>> = {}): Promise<T> => {
    const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    asked.push(`${route}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`);
    await Promise.resolve();
    if (failing) throw new ApiFailure({ status: 0, code: 'unreachable', message: 'unreachable' });
    const [status, body] = chat.answer(`GET ${route}`, new URLSearchParams(given)) ?? [404, null];
    if (status !== 200) throw new ApiFailure({ status, code: 'not_found', message: 'not found' });
    // What crosses a wire is a copy.
    return structuredClone(body) as T;
  };
  const rest: ChatRest = {
    inbox: (filter) => get<InboxPage>('/conversations', filter),
    entry: (id) => get(`/conversations/${id}`),
    before: async (id, seq) => (await get<{ messages: never[] }>(`/conversations/${id}/messages`, { before: seq })).messages,
    after: (id, rev) => get(`/conversations/${id}/messages`, { after: rev }),
    changes: (after) => get('/chat/changes', { after }),
    counts: (site) => get('/chat/counts', { site }),
  };
  const sent: ConsoleChatUp[] = [];
  const client = new ChatClient({
    self,
    rest,
    clock,
    now: () => WALL + clock.now(),
    newId: () => `cid-${self}-${String((ids += 1)).padStart(4, '0')}`,
    wire: {
      isOpen: () => isOpen,
      send: (frame) => {
        if (!isOpen) return;
        sent.push(frame);
        const copy = structuredClone(frame);
        // As on a wire: the answer comes after the call.
        queueMicrotask(() => chat.hear(copy, (answer) => chat.swallow(answer) || tell(structuredClone(answer))));
      },
      onFrame: (listener) => {
        heard.add(listener);
        return () => heard.delete(listener);
      },
      onConnection: connection.subscribe,
    },
    unsent: {
      read: () => unsent.text,
      write: (text) => {
        unsent.text = text;
      },
    },
    windows: {
      say: () => {},
      hear: (listener) => {
        windows.add(listener);
        return () => windows.delete(listener);
      },
    },
  });
  return {
    client,
    chat,
    clock,
    asked,
    sent,
    unsent,
    open: () => {
      isOpen = true;
      connection.notify();
    },
    cut: () => {
      isOpen = false;
      connection.notify();
    },
    failRest: (fails: boolean) => {
      failing = fails;
    },
    otherWindowRead: (conversation: string) => {
      for (const listener of windows) listener(conversation);
    },
    /** Everything that was under way has come. */
    settled: async () => {
      for (let i = 0; i < 40; i += 1) await Promise.resolve();
    },
  };
}
