import type { Count } from '@foyer/protocol';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { number, percent } from '../messages/format.ts';
import { hasTerm, toggledTerm } from '../words/filter-text.ts';

export interface BreakdownPart {
  readonly title: string;
  /** false: a cut-off tail could matter, so counts read "≥". */
  readonly exact: boolean;
  /** Said when there is no row. */
  readonly none?: string;
  /** At the end of the line above the bars, and of the one below them. */
  readonly aside?: ReactNode;
  readonly foot?: ReactNode;
  /** Largest first; null: not known yet. Asked only of the part that is shown, words and terms only of rows that are. */
  readonly counts: () => readonly Count[] | null;
  readonly labelOf: (key: string) => ReactNode;
  /** '': cannot be filtered by. */
  readonly termOf: (key: string) => string;
}
const SHOWN = 5;
/** What does not fit ends in dots; the text alone would be cut. */
const wordsOf = (label: ReactNode): ReactNode => (typeof label === 'string' ? <bdi className="truncate">{label}</bdi> : label);

/** Percentage bars of one or two kinds. A bar is relative to the first row; the percentage is of everybody counted. */
export function Breakdown({
  parts,
  whole,
  filter,
  onFilter,
}: {
  readonly parts: readonly BreakdownPart[];
  readonly whole: number;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}) {
  const [chosen, setChosen] = useState('');
  const [more, setMore] = useState(false);
  const part = parts.find((p) => p.title === chosen) ?? parts[0];
  if (!part) return null;
  const all = part.counts();
  const rows =
    all
      ?.slice(0, more ? undefined : SHOWN)
      .map(({ key, count }) => ({ key, count, label: wordsOf(part.labelOf(key)), term: part.termOf(key) })) ?? null;
  const largest = all?.[0]?.count ?? 1;
  const sum = Math.max(whole, 1);
  return (
    <section className="card breakdown" aria-label={part.title} data-testid="breakdown">
      <div className="breakdown-head">
        {parts.map((p) =>
          parts.length === 1 ? (
            <h2 key={p.title}>{p.title}</h2>
          ) : (
            <button key={p.title} type="button" aria-pressed={p === part} onClick={() => setChosen(p.title)}>
              {p.title}
            </button>
          ),
        )}
        {part.aside && <span className="breakdown-aside">{part.aside}</span>}
      </div>
      <ul>
        {rows === null
          ? Array.from({ length: SHOWN }, (_, i) => (
              <li key={i} className="bar" aria-hidden="true">
                <span className="skeleton" style={{ inlineSize: `${70 - i * 11}%` }} />
              </li>
            ))
          : rows.map((row) => (
              <li key={row.key} className="bar" style={{ '--share': row.count / largest } as CSSProperties}>
                {row.term === '' ? (
                  <span className="bar-label truncate">{row.label}</span>
                ) : (
                  <button
                    type="button"
                    className="bar-label truncate"
                    aria-pressed={hasTerm(filter, row.term)}
                    title={hasTerm(filter, row.term) ? t.monitor.takeOut : t.monitor.filterBy(row.term)}
                    onClick={() => onFilter(toggledTerm(filter, row.term))}
                  >
                    {row.label}
                  </button>
                )}
                <span className="value">{part.exact ? number(row.count) : t.monitor.atLeast(number(row.count))}</span>
                <span className="percent">{percent(row.count / sum)}</span>
              </li>
            ))}
        {rows?.length === 0 && (
          <li className="bar muted">
            <span className="bar-label">{part.none ?? t.monitor.nobody}</span>
          </li>
        )}
      </ul>
      <div className="breakdown-foot">
        {(all?.length ?? 0) > SHOWN && (
          <button type="button" className="breakdown-more" aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? t.monitor.fewer : t.monitor.more(number((all?.length ?? 0) - SHOWN))}
          </button>
        )}
        <span className="spacer" />
        {part.foot}
      </div>
    </section>
  );
}
