import type { Casting, Person } from './person.ts';
import type { Shop, ShopPage } from './shop.ts';
import type { SideSite } from './side-sites.ts';
import type { Talk } from './talk.ts';

/** What a tab does. `navigate` stays in its document; `load` and `reload` replace it (the tracker says bye and hello again). */
export type Action =
  | {
      readonly kind: 'open';
      readonly page: ShopPage;
      readonly referrer: string;
      readonly query: string;
      readonly items: number;
      /** A tab that had been open before the world's first moment. */
      readonly past?: TabPast;
    }
  | { readonly kind: 'navigate' | 'load' | 'reload'; readonly page: ShopPage; readonly items: number }
  | { readonly kind: 'act' | 'hide' | 'show' | 'close' }
  /** The person's conversation is in this state now, since `forMs`. */
  | { readonly kind: 'talk'; readonly talk: Talk; readonly forMs: number };

export interface TabPast {
  /** Pages before the current one, oldest first. */
  readonly pages: readonly { readonly page: ShopPage; readonly agoMs: number }[];
  /** When the current page was opened. */
  readonly agoMs: number;
  /** Since the last input. */
  readonly idleMs: number;
}

export interface WorldEvent {
  /** Since the world began. */
  readonly atMs: number;
  readonly person: Person;
  /** Never used again after `close`. 0: of the person rather than of a tab (`talk`). */
  readonly tab: number;
  readonly action: Action;
}

export interface WorldOptions {
  readonly seed: number;
  /** How many people are online at a time, once the world has filled. */
  readonly visitors: number;
  readonly shop: Shop;
  /** In how long it fills. Default 5,000. */
  readonly fillMs?: number;
  /** 1 = people as they are; 10 = everything they do takes a tenth of the time. */
  readonly pace?: number;
  /** Sites beside the shop; `Person.site` counts from 1 in their order. */
  readonly sides?: readonly SideSite[];
  /** Makes new people; default: of one shop, all new to it. */
  readonly cast?: Casting;
  /** People who were here before and may come again. Their ids are 1 to their number. */
  readonly regulars?: readonly Person[];
  /** How long the world has been going on at its first moment, so that it opens full: with idle people, people who just left, and histories. */
  readonly warmMs?: number;
  /** Some people start conversations. */
  readonly talks?: boolean;
}

/**
 * World — people in a shop, in virtual time.
 *
 * Purpose     one behaviour for the demo, the swarm, fuzz tests and benchmarks.
 * Shape       `next()` never ends; times never go back; a tab opens first and closes last.
 * Population  hovers around `visitors`: arrivals are a Poisson process whose rate leans against the difference (SI3).
 * Cost        O(log visitors) an event; memory O(visitors), people who left included (the oldest are forgotten).
 * Pure        the seed decides everything. No clock: whoever drives it decides when `atMs` is.
 */
export interface World {
  next(): WorldEvent;
  /** People with an open tab, as of the last event. */
  readonly online: number;
}
