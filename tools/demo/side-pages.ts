import type { SideSite } from '@foyer/domain/simulate';
import { escapeHtml } from '../shop/layout.ts';

const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur']);

/** The pages of a side site as a function of `Request`; null for everything outside of its base. */
export function createSidePages(site: SideSite, embedPath: string): (request: Request) => Response | null {
  const base = `/${site.key}/`;
  const links = site.articles.map(
    ({ slug, title, lang }) =>
      `<li lang="${lang}" dir="auto"><a href="${base}${slug === '' ? '' : `${slug}/`}">${escapeHtml(title)}</a></li>`,
  );
  const pages = new Map(
    site.articles.map(({ slug, lang, title, text }) => [
      `${base}${slug === '' ? '' : `${slug}/`}`,
      `<!doctype html>
<html lang="${lang}" dir="${RIGHT_TO_LEFT.has(lang) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/demo/assets/icon.svg">
<link rel="stylesheet" href="/demo/assets/shop.css">
<script>window.foyer=window.foyer||function(){(foyer.q=foyer.q||[]).push(arguments)}</script>
<script async src="${embedPath}" data-site="${site.key}"></script>
</head>
<body>
<main id="main"><article class="block narrow">
<p><a href="${base}">${escapeHtml(site.name)}</a></p>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(text)}</p>
<ul>${links.join('')}</ul>
<p><a href="/demo/">Fernhill Outdoor</a></p>
</article></main>
</body>
</html>
`,
    ]),
  );
  return (request) => {
    const { pathname } = new URL(request.url);
    const page = pages.get(pathname) ?? pages.get(`${pathname}/`);
    if (!page) return pathname.startsWith(base) ? new Response('There is no such page here.\n', { status: 404 }) : null;
    if (!pathname.endsWith('/')) return new Response(null, { status: 308, headers: { location: `${pathname}/` } });
    return new Response(request.method === 'HEAD' ? null : page, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
  };
}
