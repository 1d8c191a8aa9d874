import { LIMITS } from '@foyer/protocol';
import type { TabLink, TabState, VisitTable } from '../board/index.ts';
import type { StoredVisit } from './facts.ts';

/**
 * The tab whose page the visit shows: the one last focused; never focused ones by when they were heard of, visible before hidden.
 * Only connected tabs count; undefined when none is (the visit keeps showing what it showed).
 */
export function currentTab(tabs: readonly TabState[]): TabState | undefined {
  let best: TabState | undefined;
  for (const tab of tabs) {
    if (!tab.connected || tab.url === 0) continue;
    if (!best || isBefore(best, tab)) best = tab;
  }
  return best;
}

function isBefore(a: TabState, b: TabState): boolean {
  if (a.focused !== b.focused) return b.focused;
  if (a.focusedAt !== b.focusedAt) return a.focusedAt < b.focusedAt;
  if (a.hidden !== b.hidden) return a.hidden;
  return a.seenAt < b.seenAt;
}

/** `url` and `title` are already held for the trail. */
export function appendToTrail(table: VisitTable, slot: number, url: number, title: number, seconds: number): void {
  const trail = table.trails[slot]!;
  // A literal has room for one page view; pushing to an empty array makes room for seventeen numbers, and most visits see one page.
  if (trail.length === 0) table.trails[slot] = [url, title, seconds];
  else {
    trail.push(url, title, seconds);
    trim(table, trail);
  }
}

/** A page's title that became known after the page: in the tab, and in the trail's latest entry of that page. */
export function retitle(table: VisitTable, slot: number, tab: TabState, title: string): void {
  const titles = table.dictionaries.title;
  const id = titles.hold(title);
  const trail = table.trails[slot]!;
  for (let i = trail.length - 3; i >= 0; i -= 3) {
    if (trail[i] !== tab.url || trail[i + 1] !== tab.title) continue;
    titles.release(trail[i + 1]!);
    trail[i + 1] = titles.holdAgain(id);
    break;
  }
  titles.release(tab.title);
  tab.title = id;
}

/** The stored trail, then the last `missing` entries of our own, which the store does not have. */
export function mergeTrails(table: VisitTable, slot: number, stored: StoredVisit, missing: number): void {
  const { url, title } = table.dictionaries;
  const own = table.trails[slot]!;
  const keepFrom = Math.max(0, own.length - missing * 3);
  const shiftSeconds = Math.max(0, Math.round((table.startedAt[slot]! - stored.startedAt) / 1000));
  const trail: number[] = [];
  for (const entry of stored.trail)
    trail.push(url.hold(entry.url), title.hold(entry.title), Math.round((entry.at - stored.startedAt) / 1000));
  for (let i = 0; i < own.length; i += 3) {
    if (i >= keepFrom) trail.push(own[i]!, own[i + 1]!, own[i + 2]! + shiftSeconds);
    else {
      url.release(own[i]!);
      title.release(own[i + 1]!);
    }
  }
  table.trails[slot] = trail;
  trim(table, trail);
}

function trim(table: VisitTable, trail: number[]): void {
  const over = trail.length - LIMITS.trailPages * 3;
  if (over <= 0) return;
  for (let i = 0; i < over; i += 3) {
    table.dictionaries.url.release(trail[i]!);
    table.dictionaries.title.release(trail[i + 1]!);
  }
  trail.splice(0, over);
}

/**
 * Notes a socket of the tab. Nodes' words overtake each other when a tab moves: the socket that opened last speaks for the tab,
 * the others stay until they are said to be closed. Answers whether it is this one.
 */
export function linkTab(tab: TabState, link: TabLink): boolean {
  const { edge, socket, since, hidden, focused } = link;
  if (tab.edge === edge && tab.socket === socket) {
    tab.hidden = hidden;
    tab.focused = focused;
    return true;
  }
  if (tab.others) tab.others = tab.others.filter((other) => other.edge !== edge || other.socket !== socket);
  if (tab.connected && since < tab.since) {
    (tab.others ??= []).push({ edge, socket, since, hidden, focused });
    return false;
  }
  if (tab.connected)
    (tab.others ??= []).push({ edge: tab.edge, socket: tab.socket, since: tab.since, hidden: tab.hidden, focused: tab.focused });
  speakFor(tab, link);
  return true;
}

function speakFor(tab: TabState, { edge, socket, since, hidden, focused }: TabLink): void {
  tab.edge = edge;
  tab.socket = socket;
  tab.since = since;
  tab.hidden = hidden;
  tab.focused = focused;
}

/**
 * How many tabs the visit has open. Between two pages, and while a lost node's tabs are awaited, none is connected for a moment and the
 * visit is online all the same: then those that went last still count.
 */
export function openTabs(tabs: readonly TabState[], online: boolean): number {
  const connected = tabs.reduce((n, tab) => n + (tab.connected ? 1 : 0), 0);
  if (connected > 0 || !online) return connected;
  const last = tabs.reduce((at, { edge, seenAt }) => (edge !== '' ? Math.max(at, seenAt) : at), 0);
  // Of tabs that were read back from the store it is not known which were open; one was.
  return Math.max(1, tabs.filter(({ edge, seenAt }) => edge !== '' && seenAt === last).length);
}

/** Takes away the sockets that `isGone` names. Answers whether the tab has none left. */
export function unlinkTab(tab: TabState, isGone: (edge: string, socket: number) => boolean): boolean {
  if (tab.others) tab.others = tab.others.filter((link) => !isGone(link.edge, link.socket));
  if (!isGone(tab.edge, tab.socket)) return false;
  const next = tab.others?.pop();
  if (!next) return true;
  speakFor(tab, next);
  return false;
}
