import type { Conversation, Row } from '@foyer/protocol';
import { Link, useNavigate } from '@tanstack/react-router';
import { chatApi } from '../../api/chat-api.ts';
import { useLive } from '../../app/live.ts';
import type { Looker } from '../../chat/chat-types.ts';
import { t } from '../../messages/catalogue.ts';
import { day, timeOfDay } from '../../messages/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { Icon } from '../../ui/icons.tsx';
import { Menu, type MenuGroup } from '../../ui/menu.tsx';
import { showToast } from '../../ui/toast.tsx';
import { WebLink } from '../../ui/web-link.tsx';
import { pathOf } from '../../words/address.ts';
import { ConversationBadge } from '../conversation-badge.tsx';
import type { InboxActs } from '../inbox-act.ts';
import { InboxIcon } from '../inbox-icon.tsx';
import { firstName, type People } from '../people.ts';
import { InfoPopover } from '../profile/info-popover.tsx';
import { SourceMark } from '../source-mark.tsx';
import { KEY_CAPS } from '../use-inbox-keys.ts';
import { VisitorFace } from '../visitor-face.tsx';

export type Asking = 'assign' | 'block' | 'tags';

/** Who it is, in what state, who else looks, and what can be done. */
export function ConversationHead({
  conversation,
  name,
  visit,
  lookers,
  people,
  acts,
  goalMs,
  isProfileOpen,
  onProfile,
  onAsk,
}: {
  readonly conversation: Conversation;
  readonly name: string;
  readonly visit: Row | undefined;
  readonly lookers: readonly Looker[];
  readonly people: People;
  readonly acts: InboxActs;
  readonly goalMs: number;
  readonly isProfileOpen: boolean;
  readonly onProfile: () => void;
  readonly onAsk: (asking: Asking) => void;
}) {
  const { id, status, contact, owner } = conversation;
  const isMine = owner.kind === 'agent' && owner.id === people.self;
  return (
    <header className="conversation-head" data-testid="conversation-head" data-status={undefined} data-owner={owner.id}>
      <Link
        className="icon-button back"
        to="/inbox"
        search={({ at: _, ...search }) => search}
        aria-label={t.inbox.back}
        data-testid="inbox-back"
      >
        <Icon name="left" />
      </Link>
      <VisitorFace name={name} visit={visit} />
      <div className="conversation-who">
        <h2>
          <bdi className="truncate" data-testid="conversation-name">
            {name}
          </bdi>
          {contact.verified && (
            <span className="verified-mark" role="img" aria-label={t.inbox.verified}>
              <Icon name="shield" size="sm" />
            </span>
          )}
        </h2>
        <p>
          <ConversationBadge conversation={conversation} goalMs={goalMs}>
            {status === 'assigned' && (
              <bdi className="only-wide">{isMine ? t.inbox.toYou : t.inbox.toName(firstName(people.agent(owner.id)))}</bdi>
            )}
          </ConversationBadge>
          {conversation.team !== '' && (
            <span className="tag only-wide" title={t.inbox.teamOf(people.team(conversation.team))} data-testid="team">
              <bdi className="truncate">{people.team(conversation.team)}</bdi>
            </span>
          )}
          {visit?.online ? (
            <span className="current-page">
              <span>{t.inbox.onPage}</span> <WebLink address={visit.url}>{visit.title || pathOf(visit.url)}</WebLink>
            </span>
          ) : (
            <SourceMark source={conversation.source} />
          )}
          <Blocked until={conversation.blockedUntil} />
        </p>
      </div>
      <div className="conversation-tools">
        <Lookers lookers={lookers} people={people} />
        <InfoPopover conversation={conversation} />
        {status !== 'resolved' && status !== 'invited' && (
          <button
            type="button"
            className="icon-button optional"
            aria-label={t.inbox.assign}
            title={`${t.inbox.assign}  ${status === 'unassigned' ? '⇧A' : 'A'}`}
            aria-keyshortcuts={status === 'unassigned' ? 'Shift+a' : 'a'}
            aria-haspopup="dialog"
            data-testid="assign"
            onClick={() => onAsk('assign')}
          >
            <InboxIcon name="transfer" />
          </button>
        )}
        {status === 'resolved' ? (
          <button type="button" className="button" data-testid="reopen" onClick={() => void acts.reopen(id)}>
            <Icon name="undo" />
            <span>{t.inbox.reopen}</span>
          </button>
        ) : (
          <button type="button" className="button" aria-keyshortcuts="e" data-testid="resolve" onClick={() => void acts.resolve(id)}>
            <span className="icon-when-narrow">
              <Icon name="check" />
            </span>
            <span>{t.inbox.resolve}</span>
            <kbd className="only-wide">{KEY_CAPS.resolve}</kbd>
          </button>
        )}
        <MoreActions conversation={conversation} name={name} visit={visit} isMine={isMine} acts={acts} onAsk={onAsk} />
        <button
          type="button"
          className="icon-button profile-toggle"
          aria-label={t.inbox.profile}
          aria-expanded={isProfileOpen}
          data-testid="profile-toggle"
          onClick={onProfile}
        >
          <InboxIcon name="panel" />
        </button>
      </div>
    </header>
  );
}

/** "Anna is also looking", with a face, because it is a person. That she writes stands over the composer. */
function Lookers({ lookers, people }: { readonly lookers: readonly Looker[]; readonly people: People }) {
  const first = lookers.find(({ typing }) => typing) ?? lookers[0];
  if (!first) return null;
  const name = firstName(people.agent(first.id));
  const said = lookers.length > 1 ? t.inbox.alsoLookingMore(name, lookers.length - 1) : t.inbox.alsoLooking(name);
  return (
    <span className="also-looking" role="status" title={said} data-testid="lookers" data-typing={first.typing || undefined}>
      <Avatar name={people.agent(first.id)} size="sm" />
      <span className="also-words">{said}</span>
    </span>
  );
}

/** From here on a block has no end anybody plans for. */
const FOR_GOOD_MS = 50 * 366 * 86_400_000;
function Blocked({ until }: { readonly until: number }) {
  const { client } = useLive();
  const now = client.time.now();
  if (until <= now || until === 0) return null;
  const word =
    until - now > FOR_GOOD_MS ? t.inbox.blockedForGood : t.inbox.blockedUntil(`${day(until, now)}, ${timeOfDay(until).slice(0, 5)}`);
  return (
    <span className="tag blocked-tag" data-testid="blocked">
      <Icon name="ban" />
      {word}
    </span>
  );
}

function MoreActions({
  conversation,
  name,
  visit,
  isMine,
  acts,
  onAsk,
}: {
  readonly conversation: Conversation;
  readonly name: string;
  readonly visit: Row | undefined;
  readonly isMine: boolean;
  readonly acts: InboxActs;
  readonly onAsk: (asking: Asking) => void;
}) {
  const navigate = useNavigate();
  const { client } = useLive();
  const { id, status, blockedUntil } = conversation;
  const isOpen = status === 'unassigned' || status === 'assigned' || status === 'ai';
  const item = (key: string, icon: React.ReactNode, word: string, onSelect: () => void, danger = false) => ({
    id: key,
    label: (
      <span className={danger ? 'menu-words is-danger' : 'menu-words'}>
        {icon}
        {word}
      </span>
    ),
    onSelect,
  });
  const copyLink = async (): Promise<void> =>
    showToast({
      text: (await copyText(`${location.origin}/inbox/${encodeURIComponent(id)}`)) ? t.shell.linkCopied : t.shell.linkNotCopied,
    });
  const save = (format: 'text' | 'json'): void => {
    const link = document.createElement('a');
    link.href = chatApi.transcriptUrl(id, format);
    link.download = '';
    link.click();
  };
  const groups: MenuGroup[] = [
    {
      items: [
        ...(status === 'unassigned' ? [item('accept', <Icon name="check" size="sm" />, t.inbox.accept, () => void acts.accept(id))] : []),
        ...(isOpen && !isMine && status !== 'unassigned'
          ? [item('take', <InboxIcon name="hand" size="sm" />, t.inbox.takeOver, () => void acts.takeOver(id))]
          : []),
        ...(isOpen ? [item('assign', <InboxIcon name="transfer" size="sm" />, t.inbox.assign, () => onAsk('assign'))] : []),
        ...(isMine && status === 'assigned'
          ? [item('release', <Icon name="undo" size="sm" />, t.inbox.release, () => void acts.release(id))]
          : []),
        item('tags', <InboxIcon name="tag" size="sm" />, t.inbox.addTags, () => onAsk('tags')),
      ],
    },
    {
      items: [
        ...(visit
          ? [
              item(
                'map',
                <Icon name="visitors" size="sm" />,
                t.inbox.showOnMap,
                () => void navigate({ to: '/visitors', search: { visitor: visit.visitor } }),
              ),
            ]
          : []),
        item('link', <Icon name="link" size="sm" />, t.inbox.copyLink, () => void copyLink()),
        item('text', <InboxIcon name="download" size="sm" />, t.inbox.exportText, () => save('text')),
        item('json', <InboxIcon name="download" size="sm" />, t.inbox.exportJson, () => save('json')),
      ],
    },
    {
      items: [
        blockedUntil > client.time.now()
          ? item('unblock', <Icon name="undo" size="sm" />, t.inbox.unblock, () => void acts.unblock(id, name))
          : item('block', <Icon name="ban" size="sm" />, t.inbox.block, () => onAsk('block'), true),
      ],
    },
  ];
  return (
    <Menu
      align="end"
      button={<Icon name="more" />}
      buttonLabel={t.inbox.more}
      buttonClass="icon-button"
      testId="conversation-more"
      groups={groups}
    />
  );
}
