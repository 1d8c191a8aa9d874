import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import type { ShopOptions } from './layout.ts';
import { renderPages } from './pages.ts';

const ASSETS = {
  'shop.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/**
 * The demo shop as one function of `Request`: its own pages and files, null for everything outside its base.
 * All of it is rendered once and kept in memory (300 kB).
 */
export function createShop(given: Partial<ShopOptions> = {}): (request: Request) => Promise<Response | null> {
  const options: ShopOptions = { siteKey: 'demo', embedPath: '/foyer.js', base: '/demo', ...given };
  const { pages, catalogue } = renderPages(options);
  const files = new Map<string, { type: string; body: string }>();
  for (const [path, body] of pages) files.set(`${options.base}/${path}`, { type: 'text/html; charset=utf-8', body });
  const asset = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
  for (const [name, type] of Object.entries(ASSETS)) files.set(`${options.base}/assets/${name}`, { type, body: asset(name) });
  const script = transformSync(asset('shop-page.ts'), { loader: 'ts', target: 'es2022' }).code;
  files.set(`${options.base}/assets/shop.js`, { type: 'text/javascript; charset=utf-8', body: script });
  files.set(`${options.base}/assets/catalogue.json`, { type: 'application/json', body: catalogue });

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== options.base && !pathname.startsWith(`${options.base}/`)) return null;
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
    const file = files.get(pathname);
    if (file)
      return new Response(request.method === 'HEAD' ? null : file.body, {
        headers: { 'content-type': file.type, 'cache-control': 'no-cache' },
      });
    if (files.has(`${pathname}/`)) return new Response(null, { status: 308, headers: { location: `${pathname}/` } });
    return new Response('There is no such page in this shop.\n', { status: 404, headers: { 'content-type': 'text/plain' } });
  };
}
