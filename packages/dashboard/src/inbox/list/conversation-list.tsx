import type { ReactNode } from 'react';
import type { Inbox } from '../../chat/chat-types.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import type { People } from '../people.ts';
import { ConversationRow, GhostConversation } from './conversation-row.tsx';
import { useStill } from './use-still.ts';
import { useWindow } from './use-window.ts';

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
  const rowPx = usePhone() ? PHONE_ROW_PX : ROW_PX;
  const { scroller, drawn } = useWindow({ sections, rowPx, isLoading, loadMore, chosen });

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
