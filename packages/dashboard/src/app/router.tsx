import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { LIMITS } from '@foyer/protocol';
import type { ReactNode } from 'react';
import { ApiFailure } from '../api/request.ts';
import { withTexts } from '../messages/catalogue.ts';
import { late } from '../ui/late.tsx';
import { ToastArea } from '../ui/toast.tsx';
import { Broken, NotFound, Waiting } from './pages.tsx';
import { meQuery, queryClient } from './query-client.ts';
import type { AnalyticsSearch, HistorySearch, InboxSearch, MonitorSearch, RequestsSearch, VisitorsSearch } from './search.ts';

/** Addresses are typed and sent: what is longer than the server takes is cut, or its frame would cost the connection. */
const text = (value: unknown, maxChars: number = LIMITS.filterChars): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, maxChars) : undefined;
const ID_CHARS = 64;

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <ToastArea />
    </>
  ),
  notFoundComponent: NotFound,
  errorComponent: Broken,
  pendingComponent: Waiting,
});

const entry = createRoute({
  getParentRoute: () => root,
  id: 'entry',
  component: late(withTexts(['entry'], () => import('../entry/entry-layout.tsx').then((module) => module.EntryLayout))),
});
const login = createRoute({
  getParentRoute: () => entry,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({ next: text(search['next']) }),
  component: late(withTexts(['entry'], () => import('../entry/login-page.tsx').then((module) => module.LoginPage))),
});
const setup = createRoute({
  getParentRoute: () => entry,
  path: '/setup',
  component: late(withTexts(['entry'], () => import('../entry/setup-page.tsx').then((module) => module.SetupPage))),
});
const invite = createRoute({
  getParentRoute: () => entry,
  path: '/invite',
  component: late(withTexts(['entry'], () => import('../entry/invite-page.tsx').then((module) => module.InvitePage))),
});

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ location }) => {
    const { sites } = await queryClient.ensureQueryData(meQuery).catch((failure: unknown) => {
      if (failure instanceof ApiFailure && failure.status === 401)
        throw redirect({ to: '/login', search: { next: location.href === '/' ? undefined : location.href } });
      throw failure;
    });
    // A site that is no more, or another workspace's, is all of them: there is nothing to show of it.
    const { site }: Pick<VisitorsSearch, 'site'> = location.search;
    if (site && !sites.some(({ id }) => id === site)) throw redirect({ to: '.', search: (old) => ({ ...old, site: undefined }) });
  },
  component: late(() => import('./shell.tsx').then((module) => module.Shell)),
});
const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/visitors' });
  },
});
const visitors = createRoute({
  getParentRoute: () => app,
  path: '/visitors',
  validateSearch: (search: Record<string, unknown>): VisitorsSearch => ({
    site: text(search['site'], ID_CHARS),
    filter: text(search['filter']),
    visitor: text(search['visitor'], ID_CHARS),
    list: (['filtered', 'conversations'] as const).find((list) => list === search['list']),
    conversation: text(search['conversation'], ID_CHARS),
    place: text(search['place']),
    replay: text(search['replay'], 12),
  }),
  component: late(() => import('../visitors/visitors-page.tsx').then((module) => module.VisitorsPage)),
});
const monitor = createRoute({
  getParentRoute: () => app,
  path: '/monitor',
  validateSearch: (search: Record<string, unknown>): MonitorSearch => ({
    site: text(search['site'], ID_CHARS),
    filter: text(search['filter']),
    visitor: text(search['visitor'], ID_CHARS),
    sort: text(search['sort'], 20),
    group: (['context', 'country'] as const).find((group) => group === search['group']),
    columns: text(search['columns'], 200),
  }),
  component: late(
    withTexts(['monitor', 'start', 'table'], () => import('../monitor/monitor-page.tsx').then((module) => module.MonitorPage)),
  ),
});
const TABS = ['waiting', 'mine', 'ai', 'resolved'] as const;
const inbox = createRoute({
  getParentRoute: () => app,
  path: '/inbox',
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    tab: TABS.find((tab) => tab === search['tab']),
    source: text(search['source'], ID_CHARS),
    assignee: text(search['assignee'], ID_CHARS),
    team: text(search['team'], ID_CHARS),
    tag: text(search['tag'], ID_CHARS),
    site: text(search['site'], ID_CHARS),
    q: text(search['q'], 200),
    at: text(search['at'], 12),
  }),
  component: late(withTexts(['inbox', 'composer', 'profile'], () => import('../inbox/inbox-page.tsx').then((module) => module.InboxPage))),
});
/** Both are one page: the list stays as it is while another conversation is chosen. */
const inboxConversation = createRoute({ getParentRoute: () => inbox, path: '/$conversation' });
const texts = <Name extends string>(search: Record<string, unknown>, names: readonly Name[]): { [Key in Name]: string | undefined } =>
  Object.fromEntries(names.map((name) => [name, text(search[name], 300)])) as { [Key in Name]: string | undefined };
const analytics = createRoute({
  getParentRoute: () => app,
  path: '/analytics',
  component: late(withTexts(['analytics'], () => import('../analytics/analytics-layout.tsx').then((module) => module.AnalyticsLayout))),
});
const analyticsOverview = createRoute({
  getParentRoute: () => analytics,
  path: '/',
  validateSearch: (search: Record<string, unknown>): AnalyticsSearch =>
    texts(search, ['site', 'period', 'from', 'to', 'compare', 'figure']),
  component: late(withTexts(['analytics'], () => import('../analytics/overview-page.tsx').then((module) => module.AnalyticsOverviewPage))),
});
const HISTORY = [
  'site',
  'from',
  'to',
  'q',
  'country',
  'source',
  'goal',
  'campaign',
  'conversation',
  'website',
  'after',
  'before',
  'open',
] as const;
const analyticsPeople = createRoute({
  getParentRoute: () => analytics,
  path: '/visitors',
  validateSearch: (search: Record<string, unknown>): HistorySearch => texts(search, HISTORY),
  component: late(withTexts(['history'], () => import('../history/people-page.tsx').then((module) => module.PeoplePage))),
});
const analyticsVisits = createRoute({
  getParentRoute: () => analytics,
  path: '/visits',
  validateSearch: (search: Record<string, unknown>): HistorySearch => texts(search, HISTORY),
  component: late(withTexts(['history'], () => import('../history/visits-page.tsx').then((module) => module.VisitsPage))),
});
const analyticsRequests = createRoute({
  getParentRoute: () => analytics,
  path: '/requests',
  validateSearch: (search: Record<string, unknown>): RequestsSearch =>
    texts(search, ['ip', 'endpoint', 'source', 'status', 'country', 'from', 'to', 'after', 'before']),
  component: late(withTexts(['requests'], () => import('../requests/requests-page.tsx').then((module) => module.RequestsPage))),
});
const playground = createRoute({
  getParentRoute: () => app,
  path: '/playground',
  validateSearch: (search: Record<string, unknown>): { site?: string | undefined } => ({ site: text(search['site'], ID_CHARS) }),
  component: late(
    withTexts(['look', 'settings'], () => import('../playground/playground-page.tsx').then((module) => module.PlaygroundPage)),
  ),
});
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: late(withTexts(['settings'], () => import('../settings/settings-layout.tsx').then((module) => module.SettingsLayout))),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/visitors' });
  },
});
const settingsVisitors = createRoute({
  getParentRoute: () => settings,
  path: '/visitors',
  component: late(withTexts(['settings'], () => import('../settings/visitors-settings.tsx').then((module) => module.VisitorsSettings))),
});
const settingsInstall = createRoute({
  getParentRoute: () => settings,
  path: '/install',
  validateSearch: (search: Record<string, unknown>): { site?: string | undefined } => ({ site: text(search['site'], ID_CHARS) }),
  component: late(
    withTexts(['settings', 'start'], () => import('../settings/install-settings.tsx').then((module) => module.InstallSettings)),
  ),
});
const settingsTeam = createRoute({
  getParentRoute: () => settings,
  path: '/team',
  component: late(withTexts(['settings'], () => import('../settings/team-settings.tsx').then((module) => module.TeamSettings))),
});
const settingsGeneral = createRoute({
  getParentRoute: () => settings,
  path: '/general',
  component: late(withTexts(['settings'], () => import('../settings/general-settings.tsx').then((module) => module.GeneralSettings))),
});

const settingsWidget = createRoute({
  getParentRoute: () => settings,
  path: '/widget',
  validateSearch: (search: Record<string, unknown>): { site?: string | undefined } => ({ site: text(search['site'], ID_CHARS) }),
  component: late(
    withTexts(['look', 'settings'], () => import('../settings/widget/widget-settings.tsx').then((module) => module.WidgetSettings)),
  ),
});
const settingsBlocks = createRoute({
  getParentRoute: () => settings,
  path: '/blocks',
  component: late(
    withTexts(['blocks', 'settings'], () => import('../settings/blocks/blocks-settings.tsx').then((module) => module.BlocksSettings)),
  ),
});
const settingsContexts = createRoute({
  getParentRoute: () => settings,
  path: '/contexts',
  validateSearch: (search: Record<string, unknown>): { site?: string | undefined } => ({ site: text(search['site'], ID_CHARS) }),
  component: late(
    withTexts(['rules', 'settings'], () => import('../settings/rules/contexts-settings.tsx').then((module) => module.ContextsSettings)),
  ),
});
const settingsGoals = createRoute({
  getParentRoute: () => settings,
  path: '/goals',
  validateSearch: (search: Record<string, unknown>): { site?: string | undefined } => ({ site: text(search['site'], ID_CHARS) }),
  component: late(
    withTexts(['rules', 'settings'], () => import('../settings/rules/goals-settings.tsx').then((module) => module.GoalsSettings)),
  ),
});
const settingsSeen = createRoute({
  getParentRoute: () => settings,
  path: '/seen',
  component: late(withTexts(['seen', 'settings'], () => import('../settings/seen/seen-page.tsx').then((module) => module.SeenPage))),
});

const settingsAlerts = createRoute({
  getParentRoute: () => settings,
  path: '/alerts',
  component: late(
    withTexts(['notify', 'settings'], () => import('../settings/alerts/alerts-settings.tsx').then((module) => module.AlertsSettings)),
  ),
});
/** One file for all of them: each is small, and who opens one opens the next. */
const chatSettings = <const Path extends string>(
  path: Path,
  page: (pages: typeof import('../settings/chat/pages.ts')) => () => ReactNode,
) =>
  createRoute({
    getParentRoute: () => settings,
    path,
    component: late(withTexts(['chatSettings', 'settings'], () => import('../settings/chat/pages.ts').then(page))),
  });
const settingsConversations = chatSettings('/conversations', (pages) => pages.ConversationsSettings);
const settingsHours = chatSettings('/hours', (pages) => pages.HoursSettings);
const settingsTeams = chatSettings('/teams', (pages) => pages.TeamsSettings);
const settingsCanned = chatSettings('/canned', (pages) => pages.CannedSettings);
const settingsMail = chatSettings('/mail', (pages) => pages.MailSettings);

/** Plain `?site=…&filter=…`: addresses are sent to colleagues, so they should be readable and never JSON. */
export const router = createRouter({
  routeTree: root.addChildren([
    entry.addChildren([login, setup, invite]),
    app.addChildren([
      home,
      visitors,
      monitor,
      inbox.addChildren([inboxConversation]),
      analytics.addChildren([analyticsOverview, analyticsPeople, analyticsVisits, analyticsRequests]),
      playground,
      settings.addChildren([
        settingsHome,
        settingsVisitors,
        settingsInstall,
        settingsTeam,
        settingsGeneral,
        settingsWidget,
        settingsBlocks,
        settingsContexts,
        settingsGoals,
        settingsSeen,
        settingsConversations,
        settingsHours,
        settingsTeams,
        settingsCanned,
        settingsMail,
        settingsAlerts,
      ]),
    ]),
  ]),
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(search)) if (typeof value === 'string' && value !== '') params.set(key, value);
    const query = params.toString();
    return query === '' ? '' : `?${query}`;
  },
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultErrorComponent: Broken,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
