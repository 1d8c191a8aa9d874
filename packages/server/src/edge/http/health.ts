/** What machines ask: is it alive, may it get traffic, how is it doing. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isPrivateAddress } from '@foyer/domain/privacy';
import type { Hono } from 'hono';
import { Outage } from '../../ports/outage.ts';
import { plain } from './dashboard.ts';
import type { HttpDeps } from './deps.ts';
import { remoteAddressOf } from './remote-address.ts';

/** Any of these says that the peer is a proxy, so its private address says nothing about who asks. */
const PROXY_HEADERS = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];

export function healthRoutes(app: Hono, deps: Pick<HttpDeps, 'config' | 'metrics' | 'readiness' | 'setup' | 'version'>): void {
  app.get('/healthz', (c) => c.json({ ok: true, version: deps.version }, 200, { 'cache-control': 'no-store' }));

  app.get('/readyz', async (c) => {
    const why = deps.readiness() ?? (await storeProblem(deps));
    const headers = { 'cache-control': 'no-store' };
    return why === null ? c.json({ ready: true }, 200, headers) : c.json({ ready: false, why }, 503, headers);
  });

  app.get('/metrics', async (c) => {
    if (!mayReadMetrics(c.req.raw, remoteAddressOf(c), deps.config.metricsToken))
      return plain(403, 'Metrics are for loopback and private addresses, or for the token of FOYER_METRICS_TOKEN.');
    const { contentType, body } = await deps.metrics.render();
    return new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
  });
}

/** Asks the store the smallest thing it knows, so that readiness comes back with it and not with the next visitor. */
async function storeProblem({ setup }: Pick<HttpDeps, 'setup'>): Promise<string | null> {
  try {
    await setup.isNeeded();
    return null;
  } catch (error) {
    if (error instanceof Outage) return 'store';
    throw error;
  }
}

function mayReadMetrics(request: Request, remoteAddress: string, token: string): boolean {
  if (token !== '') return sameSecret(request.headers.get('authorization') ?? '', `Bearer ${token}`);
  return isPrivateAddress(remoteAddress) && !PROXY_HEADERS.some((name) => request.headers.has(name));
}

/** Takes as long for a wrong secret as for the right one. */
function sameSecret(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}
