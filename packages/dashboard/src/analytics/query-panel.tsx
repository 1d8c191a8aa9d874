import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ChartPanel } from '../charts/chart-panel.tsx';
import type { NamedTable, TableData } from '../charts/table-data.ts';
import { t } from '../messages/catalogue.ts';
import { messageOf } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';

/**
 * A panel with an answer of its own: bars in its place until it is there, why it is not and a way to ask again, or what it says. It has
 * its height from the beginning, so that nothing on the page moves when it arrives.
 */
export function QueryPanel<Data>({
  query,
  height,
  nothing,
  table,
  children,
  ...panel
}: {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'isPlaceholderData' | 'isFetching' | 'refetch'>;
  readonly title: string;
  readonly aside?: ReactNode;
  readonly csvName: string;
  readonly whole?: (() => Promise<NamedTable>) | undefined;
  readonly isTableOnly?: boolean;
  readonly wide?: boolean;
  readonly testId: string;
  /** Of what is in it, px. */
  readonly height: number;
  /** What to say when there is nothing in it; null: there is something. */
  readonly nothing: (data: Data) => string | null;
  readonly table: (data: Data) => TableData;
  readonly children: (data: Data) => ReactNode;
}) {
  const { data, error } = query;
  const empty = data === undefined ? null : nothing(data);
  const again = (
    <button type="button" className="button button-sm" data-testid="again" disabled={query.isFetching} onClick={() => void query.refetch()}>
      <Icon name="retry" size="sm" />
      {t.analytics.tryAgain}
    </button>
  );
  return (
    <ChartPanel
      {...panel}
      table={data === undefined || empty !== null ? null : table(data)}
      isStale={query.isPlaceholderData}
      busy={data === undefined && !error}
    >
      <div className="panel-room" style={{ minHeight: height }}>
        {error && data !== undefined && (
          <div className="panel-note" role="alert">
            <span>{t.analytics.notReadAgain}</span>
            {again}
          </div>
        )}
        {data !== undefined && (empty === null ? children(data) : <p className="panel-nothing">{empty}</p>)}
        {data === undefined && error && (
          <div className="panel-nothing" role="alert" data-testid="panel-failure">
            <p>
              <Icon name="warn" /> {t.analytics.notRead}
            </p>
            <p className="hint">{messageOf(error)}</p>
            {again}
          </div>
        )}
        {data === undefined && !error && <Bones />}
      </div>
    </ChartPanel>
  );
}

function Bones() {
  return (
    <div className="bones" aria-hidden="true">
      {[82, 64, 71, 48, 39].map((wide) => (
        <span key={wide} className="skeleton" style={{ inlineSize: `${wide}%` }} />
      ))}
    </div>
  );
}
