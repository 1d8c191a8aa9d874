import './facts.css';
import './visit-tip.css';
import './chat/visitor-chat.css';
import type { Row } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { notesQuery } from '../app/query-client.ts';
import type { VisitList } from '../live/visit-list.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { pathOf } from '../words/address.ts';
import { visitorName } from '../words/names.ts';
import { timeOfDay } from '../words/time.ts';
import { asked, type Wish, wished } from './chat/asked.ts';
import { ConversationLink } from './chat/conversation-link.tsx';
import { conversationsQuery } from './chat/earlier-conversations.tsx';
import { InvitationLine } from './chat/invitation-line.tsx';
import { isActive, useVisitorChat } from './chat/use-visitor-chat.ts';
import * as Facts from './facts.tsx';
import { keepBeside } from './keep-beside.ts';
import { Returning } from './returning.tsx';
import { StatusBadge } from './status-badge.tsx';
import type { Tip, TipIntent } from './tip-intent.ts';
import { useFollow, useLastKnown } from './use-followed.ts';

/** Earlier pages named under their number. */
const PAGES_SHOWN = 3;

/** The details of the row that is meant, as long as it is there. */
export function TipOfRow({
  tip,
  intent,
  list,
  onChoose,
}: {
  readonly tip: Tip;
  readonly intent: TipIntent;
  readonly list: VisitList;
  readonly onChoose: (visitor: string) => void;
}) {
  const row = list.row(tip.visit);
  useEffect(() => {
    if (!row) intent.close();
  }, [row, intent]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const wasInside = intent.get()?.by === 'focus';
      if (!intent.dismiss()) return;
      event.preventDefault();
      if (wasInside) document.querySelector<HTMLElement>('#visit-list, #visit-table')?.focus({ preventScroll: true });
    };
    // Before whoever deselects on Esc: the first press is the tooltip's.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [intent]);
  return row ? <VisitTip key={tip.visit} tip={tip} row={row} intent={intent} onChoose={onChoose} /> : null;
}

/** Everything about the visitor of one row, beside it; live, and told to nobody. */
function VisitTip({
  tip,
  row,
  intent,
  onChoose,
}: {
  readonly tip: Tip;
  readonly row: Row;
  readonly intent: TipIntent;
  readonly onChoose: (visitor: string) => void;
}) {
  const live = useFollow(row.visitor, false);
  const { detail } = useLastKnown(live);
  const visit: Facts.Known = detail ?? row;
  const notes = useQuery(notesQuery(row.visitor));
  const conversation = useVisitorChat(visit);
  const past = useQuery(conversationsQuery(row.visitor, conversation?.id ?? ''));
  const earlier = (past.data?.entries ?? []).filter(
    (entry) => entry.conversation.id !== conversation?.id || conversation.status === 'resolved',
  );
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) return keepBeside(box.current, tip.visit, intent);
    return undefined;
  }, [tip.visit, intent]);

  const byFocus = tip.by === 'focus';
  useEffect(() => {
    if (byFocus) box.current?.focus();
  }, [byFocus, tip.visit]);
  const pages = (visit.trail ?? []).slice(0, -1).slice(-PAGES_SHOWN).reverse();
  const write = (wish: Wish): void => {
    wished.set({ visitor: row.visitor, wish });
    onChoose(row.visitor);
  };
  return (
    <div
      ref={box}
      className="visit-tip floating"
      role="dialog"
      aria-label={t.visit.tip.label(visitorName(visit))}
      tabIndex={-1}
      data-testid="visit-tip"
      data-visit={row.id}
      onPointerEnter={() => intent.enterTip()}
      onPointerLeave={() => intent.leaveTip()}
      onBlur={(event) => {
        if (byFocus && !event.currentTarget.contains(event.relatedTarget)) intent.close();
      }}
    >
      <div className="visit-tip-head">
        <div className="who">
          <Flag country={visit.country} />
          <bdi className="truncate">{visitorName(visit)}</bdi>
          <Returning visits={visit.visits} />
        </div>
        {(visit.chat || !['active', 'inactive'].includes(visit.status)) && (
          <div className="chat-line">
            <StatusBadge status={visit.status} waitingSince={visit.waitingSince} />
            {visit.chat && <span className="truncate">{t.visit.facts.chat(visit.chat)}</span>}
          </div>
        )}
        {conversation?.status === 'invited' && <InvitationLine conversation={conversation} />}
      </div>
      <div className="visit-tip-body" data-body>
        <dl className="facts">
          <Facts.ConnectedAt visit={visit} />
          <Facts.LastSeen visit={visit} />
          <Facts.TimeOnSite visit={visit} />
          <Facts.Fact word={t.visit.facts.pagesViewed}>
            {number(visit.pages)}
            {pages.map((entry) => (
              <span className="tip-page" key={`${entry.at} ${entry.url}`}>
                <span className="muted num">{timeOfDay(entry.at)}</span> <bdi className="truncate">{entry.title || pathOf(entry.url)}</bdi>
              </span>
            ))}
          </Facts.Fact>
          <Facts.LastPage visit={visit} />
          <Facts.Referrer visit={visit} />
        </dl>
        <dl className="facts">
          <Facts.Location visit={visit} />
          <Facts.LocalTime visit={visit} />
          <Facts.Language visit={visit} />
          <Facts.Address visit={visit} />
          <Facts.Network visit={visit} />
          <Facts.BrowserAndDevice visit={visit} />
        </dl>
        <dl className="facts">
          <Facts.Source visit={visit} />
          <Facts.Campaign visit={visit} />
          <Facts.Context visit={visit} />
          <Facts.Identity visit={visit} most={5} />
          <Facts.ReturningFact visit={visit} />
          <Facts.Goals visit={visit} />
          <Facts.VisitorId id={visit.visitor} />
        </dl>
      </div>
      <div className="visit-tip-actions" role="group" aria-label={t.visit.panel.actions}>
        {conversation && isActive(conversation) ? (
          <ConversationLink id={conversation.id} className="button button-sm" testId="tip-open">
            <Icon name="chat" size="sm" />
            {t.visit.panel.openConversation}
          </ConversationLink>
        ) : (
          visit.online && (
            <>
              <button className="button button-sm" type="button" data-testid="tip-start" onClick={() => write('start')}>
                <Icon name="chat" size="sm" />
                {t.visit.panel.startChat}
              </button>
              <button className="button button-sm" type="button" data-testid="tip-invite" onClick={() => write('invite')}>
                <Icon name="send" size="sm" />
                {t.visit.panel.invite}
              </button>
            </>
          )
        )}
        <span className="spacer" />
        <button
          className="icon-button icon-button-sm"
          type="button"
          aria-label={t.visit.panel.block}
          title={t.visit.panel.block}
          data-testid="tip-block"
          onClick={() => {
            intent.close();
            asked.set({ what: 'block', whom: row });
          }}
        >
          <Icon name="ban" size="sm" />
        </button>
      </div>
      <div className="visit-tip-foot">
        <span className="truncate">
          {notes.data
            ? t.visit.tip.foot(t.visit.tip.conversations(earlier.length), t.visit.tip.notes(notes.data.length))
            : t.visit.tip.conversations(earlier.length)}
        </span>
        <span className="spacer" />
        <kbd>{t.shell.caps.escape}</kbd>
      </div>
    </div>
  );
}
