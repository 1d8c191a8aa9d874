import './inbox.css';
import './transcript.css';
import { CHAT_SOURCES } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { chatSettingsQuery } from '../api/chat-queries.ts';
import type { InboxSearch } from '../app/search.ts';
import { useMe } from '../app/session.ts';
import type { InboxFilter } from '../chat/chat-types.ts';
import { useChat, useChatCounts, useInbox, useTranscriptState } from '../chat/use-chat.ts';
import { t } from '../messages/catalogue.ts';
import { usePhone } from '../ui/use-phone.ts';
import { desk } from './composer/composer-desk.ts';
import { ConversationView } from './conversation-view.tsx';
import type { Asking } from './head/conversation-head.tsx';
import { inboxActs } from './inbox-act.ts';
import { ConversationList } from './list/conversation-list.tsx';
import { ListHead } from './list/list-head.tsx';
import { neighbour } from './list/list-window.ts';
import { SearchResults } from './list/search-results.tsx';
import { NothingChosen } from './nothing-chosen.tsx';
import { usePeople } from './people.ts';
import { ProfilePanel } from './profile/profile-panel.tsx';
import { useInboxKeys } from './use-inbox-keys.ts';
import { useInboxOffer } from './use-inbox-offer.ts';
import { useWide } from './use-wide.ts';
import { VisitsProvider } from './visits.tsx';

/** List, conversation, profile; on a narrow screen the profile lies over the conversation, on a phone there is one at a time. */
export function InboxPage() {
  return (
    <VisitsProvider>
      <Inbox />
    </VisitsProvider>
  );
}

function Inbox() {
  const me = useMe();
  const chat = useChat();
  const people = usePeople();
  const navigate = useNavigate();
  const search = useSearch({ from: '/app/inbox' });
  const { conversation: chosen = null } = useParams({ strict: false });
  const filter = filterOf(search);
  const inbox = useInbox(filter);
  const counts = useChatCounts();
  const settings = useQuery(chatSettingsQuery);
  const isWide = useWide();
  const isPhone = usePhone();
  const [isProfileShown, showProfile] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const query = search.q ?? '';
  const acts = inboxActs(chat, people);
  const goalMs = settings.data?.answerGoalMs ?? 0;

  useEffect(() => {
    document.title = t.shell.pageTitle(t.inbox.title, me.workspace.name);
  }, [me.workspace.name]);
  useEffect(() => {
    setAsking(null);
    if (isPhone) showProfile(false);
  }, [chosen, isPhone]);

  const open = (id: string): void =>
    void navigate({ to: '/inbox/$conversation', params: { conversation: id }, search: ({ at: _, ...rest }) => rest });
  const move = (step: 1 | -1): void => {
    const next = neighbour(inbox.sections, chosen, step);
    if (next !== null) open(next);
  };
  const narrow = (change: Partial<InboxFilter>): void =>
    void navigate({
      to: '.',
      search: (old) => {
        const { tab, ...rest } = { ...old, ...change };
        return { ...rest, tab: tab === 'open' ? undefined : tab };
      },
    });
  const leave = (): void => {
    if (isProfileShown && !isWide) showProfile(false);
    else if (query !== '') void navigate({ to: '.', search: ({ q: _, ...rest }) => rest });
    else if (chosen !== null) void navigate({ to: '/inbox', search: ({ at: _, ...rest }) => rest });
  };
  const status = chosen === null ? undefined : chat.entries.get(chosen)?.conversation.status;
  const onChosen = (run: (id: string) => void) => (): void => {
    if (chosen !== null && status !== undefined) run(chosen);
  };
  const askAssign = (): void => {
    if (status !== 'resolved' && status !== 'invited') setAsking('assign');
  };
  const resolve = onChosen((id) => void (status === 'resolved' ? acts.reopen(id) : acts.resolve(id)));
  useInboxKeys({
    j: () => move(1),
    k: () => move(-1),
    e: resolve,
    // Whoever is first takes it with one key; whose it is already is given on.
    a: onChosen((id) => void (status === 'unassigned' ? acts.accept(id) : askAssign())),
    'shift a': onChosen(askAssign),
    r: onChosen((id) => desk.focus(id, 'reply')),
    n: onChosen((id) => desk.focus(id, 'note')),
    '/': () => field.current?.focus(),
    Escape: leave,
  });
  useInboxOffer({
    conversation: chosen,
    status,
    resolve,
    assign: () => setAsking('assign'),
    tag: () => setAsking('tags'),
    reply: onChosen((id) => desk.focus(id, 'reply')),
    note: onChosen((id) => desk.focus(id, 'note')),
    accept: onChosen((id) => void acts.accept(id)),
  });

  const waiting = inbox.sections.find(({ key }) => key === 'waiting')?.ids ?? [];
  // Counted where all of them are on the list anyway.
  const withAi = inbox.sections.find(({ key, isComplete }) => isComplete && (key === 'ai' || key === 'open'));
  const ai = withAi ? withAi.ids.filter((id) => chat.entries.get(id)?.conversation.status === 'ai').length : null;
  const isProfileOpen = chosen !== null && (isWide || isProfileShown);
  const pane = chosen === null ? 'list' : isProfileShown && !isWide ? 'profile' : 'conversation';
  return (
    <div className="inbox" data-pane={pane} data-chosen={chosen !== null || undefined} data-testid="inbox">
      {isPhone && pane !== 'list' && <h1 className="visually-hidden">{t.inbox.title}</h1>}
      <section className="conversations" aria-labelledby="inbox-title" inert={isPhone && pane !== 'list'}>
        <ListHead
          filter={filter}
          counts={counts}
          ai={ai}
          query={query}
          field={field}
          people={people}
          onQuery={(q) => void navigate({ to: '.', replace: true, search: (old) => ({ ...old, q: q === '' ? undefined : q }) })}
          onFilter={narrow}
          onDown={() => document.querySelector<HTMLElement>('.conversation-row, .found')?.focus()}
        />
        {query.trim() === '' ? (
          <ConversationList
            key={JSON.stringify(filter)}
            inbox={inbox}
            chosen={chosen}
            goalMs={goalMs}
            people={people}
            empty={<EmptyList filter={filter} isNew={counts?.active === 0} onClear={() => void navigate({ to: '/inbox', search: {} })} />}
          />
        ) : (
          <SearchResults query={query} chosen={chosen} at={search.at ?? ''} people={people} />
        )}
      </section>
      {chosen === null ? (
        <NothingChosen
          waiting={counts?.unassigned ?? waiting.length}
          longest={waiting[0] ?? ''}
          onNext={() => (waiting[0] === undefined ? void navigate({ to: '/inbox', search: { tab: 'waiting' } }) : open(waiting[0]))}
        />
      ) : (
        <ConversationView
          key={chosen}
          id={chosen}
          at={Number(search.at) || 0}
          goalMs={goalMs}
          people={people}
          acts={acts}
          asking={asking}
          isProfileOpen={isProfileOpen}
          onAsk={setAsking}
          onProfile={() => showProfile(!isProfileShown)}
        />
      )}
      {isProfileOpen && chosen !== null && <Profile id={chosen} onClose={isWide ? undefined : () => showProfile(false)} />}
    </div>
  );
}

function Profile({ id, onClose }: { readonly id: string; readonly onClose: (() => void) | undefined }) {
  const chat = useChat();
  const state = useTranscriptState(id);
  const conversation = chat.entries.get(id)?.conversation;
  if (state === 'missing') return null;
  if (!conversation) return <aside className="profile" aria-busy="true" aria-label={t.inbox.profile} />;
  return <ProfilePanel conversation={conversation} onClose={onClose} />;
}

function filterOf({ tab, source, assignee, team, tag, site }: InboxSearch): InboxFilter {
  return {
    tab: tab ?? 'open',
    ...(source ? { source: CHAT_SOURCES.find((one) => one === source) } : {}),
    ...(assignee && tab !== 'mine' ? { assignee } : {}),
    ...(team ? { team } : {}),
    ...(tag ? { tag } : {}),
    ...(site ? { site } : {}),
  };
}
/** Nothing in the list: what that means, and the next step. */
function EmptyList({ filter, isNew, onClear }: { readonly filter: InboxFilter; readonly isNew: boolean; readonly onClear: () => void }) {
  const w = t.inbox.empty;
  const { tab, ...narrow } = filter;
  if (Object.values(narrow).some((value) => value !== undefined))
    return (
      <div className="list-note" data-testid="empty-list">
        <b>{w.filtered}</b>
        <button className="button button-sm" type="button" onClick={onClear}>
          {w.clear}
        </button>
      </div>
    );
  const text = { open: isNew ? w.firstText : w.openText, mine: w.mineText, waiting: w.openText, ai: '', resolved: '' }[tab];
  return (
    <div className="list-note" data-testid="empty-list">
      <b>{tab === 'open' && isNew ? w.first : w[tab]}</b>
      {text !== '' && <p>{text}</p>}
      {tab === 'open' && isNew && (
        <Link className="button button-sm" to="/settings/install">
          {w.install}
        </Link>
      )}
    </div>
  );
}
