import type { ContextKind, ReachedGoal, RuleOutcome } from '@foyer/protocol';
import { Dictionary, grown } from './dictionary.ts';
import type { PlaceTable } from './places.ts';
import { shownPath } from './shown-path.ts';

/** Columns whose values are texts shared by many visits. */
export const TEXT_COLUMNS = [
  'site',
  'url',
  'title',
  'referrer',
  'referrerHost',
  'browser',
  'os',
  'device',
  'lang',
  'campaign',
  'context',
  'goals',
  'filtered',
  'name',
  'ip',
  'organisation',
  'timeZone',
  'screen',
  'browserVersion',
  'osVersion',
  'source',
] as const;
export type TextColumn = (typeof TEXT_COLUMNS)[number];

/** What one socket says of its tab. */
export interface TabLink {
  readonly edge: string;
  readonly socket: number;
  readonly since: number;
  hidden: boolean;
  focused: boolean;
}
/** One tab as its visit's home knows it. */
export interface TabState {
  id: string;
  /** The node that holds its socket. */
  edge: string;
  /** When that socket opened, by its node's clock. */
  since: number;
  /** Which of that node's sockets: a late close of an earlier socket of the same tab changes nothing. */
  socket: number;
  /** Sockets of the same tab that have not been said to be closed: nodes' words overtake each other when a tab moves. */
  others?: TabLink[];
  connected: boolean;
  hidden: boolean;
  focused: boolean;
  /** Monotonic order of the last focus, so that the current page is the tab last focused. */
  focusedAt: number;
  /** When it was last heard of or closed. */
  seenAt: number;
  /** Highest page number taken, and the first one taken here. */
  n: number;
  firstN: number;
  /** Number of the page in `url`; 0: a tab read back from the store knows how many it saw, and not where it is. */
  shownN: number;
  url: number;
  title: number;
  /** What the site's rules say of the page. */
  context: RuleOutcome;
  /** What the page itself says of it; 'none': nothing. */
  declared: ContextKind;
  /** The page in which it said so, and with how many items; a repeat (the tab came back) is no news. */
  declaredN: number;
  declaredItems: number | null;
}

/**
 * VisitTable — every listed visit of a workspace on this node, as columns.
 *
 * Purpose     150 B and a few small objects a visit instead of a kilobyte of strings; scans that stay in cache.
 * Owner       the board; slots are reused after `free`, ids are not.
 * Cost        a million visits: ≈ 0.5 GB with tabs and trails (bench `view`).
 */
export class VisitTable {
  readonly places: PlaceTable;
  readonly dictionaries: Readonly<Record<TextColumn, Dictionary>>;
  readonly text = {} as Record<TextColumn, Uint32Array>;
  /** What sites are called. Nothing in it is let go: a name that was is what rows are still sorted by until they move. */
  readonly siteNames: Dictionary;
  readonly #nameOfSite = new Map<string, number>();

  readonly ids: string[] = [];
  readonly visitors: string[] = [];
  readonly tabs: TabState[][] = [];
  /** Flat triples: url id, title id, seconds since the visit began. Last 50 page views. */
  readonly trails: number[][] = [];
  readonly rare = new Map<number, RareFacts>();

  used = new Uint8Array(64);
  status = new Uint8Array(64);
  online = new Uint8Array(64);
  /** Codes of presence/status.ts. */
  chat = new Uint8Array(64);
  reconnecting = new Uint8Array(64);
  /** 1: its cart holds (rules/context-cart.ts). */
  cart = new Uint8Array(64);
  place = new Uint32Array(64);
  number = new Uint32Array(64);
  visits = new Uint32Array(64);
  pages = new Uint32Array(64);
  startedAt = new Float64Array(64);
  lastActivityAt = new Float64Array(64);
  leftAt = new Float64Array(64);
  /** Counts up with every change of the row, so that a window knows which rows to look at. */
  changed = new Uint32Array(64);

  readonly #byVisit = new Map<string, number>();
  readonly #byVisitor = new Map<string, number>();
  readonly #freeSlots: number[] = [];
  #end = 0;

  constructor(places: PlaceTable, fold: (text: string) => string) {
    this.places = places;
    const dictionaries = {} as Record<TextColumn, Dictionary>;
    for (const column of TEXT_COLUMNS) {
      dictionaries[column] = new Dictionary(fold, column === 'url' ? shownPath : undefined);
      this.text[column] = new Uint32Array(64);
    }
    this.dictionaries = dictionaries;
    this.siteNames = new Dictionary(fold);
  }

  /** Slots lie below this. */
  get end(): number {
    return this.#end;
  }

  get size(): number {
    return this.#byVisit.size;
  }

  slotOfVisit(id: string): number | undefined {
    return this.#byVisit.get(id);
  }

  slotOfVisitor(visitor: string): number | undefined {
    return this.#byVisitor.get(visitor);
  }

  take(visit: string, visitor: string): number {
    const slot = this.#freeSlots.pop() ?? this.#end++;
    if (slot >= this.used.length) this.#grow(slot + 1);
    this.used[slot] = 1;
    this.ids[slot] = visit;
    this.visitors[slot] = visitor;
    this.tabs[slot] = [];
    this.trails[slot] = [];
    this.#byVisit.set(visit, slot);
    this.#byVisitor.set(visitor, slot);
    return slot;
  }

  /** Takes the visit out of the look-ups; its columns stay until `free`, because views still have to subtract them. */
  forget(slot: number): void {
    this.#byVisit.delete(this.ids[slot]!);
    if (this.#byVisitor.get(this.visitors[slot]!) === slot) this.#byVisitor.delete(this.visitors[slot]!);
    this.used[slot] = 0;
  }

  free(slot: number): void {
    for (const column of TEXT_COLUMNS) {
      const ids = this.text[column];
      this.dictionaries[column].release(ids[slot]!);
      ids[slot] = 0;
    }
    for (const tab of this.tabs[slot]!) {
      this.dictionaries.url.release(tab.url);
      this.dictionaries.title.release(tab.title);
    }
    const trail = this.trails[slot]!;
    for (let i = 0; i < trail.length; i += 3) {
      this.dictionaries.url.release(trail[i]!);
      this.dictionaries.title.release(trail[i + 1]!);
    }
    this.tabs[slot] = NONE;
    this.trails[slot] = NONE;
    this.ids[slot] = '';
    this.visitors[slot] = '';
    this.rare.delete(slot);
    for (const column of [
      'status',
      'online',
      'chat',
      'reconnecting',
      'cart',
      'place',
      'number',
      'visits',
      'pages',
      'startedAt',
      'lastActivityAt',
      'leftAt',
    ] as const) {
      this[column][slot] = 0;
    }
    this.#freeSlots.push(slot);
  }

  setText(slot: number, column: TextColumn, text: string): boolean {
    const dictionary = this.dictionaries[column];
    const ids = this.text[column];
    const old = ids[slot]!;
    if (dictionary.text(old) === text) return false;
    ids[slot] = dictionary.hold(text);
    dictionary.release(old);
    return true;
  }

  getText(slot: number, column: TextColumn): string {
    return this.dictionaries[column].text(this.text[column][slot]!);
  }

  /** What the visit's site is called, as an id of `siteNames`: its id until `nameSite` says more. */
  siteName(slot: number): number {
    const site = this.getText(slot, 'site');
    let name = this.#nameOfSite.get(site);
    if (name === undefined) this.#nameOfSite.set(site, (name = this.siteNames.hold(site)));
    return name;
  }

  /** Answers whether the site was called something else; its rows have to be touched then. */
  nameSite(site: string, name: string): boolean {
    const known = this.#nameOfSite.get(site);
    if (known !== undefined && this.siteNames.text(known) === name) return false;
    this.#nameOfSite.set(site, this.siteNames.hold(name));
    return true;
  }

  #grow(length: number): void {
    for (const column of TEXT_COLUMNS) this.text[column] = grown(this.text[column], length);
    this.used = grown(this.used, length);
    this.status = grown(this.status, length);
    this.online = grown(this.online, length);
    this.chat = grown(this.chat, length);
    this.reconnecting = grown(this.reconnecting, length);
    this.cart = grown(this.cart, length);
    this.place = grown(this.place, length);
    this.number = grown(this.number, length);
    this.visits = grown(this.visits, length);
    this.pages = grown(this.pages, length);
    this.startedAt = grown(this.startedAt, length);
    this.lastActivityAt = grown(this.lastActivityAt, length);
    this.leftAt = grown(this.leftAt, length);
    this.changed = grown(this.changed, length);
  }
}

/** The conversation whose state a visit shows. */
export interface ShownConversation {
  readonly id: string;
  /** Epoch ms; 0: nobody is being waited for. */
  readonly waitingSince: number;
}
/** What few visits have, and no filter reads. */
export interface RareFacts {
  conversation?: ShownConversation;
  identity?: string;
  contextData?: string;
  /** As `goals` of the table, with time and value. */
  goals?: readonly ReachedGoal[];
  firstVisitAt?: number;
  previousVisitAt?: number;
}

const NONE: never[] = [];
