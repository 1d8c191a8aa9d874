import type { AnalyticsBreakdown, AnalyticsDimension } from '@foyer/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { analyticsBreakdownQuery, type AnalyticsScope } from '../api/analytics-queries.ts';
import { RankedBars, type RankedRow } from '../charts/ranked-bars.tsx';
import { countCell, type NamedTable, type TableData, textCell } from '../charts/table-data.ts';
import { t } from '../messages/catalogue.ts';
import { percent } from '../messages/format.ts';
import { ChangeWord, changeOf } from './change.tsx';
import { BreakdownDialog } from './breakdown-dialog.tsx';
import { countedOf, valueLabel, valueText } from './breakdown-words.tsx';
import { QueryPanel } from './query-panel.tsx';
import { Tabs } from './tabs.tsx';

const SHOWN = 7;
/** As many as are kept of a day: what the dialog lists, and the file of a card. */
export const MOST = 500;
/** Of seven rows, one for all that is not among them, and the line below. */
const HEIGHT = 322;

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
  const queries = useQueryClient();
  /** A card shows seven; its file has all that can be listed. */
  const whole = async (): Promise<NamedTable> => {
    const data = await queries.fetchQuery(analyticsBreakdownQuery(scope, { dimension: chosen, compare, limit: MOST }));
    return { name: csvNameOf(data, chosen), table: breakdownTable(data) };
  };
  return (
    <>
      <QueryPanel
        query={query}
        title={title}
        isTableOnly
        testId={testId}
        height={HEIGHT}
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
        whole={query.data?.more ? whole : undefined}
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

/** Rows of an answer; all that is not listed comes last and says how many it is, so that they add up to the whole. */
export function BreakdownRows({
  data,
  site,
  caption,
}: {
  readonly data: AnalyticsBreakdown;
  readonly site: string | undefined;
  readonly caption: string;
}) {
  const { dimension, range, total, rest } = data;
  const of = dimension === 'page' ? 'pages' : 'visits';
  const { columns } = t.analytics;
  const whole = Math.max(1, total[of]);
  const changed = (now: number, before: number | null): Pick<RankedRow, 'change'> => {
    if (total.before === null) return {};
    const change = changeOf('count', null, now, before);
    return { change: change && <ChangeWord change={change} /> };
  };
  const rows = data.rows.map((row): RankedRow => ({
    key: row.value,
    label: valueLabel({ dimension, row, range, site }),
    count: row[of],
    share: row[of] / whole,
    ...changed(row[of], row.before),
  }));
  if (rest) {
    const count = rest[of] ?? 0;
    // What of a row lies among the rest of the range before is not known: its change would be a guess.
    const isSure = data.rows.every(({ before }) => before !== null);
    rows.push({
      key: '\u0000rest',
      label: (
        <span title={`${restWord(data)}. ${data.other ? t.analytics.otherText : t.analytics.restText}`}>
          {otherWord(dimension)} <span className="muted">{restNote(data)}</span>
        </span>
      ),
      count,
      share: count / whole,
      ...changed(count, isSure ? rest.before : null),
      isRest: true,
    });
  }
  const counted = t.analytics.figures[countedOf(dimension)];
  return <RankedBars caption={`${caption}: ${counted}`} heads={[caption, counted, columns.share, columns.change]} rows={rows} />;
}

/** What stands in no row. Visitors choose how many values some have, so of these only the largest of each day are kept by name. */
function otherWord(dimension: AnalyticsDimension): string {
  const { others } = t.analytics;
  return dimension in others ? others[dimension as keyof typeof others] : t.analytics.other;
}

function restNote({ dimension, more, other, rest }: AnalyticsBreakdown): string {
  const { smaller, both, outside, onlyBefore } = t.analytics.restNotes;
  if (more) return other ? both : smaller;
  return rest?.[dimension === 'page' ? 'pages' : 'visits'] === 0 ? onlyBefore : outside;
}
const restWord = (data: AnalyticsBreakdown): string => `${otherWord(data.dimension)} ${restNote(data)}`;

export const csvNameOf = (data: AnalyticsBreakdown | undefined, dimension: AnalyticsDimension): string =>
  data ? `foyer-${dimension}-${data.range.firstDay}-${data.range.lastDay}` : 'foyer';

export function breakdownTable(data: AnalyticsBreakdown): TableData {
  const { dimension, rows, rest, total } = data;
  const of = dimension === 'page' ? 'pages' : 'visits';
  const { columns, dimensions, figures } = t.analytics;
  const isCompared = total.before !== null;
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
      ...(rest
        ? [
            {
              key: '\u0000rest',
              cells: [
                textCell(restWord(data)),
                countCell(rest[of]),
                share(rest[of] ?? 0),
                ...(second ? [countCell(rest[second])] : []),
                ...(isCompared ? [countCell(rest.before)] : []),
              ],
            },
          ]
        : []),
    ],
  };
}
