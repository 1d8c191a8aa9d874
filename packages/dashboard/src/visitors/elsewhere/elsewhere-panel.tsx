import './elsewhere.css';
import '../facts.css';
import '../visit-panel.css';
import type { InboxEntry } from '@foyer/protocol';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { ApiFailure } from '../../api/request.ts';
import { useChat, useEntry } from '../../chat/use-chat.ts';
import { ConversationBadge } from '../../inbox/conversation-badge.tsx';
import { entryName, type People, usePeople } from '../../inbox/people.ts';
import { ProfilePanel } from '../../inbox/profile/profile-panel.tsx';
import { SourceMark } from '../../inbox/source-mark.tsx';
import { t } from '../../messages/catalogue.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { PanelBack } from '../../ui/panel-back.tsx';
import { ConversationLink } from '../chat/conversation-link.tsx';

const entryQuery = (id: string) =>
  queryOptions({ queryKey: ['conversations', 'one', id], queryFn: () => chatApi.conversation(id), staleTime: 0, retry: false });

/** One conversation without a pin: its state, what is known of who wrote, and the way to its words. It lies over the list. */
export function ElsewherePanel({
  id,
  backWord,
  takesFocus,
  onClose,
}: {
  readonly id: string;
  readonly backWord: string;
  /** The choice was made in the list: the keyboard goes on in here. */
  readonly takesFocus: boolean;
  readonly onClose: () => void;
}) {
  const chat = useChat();
  const { data, error } = useQuery(entryQuery(id));
  useEffect(() => {
    if (data) chat.entries.put(data);
  }, [chat, data]);
  const entry = useEntry(id) ?? data;
  const people = usePeople();
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) panel.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const isMissing = error instanceof ApiFailure && error.status === 404;
  return (
    <section
      className="visit-panel elsewhere-panel goes-stale"
      ref={panel}
      tabIndex={-1}
      aria-label={entry ? entryName(entry) : t.visit.elsewhere.panel}
      aria-busy={!entry && !error}
      data-testid="elsewhere-panel"
      data-conversation={id}
    >
      <PanelBack word={backWord} onClick={onClose} testId="panel-back" />
      <div className="panel-scroll" tabIndex={0} role="region" aria-label={t.visit.panel.details}>
        {entry ? (
          <>
            <State entry={entry} people={people} />
            <ProfilePanel conversation={entry.conversation} />
          </>
        ) : isMissing ? (
          <div className="not-listed" data-testid="elsewhere-missing">
            <h2>{t.visit.elsewhere.missing}</h2>
            <p>{t.visit.elsewhere.missingText}</p>
          </div>
        ) : (
          error && <FailureNote failure={error} />
        )}
      </div>
    </section>
  );
}

function State({ entry, people }: { readonly entry: InboxEntry; readonly people: People }) {
  const { conversation } = entry;
  const { owner } = conversation;
  return (
    <div className="elsewhere-state">
      <p>
        <ConversationBadge conversation={conversation} />
        <SourceMark source={conversation.source} />
        {owner.kind === 'agent' && <span className="muted truncate">{t.inbox.assignedTo(people.agent(owner.id))}</span>}
      </p>
      <ConversationLink id={conversation.id} className="button button-primary" testId="open-conversation">
        <Icon name="chat" />
        {t.visit.panel.openConversation}
      </ConversationLink>
    </div>
  );
}
