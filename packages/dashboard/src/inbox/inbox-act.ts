import type { Conversation } from '@foyer/protocol';
import type { ChatClient } from '../chat/chat-client.ts';
import type { Declined, Done } from '../chat/chat-types.ts';
import { t } from '../messages/catalogue.ts';
import { showToast } from '../ui/toast.tsx';
import { desk } from './composer/composer-desk.ts';
import { firstName, type People } from './people.ts';

/** Why it was not done, in a sentence; who was faster by name. */
function declinedWord({ code, message }: Declined, conversation: Conversation | undefined, people: People): string {
  const known: Readonly<Record<string, string>> = t.inbox.refusals;
  if (code === 'taken' && conversation?.owner.kind === 'agent' && conversation.owner.id !== people.self)
    return t.inbox.done.taken(firstName(people.agent(conversation.owner.id)));
  return known[code] ?? message;
}

/** What is done with a conversation from head, menu, keys and palette: at once on the screen, and said when it did not go. */
export function inboxActs(chat: ChatClient, people: People) {
  const say = async (done: Done, conversation: string, word?: string, undo?: () => void): Promise<boolean> => {
    const answer = await done;
    if (answer.ok) {
      if (word) showToast({ text: word, ...(undo ? { undo } : {}) });
      return true;
    }
    showToast({ text: declinedWord(answer.error, chat.entries.get(conversation)?.conversation, people) });
    return false;
  };
  /** Who has no room may be given it all the same, knowingly. */
  const withRoom = async (act: (anyway: boolean) => Done, conversation: string, agent: string): Promise<boolean> => {
    const answer = await act(false);
    if (answer.ok) return true;
    if (answer.error.code !== 'at_capacity') return say(Promise.resolve(answer), conversation);
    const name = agent === people.self ? t.inbox.you : people.agent(agent);
    showToast({
      text: t.inbox.done.fullAsk(name),
      undo: () => void say(act(true), conversation),
      undoWord: t.inbox.done.anyway,
    });
    return false;
  };
  return {
    // Whoever takes it is about to answer.
    accept: (id: string) => {
      desk.focus(id, 'reply');
      return withRoom((anyway) => chat.accept(id, { anyway }), id, people.self);
    },
    takeOver: (id: string) => {
      desk.focus(id, 'reply');
      return say(chat.takeOver(id), id);
    },
    // Whose it is now stands in its head and at the end of its transcript: a toast would only cover that.
    assign: (id: string, agent: string) => withRoom((anyway) => chat.assign(id, agent, { anyway }), id, agent),
    transfer: (id: string, team: string) => say(chat.transfer(id, team), id),
    release: (id: string) => say(chat.release(id), id),
    resolve: (id: string) => say(chat.resolve(id), id, t.inbox.done.resolved, () => void say(chat.reopen(id), id)),
    reopen: (id: string) => say(chat.reopen(id), id),
    block: (id: string, name: string, forMs?: number) =>
      say(chat.block(id, forMs), id, t.inbox.done.blocked(name), () => void say(chat.unblock(id), id)),
    unblock: (id: string, name: string) => say(chat.unblock(id), id, t.inbox.done.unblocked(name)),
    tags: (id: string, tags: readonly string[]) => say(chat.tags(id, tags), id),
  };
}
export type InboxActs = ReturnType<typeof inboxActs>;
