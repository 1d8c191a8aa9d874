import './facts.css';
import './visit-panel.css';
import './chat/visitor-chat.css';
import type { Detail, Site } from '@foyer/protocol';
import { type KeyboardEvent, memo, useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useLookers } from '../app/live.ts';
import type { LiveDetail } from '../live/console-client.ts';
import { t } from '../messages/catalogue.ts';
import { listAnd } from '../messages/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Flag } from '../ui/flag.tsx';
import { PanelBack } from '../ui/panel-back.tsx';
import { Icon } from '../ui/icons.tsx';
import { TickText } from '../ui/tick-text.tsx';
import { leftOutWord, statusWord, visitorName } from '../words/names.ts';
import { duration, localTime } from '../words/time.ts';
import { type Wish, wished } from './chat/asked.ts';
import { BlockedTag } from './chat/blocked-tag.tsx';
import { EarlierConversations } from './chat/earlier-conversations.tsx';
import { InvitationLine, mayBeDismissed } from './chat/invitation-line.tsx';
import { InviteCard } from './chat/invite-card.tsx';
import { useVisitorChat } from './chat/use-visitor-chat.ts';
import { EarlierVisits } from './earlier-visits.tsx';
import * as Facts from './facts.tsx';
import { Notes } from './notes.tsx';
import { NotListed } from './not-listed.tsx';
import { PageHistory } from './page-history.tsx';
import { PanelActions } from './panel-actions.tsx';
import { PlaceLine } from './place-line.tsx';
import { Returning } from './returning.tsx';
import { StatusBadge } from './status-badge.tsx';
import { useLastKnown } from './use-followed.ts';
import { type LiveStanding, useFoundInList, useStanding } from './use-standing.ts';

/** One visitor, live, wherever they are in the list (product.md section 3). It lies over the list in the sidebar. */
export function VisitPanel({
  id,
  live,
  standing,
  sites,
  backWord,
  takesFocus,
  onClose,
  onSelect,
}: {
  /** Visitor id. */
  readonly id: string;
  readonly live: LiveDetail | null;
  readonly standing: LiveStanding | null;
  readonly sites: readonly Site[];
  readonly backWord: string;
  /** The choice was made in the sidebar: the keyboard goes on in here. */
  readonly takesFocus: boolean;
  readonly onClose: () => void;
  readonly onSelect: (visitor: string) => void;
}) {
  const { detail, gone } = useLastKnown(live);
  const panel = useRef<HTMLElement>(null);
  // Before it is painted: the list it covers has lost the focus in the same commit, and a key pressed in between would go nowhere.
  useLayoutEffect(() => {
    if (takesFocus) panel.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const go = useStep(id, detail?.visitor === id ? detail.id : undefined, standing, onSelect);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== panel.current && !(event.target instanceof Element && event.target.closest('.panel-bar'))) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    go(event.key === 'ArrowUp' ? 'previous' : 'next');
  };
  return (
    <section
      className="visit-panel goes-stale"
      ref={panel}
      tabIndex={-1}
      aria-label={detail ? visitorName(detail) : t.visit.panel.region}
      data-testid="visit-panel"
      aria-busy={detail === undefined}
      onKeyDown={onKeyDown}
    >
      <PanelBack word={backWord} onClick={onClose} testId="panel-back">
        <span className="spacer" />
        <Neighbours standing={standing} onGo={go} />
      </PanelBack>
      <div className="panel-scroll" tabIndex={0} role="region" aria-label={t.visit.panel.details}>
        {detail === undefined ? (
          <PanelSkeleton />
        ) : detail === null ? (
          <NotListed key={id} id={id} sites={sites} onClose={onClose} />
        ) : (
          <VisitContent key={id} detail={detail} gone={gone} sites={sites} />
        )}
      </div>
    </section>
  );
}

type Way = 'previous' | 'next';

/** A step to a neighbour. One asked for before it is known who that is waits for the answer: a key pressed quickly is not lost. */
function useStep(
  visitor: string,
  visit: string | undefined,
  standing: LiveStanding | null,
  onSelect: (visitor: string) => void,
): (way: Way) => void {
  const found = useFoundInList(standing);
  const isKnown = found !== null && found === visit;
  const [waiting, setWaiting] = useState<{ readonly from: string; readonly way: Way } | null>(null);
  const take = useEffectEvent((way: Way) => {
    const row = standing?.read()?.[way];
    if (row) onSelect(row.visitor);
  });
  useEffect(() => {
    if (!isKnown || waiting === null) return;
    setWaiting(null);
    if (waiting.from === visitor) take(waiting.way);
  }, [isKnown, waiting, visitor]);
  return (way) => setWaiting({ from: visitor, way });
}

/** Where this visit stands in the list, and the way to the ones beside it. Stays as it was while the next one is on its way. */
function Neighbours({ standing, onGo }: { readonly standing: LiveStanding | null; readonly onGo: (way: Way) => void }) {
  const now = useStanding(standing);
  const [shown, setShown] = useState(now);
  if (now !== null && now !== shown) setShown(now);
  const step = (way: Way, word: string, icon: 'up' | 'down') => (
    <button
      className="icon-button icon-button-sm"
      type="button"
      aria-label={word}
      title={word}
      // Not `disabled`: while the next one is on its way the focus has to stay.
      aria-disabled={!now?.[way]}
      data-testid={`panel-${way}`}
      onClick={() => onGo(way)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <>
      {shown && shown.index >= 0 && (
        <span className="hint num" data-testid="panel-position">
          {t.visit.panel.position(shown.index + 1, shown.total)}
        </span>
      )}
      {step('previous', t.visit.panel.previous, 'up')}
      {step('next', t.visit.panel.next, 'down')}
    </>
  );
}

/** All that is known of a listed visit, live, and what can be done about its visitor. */
export const VisitContent = memo(function VisitContent({
  detail,
  gone,
  sites,
  zone,
}: {
  readonly detail: Detail;
  readonly gone: boolean;
  readonly sites: readonly Site[];
  /** Times are of this zone; absent: the browser's. */
  readonly zone?: string | undefined;
}) {
  /** What is written: a note, or a first message. */
  const [wish, setWish] = useState<Wish | null>(null);
  const wanted = useSyncExternalStore(wished.subscribe, wished.get);
  // Asked for at a row or a pin before these details were open.
  useEffect(() => {
    if (wanted?.visitor !== detail.visitor) return;
    wished.set(null);
    setWish(wanted.wish);
  }, [wanted, detail.visitor]);
  const conversation = useVisitorChat(detail) ?? null;
  const { online, lastActivityAt, timeZone } = detail;
  const site = sites.find((one) => one.id === detail.site);
  return (
    <>
      <div className="panel-who">
        <span className="avatar avatar-lg avatar-visitor">
          <Icon name="user" size="lg" />
          <i className="dot" data-status={detail.status} role="img" aria-label={statusWord(detail.status)} />
        </span>
        <div>
          <h2>
            <bdi className="truncate" data-testid="panel-name">
              {visitorName(detail)}
            </bdi>
            <Returning visits={detail.visits} />
          </h2>
          <p>
            <Flag country={detail.country} named />
            <PlaceLine visit={detail} />
            {timeZone !== '' && (
              <TickText
                className="muted nowrap"
                text={(now) => {
                  const there = localTime(timeZone, now);
                  return there === null ? '' : t.visit.facts.there(there);
                }}
              />
            )}
          </p>
        </div>
      </div>
      <div className="panel-status">
        {detail.status === 'active' || detail.status === 'inactive' ? (
          <span className="badge" data-status={detail.status}>
            <span className="dot" data-status={detail.status} />
            {detail.reconnecting ? t.visitors.row.reconnecting : online ? statusWord(detail.status) : t.visit.panel.left}
          </span>
        ) : (
          <StatusBadge status={detail.status} waitingSince={detail.waitingSince} />
        )}
        {detail.chat !== '' && <span className="hint">{t.visit.facts.chat(detail.chat)}</span>}
        {detail.filtered !== '' && (
          <span className="tag">
            <Icon name="robot" />
            {leftOutWord(detail.filtered)}
          </span>
        )}
        <BlockedTag visit={detail.id} />
        <AlsoLooking visitor={detail.visitor} />
      </div>
      {gone && (
        <p className="panel-gone" role="status" data-testid="panel-gone">
          {t.visit.panel.leftList}
        </p>
      )}
      <PanelActions detail={detail} conversation={conversation} onWish={setWish} />
      {conversation && wish !== 'start' && wish !== 'invite' && (conversation.status === 'invited' || mayBeDismissed(conversation)) && (
        <InvitationLine key={conversation.id} conversation={conversation} />
      )}
      {(wish === 'start' || wish === 'invite') && (
        <InviteCard key={wish} visit={detail} wish={wish} pending={conversation} onDone={() => setWish(null)} />
      )}
      <section className="section" aria-label={t.visit.panel.pages}>
        <h3 className="section-title">
          {t.visit.panel.pages}{' '}
          <span className="tally" data-testid="panel-pages">
            {detail.pages}
          </span>
          <span className="spacer" />
          <TickText className="muted num" text={(now) => t.visit.panel.onSite(duration(Facts.onSiteMs(detail, now)))} />
        </h3>
        <PageHistory trail={detail.trail} pages={detail.pages} current={online ? detail : null} endedAt={lastActivityAt} zone={zone} />
      </section>
      <section className="section" aria-label={t.visit.panel.thisVisit}>
        <h3 className="section-title">{t.visit.panel.thisVisit}</h3>
        <dl className="facts">
          <Facts.ConnectedAt visit={detail} zone={zone} />
          <Facts.LastSeen visit={detail} zone={zone} />
          <Facts.TimeOnSite visit={detail} />
          <Facts.LastPage visit={detail} />
          <Facts.Referrer visit={detail} />
          <Facts.Campaign visit={detail} />
          <Facts.Source visit={detail} />
          <Facts.Fact word={t.visit.facts.site}>{site?.name ?? t.visit.facts.none}</Facts.Fact>
          <Facts.Fact word={t.visit.facts.tabs}>{detail.tabs}</Facts.Fact>
          <Facts.Context visit={detail} />
        </dl>
      </section>
      <section className="section" aria-label={t.visit.panel.visitor}>
        <h3 className="section-title">{t.visit.panel.visitor}</h3>
        <dl className="facts">
          <Facts.Identity visit={detail} />
          <Facts.Location visit={detail} />
          <Facts.LocalTime visit={detail} />
          <Facts.Language visit={detail} />
          <Facts.Browser visit={detail} />
          <Facts.Device visit={detail} />
          <Facts.Address visit={detail} />
          <Facts.Network visit={detail} />
          <Facts.ReturningFact visit={detail} />
          <Facts.Goals visit={detail} zone={zone} />
          <Facts.VisitorId id={detail.visitor} />
        </dl>
      </section>
      <EarlierConversations
        visitor={detail.visitor}
        current={conversation && conversation.status !== 'resolved' ? conversation.id : detail.chat}
        latest={conversation?.id ?? ''}
      />
      <Notes visitor={detail.visitor} writing={wish === 'note'} onWriting={(writing) => setWish(writing ? 'note' : null)} />
      <EarlierVisits visitor={detail.visitor} current={detail.id} sites={sites} zone={zone} />
    </>
  );
});

function AlsoLooking({ visitor }: { readonly visitor: string }) {
  const names = useLookers(visitor);
  if (names.length === 0) return null;
  return (
    <span className="also-looking" data-testid="also-looking">
      {names.slice(0, 3).map((name) => (
        <Avatar key={name} name={name} size="xs" />
      ))}
      <span className="truncate">{t.visit.panel.alsoLooking(listAnd(names), names.length)}</span>
    </span>
  );
}

export function PanelSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="panel-who">
        <span className="skeleton panel-skeleton-mark" />
        <div>
          <span className="skeleton" style={{ inlineSize: 140, blockSize: 12, marginBlock: 6 }} />
          <span className="skeleton" style={{ inlineSize: 200 }} />
        </div>
      </div>
      <div className="section">
        {[180, 240, 150, 210, 120].map((width) => (
          <span key={width} className="skeleton" style={{ inlineSize: width, marginBlock: 14 }} />
        ))}
      </div>
    </div>
  );
}
