import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { ApiFailure } from '../api/request.ts';
import { withTexts } from '../messages/catalogue.ts';
import { ToastArea } from '../ui/toast.tsx';
import { Broken, NotFound, Waiting } from './pages.tsx';
import { meQuery, queryClient } from './query-client.ts';

export interface VisitorsSearch {
  readonly site?: string | undefined;
  readonly filter?: string | undefined;
  /** Visitor id of the selected row. */
  readonly visitor?: string | undefined;
  /** `filtered`: the visits left out of the counts. */
  readonly list?: 'filtered' | undefined;
  /** The place whose list is open: see place-param.ts. */
  readonly place?: string | undefined;
}
export type MonitorSearch = Pick<VisitorsSearch, 'site' | 'filter'>;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 500) : undefined);

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
  component: lazyRouteComponent(
    withTexts(['entry'], () => import('../entry/entry-layout.tsx')),
    'EntryLayout',
  ),
});
const login = createRoute({
  getParentRoute: () => entry,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({ next: text(search['next']) }),
  component: lazyRouteComponent(
    withTexts(['entry'], () => import('../entry/login-page.tsx')),
    'LoginPage',
  ),
});
const setup = createRoute({
  getParentRoute: () => entry,
  path: '/setup',
  component: lazyRouteComponent(
    withTexts(['entry'], () => import('../entry/setup-page.tsx')),
    'SetupPage',
  ),
});
const invite = createRoute({
  getParentRoute: () => entry,
  path: '/invite',
  component: lazyRouteComponent(
    withTexts(['entry'], () => import('../entry/invite-page.tsx')),
    'InvitePage',
  ),
});

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ location }) => {
    await queryClient.ensureQueryData(meQuery).catch((failure: unknown) => {
      if (failure instanceof ApiFailure && failure.status === 401)
        throw redirect({ to: '/login', search: { next: location.href === '/' ? undefined : location.href } });
      throw failure;
    });
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
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
    site: text(search['site']),
    filter: text(search['filter']),
    visitor: text(search['visitor']),
    list: search['list'] === 'filtered' ? 'filtered' : undefined,
    place: text(search['place']),
  }),
  component: lazyRouteComponent(() => import('../visitors/visitors-page.tsx'), 'VisitorsPage'),
});
const monitor = createRoute({
  getParentRoute: () => app,
  path: '/monitor',
  validateSearch: (search: Record<string, unknown>): MonitorSearch => ({ site: text(search['site']), filter: text(search['filter']) }),
  component: lazyRouteComponent(
    withTexts(['monitor'], () => import('../monitor/monitor-page.tsx')),
    'MonitorPage',
  ),
});
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(
    withTexts(['settings'], () => import('../settings/settings-layout.tsx')),
    'SettingsLayout',
  ),
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
  component: lazyRouteComponent(
    withTexts(['settings'], () => import('../settings/visitors-settings.tsx')),
    'VisitorsSettings',
  ),
});
const settingsInstall = createRoute({
  getParentRoute: () => settings,
  path: '/install',
  validateSearch: (search: Record<string, unknown>): { site?: string | undefined } => ({ site: text(search['site']) }),
  component: lazyRouteComponent(
    withTexts(['settings'], () => import('../settings/install-settings.tsx')),
    'InstallSettings',
  ),
});
const settingsTeam = createRoute({
  getParentRoute: () => settings,
  path: '/team',
  component: lazyRouteComponent(
    withTexts(['settings'], () => import('../settings/team-settings.tsx')),
    'TeamSettings',
  ),
});
const settingsGeneral = createRoute({
  getParentRoute: () => settings,
  path: '/general',
  component: lazyRouteComponent(
    withTexts(['settings'], () => import('../settings/general-settings.tsx')),
    'GeneralSettings',
  ),
});

const settingsSeen = createRoute({
  getParentRoute: () => settings,
  path: '/seen',
  component: lazyRouteComponent(
    withTexts(['seen', 'settings'], () => import('../settings/seen/seen-page.tsx')),
    'SeenPage',
  ),
});

/** Plain `?site=…&filter=…`: addresses are sent to colleagues, so they should be readable and never JSON. */
export const router = createRouter({
  routeTree: root.addChildren([
    entry.addChildren([login, setup, invite]),
    app.addChildren([
      home,
      visitors,
      monitor,
      settings.addChildren([settingsHome, settingsVisitors, settingsInstall, settingsTeam, settingsGeneral, settingsSeen]),
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
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
