import type { ContextKind, ReachedGoal } from '@foyer/protocol';
import type { PlaceFacts } from '../board/index.ts';

/** A page view as a tab tells it; `agoMs` 0 when it is told at once. */
export interface PageSeen {
  readonly n: number;
  readonly url: string;
  readonly title: string;
  readonly agoMs: number;
}
export interface TabKey {
  readonly visitor: string;
  readonly tab: string;
  /** The node and its socket that speak for the tab. */
  readonly edge: string;
  readonly socket: number;
}
/** What does not change during a visit. All texts; '' unknown. */
export interface VisitFacts {
  readonly site: string;
  readonly place: PlaceFacts;
  readonly referrer: string;
  readonly referrerHost: string;
  readonly campaign: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly screen: string;
  readonly browser: string;
  readonly browserVersion: string;
  readonly os: string;
  readonly osVersion: string;
  readonly device: string;
  /** Masked. */
  readonly ip: string;
  readonly organisation: string;
  readonly source: string;
  /** '' or why it is in no count. */
  readonly filtered: string;
}
/** What a page says it is, and how many items are in the cart; null: it does not say. */
export interface Declared {
  readonly kind: ContextKind;
  readonly items: number | null;
}
/** A tab says hello, comes back, or is announced to a new home. Telling the same twice changes nothing. */
export interface Announcement extends TabKey {
  /** When the socket opened, epoch ms: of two sockets of one tab the later one speaks for it. */
  readonly since: number;
  readonly facts: VisitFacts;
  /** The visit this tab belonged to, from its resume token or its edge. */
  readonly resume: { readonly visit: string; readonly startedAt: number } | null;
  /** Oldest first; the last one is the tab's current page. */
  readonly pages: readonly PageSeen[];
  readonly hidden: boolean;
  readonly focused: boolean;
  /** What the current page last declared itself to be; absent: nothing. */
  readonly declared?: Declared | undefined;
  /** Since the last input in this tab. */
  readonly idleMs: number;
  /** Of a tab that is part of no visit: the next one begins with what was done so long ago. */
  readonly beganAgoMs?: number;
}
/** A visit read back from the store. */
export interface StoredVisit extends VisitFacts {
  readonly visit: string;
  readonly visitor: string;
  readonly startedAt: number;
  readonly lastActivityAt: number;
  readonly leftAt: number;
  readonly pages: number;
  readonly trail: readonly { readonly at: number; readonly url: string; readonly title: string }[];
  readonly tabs: Readonly<Record<string, number>>;
  readonly name: string;
  readonly identity: string;
  readonly context: string;
  readonly goals: readonly ReachedGoal[];
}
export interface PresenceSink {
  started(slot: number): void;
  /** `soon`: worth writing at once (left, came back), not at the next round. */
  changed(slot: number, soon: boolean): void;
  /** Called while the slot still has its values. */
  ended(slot: number, endedAt: number): void;
}
