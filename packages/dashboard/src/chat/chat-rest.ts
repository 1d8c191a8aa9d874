import type { ChangesPage, ChatCounts, FoundMessage, InboxEntry, InboxPage, Message } from '@foyer/protocol';
import { request } from '../api/request.ts';
import type { ChatRest } from './chat-types.ts';

const path = (conversation: string): string => `/conversations/${encodeURIComponent(conversation)}`;
const query = (q: Readonly<Record<string, string | number | readonly string[] | undefined>>): string => {
  const given = Object.entries(q).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

/** Conversations over REST, as the chat client needs them. */
export const chatRest: ChatRest = {
  inbox: (q) => request<InboxPage>(`/conversations${query(q)}`),
  entry: (conversation) => request<InboxEntry>(path(conversation)),
  before: (conversation, seq) =>
    request<{ messages: Message[] }>(`${path(conversation)}/messages${query({ before: seq })}`).then(({ messages }) => messages),
  after: (conversation, rev) =>
    request<{ messages: Message[]; rev: number; more: boolean }>(`${path(conversation)}/messages${query({ after: rev })}`),
  changes: (chatSeq) => request<ChangesPage>(`/chat/changes${query({ after: chatSeq })}`),
  counts: (site) => request<ChatCounts>(`/chat/counts${query({ site })}`),
};
/** Messages with all these words, newest first. */
export const searchMessages = (q: { readonly text: string; readonly after?: string }, signal?: AbortSignal) =>
  request<{ found: FoundMessage[]; next: string | null }>(`/chat/search${query(q)}`, signal ? { signal } : {});
/** Where a transcript is downloaded from. */
export const exportAddress = (conversation: string, format: 'text' | 'json'): string =>
  `/api/v1${path(conversation)}/export${query({ format })}`;
