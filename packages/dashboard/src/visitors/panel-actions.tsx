import type { Conversation, Detail } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { blocksOfQuery } from '../app/query-client.ts';
import { t } from '../messages/catalogue.ts';
import { copyText } from '../ui/copy-text.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import { visitorName } from '../words/names.ts';
import { asked, type Wish } from './chat/asked.ts';
import { takeBack } from './chat/block-dialog.tsx';
import { ConversationLink } from './chat/conversation-link.tsx';
import { isActive } from './chat/use-visitor-chat.ts';
import { LaterButton } from './later-button.tsx';

/** What can be done about this visitor. Writing first needs an open page; where there is none, it says so. */
export function PanelActions({
  detail,
  conversation,
  onWish,
}: {
  readonly detail: Detail;
  /** The visitor's latest, as far as it is known. */
  readonly conversation: Conversation | null;
  readonly onWish: (wish: Wish) => void;
}) {
  const blocks = useQuery({ ...blocksOfQuery(detail.id), retry: false });
  const blocked = blocks.data?.[0];
  const hasOpen = conversation !== null && isActive(conversation);
  const shown =
    conversation !== null && conversation.status !== 'invited' && (hasOpen || conversation.id === detail.chat) ? conversation : null;

  const copy = async (text: string, done: string): Promise<void> =>
    showToast({ text: (await copyText(text)) ? done : t.visit.panel.notCopied(text) });
  const first = (wish: 'start' | 'invite', icon: IconName, word: string, testId: string, isMain: boolean) => {
    const inside = (
      <>
        <Icon name={icon} />
        {word}
      </>
    );
    if (!detail.online)
      return (
        <LaterButton testId={testId} reason={t.visit.panel.notHere}>
          {inside}
        </LaterButton>
      );
    return (
      <button className={isMain ? 'button button-primary' : 'button'} type="button" data-testid={testId} onClick={() => onWish(wish)}>
        {inside}
      </button>
    );
  };
  const label = (icon: IconName, word: string) => (
    <>
      <Icon name={icon} size="sm" />
      {word}
    </>
  );
  return (
    <div className="panel-actions" role="group" aria-label={t.visit.panel.actions} data-long={(shown !== null && !hasOpen) || undefined}>
      {shown && (
        <ConversationLink id={shown.id} className={hasOpen ? 'button button-primary' : 'button'} testId="open-conversation">
          <Icon name="chat" />
          {t.visit.panel.openConversation}
        </ConversationLink>
      )}
      {!hasOpen && !shown && first('start', 'chat', t.visit.panel.startChat, 'start-chat', true)}
      {!hasOpen && first('invite', 'send', t.visit.panel.invite, 'invite', false)}
      <button className="button" type="button" onClick={() => onWish('note')} data-testid="note-action">
        <Icon name="note" />
        {t.visit.panel.note}
      </button>
      <Menu
        button={<Icon name="more" />}
        buttonLabel={t.visit.panel.more}
        buttonClass="icon-button"
        align="end"
        testId="panel-more"
        groups={[
          {
            items: [
              {
                id: 'link',
                label: label('link', t.visit.panel.copyLink),
                onSelect: () =>
                  void copy(`${location.origin}/visitors?visitor=${encodeURIComponent(detail.visitor)}`, t.visit.panel.linkCopied),
              },
              {
                id: 'id',
                label: label('copy', t.visit.panel.copyId),
                onSelect: () => void copy(detail.visitor, t.visit.panel.copied),
              },
            ],
          },
          {
            items: [
              blocked
                ? {
                    id: 'unblock',
                    label: label('undo', t.visit.panel.unblock),
                    onSelect: () => void takeBack(blocked.id, visitorName(detail)),
                  }
                : {
                    id: 'block',
                    label: <span className="menu-danger">{label('ban', t.visit.panel.block)}</span>,
                    onSelect: () => asked.set({ what: 'block', whom: detail }),
                  },
            ],
          },
        ]}
      />
    </div>
  );
}
