import { Hono } from 'hono';
import { openAPIRouteHandler } from 'hono-openapi';
import { Assets } from './assets.ts';
import { respondDashboard } from './dashboard.ts';
import type { HttpDeps } from './deps.ts';
import { embedRoutes } from './embed.ts';
import { API, type Endpoints, endpointsOf } from './endpoint.ts';
import { Failures } from './failures.ts';
import { healthRoutes } from './health.ts';
import { documentation } from './openapi.ts';
import { REFUSALS, refusalResponse } from './replies.ts';
import { publicLookRoutes } from './public-look.ts';
import { alertsRoutes } from './routes/alerts.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { blocksRoutes } from './routes/blocks.ts';
import { cannedRepliesRoutes } from './routes/canned-replies.ts';
import { chatRoutes } from './routes/chat.ts';
import { chatTeamRoutes } from './routes/chat-team.ts';
import { conversationsRoutes } from './routes/conversations.ts';
import { diagnosisRoutes } from './routes/diagnosis.ts';
import { entranceRoutes } from './routes/entrance.ts';
import { filesRoutes } from './routes/files.ts';
import { filtersRoutes } from './routes/filters.ts';
import { historyRoutes } from './routes/history.ts';
import { replayRoutes } from './routes/history-replay.ts';
import { lookRoutes } from './routes/look.ts';
import { mailRoutes } from './routes/mail.ts';
import { notesRoutes } from './routes/notes.ts';
import { playgroundRoutes } from './routes/playground.ts';
import { profileRoutes } from './routes/profile.ts';
import { pushRoutes } from './routes/push.ts';
import { requestLogRoutes } from './routes/request-log.ts';
import { reportsRoutes } from './routes/reports.ts';
import { siteRulesRoutes } from './routes/site-rules.ts';
import { settingsRoutes } from './routes/settings.ts';
import { sitesRoutes } from './routes/sites.ts';
import { teamRoutes } from './routes/team.ts';
import { visitorsRoutes } from './routes/visitors.ts';
import { visitorFileRoutes } from './visitor-files.ts';

/** The API alone, with the list of what it declares. */
export function createApi(deps: HttpDeps, failures: Failures): { app: Hono; declared: Endpoints['declared'] } {
  const app = new Hono();
  const endpoints = endpointsOf(app, deps, failures);
  entranceRoutes(endpoints, deps);
  sitesRoutes(endpoints, deps);
  settingsRoutes(endpoints, deps);
  teamRoutes(endpoints, deps);
  visitorsRoutes(endpoints, deps);
  filtersRoutes(endpoints, deps);
  notesRoutes(endpoints, deps);
  blocksRoutes(endpoints, deps);
  conversationsRoutes(endpoints, deps);
  profileRoutes(endpoints, deps);
  chatRoutes(endpoints, deps);
  filesRoutes(endpoints, deps);
  cannedRepliesRoutes(endpoints, deps);
  chatTeamRoutes(endpoints, deps);
  lookRoutes(endpoints, deps);
  siteRulesRoutes(endpoints, deps);
  alertsRoutes(endpoints, deps);
  pushRoutes(endpoints, deps);
  mailRoutes(endpoints, deps);
  diagnosisRoutes(endpoints, deps);
  reportsRoutes(endpoints, deps);
  analyticsRoutes(endpoints, deps);
  historyRoutes(endpoints, deps);
  replayRoutes(endpoints, deps);
  requestLogRoutes(endpoints, deps);
  return { app, declared: endpoints.declared };
}

/**
 * Every HTTP route of a server, as one function of `Request`. The WebSockets are not in it: they are taken from the
 * `upgrade` event of the listener before a request gets here.
 */
export function createHttpApp(deps: HttpDeps): Hono {
  const failures = new Failures(deps.log);
  const { app } = createApi(deps, failures);

  app.get('/api/openapi.json', openAPIRouteHandler(app, { documentation: documentation(deps.version), excludeStaticFile: false }));
  app.get(`${API}/live`, () => refusalResponse(REFUSALS.socketOnly));
  app.all('/api/*', () => refusalResponse(REFUSALS.noRoute));
  healthRoutes(app, deps);
  visitorFileRoutes(app, deps, failures);
  publicLookRoutes(app, deps, failures);
  embedRoutes(app, deps, new Assets(deps.embedDir), failures);
  playgroundRoutes(app, deps);

  const dashboard = new Assets(deps.dashboardDir);
  app.all('*', async (c) => {
    const extra = await deps.extra?.(c.req.raw);
    if (extra) return extra;
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return refusalResponse(REFUSALS.notFound);
    return respondDashboard(c.req.raw, dashboard);
  });

  app.onError((error, c) => refusalResponse(failures.caught(error, `${c.req.method} ${c.req.routePath}`)));
  return app;
}
