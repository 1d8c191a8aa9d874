export interface Page {
  readonly url: string;
  readonly title: string;
}

/**
 * Which of these page views, newest first, is the page somebody is on now: the latest of its address, with its title if there is one.
 * The newest when none is (it was longer ago than views are kept). -1 without views.
 */
export function nowOf(newest: readonly Page[], { url, title }: Page): number {
  const same = newest.findIndex((entry) => entry.url === url && entry.title === title);
  if (same >= 0) return same;
  // A page may name itself anew while it is looked at.
  const titled = newest.findIndex((entry) => entry.url === url);
  return titled >= 0 ? titled : Math.min(0, newest.length - 1);
}
