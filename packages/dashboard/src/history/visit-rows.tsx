import type { HistoryVisit } from '@foyer/protocol';
import type { ReactNode } from 'react';
import { t } from '../messages/catalogue.ts';
import { TickText } from '../ui/tick-text.tsx';
import { pathOf } from '../words/address.ts';
import { contextWord, visitorName } from '../words/names.ts';
import { duration } from '../words/time.ts';
import { Browser, Chats, GoalTags, type ListFrame, None, Place, RowLink, sourceWord, Two } from './cells.tsx';
import { Moment } from './moment.tsx';
import { type LiveNow, useLiveRow } from './use-live-now.ts';

export const VISIT_COLUMNS = (seesIp: boolean) => {
  const { columns } = t.history;
  return [
    { id: 'began', word: columns.began },
    { id: 'visitor', word: columns.visitor },
    { id: 'pages', word: columns.pages },
    { id: 'duration', word: columns.duration },
    { id: 'place', word: seesIp ? columns.placeAndIp : columns.place },
    { id: 'browser', word: columns.browser },
    { id: 'from', word: columns.from },
    { id: 'context', word: columns.contextAndGoals },
    { id: 'chats', word: columns.chats, end: true },
  ];
};

/** What goes on of it right now: where the live list knows better than the store, it is the live list's. */
function useGoingOn(visit: HistoryVisit, live: LiveNow | null) {
  const row = useLiveRow(live, { visit: visit.id });
  // Without a live row nobody says that they left, unless all who are listed are known.
  const state: 'live' | 'left' | 'past' =
    visit.endedAt !== null ? 'past' : row ? (row.online ? 'live' : 'left') : live?.reaches(visit.startedAt) === false ? 'live' : 'left';
  return { row, state };
}

function State({ state }: { readonly state: 'live' | 'left' | 'past' }) {
  if (state === 'past') return null;
  return (
    <span className={state === 'live' ? 'live' : 'live live-left'} data-testid={state === 'live' ? 'live-badge' : 'left-badge'}>
      <span className="dot" data-status={state === 'live' ? 'active' : 'inactive'} />
      {state === 'live' ? t.history.live : t.history.left}
    </span>
  );
}

function Time({ visit, live }: { readonly visit: HistoryVisit; readonly live: LiveNow | null }) {
  const { row, state } = useGoingOn(visit, live);
  if (state === 'live' && row) return <TickText text={(now) => duration(now - row.startedAt)} />;
  return duration(row ? row.lastActivityAt - row.startedAt : visit.totalMs);
}

/** The first page and the last, of which one is enough where they are the same. */
function trailOf(visit: HistoryVisit, now: { readonly url: string } | undefined): { readonly path: string; readonly all: string } {
  const first = visit.trail[0]?.url ?? '';
  const last = now?.url ?? visit.trail.at(-1)?.url ?? '';
  const paths = [pathOf(first), pathOf(last)].filter((path, i, all) => path !== '' && all.indexOf(path) === i);
  return { path: paths.join(' → '), all: visit.trail.map(({ url }) => pathOf(url)).join('\n') };
}

export function VisitCells({
  row: visit,
  frame,
  live,
}: {
  readonly row: HistoryVisit;
  readonly frame: ListFrame;
  readonly live: LiveNow | null;
}) {
  const { row, state } = useGoingOn(visit, live);
  const { path, all } = trailOf(visit, row);
  const context = row?.context ?? visit.context;
  const goals = visit.goals.map(({ goal }) => frame.goals.of(goal, visit.site));
  const tags: ReactNode[] = [
    ...(context === '' ? [] : [<ContextTag key="context" context={context} />]),
    ...(goals.length === 0 ? [] : [<GoalTags key="goals" goals={goals} max={context === '' ? 2 : 1} />]),
  ];
  return (
    <>
      <td>
        <Moment at={visit.startedAt} now={frame.now} zone={frame.zone} />
      </td>
      <th scope="row">
        <span className="who">
          <span className="two">
            <RowLink kind="visits" id={visit.id} frame={frame} className="first truncate">
              <bdi>{visitorName(row ?? visit)}</bdi>
            </RowLink>
            <span className="second card-line">
              <State state={state} />
              <bdi className="truncate">{frame.siteName(visit.site)}</bdi>
            </span>
          </span>
        </span>
      </th>
      <td data-column="trail">
        <Two
          first={<span className="num">{t.history.pages(Math.max(visit.pages, row?.pages ?? 0))}</span>}
          second={<bdi title={all}>{path}</bdi>}
        />
      </td>
      <td className="num" title={visit.botMs > 0 ? t.history.withBot(duration(visit.botMs)) : undefined}>
        <Two first={<Time visit={visit} live={live} />} second={visit.botMs > 0 ? t.history.withBot(duration(visit.botMs)) : ''} />
      </td>
      <td>
        <Place of={visit} {...(visit.ip ? { second: <bdi className="num">{visit.ip}</bdi> } : {})} />
      </td>
      <td data-column="browser">
        <Browser of={visit} />
      </td>
      <td data-column="from">
        <Two
          first={<bdi>{visit.referrerHost || t.words.direct}</bdi>}
          second={<bdi>{visit.campaign || (visit.source === 'widget' ? '' : sourceWord(visit.source))}</bdi>}
          title={visit.referrer || undefined}
        />
      </td>
      <td data-column="context">{tags.length === 0 ? <None /> : <span className="tags">{tags}</span>}</td>
      <td className="end">
        <Chats count={visit.conversations} />
      </td>
    </>
  );
}

const ContextTag = ({ context }: { readonly context: string }) => (
  <span className="tag" data-context={context}>
    <bdi className="truncate">{contextWord(context)}</bdi>
  </span>
);

export function VisitCard({
  row: visit,
  frame,
  live,
}: {
  readonly row: HistoryVisit;
  readonly frame: ListFrame;
  readonly live: LiveNow | null;
}) {
  const { row, state } = useGoingOn(visit, live);
  const goals = visit.goals.map(({ goal }) => frame.goals.of(goal, visit.site));
  return (
    <RowLink kind="visits" id={visit.id} frame={frame} className="history-card">
      <span className="card-line">
        <bdi className="first truncate">{visitorName(row ?? visit)}</bdi>
        <State state={state} />
        {visit.conversations > 0 && <Chats count={visit.conversations} />}
        <span className="spacer" />
        <Moment at={visit.startedAt} now={frame.now} zone={frame.zone} inline />
      </span>
      <span className="card-line second">
        <Place of={visit} second="" />
        <span className="num nowrap">
          {t.history.pages(Math.max(visit.pages, row?.pages ?? 0))}, <Time visit={visit} live={live} />
        </span>
        <bdi className="card-rest truncate">{trailOf(visit, row).path}</bdi>
        {goals.length > 0 && <GoalTags goals={goals} max={1} />}
      </span>
    </RowLink>
  );
}
