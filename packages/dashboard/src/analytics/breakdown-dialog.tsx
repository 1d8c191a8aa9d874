import type { AnalyticsDimension } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { analyticsBreakdownQuery, type AnalyticsScope } from '../api/analytics-queries.ts';
import { saveCsv } from '../charts/csv.ts';
import { ChartIcon } from '../charts/chart-icon.tsx';
import { t } from '../messages/catalogue.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { BreakdownRows, breakdownTable, csvNameOf, MOST } from './breakdown-panel.tsx';

/** All values of a dimension, as far as they are kept, in a list that scrolls. */
export function BreakdownDialog({
  dimension,
  scope,
  compare,
  onClose,
}: {
  readonly dimension: AnalyticsDimension;
  readonly scope: AnalyticsScope;
  readonly compare: boolean;
  readonly onClose: () => void;
}) {
  const { data, error } = useQuery(analyticsBreakdownQuery(scope, { dimension, compare, limit: MOST }));
  const title = t.analytics.all[dimension];
  return (
    <Dialog label={title} className="all-values" testId="all-values-dialog" onClose={onClose}>
      <header className="all-values-head">
        <h2>{title}</h2>
        <span className="spacer" />
        <button
          type="button"
          className="button button-sm"
          disabled={!data}
          data-testid="csv-all"
          onClick={() => data && saveCsv(csvNameOf(data, dimension), breakdownTable(data))}
        >
          <ChartIcon name="download" size="sm" />
          {t.analytics.charts.csvWord}
        </button>
        <button type="button" className="icon-button" aria-label={t.analytics.close} onClick={onClose}>
          <Icon name="x" />
        </button>
      </header>
      {/* The keys scroll it: nothing in it may be a link. */}
      <div className="all-values-list" role="group" aria-label={title} tabIndex={0}>
        {error && <FailureNote failure={error} />}
        {data ? (
          <>
            <BreakdownRows data={data} site={scope.site} caption={t.analytics.dimensions[dimension]} />
            {data.more && <p className="hint all-values-note">{t.analytics.largest(data.rows.length)}</p>}
            {data.other && <p className="hint all-values-note">{t.analytics.otherText}</p>}
          </>
        ) : (
          !error && (
            <div className="bones" aria-hidden="true">
              {[90, 70, 60, 50, 40, 30, 24].map((wide) => (
                <span key={wide} className="skeleton" style={{ inlineSize: `${wide}%` }} />
              ))}
            </div>
          )
        )}
      </div>
    </Dialog>
  );
}
