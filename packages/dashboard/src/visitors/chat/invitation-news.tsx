import { useEffect } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { showToast } from '../../ui/toast.tsx';
import { visitorName } from '../../words/names.ts';
import { ConversationLink } from './conversation-link.tsx';

/** Says what became of one's own invitations, also when somebody else's details are open. Draws nothing. */
export function InvitationNews() {
  const chat = useChat();
  useEffect(() => {
    /** Conversations that are one's own invitations and not answered yet. */
    const waiting = new Set<string>();
    const look = async (id: string): Promise<void> => {
      const entry = chat.entries.get(id);
      if (!entry) return;
      const { conversation } = entry;
      if (conversation.status === 'invited') {
        if (conversation.invitation?.by === chat.self) waiting.add(id);
        else waiting.delete(id);
        return;
      }
      if (!waiting.delete(id)) return;
      const name = visitorName({ name: conversation.contact.name, n: entry.n ?? 0 });
      if (conversation.status !== 'resolved')
        return showToast({
          text: (
            <span data-testid="invitation-answered">
              {t.visit.invite.saidAccepted(name)} <ConversationLink id={id}>{t.visit.panel.openConversation}</ConversationLink>
            </span>
          ),
        });
      // Resolved without an answer: dismissed, or replaced by a colleague's; only the transcript tells.
      const { messages } = await chatApi.messages(id, { limit: 5 });
      if (messages.some(({ body }) => body.kind === 'event' && body.event === 'dismissed'))
        showToast({ text: t.visit.invite.saidDismissed(name) });
    };
    for (const id of chat.entries.all()) void look(id);
    return chat.entries.subscribeAny((id) => void look(id).catch(() => undefined));
  }, [chat]);
  return null;
}
