import type { AnalyticsOverview, Site } from '@foyer/protocol';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { AnalyticsScope } from '../api/analytics-queries.ts';
import type { AnalyticsSearch } from '../app/search.ts';
import { ChartIcon } from '../charts/chart-icon.tsx';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { FIXED_PERIODS, isRefused, rangeProblems, type RangeProblems } from './own-range.ts';

/** Which days, of which site, with or without those before: all of it in the address. */
export function RangeBar({
  scope,
  compare,
  sites,
  range,
  word,
  days,
  today,
  refused,
  onChange,
  onCsv,
}: {
  readonly scope: AnalyticsScope;
  readonly compare: boolean;
  readonly sites: readonly Site[];
  /** The days that are shown; null: not known yet. */
  readonly range: AnalyticsOverview['range'] | null;
  readonly word: string;
  readonly days: number | null;
  /** The workspace's local date. */
  readonly today: string;
  readonly refused: RangeProblems;
  readonly onChange: (change: AnalyticsSearch) => void;
  /** null: there is nothing to save yet. */
  readonly onCsv: (() => void) | null;
}) {
  const compareId = useId();
  return (
    <header className="page-bar">
      <h1>{t.analytics.title}</h1>
      <Periods
        chosen={scope.period}
        onChoose={(period) => onChange({ period: period === '30d' ? undefined : period, from: undefined, to: undefined })}
      />
      <OwnRange
        given={{ from: scope.from ?? range?.firstDay, to: scope.to ?? range?.lastDay }}
        isChosen={scope.period === 'own'}
        word={word}
        today={today}
        refused={refused}
        onChoose={(from, to) => onChange({ period: 'own', from, to })}
      />
      {sites.length > 1 && <SiteFilter sites={sites} chosen={scope.site} onChoose={(site) => onChange({ site })} />}
      <span className="spacer" />
      <span className="compare">
        <button
          type="button"
          className="switch"
          role="switch"
          aria-checked={compare}
          aria-labelledby={compareId}
          data-testid="compare"
          onClick={() => onChange({ compare: compare ? '0' : undefined })}
        />
        <span id={compareId}>{days === null ? t.analytics.compare : t.analytics.compareWith(days)}</span>
      </span>
      <button
        type="button"
        className="button"
        disabled={onCsv === null}
        title={t.analytics.charts.csvAll}
        aria-label={t.analytics.charts.csvAll}
        data-testid="csv-all-figures"
        onClick={() => onCsv?.()}
      >
        <ChartIcon name="download" />
        {t.analytics.charts.csvWord}
      </button>
    </header>
  );
}

type Fixed = (typeof FIXED_PERIODS)[number];

function Periods({ chosen, onChoose }: { readonly chosen: AnalyticsScope['period']; readonly onChoose: (period: Fixed) => void }) {
  const root = useRef<HTMLDivElement>(null);
  const at = FIXED_PERIODS.findIndex((period) => period === chosen);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = FIXED_PERIODS[(Math.max(0, at) + by + FIXED_PERIODS.length) % FIXED_PERIODS.length]!;
    onChoose(next);
    root.current?.querySelector<HTMLElement>(`[data-period="${next}"]`)?.focus();
  };
  return (
    <div className="segmented" role="radiogroup" aria-label={t.analytics.period} ref={root} onKeyDown={onKeyDown}>
      {FIXED_PERIODS.map((period, i) => (
        <button
          key={period}
          type="button"
          role="radio"
          aria-checked={period === chosen}
          tabIndex={i === Math.max(0, at) ? 0 : -1}
          data-period={period}
          data-testid={`period-${period}`}
          onClick={() => onChoose(period)}
        >
          {t.analytics.periods[period]}
        </button>
      ))}
    </div>
  );
}

function SiteFilter({
  sites,
  chosen,
  onChoose,
}: {
  readonly sites: readonly Site[];
  readonly chosen: string | undefined;
  readonly onChoose: (site: string | undefined) => void;
}) {
  const word = sites.find(({ id }) => id === chosen)?.name ?? t.analytics.allSites;
  return (
    <Menu
      button={
        <>
          <span className="truncate">{word}</span>
          <Icon name="updown" size="sm" />
        </>
      }
      buttonLabel={t.analytics.site(word)}
      buttonClass="button site-filter"
      testId="site-filter"
      groups={[
        { items: [{ id: 'all', label: t.analytics.allSites, checked: chosen === undefined, onSelect: () => onChoose(undefined) }] },
        {
          items: sites.map(({ id, name, domain }) => ({
            id,
            label: (
              <span className="truncate">
                {name} <span className="muted">{domain}</span>
              </span>
            ),
            checked: id === chosen,
            onSelect: () => onChoose(id),
          })),
        },
      ]}
    />
  );
}

/** Two date fields behind a button that says the days. What is wrong with them is said at the field, also when an address said them. */
function OwnRange({
  given,
  isChosen,
  word,
  today,
  refused,
  onChoose,
}: {
  readonly given: { readonly from: string | undefined; readonly to: string | undefined };
  readonly isChosen: boolean;
  readonly word: string;
  readonly today: string;
  readonly refused: RangeProblems;
  readonly onChoose: (from: string, to: string) => void;
}) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const wrong = isRefused(refused);
  const [isOpen, setOpen] = useState(wrong);
  const [tried, setTried] = useState<RangeProblems>({});
  useEffect(() => {
    if (wrong) setOpen(true);
  }, [wrong]);
  useEffect(() => {
    if (!isOpen) return;
    (root.current?.querySelector<HTMLElement>('[aria-invalid]') ?? root.current?.querySelector('input'))?.focus();
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    setTried({});
    trigger.current?.focus();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, to] = [String(form.get('from') ?? ''), String(form.get('to') ?? '')];
    const problems = rangeProblems({ from, to }, today);
    setTried(problems);
    if (isRefused(problems)) {
      const field = event.currentTarget.elements.namedItem(problems.from === undefined ? 'to' : 'from');
      if (field instanceof HTMLElement) field.focus();
      return;
    }
    onChoose(from, to);
    close();
  };
  const problems = isRefused(tried) ? tried : refused;
  const field = (name: 'from' | 'to', label: string) => (
    <label className="range-field">
      <span className="label">{label}</span>
      <input
        className="field"
        type="date"
        name={name}
        // A date that is none cannot be shown in the field; it is empty then, and what is wrong is said below it.
        defaultValue={given[name] ?? ''}
        max={today}
        required
        aria-invalid={problems[name] !== undefined || undefined}
        aria-describedby={problems[name] === undefined ? undefined : `${id}${name}`}
        data-testid={`range-${name}`}
      />
      {problems[name] !== undefined && (
        <span className="field-problem" id={`${id}${name}`} role="alert" data-testid={`range-${name}-problem`}>
          {problems[name]}
        </span>
      )}
    </label>
  );
  return (
    <div
      className="menu-root range"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={trigger}
        type="button"
        className="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={word === '' ? t.analytics.ownRange : t.analytics.rangeIs(word)}
        data-chosen={isChosen || undefined}
        data-testid="own-range"
        onClick={() => (isOpen ? close() : setOpen(true))}
      >
        <ChartIcon name="calendar" />
        <span className="num">{word === '' ? t.analytics.ownRange : word}</span>
      </button>
      {isOpen && (
        <div className="floating range-pop" id={id} role="dialog" aria-label={t.analytics.ownRange}>
          <form className="range-form" noValidate onSubmit={onSubmit}>
            {field('from', t.analytics.firstDay)}
            {field('to', t.analytics.lastDay)}
            <span className="range-actions">
              <button className="button" type="button" onClick={close}>
                {t.analytics.cancel}
              </button>
              <button className="button button-primary" type="submit" data-testid="range-apply">
                {t.analytics.apply}
              </button>
            </span>
          </form>
        </div>
      )}
    </div>
  );
}
