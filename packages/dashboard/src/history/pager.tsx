import type { HistoryPage } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { HISTORY_PATHS, type HistoryKind } from './use-history-address.ts';

/** Fewer rows than this with more behind them: the reading stopped at its bound, not at the end of a page. */
const FULL_PAGE = 50;

/** On to older ones and back to newer ones; how many there are in all nobody counts. */
export function Pager({
  kind,
  page,
  isAtNewest,
}: {
  readonly kind: HistoryKind;
  readonly page: HistoryPage<unknown>;
  readonly isAtNewest: boolean;
}) {
  const { rows, next, previous } = page;
  const isCut = next !== null && rows.length < FULL_PAGE;
  if (next === null && previous === null && isAtNewest) return null;
  const way = (word: string, testId: string, set: { after?: string; before?: string } | null, inside: ReactNode) =>
    set === null ? (
      <span className="button button-sm" role="link" aria-disabled="true" data-testid={testId}>
        {inside}
      </span>
    ) : (
      <Link
        className="button button-sm"
        to={HISTORY_PATHS[kind]}
        search={(old) => ({ ...old, after: set.after, before: set.before, open: undefined })}
        preload={false}
        title={word}
        data-testid={testId}
      >
        {inside}
      </Link>
    );
  return (
    <nav className="history-pager" aria-label={t.history.pager}>
      {isCut && <span className="hint">{t.history.cutShort}</span>}
      <span className="spacer" />
      {!isAtNewest && way(t.history.newest, 'page-newest', {}, t.history.newest)}
      {way(
        t.history.newer,
        'page-newer',
        previous === null ? null : { before: previous },
        <>
          <Icon name="left" size="xs" />
          {t.history.newer}
        </>,
      )}
      {way(
        isCut ? t.history.searchOn : t.history.older,
        'page-older',
        next === null ? null : { after: next },
        <>
          {isCut ? t.history.searchOn : t.history.older}
          <Icon name="right" size="xs" />
        </>,
      )}
    </nav>
  );
}
