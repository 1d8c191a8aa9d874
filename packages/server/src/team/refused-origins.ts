import type { RefusedOrigin } from '@foyer/protocol';

/** Enough for every staging host somebody forgot; an attacker with thousands of names pushes out only his own kind. */
const KEPT_PER_SITE = 20;

/** The newest origins that each site's allow-list refused, counted. In memory: they come again if they still matter. */
export class RefusedOrigins {
  readonly #bySite = new Map<string, Map<string, RefusedOrigin>>();

  /** Answers whether this origin is new to the list. */
  report(site: string, origin: string, now: number): boolean {
    let list = this.#bySite.get(site);
    if (list === undefined) this.#bySite.set(site, (list = new Map()));
    const known = list.get(origin);
    // Deleted and set again, so that a Map's order is from oldest to newest.
    list.delete(origin);
    list.set(origin, { origin, count: (known?.count ?? 0) + 1, lastAt: now });
    for (const oldest of list.keys()) {
      if (list.size <= KEPT_PER_SITE) break;
      list.delete(oldest);
    }
    return known === undefined;
  }

  /** Newest first. */
  of(site: string): RefusedOrigin[] {
    return [...(this.#bySite.get(site)?.values() ?? [])].reverse();
  }

  /** Drops what the list would no longer refuse. */
  forget(site: string, stillRefused: (origin: string) => boolean): void {
    const list = this.#bySite.get(site);
    for (const origin of list?.keys() ?? []) if (!stillRefused(origin)) list?.delete(origin);
    if (list?.size === 0) this.#bySite.delete(site);
  }
}
