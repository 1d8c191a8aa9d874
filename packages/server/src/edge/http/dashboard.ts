import type { Assets } from './assets.ts';

const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
} as const;
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The dashboard: files with a hash in their name for ever, all else asked again, and one page for every route it draws itself. */
export async function respondDashboard(request: Request, assets: Assets): Promise<Response> {
  const asked = new URL(request.url).pathname.slice(1);
  const path = asked === 'index.html' ? '' : asked;
  const cached = { 'cache-control': path.startsWith('assets/') ? FOR_EVER : 'no-cache', ...PAGE_HEADERS };
  const file = path === '' ? null : await assets.respond(request, path, cached);
  if (file !== null) return file;
  // What looks like a file and is none is not a route: a missing script must not come as a page.
  if (/\.[^/]*$/.test(path) || path.startsWith('assets/')) return plain(404, 'Not found');
  return (
    (await assets.respond(request, 'index.html', { 'cache-control': 'no-cache', ...PAGE_HEADERS })) ??
    plain(503, 'The dashboard is not built yet. `npm start` builds it.')
  );
}

export function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
}
