import type { AnalyticsBreakdown, AnalyticsDimension } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { analyticsBreakdownQuery, type AnalyticsScope } from '../api/analytics-queries.ts';
import { RankedBars, type RankedRow } from '../charts/ranked-bars.tsx';
import { countCell, type TableData, textCell } from '../charts/table-data.ts';
import { t } from '../messages/catalogue.ts';
import { percent } from '../messages/format.ts';
import { ChangeWord, changeOf } from './change.tsx';
import { BreakdownDialog } from './breakdown-dialog.tsx';
import { countedOf, valueLabel, valueText } from './breakdown-words.tsx';
import { QueryPanel } from './query-panel.tsx';
import { Tabs } from './tabs.tsx';

const SHOWN = 7;
/** Of seven rows and the line below them; of pages also one for what was put together. */
const HEIGHT = 286;
const ROW = 36;

/** Visits by country, page, referrer and so on: the largest, with the rest one press away. */
export function BreakdownPanel({
  title,
  dimensions,
  scope,
  compare,
  testId,
}: {
  readonly title: string;
  /** One, or several to choose from. */
  readonly dimensions: readonly AnalyticsDimension[];
  readonly scope: AnalyticsScope;
  readonly compare: boolean;
  readonly testId: string;
}) {
  const [chosen, choose] = useState(dimensions[0]!);
  const [isAll, setAll] = useState(false);
  const query = useQuery(analyticsBreakdownQuery(scope, { dimension: chosen, compare, limit: SHOWN }));
  const word = t.analytics.dimensions[chosen];
  return (
    <>
      <QueryPanel
        query={query}
        title={title}
        isTableOnly
        testId={testId}
        height={chosen === 'page' ? HEIGHT + ROW : HEIGHT}
        csvName={csvNameOf(query.data, chosen)}
        aside={
          dimensions.length > 1 ? (
            <Tabs
              label={title}
              tabs={dimensions.map((id) => ({ id, word: t.analytics.dimensions[id] }))}
              chosen={chosen}
              onChoose={choose}
            />
          ) : undefined
        }
        nothing={({ rows }) => (rows.length === 0 ? t.analytics.nothing : null)}
        table={breakdownTable}
      >
        {(data) => (
          <>
            <BreakdownRows data={data} site={scope.site} caption={word} />
            {data.more && (
              <button type="button" className="panel-more" aria-haspopup="dialog" data-testid="all-values" onClick={() => setAll(true)}>
                {t.analytics.all[chosen]}
              </button>
            )}
          </>
        )}
      </QueryPanel>
      {isAll && <BreakdownDialog dimension={chosen} scope={scope} compare={compare} onClose={() => setAll(false)} />}
    </>
  );
}

/** Rows of an answer; what was put together comes last and says how many it is. */
export function BreakdownRows({
  data,
  site,
  caption,
}: {
  readonly data: AnalyticsBreakdown;
  readonly site: string | undefined;
  readonly caption: string;
}) {
  const { dimension, range, total, other } = data;
  const of = dimension === 'page' ? 'pages' : 'visits';
  const { columns } = t.analytics;
  const whole = Math.max(1, total[of]);
  const rows = data.rows.map((row): RankedRow => {
    const change = changeOf('count', null, row[of], row.before);
    return {
      key: row.value,
      label: valueLabel({ dimension, row, range, site }),
      count: row[of],
      share: row[of] / whole,
      ...(row.before === null ? {} : { change: change && <ChangeWord change={change} /> }),
    };
  });
  if (other && other[of] > 0)
    rows.push({
      key: '\u0000other',
      label: (
        <span title={t.analytics.otherText}>
          {otherWord(dimension)} <span className="muted">{t.analytics.otherNote}</span>
        </span>
      ),
      count: other[of],
      share: other[of] / whole,
      isRest: true,
    });
  const counted = t.analytics.figures[countedOf(dimension)];
  return <RankedBars caption={`${caption}: ${counted}`} heads={[caption, counted, columns.share, columns.change]} rows={rows} />;
}

/** What has not been kept by name. Visitors choose how many values these have, so only the largest of each day are. */
function otherWord(dimension: AnalyticsDimension): string {
  const { others } = t.analytics;
  return dimension in others ? others[dimension as keyof typeof others] : t.analytics.other;
}

export const csvNameOf = (data: AnalyticsBreakdown | undefined, dimension: AnalyticsDimension): string =>
  data ? `foyer-${dimension}-${data.range.firstDay}-${data.range.lastDay}` : 'foyer';

export function breakdownTable({ dimension, rows, other, total }: AnalyticsBreakdown): TableData {
  const of = dimension === 'page' ? 'pages' : 'visits';
  const { columns, dimensions, figures } = t.analytics;
  const isCompared = rows.some(({ before }) => before !== null);
  const whole = Math.max(1, total[of]);
  const share = (n: number) => ({ value: Math.round((n / whole) * 10_000) / 10_000, shown: percent(n / whole) });
  const counts = countedOf(dimension);
  // A conversation has no pages.
  const second = counts === 'chats' ? null : of === 'pages' ? 'visits' : 'pages';
  const before = { pages: columns.viewsBefore, visits: columns.changeCount, chats: columns.chatsBefore }[counts];
  return {
    head: [
      { title: dimensions[dimension] },
      { title: figures[counts], numeric: true },
      { title: columns.share, numeric: true },
      ...(second ? [{ title: figures[second], numeric: true }] : []),
      ...(isCompared ? [{ title: before, numeric: true }] : []),
    ],
    rows: [
      ...rows.map((row) => ({
        key: row.value,
        cells: [
          textCell(valueText(dimension, row)),
          countCell(row[of]),
          share(row[of]),
          ...(second ? [countCell(row[second])] : []),
          ...(isCompared ? [countCell(row.before)] : []),
        ],
      })),
      ...(other
        ? [
            {
              key: '\u0000other',
              cells: [
                textCell(`${otherWord(dimension)} ${t.analytics.otherNote}`),
                countCell(other[of]),
                share(other[of]),
                ...(second ? [countCell(other[second])] : []),
                ...(isCompared ? [countCell(null)] : []),
              ],
            },
          ]
        : []),
    ],
  };
}
