/** The tracker script and its chunks, and the posts of tabs whose WebSocket cannot open. Open to every origin: that is what it is for. */
import type { Hono } from 'hono';
import type { Assets } from './assets.ts';
import { readBounded } from './body.ts';
import { plain } from './dashboard.ts';
import type { HttpDeps } from './deps.ts';
import type { Failures } from './failures.ts';
import { REFUSALS, type Refusal, refusalResponse } from './replies.ts';
import { remoteAddressOf } from './remote-address.ts';

/** Five minutes: what a fix of ours takes to reach every page, without a request for each page view. */
const SCRIPT_HEADERS = {
  'cache-control': 'public, max-age=300',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const;
const PREFLIGHT_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
} as const;

export function embedRoutes(app: Hono, deps: Pick<HttpDeps, 'config' | 'embedPosts'>, assets: Assets, failures: Failures): void {
  const { embedPath } = deps.config;

  app.get(
    embedPath,
    async (c) =>
      (await assets.respond(c.req.raw, 'foyer.js', SCRIPT_HEADERS)) ?? plain(503, 'The tracker is not built yet. `npm start` builds it.'),
  );

  app.get(`${embedPath}/socket`, () => refusalResponse(REFUSALS.socketOnly));

  for (const name of ['poll', 'beacon']) {
    app.post(`${embedPath}/${name}`, async (c) => {
      if (deps.embedPosts === undefined) return refusalResponse(REFUSALS.notFound);
      const body = await readBounded(c.req.raw);
      if (body === null) return withCors(REFUSALS.tooBig);
      const { method, url, headers } = c.req.raw;
      try {
        const response = await deps.embedPosts(new Request(url, { method, headers, body }), { remoteAddress: remoteAddressOf(c) });
        if (response.headers.has('access-control-allow-origin')) return response;
        return new Response(response.body, {
          status: response.status,
          headers: { ...Object.fromEntries(response.headers), 'access-control-allow-origin': '*' },
        });
      } catch (error) {
        return withCors(failures.caught(error, `POST ${embedPath}/${name}`));
      }
    });
  }

  app.get(`${embedPath}/:chunk`, async (c) => {
    const chunk = c.req.param('chunk');
    const response = chunk.endsWith('.js') ? await assets.respond(c.req.raw, chunk, SCRIPT_HEADERS) : null;
    return response ?? plain(404, 'Not found');
  });

  app.options(`${embedPath}/:any`, () => new Response(null, { status: 204, headers: PREFLIGHT_HEADERS }));
  app.options(embedPath, () => new Response(null, { status: 204, headers: PREFLIGHT_HEADERS }));
}

function withCors(refusal: Refusal): Response {
  const response = refusalResponse(refusal);
  response.headers.set('access-control-allow-origin', '*');
  return response;
}
