/** Host of a URL without `www.`; '' for none. */
export function hostOf(url: string): string {
  const match = /^https?:\/\/(?:www\.)?([^/?#:]+)/i.exec(url);
  return match ? match[1]!.toLowerCase() : '';
}

/** `name source medium` from utm_* of a page URL, as shown under Campaign; '' without any. */
export function campaignOf(url: string): string {
  const query = url.indexOf('?');
  if (query < 0) return '';
  const params = new URLSearchParams(url.slice(query).split('#')[0]);
  const parts = ['utm_campaign', 'utm_source', 'utm_medium'].map((name) => params.get(name)?.trim() ?? '').filter((part) => part !== '');
  return parts.join(' · ').slice(0, 200);
}

/** The page without its campaign: one page must not count as fifty. */
export function withoutCampaign(url: string): string {
  const query = url.indexOf('?');
  if (query < 0) return url;
  const hash = url.indexOf('#', query);
  const search = hash < 0 ? url.slice(query + 1) : url.slice(query + 1, hash);
  const kept = search.split('&').filter((param) => !param.startsWith('utm_'));
  return url.slice(0, query) + (kept.length > 0 ? `?${kept.join('&')}` : '') + (hash < 0 ? '' : url.slice(hash));
}
