import type { AnalyticsGoals } from '@foyer/protocol';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { analyticsGoalsQuery, type AnalyticsScope } from '../api/analytics-queries.ts';
import { useMe } from '../app/session.ts';
import { RankedBars } from '../charts/ranked-bars.tsx';
import { countCell, NOTHING, type TableData, textCell } from '../charts/table-data.ts';
import { useGoalNames } from '../history/use-goal-names.ts';
import { currentLocale, t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { countryName } from '../words/names.ts';
import { QueryPanel } from './query-panel.tsx';

const LEAD = 'lead-captured';
const COUNTRIES_SHOWN = 7;
const HEIGHT = 252;
const share = (n: number): string =>
  new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: n < 0.1 ? 1 : 0 }).format(n);
type NameOf = (goal: string) => string;

/** What visits came to, and where those come from that come to it. One question for both panels. */
export function GoalPanels({ scope }: { readonly scope: AnalyticsScope }) {
  const { sites } = useMe();
  const query = useQuery(analyticsGoalsQuery(scope));
  const names = useGoalNames(sites, undefined);
  const nameOf: NameOf = (goal) => names.of(goal, scope.site ?? '');
  return (
    <>
      <GoalsPanel query={query} nameOf={nameOf} site={scope.site} />
      <LeadsPanel query={query} nameOf={nameOf} />
    </>
  );
}
type Query = UseQueryResult<AnalyticsGoals>;

function GoalsPanel({ query, nameOf, site }: { readonly query: Query; readonly nameOf: NameOf; readonly site: string | undefined }) {
  const { goals, goal, goalVisits, goalTimes, goalShare, goalValue, noGoals } = t.analytics;
  return (
    <QueryPanel
      query={query}
      title={goals}
      isTableOnly
      testId="goals-panel"
      height={HEIGHT}
      csvName={csvName(query.data, 'goals')}
      nothing={(data) => (data.goals.length === 0 ? noGoals : null)}
      table={(data) => goalsTable(data, nameOf)}
    >
      {({ goals: reached, visits, range }) => (
        <div className="table-scroll" role="group" aria-label={goals} tabIndex={0}>
          <table className="data-table">
            <caption className="visually-hidden">{goals}</caption>
            <thead>
              <tr>
                <th scope="col">{goal}</th>
                <th scope="col" className="end">
                  {goalVisits}
                </th>
                <th scope="col" className="end goal-more">
                  {goalShare}
                </th>
                <th scope="col" className="end goal-more">
                  {goalTimes}
                </th>
                <th scope="col" className="end">
                  {goalValue}
                </th>
              </tr>
            </thead>
            <tbody>
              {reached.map((one) => (
                <tr key={one.goal}>
                  <th scope="row">
                    <Link to="/analytics/visits" search={{ goal: one.goal, from: range.firstDay, to: range.lastDay, site }}>
                      <bdi>{nameOf(one.goal)}</bdi>
                    </Link>
                  </th>
                  <td className="num end">{number(one.visits)}</td>
                  <td className="num end goal-more">{share(one.visits / Math.max(1, visits))}</td>
                  <td className="num end goal-more">{number(one.times)}</td>
                  <td className="num end">
                    {one.values.length === 0
                      ? '–'
                      : one.values.map(({ currency, sum }) => (
                          <span key={currency} className="goal-value">
                            {money(sum, currency)}
                          </span>
                        ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </QueryPanel>
  );
}

/** `1,299.50 €`; a code that is none is written after the number, and that there is none too. */
function money(sum: number, currency: string): string {
  try {
    return new Intl.NumberFormat(currentLocale(), { style: 'currency', currency }).format(sum);
  } catch {
    const plain = new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 2 }).format(sum);
    return currency === '' ? t.analytics.noCurrency(plain) : `${plain} ${currency}`;
  }
}

function goalsTable({ goals, visits }: AnalyticsGoals, nameOf: NameOf): TableData {
  const { goal, goalVisits, goalTimes, goalShare, goalValue, goalCurrency } = t.analytics;
  return {
    head: [
      { title: goal },
      { title: goalVisits, numeric: true },
      { title: goalShare, numeric: true },
      { title: goalTimes, numeric: true },
      { title: goalValue, numeric: true },
      { title: goalCurrency },
    ],
    // A line for each currency: sums of different ones are never added up. Counts stand in the first alone, so columns can be.
    rows: goals.flatMap((one) =>
      (one.values.length === 0 ? [null] : one.values).map((value, i) => ({
        key: `${one.goal} ${value?.currency ?? ''}`,
        cells: [
          textCell(nameOf(one.goal)),
          countCell(i === 0 ? one.visits : null),
          i === 0
            ? { value: Math.round((one.visits / Math.max(1, visits)) * 10_000) / 10_000, shown: share(one.visits / Math.max(1, visits)) }
            : NOTHING,
          countCell(i === 0 ? one.times : null),
          { value: value?.sum ?? null, shown: value ? money(value.sum, value.currency) : '–' },
          textCell(value?.currency ?? ''),
        ],
      })),
    ),
  };
}

/** Of each country's visits, how many came to the goal: where good leads come from. */
function LeadsPanel({ query, nameOf }: { readonly query: Query; readonly nameOf: NameOf }) {
  const [chosen, choose] = useState(LEAD);
  const { leads, leadsOf, leadsText, noGoals, country, reached, reachedShare, goalVisits } = t.analytics;
  const known = query.data?.goals.map(({ goal }) => goal) ?? [];
  const goal = known.includes(chosen) ? chosen : (known[0] ?? LEAD);
  return (
    <QueryPanel
      query={query}
      title={leads}
      testId="leads-panel"
      height={HEIGHT}
      csvName={csvName(query.data, `${goal}-by-country`)}
      aside={
        known.length > 0 ? (
          <label className="select leads-goal">
            <span className="visually-hidden">{leadsOf(nameOf(goal))}</span>
            <select className="field field-sm" value={goal} data-testid="leads-goal" onChange={(event) => choose(event.target.value)}>
              {known.map((one) => (
                <option key={one} value={one}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
            <Icon name="updown" size="sm" />
          </label>
        ) : undefined
      }
      nothing={(data) => (data.goals.length === 0 ? noGoals : null)}
      table={(data) => leadsTable(data, goal)}
    >
      {({ countries }) => (
        <>
          <RankedBars
            caption={`${leads}: ${nameOf(goal)}`}
            heads={[country, reached, reachedShare, goalVisits]}
            rows={[...countries]
              .sort((a, b) => (b.goals[goal] ?? 0) - (a.goals[goal] ?? 0))
              .slice(0, COUNTRIES_SHOWN)
              .map((one) => ({
                key: one.country,
                label: (
                  <>
                    <Flag country={one.country} named />
                    <span>{one.country === '' ? t.words.unknown : countryName(one.country)}</span>
                  </>
                ),
                count: one.goals[goal] ?? 0,
                share: (one.goals[goal] ?? 0) / Math.max(1, one.visits),
                change: <span className="num muted">{t.analytics.ofVisits(number(one.visits))}</span>,
              }))}
          />
          <p className="panel-aside">{leadsText}</p>
        </>
      )}
    </QueryPanel>
  );
}

function leadsTable({ countries }: AnalyticsGoals, goal: string): TableData {
  const { country, reached, reachedShare, goalVisits } = t.analytics;
  return {
    head: [
      { title: country },
      { title: goalVisits, numeric: true },
      { title: reached, numeric: true },
      { title: reachedShare, numeric: true },
    ],
    rows: countries.map((one) => {
      const leads = one.goals[goal] ?? 0;
      return {
        key: one.country,
        cells: [
          textCell(one.country === '' ? t.words.unknown : countryName(one.country)),
          countCell(one.visits),
          countCell(leads),
          { value: Math.round((leads / Math.max(1, one.visits)) * 10_000) / 10_000, shown: share(leads / Math.max(1, one.visits)) },
        ],
      };
    }),
  };
}

const csvName = (data: AnalyticsGoals | undefined, what: string): string =>
  data ? `foyer-${what}-${data.range.firstDay}-${data.range.lastDay}` : 'foyer';
