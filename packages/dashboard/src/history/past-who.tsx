import type { Conversation, Detail } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { isActive, useVisitorChat } from '../visitors/chat/use-visitor-chat.ts';
import { type Wish, wished } from '../visitors/chat/asked.ts';
import { BlockedTag } from '../visitors/chat/blocked-tag.tsx';
import { ConversationLink } from '../visitors/chat/conversation-link.tsx';
import { InviteCard } from '../visitors/chat/invite-card.tsx';
import { InvitationLine, mayBeDismissed } from '../visitors/chat/invitation-line.tsx';
import { LaterButton } from '../visitors/later-button.tsx';
import { PanelActions } from '../visitors/panel-actions.tsx';
import { t } from '../messages/catalogue.ts';
import { copyText } from '../ui/copy-text.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { showToast } from '../ui/toast.tsx';
import { pathOf } from '../words/address.ts';
import { placeName } from '../words/names.ts';

/** Who it is, where, and whether they are here now. */
export function PastWho({
  name,
  place,
  live,
  children,
}: {
  readonly name: string;
  readonly place: { readonly country: string; readonly region: string; readonly city: string };
  /** Their present visit; null: they are not listed. */
  readonly live: Detail | null;
  /** Beside the badge. */
  readonly children?: ReactNode;
}) {
  const isOnline = live?.online === true;
  return (
    <>
      <div className="panel-who">
        <span className="avatar avatar-lg avatar-visitor">
          <Icon name="user" size="lg" />
          <i className="dot" data-status={isOnline ? 'active' : 'inactive'} aria-hidden="true" />
        </span>
        <div>
          <h2>
            <bdi className="truncate" data-testid="panel-name">
              {name}
            </bdi>
          </h2>
          <p>
            <Flag country={place.country} named />
            <bdi className="truncate">{placeName(place) || t.history.unknownPlace}</bdi>
          </p>
        </div>
      </div>
      <div className="panel-status">
        {isOnline && (
          <span className="badge" data-status="active" data-testid="online-now">
            <span className="dot" data-status="active" />
            {t.history.onlineNow}
          </span>
        )}
        {children}
        {live && <BlockedTag visit={live.id} />}
      </div>
      {live?.online && (
        <p className="past-now">
          <span className="truncate">
            {t.history.panel.nowOn} <bdi>{live.title || pathOf(live.url)}</bdi>
          </span>
          <Link to="/visitors" search={{ visitor: live.visitor }}>
            {t.history.panel.onMap}
          </Link>
        </p>
      )}
    </>
  );
}

/** What can be done about somebody who may be gone: writing first only while they are online. Keeps what is being written. */
export function usePastWish(visitor: string, live: Detail | null) {
  const [wish, setWish] = useState<Wish | null>(null);
  const wanted = useSyncExternalStore(wished.subscribe, wished.get);
  useEffect(() => {
    if (wanted?.visitor !== visitor) return;
    wished.set(null);
    setWish(wanted.wish);
  }, [wanted, visitor]);
  return { wish: live === null && wish !== 'note' ? null : wish, setWish };
}

export function PastActions({
  visitor,
  live,
  latest,
  wish,
  onWish,
}: {
  readonly visitor: string;
  readonly live: Detail | null;
  /** Their newest conversation, as history knows it. */
  readonly latest: Conversation | null;
  readonly wish: Wish | null;
  readonly onWish: (wish: Wish | null) => void;
}) {
  const conversation = useVisitorChat({ visitor, ...(live ? { chat: live.chat } : {}) }) ?? latest;
  if (live)
    return (
      <>
        <PanelActions detail={live} conversation={conversation} onWish={onWish} />
        {conversation && wish !== 'start' && wish !== 'invite' && (conversation.status === 'invited' || mayBeDismissed(conversation)) && (
          <InvitationLine key={conversation.id} conversation={conversation} />
        )}
        {(wish === 'start' || wish === 'invite') && (
          <InviteCard key={wish} visit={live} wish={wish} pending={conversation} onDone={() => onWish(null)} />
        )}
      </>
    );
  const copyLink = async (): Promise<void> =>
    showToast({ text: (await copyText(location.href)) ? t.visit.panel.linkCopied : t.visit.panel.notCopied(location.href) });
  const hasOpen = conversation !== null && isActive(conversation);
  return (
    <div className="panel-actions" role="group" aria-label={t.visit.panel.actions}>
      {hasOpen ? (
        <ConversationLink id={conversation.id} className="button button-primary" testId="open-conversation">
          <Icon name="chat" />
          {t.visit.panel.openConversation}
        </ConversationLink>
      ) : (
        <LaterButton testId="start-chat" reason={t.visit.panel.notHere}>
          <Icon name="chat" />
          {t.visit.panel.startChat}
        </LaterButton>
      )}
      <button className="button" type="button" onClick={() => onWish('note')} data-testid="note-action">
        <Icon name="note" />
        {t.visit.panel.note}
      </button>
      <button className="button" type="button" onClick={() => void copyLink()} data-testid="copy-link">
        <Icon name="link" />
        {t.visit.panel.copyLink}
      </button>
    </div>
  );
}
