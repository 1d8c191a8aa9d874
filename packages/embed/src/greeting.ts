import { VISITOR_PROTOCOL, type VisitorUp } from '@foyer/protocol/link';
import { facts } from './facts.ts';
import { agoMs, goals, greetingPages } from './pages.ts';
import { isLimited, kept, resume } from './permission.ts';
import { inputAt, stateNow, told } from './presence.ts';

/** One per document and in no storage, so *Duplicate tab* makes another one. The clock, for pages that seed Math.random. */
export const tab = Math.random().toString(36) + Date.now();

/** hello and what belongs to it; empty when there is no page to speak of. */
export function greeting(): VisitorUp[] {
  const pages = greetingPages();
  if (!pages[0]) return [];
  told();
  return [
    {
      t: 'hello',
      v: VISITOR_PROTOCOL,
      tab,
      secret: kept.slice(1),
      resume,
      signal: isLimited(),
      pages,
      lang: navigator.language,
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
      screen: [screen.width, screen.height, devicePixelRatio],
      ...stateNow(),
      idleMs: agoMs(inputAt),
      auto: navigator.webdriver,
    },
    ...Object.values(facts),
    ...goals,
  ];
}
