import { CHAT_TIMES } from '@foyer/protocol';
import type { Circumstances } from '../ports/chat-store.ts';
import type { ChatService } from './chat-service.ts';
import type { ChatAsk } from './service.ts';

/** What a request is decided by that only the service knows: the time, the workspace's settings, who is away. */
export function circumstancesOf(q: ChatAsk, chat: Pick<ChatService, 'now' | 'settings' | 'agents' | 'open'>): Circumstances {
  const workspace = q.do === 'act' ? q.workspace : q.origin.workspace;
  const { reopenForMs, requeueAfterMs, capacity } = chat.settings(workspace);
  const agent = q.do === 'act' ? concerned(q, chat) : '';
  const awaySince = agent === '' ? 0 : chat.agents.awaySince(workspace, agent);
  return { now: chat.now(), reopenForMs, requeueAfterMs, capacity, awaySince, undoForMs: CHAT_TIMES.undoForMs };
}

/** Whose absence counts: of who would get it, or has it. */
function concerned({ workspace, conversation, command }: ChatAsk & { do: 'act' }, { open }: Pick<ChatService, 'open'>): string {
  if (command.c === 'assign') return command.agent;
  if (command.c !== 'requeue') return '';
  const phase = open.byId(workspace, conversation)?.phase;
  return phase?.status === 'assigned' ? phase.agent : '';
}
