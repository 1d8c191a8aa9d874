import type { Detail, ProfilePage } from '@foyer/protocol';

export const PAGES = 10;
/** Two sources tell the time of one page view to within a second. */
const SAME_MS = 1_000;

/**
 * The latest pages of somebody who is listed: those of this visit as they happen, then those that were known before. The page looked
 * at stands first, also when it was opened before another tab's.
 */
export function latestPages(
  { trail, url, title, online }: Pick<Detail, 'trail' | 'url' | 'title' | 'online'>,
  known: readonly ProfilePage[],
): ProfilePage[] {
  const newest = trail.toSorted((a, b) => b.at - a.at);
  const now = online ? (newest.find((page) => page.url === url) ?? { at: 0, url, title }) : null;
  const isThere = (page: ProfilePage): boolean => newest.some((one) => one.url === page.url && Math.abs(one.at - page.at) < SAME_MS);
  const visit = now ? [now, ...newest.filter((page) => page !== now)] : newest;
  return [...visit, ...known.filter((page) => !isThere(page) && !(now && now.at === 0 && page.url === url))].slice(0, PAGES);
}
