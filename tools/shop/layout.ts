import { FERNHILL, type ShopPage } from '@foyer/domain/simulate';
import { markArt } from './art.ts';

export interface ShopOptions {
  readonly siteKey: string;
  /** Path of the tracker script on the same origin. */
  readonly embedPath: string;
  /** Where the shop is mounted, without a slash at the end. */
  readonly base: string;
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? char);

export const price = (cents: number): string => `€${(cents / 100).toFixed(cents % 100 === 0 ? 0 : 2)}`;

/** A whole document around the main part of a page. `data-kind` tells shop.js which context to declare. */
export function layout(page: ShopPage, main: string, { siteKey, embedPath, base }: ShopOptions): string {
  const links = FERNHILL.collections.map(
    ({ slug, name }) =>
      `<a href="${base}/collections/${slug}/"${page.path === `collections/${slug}/` ? ' aria-current="page"' : ''}>${escapeHtml(name)}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<link rel="icon" href="${base}/assets/icon.svg">
<link rel="stylesheet" href="${base}/assets/shop.css">
<script>window.foyer=window.foyer||function(){(foyer.q=foyer.q||[]).push(arguments)}</script>
<script async src="${embedPath}" data-site="${siteKey}"></script>
<script defer src="${base}/assets/shop.js"></script>
</head>
<body data-base="${base}" data-kind="${page.kind}">
<a class="skip" href="#main">Skip to content</a>
<p class="bar">Free returns for 60 days. Repairs for life.</p>
<header class="top">
<a class="brand" href="${base}/">${markArt}<span>Fernhill <small>Outdoor</small></span></a>
<nav class="nav" aria-label="Collections">${links.join('')}<a href="${base}/journal/"${page.inJournal ? ' aria-current="page"' : ''}>Journal</a></nav>
<div class="tools">
<a href="${base}/search/" aria-label="Search"><svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="11" cy="11" r="7"/><path d="m16 16 5 5"/></svg></a>
<a href="${base}/cart/" aria-label="Cart"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 8h12l1.5 12h-15zM9 8a3 3 0 0 1 6 0"/></svg><span class="count" data-cart-count hidden></span></a>
</div>
</header>
<main id="main">
${main}
</main>
<footer class="foot">
<div><strong>Fernhill Outdoor</strong><p>A shop that exists only to be visited: nothing here is for sale, and everything in it is drawn.</p></div>
<nav aria-label="More"><a href="${base}/journal/">Journal</a><a href="${base}/search/">Search</a><a href="${base}/cart/">Cart</a></nav>
</footer>
</body>
</html>
`;
}
