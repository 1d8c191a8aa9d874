import { CHAT_LIMITS, type ChatSettings, WorkingHours } from '@foyer/protocol';
import * as v from 'valibot';
import { newChatSettings } from '../../chat/settings.ts';
import type { ChatProfile, ChatStore } from '../../ports/chat-store.ts';
import { profileText } from './chat-profile.ts';
import type { CoreVerbs } from './core.worker.ts';
import type { CoreReadVerbs } from './core-reads.worker.ts';
import type { DbThread } from './db-thread.ts';

const DEFAULTS = newChatSettings();
const ms = v.pipe(v.number(), v.integer(), v.minValue(0));

/** As they are read back: written by an older version they may lack a field, so each has its default. */
const StoredSettings = v.object({
  reopenForMs: v.fallback(ms, DEFAULTS.reopenForMs),
  requeueAfterMs: v.fallback(ms, DEFAULTS.requeueAfterMs),
  assignment: v.fallback(v.picklist(['manual', 'automatic']), DEFAULTS.assignment),
  capacity: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(CHAT_LIMITS.capacity)), DEFAULTS.capacity),
  hours: v.fallback(WorkingHours, DEFAULTS.hours),
  typingPreview: v.fallback(v.boolean(), DEFAULTS.typingPreview),
  answerGoalMs: v.fallback(ms, DEFAULTS.answerGoalMs),
  keepDays: v.fallback(ms, DEFAULTS.keepDays),
}) satisfies v.GenericSchema<unknown, ChatSettings>;

/** The chat port over the writer's thread of core.db and its reader's. */
export function sqliteChat({ core, reads }: { core: DbThread<CoreVerbs>; reads: DbThread<CoreReadVerbs> }): ChatStore {
  return {
    request: (q) => core.call('chatRequest', q),
    heads: async () => new Map(await reads.call('chatHeads')),
    conversation: (q) => reads.call('conversation', q),
    entry: (q) => reads.call('entry', q),
    conversationsOf: (q) => reads.call('conversationsOf', q),
    shown: (q) => reads.call('shownConversations', q),
    waiting: (workspace) => reads.call('waiting', workspace),
    awaiting: (q) => reads.call('awaiting', q),
    messagesAfter: (q) => reads.call('messagesAfter', q),
    messagesBefore: (q) => reads.call('messagesBefore', q),
    changesAfter: (q) => reads.call('changesAfter', q),
    inbox: async (q) => {
      if (q.filter.text !== undefined) await core.call('indexMessages');
      return reads.call('inbox', q);
    },
    search: async (q) => {
      await core.call('indexMessages');
      return reads.call('searchMessages', q);
    },
    unread: (q) => reads.call('unread', q),
    profile: async (q) => {
      const stored = await core.call('chatProfile', q);
      return stored === null ? null : (JSON.parse(stored) as ChatProfile);
    },
    putProfile: (q) => core.call('putChatProfile', { ...q, profile: profileText(q.profile) }),
    addFile: (file) => core.call('addFile', file),
    file: (q) => core.call('chatFile', q),
    fileIn: (q) => reads.call('fileIn', q),
    unusedFiles: (q) => core.call('unusedFiles', q),
    unknownFiles: (ids) => core.call('unknownFiles', ids),
    deleteFiles: (ids) => core.call('deleteFiles', ids),
    cannedReplies: (q) => core.call('cannedReplies', q),
    putCannedReply: (q) => core.call('putCannedReply', q),
    deleteCannedReply: (q) => core.call('deleteCannedReply', q),
    teams: (workspace) => core.call('teams', workspace),
    putTeam: (q) => core.call('putTeam', q),
    deleteTeam: (q) => core.call('deleteTeam', q),
    agents: (workspace) => core.call('agents', workspace),
    putAgent: (q) => core.call('putAgent', q),
    settings: async (workspace) => {
      const stored = await core.call('chatSettings', workspace);
      return stored === null ? newChatSettings() : v.parse(StoredSettings, JSON.parse(stored));
    },
    putSettings: (q) => core.call('putChatSettings', { workspace: q.workspace, settings: JSON.stringify(q.settings) }),
    purge: (q) => core.call('purgeConversations', q),
    erase: (q) => core.call('eraseConversations', q),
    close: () => reads.close(),
  };
}
