import './elsewhere.css';
import type { Site } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useLayoutEffect, useState } from 'react';
import { chatSettingsQuery } from '../../api/chat-queries.ts';
import { HEADING_PX, neighbour, rowTop } from '../../inbox/list/list-window.ts';
import { useStill } from '../../inbox/list/use-still.ts';
import { useWindow } from '../../inbox/list/use-window.ts';
import { usePeople } from '../../inbox/people.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import { ElsewhereRow, GhostChat } from './elsewhere-row.tsx';
import { useElsewhere } from './use-elsewhere.ts';

/** As in CSS. */
const ROW_PX = 72;
const PHONE_ROW_PX = 76;
const GHOSTS = 6;

/**
 * Conversations that have no pin, in the stretches of the inbox. Only rows near the screen exist, at fixed heights; one listbox to the
 * keyboard and to screen readers, in the place of the list of visits, so that the way back leads to it.
 */
export function ElsewhereView({
  site,
  sites,
  chosen,
  covered,
  onSelect,
}: {
  readonly site: string | undefined;
  readonly sites: readonly Site[];
  readonly chosen: string | null;
  /** One conversation's details lie over the list. */
  readonly covered: boolean;
  readonly onSelect: (conversation: string) => void;
}) {
  const { sections: now, isLoading, failure, loadMore, again } = useElsewhere(site);
  const { sections, onMove, onLeave } = useStill(now);
  const people = usePeople();
  const { data: settings } = useQuery(chatSettingsQuery);
  const rowPx = usePhone() ? PHONE_ROW_PX : ROW_PX;
  const [cursor, setCursor] = useState<string | null>(null);
  const { scroller, drawn, isKnown, reveal } = useWindow({ sections, rowPx, isLoading, loadMore, chosen });
  useLayoutEffect(() => {
    if (isKnown) setCursor(chosen);
  }, [chosen, isKnown]);

  const isThere = cursor !== null && rowTop(sections, cursor, rowPx) !== null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === 'Enter' || event.key === ' ') && isThere) {
      event.preventDefault();
      return onSelect(cursor);
    }
    const from = isThere ? cursor : null;
    const to = {
      ArrowDown: () => neighbour(sections, from, 1),
      ArrowUp: () => neighbour(sections, from, -1),
      Home: () => neighbour(sections, null, 1),
      End: () => neighbour(sections, null, -1),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    const id = to();
    if (id === null) return;
    setCursor(id);
    reveal(id);
  };
  const rowAt = (target: EventTarget): string | null =>
    (target instanceof Element ? target.closest<HTMLElement>('[data-conversation]')?.dataset['conversation'] : null) ?? null;

  const isNothing = sections.every(({ ids }) => ids.length === 0);
  const isEmpty = !isLoading && failure === null && isNothing && sections.every(({ isComplete }) => isComplete);
  return (
    <div className="visit-list-wrap goes-stale" data-covered={covered || undefined} inert={covered}>
      <div
        id="visit-list"
        className="visit-list"
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={t.visit.elsewhere.label}
        aria-busy={isLoading}
        aria-activedescendant={isThere ? `chat-${cursor}` : undefined}
        data-testid="elsewhere-list"
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') onMove();
        }}
        onPointerLeave={onLeave}
        onFocus={() => {
          if (!isThere) setCursor(neighbour(sections, null, 1));
        }}
        onClick={(event) => {
          const id = rowAt(event.target);
          if (id === null) return;
          setCursor(id);
          onSelect(id);
        }}
      >
        {isLoading
          ? Array.from({ length: GHOSTS }, (_, nth) => <GhostChat key={nth} nth={nth} />)
          : drawn.map((section) => (
              <div
                key={section.key}
                className="elsewhere-section"
                role="group"
                aria-labelledby={`elsewhere-${section.key}`}
                style={{ height: section.heightPx }}
                data-section={section.key}
              >
                <div className="elsewhere-heading" id={`elsewhere-${section.key}`} role="presentation">
                  {t.inbox.sections[section.key]}{' '}
                  <span className="num">{section.isComplete ? number(section.count) : `${number(section.count)}+`}</span>
                </div>
                {section.rows.map(({ id, index }) => (
                  <ElsewhereRow
                    key={id}
                    id={id}
                    top={HEADING_PX + index * rowPx}
                    position={index + 1}
                    total={section.isComplete ? section.count : -1}
                    isChosen={id === chosen}
                    isCursor={id === cursor}
                    goalMs={settings?.answerGoalMs ?? 0}
                    sites={sites}
                    people={people}
                  />
                ))}
              </div>
            ))}
      </div>
      {isEmpty && (
        <div className="sidebar-empty empty" data-testid="elsewhere-empty">
          <h2>{t.visit.elsewhere.none}</h2>
          <p>{t.visit.elsewhere.noneText}</p>
        </div>
      )}
      {failure !== null && isNothing && (
        <div className="sidebar-empty empty" role="status" data-testid="elsewhere-failed">
          <Icon name="wifi" />
          <p>{t.inbox.failed}</p>
          <button className="button button-sm" type="button" onClick={again}>
            <Icon name="retry" size="sm" />
            {t.inbox.tryAgain}
          </button>
        </div>
      )}
    </div>
  );
}
