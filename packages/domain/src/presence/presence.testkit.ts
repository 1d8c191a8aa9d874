import { Board, PlaceTable, VisitTable } from '../board/index.ts';
import { fold } from '../rules/index.ts';
import type { Announcement, StoredVisit, TabKey, VisitFacts } from './facts.ts';
import { Presence } from './presence.ts';
import type { ConversationState } from './status.ts';

const facts = (over: Partial<VisitFacts> = {}): VisitFacts => ({
  site: 'shop',
  place: { id: 'DE|berlin|berlin', city: 'Berlin', region: 'Berlin', country: 'DE', lat: 52.5, lon: 13.4, approximate: false },
  referrer: '',
  referrerHost: '',
  campaign: '',
  lang: 'de',
  timeZone: 'Europe/Berlin',
  screen: '1440 × 900',
  browser: 'Firefox',
  browserVersion: '141',
  os: 'Linux',
  osVersion: '',
  device: 'desktop',
  ip: '203.0.113.0',
  organisation: '',
  source: 'Widget',
  filtered: '',
  ...over,
});

export const key = (visitor: string, tab = 'tab-1', socket = 1, edge = 'n1'): TabKey => ({ visitor, tab, edge, socket });

export const hello = (visitor: string, over: Partial<Announcement> = {}): Announcement => ({
  ...key(visitor),
  since: 0,
  facts: facts(),
  resume: null,
  pages: [{ n: 1, url: 'https://shop.test/', title: 'Home', agoMs: 0 }],
  hidden: false,
  focused: true,
  idleMs: 0,
  ...over,
});

export const page = (n: number, path: string, agoMs = 0): { n: number; url: string; title: string; agoMs: number } => ({
  n,
  url: `https://shop.test${path}`,
  title: path,
  agoMs,
});

/** A presence with everything it tells its owner written down. */
export function makePresence(): {
  presence: Presence;
  board: Board;
  table: VisitTable;
  log: string[];
  /** What is known of visitors' conversations when they become listed. */
  conversations: Map<string, ConversationState>;
  is: (
    visitor: string,
  ) => { status: number; online: boolean; url: string; pages: number; visit: string; leftAt: number; lastActivityAt: number } | null;
} {
  const table = new VisitTable(new PlaceTable(), fold);
  const board = new Board(table);
  const log: string[] = [];
  const conversations = new Map<string, ConversationState>();
  let made = 0;
  const presence = new Presence({
    board,
    newVisitId: () => `visit-${++made}`,
    conversationOf: (visitor) => conversations.get(visitor),
    sink: {
      started: (slot) => log.push(`started ${table.ids[slot]}`),
      changed: (slot, soon) => void (soon && log.push(`soon ${table.ids[slot]}`)),
      ended: (slot, endedAt) => log.push(`ended ${table.ids[slot]} ${endedAt}`),
    },
  });
  return {
    presence,
    board,
    table,
    log,
    conversations,
    is: (visitor) => {
      const slot = table.slotOfVisitor(visitor);
      if (slot === undefined) return null;
      return {
        status: table.status[slot]!,
        online: table.online[slot] === 1,
        url: table.getText(slot, 'url').replace('https://shop.test', ''),
        pages: table.pages[slot]!,
        visit: table.ids[slot]!,
        leftAt: table.leftAt[slot]!,
        lastActivityAt: table.lastActivityAt[slot]!,
      };
    },
  };
}

export const stored = (visitor: string, over: Partial<StoredVisit> = {}): StoredVisit => ({
  ...facts(),
  visit: 'stored-1',
  visitor,
  startedAt: 1_000_000,
  lastActivityAt: 1_060_000,
  leftAt: 0,
  pages: 2,
  trail: [
    { at: 1_000_000, url: 'https://shop.test/', title: '/' },
    { at: 1_060_000, url: 'https://shop.test/a', title: '/a' },
  ],
  tabs: { 'tab-1': 2 },
  name: '',
  identity: '',
  context: '',
  goals: [],
  ...over,
});

export const waiting = (over: Partial<ConversationState> = {}): ConversationState => ({
  state: 'unassigned',
  id: 'chat-1',
  waitingSince: 1_700_000_000_000,
  ...over,
});
