import './filtered-report.css';
import type { FilteredVisit, Site } from '@foyer/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type CSSProperties, useState } from 'react';
import { filteredReportQuery } from '../app/query-client.ts';
import { useLive } from '../app/live.ts';
import { t } from '../messages/catalogue.ts';
import { day, isSameDay, number, timeOfDay } from '../messages/format.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { pathOf } from '../words/address.ts';
import { countryName, leftOutWord } from '../words/names.ts';
import { duration } from '../words/time.ts';

/** Whom no count has, in the last 24 hours: how many by each rule, and who. */
export function FilteredReport({ site, sites }: { readonly site: string | undefined; readonly sites: readonly Site[] }) {
  const [rule, setRule] = useState('');
  // The rules are of everybody, whichever of them is looked at.
  const all = useInfiniteQuery(filteredReportQuery(site ? { site } : {}));
  const one = useInfiniteQuery({ ...filteredReportQuery({ ...(site ? { site } : {}), rule }), enabled: rule !== '' });
  const { client } = useLive();
  const shown = rule === '' ? all : one;
  const rules = all.data?.pages[0]?.rules ?? [];
  const total = rules.reduce((sum, { visits }) => sum + visits, 0);
  const visits = shown.data?.pages.flatMap((page) => page.visits) ?? [];
  const since = all.data?.pages[0]?.since;
  const words = t.visit.leftOut;
  const now = client.time.now();
  const when = (at: number): string => (isSameDay(at, now) ? timeOfDay(at) : `${day(at, now)}, ${timeOfDay(at)}`);
  return (
    <section className="report" aria-labelledby="report-title" data-testid="filtered-report">
      <header className="report-head">
        <h2 id="report-title">{words.title}</h2>
        {since !== undefined && <span className="hint num">{words.since(when(since))}</span>}
      </header>
      <p className="report-text">{words.text}</p>
      {all.isError ? (
        <FailureNote failure={all.error} />
      ) : all.isPending ? (
        <div className="card report-wait" aria-hidden="true">
          {[40, 62, 50, 70, 46].map((width) => (
            <span key={width} className="skeleton" style={{ inlineSize: `${width}%` }} />
          ))}
        </div>
      ) : total === 0 ? (
        <div className="card report-none">
          <Icon name="robot" size="lg" />
          <p>{words.none}</p>
        </div>
      ) : (
        <>
          <div className="card rules" role="group" aria-label={words.byRule}>
            <RuleButton text={words.all} visits={total} share={1} lastAt="" on={rule === ''} onChoose={() => setRule('')} />
            {rules.map((entry) => (
              <RuleButton
                key={entry.rule}
                text={leftOutWord(entry.text)}
                visits={entry.visits}
                share={entry.visits / Math.max(1, rules[0]?.visits ?? 1)}
                lastAt={when(entry.lastAt)}
                on={rule === entry.rule}
                onChoose={() => setRule(rule === entry.rule ? '' : entry.rule)}
              />
            ))}
          </div>
          <div className="card report-table" role="region" aria-label={words.visits} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.when}</th>
                  <th scope="col">{words.reason}</th>
                  <th scope="col">{words.page}</th>
                  <th scope="col">{words.place}</th>
                  <th scope="col">{words.browser}</th>
                  <th scope="col">{words.address}</th>
                  <th scope="col" className="end">
                    {words.pages}
                  </th>
                </tr>
              </thead>
              <tbody>
                {visits.map((visit) => (
                  <ReportRow key={visit.visit} visit={visit} when={when(visit.startedAt)} sites={sites} />
                ))}
              </tbody>
            </table>
            {shown.isError && <FailureNote failure={shown.error} />}
            {shown.hasNextPage && (
              <button
                className="button report-more"
                type="button"
                disabled={shown.isFetchingNextPage}
                onClick={() => void shown.fetchNextPage()}
              >
                {shown.isFetchingNextPage ? words.loading : words.more}
              </button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function RuleButton({
  text,
  visits,
  share,
  lastAt,
  on,
  onChoose,
}: {
  readonly text: string;
  readonly visits: number;
  /** Of the most frequent rule, 0 to 1. */
  readonly share: number;
  readonly lastAt: string;
  readonly on: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button
      className="rule"
      type="button"
      aria-pressed={on}
      style={{ '--share': share } as CSSProperties}
      data-testid="rule"
      onClick={onChoose}
    >
      <bdi className="truncate">{text}</bdi>
      <span className="spacer" />
      <span className="muted num">{lastAt}</span>
      <b className="num">{number(visits)}</b>
    </button>
  );
}

function ReportRow({ visit, when, sites }: { readonly visit: FilteredVisit; readonly when: string; readonly sites: readonly Site[] }) {
  const site = sites.length > 1 ? (sites.find((one) => one.id === visit.site)?.name ?? '') : '';
  const words = t.visit.leftOut;
  return (
    <tr data-testid="filtered-visit" data-rule={visit.rule}>
      <td className="num nowrap">
        {when}
        <small className="muted">{visit.endedAt === null ? words.running : duration(visit.lastActivityAt - visit.startedAt)}</small>
      </td>
      <td>
        <span className="tag">
          <Icon name={visit.rule === 'own_team' ? 'users' : 'robot'} />
          <bdi className="truncate">{leftOutWord(visit.text)}</bdi>
        </span>
      </td>
      <td className="report-page">
        <bdi className="truncate">{visit.title || pathOf(visit.url)}</bdi>
        <small className="muted truncate">
          <bdi>{[pathOf(visit.url), site].filter((part) => part !== '').join(' · ')}</bdi>
        </small>
      </td>
      <td>
        <span className="report-place">
          <Flag country={visit.country} named />
          <bdi className="truncate">{visit.city || countryName(visit.country) || t.visit.facts.none}</bdi>
        </span>
      </td>
      <td className="truncate">
        <bdi>{[visit.browser, visit.os].filter((part) => part !== '').join(', ') || t.visit.facts.none}</bdi>
      </td>
      <td className="num">{visit.ip || t.visit.facts.none}</td>
      <td className="num end">{number(visit.pages)}</td>
    </tr>
  );
}
