import type { AnalyticsOverview } from '@foyer/protocol';
import { type KeyboardEvent, useRef } from 'react';
import { Sparkline } from '../charts/sparkline.tsx';
import { t } from '../messages/catalogue.ts';
import { ChangeWord, changeOf } from './change.tsx';
import { cardWord, type Figure, FIGURES, KINDS, valueWord } from './figures.ts';

/** All figures of the range; the chosen one is in the chart below. A radio group: arrows go from one to the next. */
export function FigureCards({
  overview,
  isStale,
  isToday,
  chosen,
  now,
  onChoose,
}: {
  readonly overview: AnalyticsOverview | undefined;
  readonly isStale: boolean;
  /** The range is a day that is not over: against a whole one a percentage would only tell the hour. */
  readonly isToday: boolean;
  readonly chosen: Figure;
  readonly now: number;
  readonly onChoose: (figure: Figure) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = FIGURES[(FIGURES.indexOf(chosen) + by + FIGURES.length) % FIGURES.length]!;
    onChoose(next);
    root.current?.querySelector<HTMLElement>(`[data-figure="${next}"]`)?.focus();
  };
  return (
    <div
      className="figures card"
      role="radiogroup"
      aria-label={t.analytics.figure}
      aria-busy={overview === undefined || isStale}
      data-stale={isStale || undefined}
      ref={root}
      onKeyDown={onKeyDown}
      data-testid="figures"
    >
      {FIGURES.map((figure) => {
        const { kind, better, of, at } = KINDS[figure];
        const value = overview ? of(overview.figures) : null;
        const before = overview?.before ? of(overview.before.figures) : null;
        const change = isToday ? null : changeOf(kind, better, value, before);
        return (
          <button
            key={figure}
            type="button"
            className="figure"
            role="radio"
            aria-checked={figure === chosen}
            tabIndex={figure === chosen ? 0 : -1}
            title={t.analytics.figureHints[figure]}
            data-figure={figure}
            data-testid={`figure-${figure}`}
            onClick={() => onChoose(figure)}
          >
            <span className="figure-name">{t.analytics.figures[figure]}</span>
            <b title={value === null ? undefined : valueWord(kind, value)}>
              {overview === undefined ? <span className="skeleton figure-bone" /> : value === null ? '–' : cardWord(kind, value)}
            </b>
            <span className="figure-change">
              {change && <ChangeWord change={change} />}
              {isToday && overview?.before && before !== null && (
                <span className="change yesterday" title={t.analytics.yesterday(valueWord(kind, before))}>
                  {t.analytics.yesterday(cardWord(kind, before))}
                </span>
              )}
            </span>
            {overview ? (
              <Sparkline values={overview.points.filter((point) => point.at <= now).map(at)} />
            ) : (
              <span className="spark" aria-hidden="true" />
            )}
          </button>
        );
      })}
    </div>
  );
}
