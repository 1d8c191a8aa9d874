import { chatApi } from '../api/chat-api.ts';
import type { ChatRest } from './chat-types.ts';

/** Conversations over REST, as the chat client needs them. */
export const chatRest: ChatRest = {
  inbox: (q) => chatApi.conversations(q),
  entry: chatApi.conversation,
  before: (conversation, seq) => chatApi.messages(conversation, seq === undefined ? {} : { before: seq }).then(({ messages }) => messages),
  after: (conversation, rev) => chatApi.messages(conversation, { after: rev }),
  changes: (chatSeq) => chatApi.changes(chatSeq),
  counts: chatApi.counts,
};
