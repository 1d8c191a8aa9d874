import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Inbox } from '../../chat/chat-types.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import type { People } from '../people.ts';
import { ConversationRow, GhostConversation } from './conversation-row.tsx';
import { drawnSections, HEADING_PX, rowTop } from './list-window.ts';
import { useStill } from './use-still.ts';

/** As in CSS. */
const ROW_PX = 76;
const PHONE_ROW_PX = 84;
const GHOSTS = 8;

/** The list in its stretches. Only the rows near the screen exist, at fixed heights. */
export function ConversationList({
  inbox,
  chosen,
  goalMs,
  people,
  empty,
}: {
  readonly inbox: Inbox;
  readonly chosen: string | null;
  readonly goalMs: number;
  readonly people: People;
  /** When there is nothing at all. */
  readonly empty: ReactNode;
}) {
  const { isLoading, failure, loadMore, again } = inbox;
  const { sections, onMove, onLeave } = useStill(inbox.sections);
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = usePhone() ? PHONE_ROW_PX : ROW_PX;
  const [view, setView] = useState({ top: 0, height: 900 });
  const drawn = drawnSections(sections, { ...view, rowPx });

  const measure = useEffectEvent((): void => {
    const element = scroller.current;
    if (!element) return;
    const top = Math.floor(element.scrollTop / rowPx) * rowPx;
    const height = element.clientHeight + rowPx;
    setView((old) => (old.top === top && old.height === height ? old : { top, height }));
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const listen = (): void => measure();
    element.addEventListener('scroll', listen, { passive: true });
    const observer = new ResizeObserver(listen);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', listen);
      observer.disconnect();
    };
  }, []);
  const wanted = drawn.find(({ wantsMore }) => wantsMore)?.key;
  useEffect(() => {
    if (wanted && !isLoading) loadMore(wanted);
  }, [wanted, isLoading, loadMore, sections]);

  // Once for each choice: afterwards the list may be scrolled wherever its reader wants.
  const isKnown = chosen !== null && rowTop(sections, chosen, rowPx) !== null;
  const reveal = useEffectEvent((): void => {
    const element = scroller.current;
    const top = chosen === null ? null : rowTop(sections, chosen, rowPx);
    if (!element || top === null) return;
    if (top - HEADING_PX < element.scrollTop) element.scrollTop = top - HEADING_PX;
    else if (top + rowPx > element.scrollTop + element.clientHeight) element.scrollTop = top + rowPx - element.clientHeight;
  });
  useLayoutEffect(() => {
    if (isKnown) reveal();
  }, [chosen, isKnown]);

  const isEmpty = !isLoading && failure === null && sections.every(({ ids, isComplete }) => ids.length === 0 && isComplete);
  return (
    <div
      className="conversations-scroll goes-stale"
      ref={scroller}
      data-testid="conversation-list"
      data-loading={isLoading || undefined}
      aria-busy={isLoading}
      onPointerMove={(event) => {
        if (event.pointerType === 'mouse') onMove();
      }}
      onPointerLeave={onLeave}
    >
      {failure !== null && sections.every(({ ids }) => ids.length === 0) && (
        <div className="list-note" role="status" data-testid="list-failed">
          <Icon name="wifi" />
          <p>{t.inbox.failed}</p>
          <button className="button button-sm" type="button" onClick={again}>
            <Icon name="retry" size="sm" />
            {t.inbox.tryAgain}
          </button>
        </div>
      )}
      {isLoading && (
        <ul className="conversation-ghosts" aria-label={t.inbox.loading}>
          {Array.from({ length: GHOSTS }, (_, i) => (
            <GhostConversation key={i} nth={i} />
          ))}
        </ul>
      )}
      {isEmpty && empty}
      {!isLoading &&
        drawn.map((section) => (
          <section key={section.key} className="list-section" style={{ height: section.heightPx }} data-section={section.key}>
            <h2 className="list-heading">
              {t.inbox.sections[section.key]}{' '}
              <span className="num">{section.isComplete ? number(section.count) : `${number(section.count)}+`}</span>
            </h2>
            <ul className="conversation-rows">
              {section.rows.map(({ id, index }) => (
                <ConversationRow
                  key={id}
                  id={id}
                  top={index * rowPx}
                  position={index + 1}
                  total={section.isComplete ? section.count : -1}
                  isChosen={id === chosen}
                  goalMs={goalMs}
                  people={people}
                />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}
