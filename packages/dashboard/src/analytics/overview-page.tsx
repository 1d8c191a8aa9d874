import type { Me } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { analyticsOverviewQuery } from '../api/analytics-queries.ts';
import { useLive } from '../app/live.ts';
import type { AnalyticsSearch } from '../app/search.ts';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { saveCsv } from '../charts/csv.ts';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { listOr } from '../words/names.ts';
import { BreakdownPanel } from './breakdown-panel.tsx';
import { CoursePanel } from './course-panel.tsx';
import { FigureCards } from './figure-cards.tsx';
import { allFigures, allFiguresName, FigurePanel } from './figure-panel.tsx';
import { isFigure } from './figures.ts';
import { GoalPanels } from './goal-panels.tsx';
import { isoDay, rangeWord } from './moments.ts';
import { OnlinePanel } from './online-panel.tsx';
import { askedBy, isRefused, rangeProblems, type RangeProblems, refusedDays } from './own-range.ts';
import { RangeBar } from './range-bar.tsx';
import { TeamPanels } from './team-panels.tsx';

const DAY_MS = 86_400_000;
const PERIOD_DAYS = { today: 1, '7d': 7, '30d': 30, '90d': 90, own: null } as const;

const CHAT_PANELS = ['chat_source', 'chat_country'] as const;

/** Everything that was counted, over the days that the address names. Each card asks for itself. */
export function AnalyticsOverviewPage() {
  const me = useMe();
  const navigate = useNavigate();
  const search = useSearch({ from: '/app/analytics/' });
  // A site that is no more, or somebody else's, is all of them.
  const site = me.sites.find(({ id }) => id === search.site)?.id;
  const { scope, compare } = askedBy({ ...search, site });
  const { timeZone } = me.settings;
  useEffect(() => {
    document.title = t.shell.pageTitle(t.analytics.title, me.workspace.name);
  }, [me.workspace.name]);

  const time = useServerMinute();
  // Until the server's time is known, nothing is called to come: this machine's clock may be days off.
  const today = time === 0 ? '' : isoDay(time, timeZone);
  const told: RangeProblems = scope.period === 'own' ? rangeProblems(scope, today) : {};
  const query = useQuery({ ...analyticsOverviewQuery(scope, compare), enabled: !isRefused(told) });
  const refused = isRefused(told) ? told : (refusedDays(query.error, timeZone) ?? {});
  const isBad = isRefused(refused);
  const overview = isBad ? undefined : query.data;
  // What is drawn is of the moment at which the server answered, whatever any clock says when it is drawn again.
  const now = query.data?.at ?? time;
  const range = overview && !query.isPlaceholderData ? overview.range : null;
  const days = range ? Math.round((range.to - range.from) / DAY_MS) : PERIOD_DAYS[scope.period];
  const figure = isFigure(search.figure) ? search.figure : 'visits';
  const set = (change: AnalyticsSearch): void =>
    void navigate({ to: '/analytics', search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });

  return (
    <div className="overview-page">
      <RangeBar
        scope={scope}
        compare={compare}
        sites={me.sites}
        range={range}
        word={range ? rangeWord(range, now) : ''}
        days={days}
        today={today}
        refused={refused}
        onChange={set}
        onCsv={range && overview ? () => saveCsv(allFiguresName(overview), allFigures(overview, now)) : null}
      />
      <Standing me={me} />
      {isBad ? (
        <div className="card panel-wide bad-range" data-testid="bad-range">
          <h2>{t.analytics.badRange}</h2>
          <p className="hint">{t.analytics.badRangeText}</p>
        </div>
      ) : (
        <>
          <FigureCards
            overview={overview}
            isStale={query.isPlaceholderData}
            isToday={scope.period === 'today'}
            chosen={figure}
            now={now}
            onChoose={(chosen) => set({ figure: chosen === 'visits' ? undefined : chosen })}
          />
          <FigurePanel query={query} figure={figure} days={days ?? 1} compare={compare} now={now} />
          <OnlinePanel scope={scope} days={days ?? 1} />
          <BreakdownPanel
            title={t.analytics.breakdowns.places}
            dimensions={['country', 'city', 'language']}
            scope={scope}
            compare={compare}
            testId="places-panel"
          />
          <BreakdownPanel title={t.analytics.breakdowns.pages} dimensions={['page']} scope={scope} compare={compare} testId="pages-panel" />
          <BreakdownPanel
            title={t.analytics.breakdowns.sources}
            dimensions={['traffic', 'referrer', 'campaign', 'source']}
            scope={scope}
            compare={compare}
            testId="sources-panel"
          />
          <BreakdownPanel
            title={t.analytics.breakdowns.machines}
            dimensions={['browser', 'os', 'device']}
            scope={scope}
            compare={compare}
            testId="machines-panel"
          />
          <CoursePanel query={query} />
          <GoalPanels scope={scope} />
          {CHAT_PANELS.map((dimension) => (
            <BreakdownPanel
              key={dimension}
              title={t.analytics.breakdowns[dimension]}
              dimensions={[dimension]}
              scope={scope}
              compare={compare}
              testId={`${dimension}-panel`}
            />
          ))}
          <TeamPanels scope={scope} bot={overview ? { chats: overview.figures.botChats, ms: overview.figures.botMs } : null} />
          <p className="hint panel-wide zone-note" data-testid="zone">
            {t.analytics.zone(overview?.range.timeZone ?? timeZone)}
            {site === undefined && ` ${t.analytics.deletedSites}`}
          </p>
        </>
      )}
    </div>
  );
}

/** The server's time to the minute, epoch ms; 0 while it is not known. */
function useServerMinute(): number {
  const { client } = useLive();
  return useSyncExternalStore(client.time.subscribe, () => Math.floor(client.time.now() / 60_000) * 60_000);
}

/** Why nothing is counted, and who can change that. */
function Standing({ me }: { readonly me: Me }) {
  const may = mayChangeSettings(me);
  const { emptyTitle, emptyText, emptyAsk, install, offTitle, offText, offAsk, openSettings, notInPlan } = t.analytics;
  if (!me.workspace.trackingInPlan)
    return (
      <p className="card panel-wide standing" data-testid="standing">
        {notInPlan}
      </p>
    );
  if (!me.settings.tracking)
    return (
      <div className="card panel-wide standing" data-testid="standing">
        <Icon name="eyeoff" />
        <p>
          <b>{offTitle}.</b> {may ? offText : offAsk(listOr(me.admins))}
        </p>
        {may && (
          <Link className="button button-sm" to="/settings/visitors">
            {openSettings}
          </Link>
        )}
      </div>
    );
  if (me.sites.some(({ seenAt }) => seenAt !== null)) return null;
  return (
    <div className="card panel-wide standing" data-testid="standing">
      <Icon name="chart" />
      <p>
        <b>{emptyTitle}.</b> {may ? emptyText : emptyAsk(listOr(me.admins))}
      </p>
      {may && (
        <Link className="button button-primary button-sm" to="/settings/install">
          {install}
        </Link>
      )}
    </div>
  );
}
