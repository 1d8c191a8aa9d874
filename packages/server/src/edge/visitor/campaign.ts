export { hostOf } from '@foyer/domain/board';

/** `name source medium` from utm_* of a page URL, as shown under Campaign; '' without any. */
export function campaignOf(url: string): string {
  const query = url.indexOf('?');
  if (query < 0) return '';
  const params = new URLSearchParams(url.slice(query).split('#')[0]!.replaceAll(';', '&'));
  const parts = ['utm_campaign', 'utm_source', 'utm_medium'].map((name) => params.get(name)?.trim() ?? '').filter((part) => part !== '');
  return parts.join(' · ').slice(0, 200);
}

/** The page without its campaign: one page must not count as fifty. */
export function withoutCampaign(url: string): string {
  const query = url.indexOf('?');
  if (query < 0) return url;
  const hash = url.indexOf('#', query);
  const search = hash < 0 ? url.slice(query + 1) : url.slice(query + 1, hash);
  // `;` separates as `&` does (LK8), and what is kept keeps the separator it had.
  const kept = search
    .split(/(?=[&;])/)
    .filter((param) => !/^[&;]?utm_/.test(param))
    .join('')
    .replace(/^[&;]/, '');
  return url.slice(0, query) + (kept === '' ? '' : `?${kept}`) + (hash < 0 ? '' : url.slice(hash));
}
