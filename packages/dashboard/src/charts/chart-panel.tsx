import './charts.css';
import { type ReactNode, useId, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { showToast } from '../ui/toast.tsx';
import { saveCsv } from './csv.ts';
import { ChartIcon } from './chart-icon.tsx';
import { DataTable } from './data-table.tsx';
import type { NamedTable, TableData } from './table-data.ts';

/** What a panel holds of a chart: the chart, or the same as a table, or a file. Needs the texts of `analytics`. */
export function ChartPanel({
  title,
  aside,
  table,
  csvName,
  whole,
  isTableOnly = false,
  wide = false,
  isStale = false,
  busy = false,
  testId,
  children,
}: {
  readonly title: string;
  /** In its head: a legend, tabs, a number. */
  readonly aside?: ReactNode;
  /** null: not there yet, or nothing to show: nothing to look at as a table, nothing to save. */
  readonly table: TableData | null;
  readonly csvName: string;
  /** Asks for the file where it holds more than is shown. */
  readonly whole?: (() => Promise<NamedTable>) | undefined;
  /** What it shows is a table already. */
  readonly isTableOnly?: boolean;
  readonly wide?: boolean;
  /** What it shows is of a range chosen before. */
  readonly isStale?: boolean;
  readonly busy?: boolean;
  readonly testId: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  const [isTable, setTable] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    if (!table) return;
    if (!whole) return saveCsv(csvName, table);
    setSaving(true);
    try {
      const file = await whole();
      saveCsv(file.name, file.table);
    } catch {
      showToast({ text: `${title}: ${t.analytics.notRead}` });
    } finally {
      setSaving(false);
    }
  };
  const asTable = isTable && table !== null && !isTableOnly;
  return (
    <section
      className={wide ? 'card panel panel-wide' : 'card panel'}
      aria-labelledby={id}
      aria-busy={busy || isStale || undefined}
      data-stale={isStale || undefined}
      data-testid={testId}
    >
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
        <span className="panel-tools">
          {!isTableOnly && (
            <button
              type="button"
              className="icon-button icon-button-sm"
              aria-pressed={asTable}
              aria-label={t.analytics.charts.tableOf(title)}
              title={asTable ? t.analytics.charts.asChart : t.analytics.charts.asTable}
              disabled={table === null}
              data-testid="as-table"
              onClick={() => setTable(!isTable)}
            >
              <ChartIcon name={asTable ? 'line' : 'table'} size="sm" />
            </button>
          )}
          <button
            type="button"
            className="icon-button icon-button-sm"
            aria-label={t.analytics.charts.csvOf(title)}
            title={t.analytics.charts.csv}
            disabled={table === null || isSaving}
            data-testid="csv"
            onClick={() => void save()}
          >
            <ChartIcon name="download" size="sm" />
          </button>
        </span>
      </header>
      <div className="panel-body">{asTable ? <DataTable caption={title} table={table} /> : children}</div>
    </section>
  );
}

/** What the lines of a chart mean. */
export function Legend({ series, other }: { readonly series: string; readonly other?: string | undefined }) {
  return (
    <ul className="legend">
      <li>
        <i className="key" />
        {series}
      </li>
      {other !== undefined && (
        <li>
          <i className="key key-before" />
          {other}
        </li>
      )}
    </ul>
  );
}
