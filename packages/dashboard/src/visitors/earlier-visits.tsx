import type { PastVisit, Site } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLive } from '../app/live.ts';
import { t } from '../messages/catalogue.ts';
import { day, number, timeOfDay } from '../messages/format.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { hostOf } from '../words/address.ts';
import { deviceWord, leftOutWord, placeName } from '../words/names.ts';
import { duration } from '../words/time.ts';
import { zonedDay, zonedMinutes } from '../words/zoned-time.ts';
import { PageHistory } from './page-history.tsx';
import { pastVisitsQuery } from './past-visits.ts';

const SHOWN_FIRST = 5;

/** Visits that history has of this visitor, newest first, each with its pages when opened. */
export function EarlierVisits({
  visitor,
  current,
  sites,
  words = { title: t.visit.panel.earlierVisits, none: t.visit.panel.noEarlierVisits },
  zone,
  wayTo,
}: {
  readonly visitor: string;
  /** Visit id of the one shown above; '' when none is. */
  readonly current: string;
  readonly sites: readonly Site[];
  readonly words?: { readonly title: string; readonly none: string };
  /** Times are of this zone; absent: the browser's. */
  readonly zone?: string | undefined;
  /** A link to the visit itself, where there is a place for it. */
  readonly wayTo?: (visit: string) => ReactNode;
}) {
  const past = useQuery(pastVisitsQuery(visitor));
  const [all, setAll] = useState(false);
  const visits = (past.data ?? []).filter((visit) => visit.visit !== current);
  const shown = all ? visits : visits.slice(0, SHOWN_FIRST);
  return (
    <section className="section" aria-label={words.title} data-testid="earlier-visits">
      <h3 className="section-title">
        {words.title} {visits.length > 0 && <span className="tally">{number(visits.length)}</span>}
      </h3>
      {past.isPending ? (
        <div aria-hidden="true">
          <span className="skeleton" style={{ inlineSize: '70%', marginBlock: 10 }} />
          <span className="skeleton" style={{ inlineSize: '55%', marginBlock: 10 }} />
        </div>
      ) : past.isError ? (
        <FailureNote failure={past.error} />
      ) : visits.length === 0 ? (
        <p className="hint">{words.none}</p>
      ) : (
        <ul className="earlier">
          {shown.map((visit) => (
            <EarlierVisit key={visit.visit} visit={visit} sites={sites} zone={zone} wayTo={wayTo} />
          ))}
        </ul>
      )}
      {shown.length < visits.length && (
        <button className="button button-ghost button-sm" type="button" onClick={() => setAll(true)}>
          {t.visit.panel.moreVisits(visits.length - shown.length)}
        </button>
      )}
    </section>
  );
}

function EarlierVisit({
  visit,
  sites,
  zone,
  wayTo,
}: {
  readonly visit: PastVisit;
  readonly sites: readonly Site[];
  readonly zone: string | undefined;
  readonly wayTo: ((visit: string) => ReactNode) | undefined;
}) {
  const { client } = useLive();
  const now = client.time.now() || visit.startedAt;
  const site = sites.length > 1 ? (sites.find((one) => one.id === visit.site)?.name ?? '') : '';
  const meta = [
    site,
    hostOf(visit.referrer),
    placeName(visit),
    [visit.browser, visit.device && deviceWord(visit.device)].filter(Boolean).join(', '),
  ];
  return (
    <li>
      <details data-testid="earlier-visit">
        <summary>
          <Icon name="right" size="sm" />
          <span className="num">
            {zone === undefined ? day(visit.startedAt, now) : zonedDay(visit.startedAt, now, zone)},{' '}
            {zone === undefined ? timeOfDay(visit.startedAt) : zonedMinutes(visit.startedAt, zone)}
          </span>
          <span className="spacer" />
          <span className="muted num">
            {t.visit.panel.visitPages(visit.pages)},{' '}
            {visit.endedAt === null ? t.visit.panel.running : duration(visit.lastActivityAt - visit.startedAt)}
          </span>
        </summary>
        <p className="hint earlier-meta">
          <bdi>{meta.filter((part) => part !== '').join(' · ')}</bdi>
          {visit.filtered !== '' && <span className="tag">{leftOutWord(visit.filtered)}</span>}
        </p>
        <PageHistory trail={visit.trail} pages={visit.pages} current={null} endedAt={visit.lastActivityAt} zone={zone} />
        {wayTo && <p className="hint earlier-way">{wayTo(visit.visit)}</p>}
      </details>
    </li>
  );
}
