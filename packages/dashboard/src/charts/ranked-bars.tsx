import './charts.css';
import type { ReactNode } from 'react';
import { number, percent } from '../messages/format.ts';

export interface RankedRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly count: number;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  /** Against the time before; absent: nothing is compared. */
  readonly change?: ReactNode;
  /** Not one of the ranked: put together. No bar, and last. */
  readonly isRest?: boolean;
}

/** Values with percentage bars, largest first: a table. A bar is relative to the largest, the percentage is of the whole. */
export function RankedBars({
  caption,
  heads,
  rows,
}: {
  readonly caption: string;
  /** What stands in the columns, for screen readers: the value, its count, its share, its change. */
  readonly heads: readonly string[];
  readonly rows: readonly RankedRow[];
}) {
  const largest = Math.max(1, ...rows.filter(({ isRest }) => !isRest).map(({ count }) => count));
  const isCompared = rows.some(({ change }) => change !== undefined);
  return (
    <table className="ranked" data-compared={isCompared || undefined}>
      <caption className="visually-hidden">{caption}</caption>
      {/* The hidden head must not say how wide columns are. */}
      <colgroup>
        <col />
        <col className="ranked-count" />
        <col className="ranked-share" />
        {isCompared && <col className="ranked-change" />}
      </colgroup>
      <thead className="visually-hidden">
        <tr>
          {heads.slice(0, isCompared ? 4 : 3).map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, count, share, change, isRest }) => (
          <tr key={key} data-rest={isRest || undefined}>
            <th scope="row">
              {!isRest && <i className="ranked-bar" style={{ inlineSize: `${(count / largest) * 100}%` }} />}
              <span className="ranked-label">{label}</span>
            </th>
            <td className="num">{number(count)}</td>
            <td className="num ranked-share">{percent(share)}</td>
            {isCompared && <td className="ranked-change">{change}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
