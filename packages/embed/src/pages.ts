import { cleanUrl, type KeptInUrl } from '@foyer/domain/link';
import { LIMITS, type PageView, type Stored, type VisitorUp } from '@foyer/protocol/link';
import { now } from './env.ts';
import { facts } from './facts.ts';
import { config, maySpeak } from './permission.ts';
import { send } from './socket.ts';

type View = { -readonly [K in keyof PageView]: PageView[K] };

/** In characters; at three bytes each a greeting stays under `LIMITS.maxFrameBytes`. */
const GREETING_PAGES_CHARS = 5_000;
/** The title is read again after 50, 400 and 3,200 ms: frameworks set it after the address, some only with the page's data. */
const TITLE_FIRST_MS = 50;
const TITLE_UNTIL_MS = 4_000;

/** The latest views, oldest first; the last one is the current page. */
let pages: View[] = [];
let current: View;
/** '' while there is no page to speak of. */
let currentHref = '';
let lastN = 0;
let storedN = 0;

/** The server makes a day of more. Unsigned: a tab may sleep for a month. */
export const agoMs = (at: number): number => (now() - at) >>> 0;
export const clean = (href: string) => cleanUrl(href, config as KeptInUrl);
const cut = (title: string) => title.slice(0, LIMITS.titleChars);

/** A page view, unless its address is the one that agents already see; `forced` counts it all the same. */
export function view(href: string, forced?: boolean, title?: string): void {
  const url = clean(href);
  const isSame = url === clean(currentHref);
  if (!maySpeak() || !url || (isSame && !forced)) return;
  const at = now();
  // What was declared was of the page before; ahead of the first it is of the first. A page that comes back from the bfcache is the same one.
  if (currentHref && !isSame) delete facts['context'];
  currentHref = href;
  // Address and age are read when they are sent, not before: only then are the site's lists known.
  const page: View = (current = {
    n: ++lastN,
    get url() {
      return clean(href);
    },
    title: cut(title ?? document.title),
    ref: lastN > 1 ? undefined : cleanUrl(document.referrer),
    get agoMs() {
      return agoMs(at);
    },
  });
  pages = [...pages, page].slice(-LIMITS.unstoredPages);
  send({ t: 'page', ...page });
  if (title != null) return;
  for (let ms = TITLE_FIRST_MS; ms < TITLE_UNTIL_MS; ms *= 8)
    setTimeout(() => {
      const late = cut(document.title);
      if (page !== current || page.title === late) return;
      page.title = late;
      send({ t: 'title', n: page.n, title: late });
    }, ms);
}

/** Goals that are not known to be on disk; those of a visit that nobody may speak of are nobody's. */
export let goals: VisitorUp[] = [];
export const keepGoal = (frame: VisitorUp): void => {
  if (maySpeak()) goals = [...goals, frame].slice(-LIMITS.unstoredPages);
};

/** Page views up to `n` are on disk, and the goals that were said before it was written. */
export const stored = ({ n }: Stored): void => {
  storedN = n;
  goals = [];
};

export const forgetPages = (): void => {
  goals = [];
  pages = [];
  currentHref = '';
};

/** What a greeting carries; empty: there is no page to speak of, or none may be spoken of. */
export function greetingPages(): PageView[] {
  if (!currentHref) view(location.href);
  pages = pages.filter((page) => page.n > storedN || page === current);
  while (pages[1] && JSON.stringify(pages).length > GREETING_PAGES_CHARS) pages.shift();
  return pages;
}
