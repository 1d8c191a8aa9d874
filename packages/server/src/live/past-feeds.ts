import { type Calendar, calendarOf } from '@foyer/domain/analytics';
import type { PastFigures } from '@foyer/protocol';
import { pastFigures } from '../history/past-figures.ts';
import type { Clock } from '../ports/clock.ts';
import type { HistoryStore } from '../ports/history-store.ts';

/** What is beside the live counts is at most this old, and read no more often, however many look. */
const EVERY_MS = 1_000;

export interface PastWatcher {
  /** `body`: the frame's JSON after the view's id, the same text for everybody who shares it. */
  past(view: string, set: Partial<PastFigures>, body: string): void;
}
interface Scope {
  readonly workspace: string;
  readonly site: string | undefined;
  readonly watching: Set<{ readonly watcher: PastWatcher; readonly view: string }>;
  /** As everybody here has been told; null: not read yet. */
  told: PastFigures | null;
  isReading: boolean;
  /** The store could not answer: said once, until it does. */
  isAway: boolean;
}
interface Desk {
  readonly scopes: Map<string, Scope>;
  readonly stop: () => void;
}

/**
 * PastFeeds — figures of the past beside the live ones, for whoever has a monitor open.
 *
 * Purpose     consoles that watch the same workspace or site share one reading; nobody asks again and again.
 * Pace        a scope is read when its first watcher comes, then once a second while it has one; nothing is said when nothing has changed.
 *             A scope that was left is forgotten with the next second, so one that is opened and closed quickly is not read more often.
 * On error    kept for the next second; what was told stays.
 */
export class PastFeeds {
  readonly #deps: {
    readonly store: Pick<HistoryStore, 'rollup' | 'onlineQuarters'>;
    readonly clock: Clock;
    readonly now: () => number;
    readonly timeZoneOf: (workspace: string) => string;
    readonly onOutage: (what: string, cause: unknown) => void;
  };
  readonly #desks = new Map<string, Desk>();
  readonly #calendars = new Map<string, Calendar>();

  constructor(deps: {
    store: Pick<HistoryStore, 'rollup' | 'onlineQuarters'>;
    clock: Clock;
    now: () => number;
    timeZoneOf: (workspace: string) => string;
    onOutage: (what: string, cause: unknown) => void;
  }) {
    this.#deps = deps;
  }

  /** Watches until what it answers is called. The first that the watcher hears has every field, later ones what has changed. */
  open(watcher: PastWatcher, view: string, { workspace, site }: { workspace: string; site: string | undefined }): () => void {
    let desk = this.#desks.get(workspace);
    if (!desk) {
      const stop = this.#deps.clock.setInterval(() => this.#tick(workspace), EVERY_MS);
      this.#desks.set(workspace, (desk = { scopes: new Map(), stop }));
    }
    let scope = desk.scopes.get(site ?? '');
    if (!scope) {
      scope = { workspace, site, watching: new Set(), told: null, isReading: false, isAway: false };
      desk.scopes.set(site ?? '', scope);
      void this.#read(scope);
    }
    const one = { watcher, view };
    scope.watching.add(one);
    if (scope.told) watcher.past(view, scope.told, this.#encode(scope.told));
    const { watching } = scope;
    return () => void watching.delete(one);
  }

  stop(): void {
    for (const { stop } of this.#desks.values()) stop();
    this.#desks.clear();
  }

  #tick(workspace: string): void {
    const desk = this.#desks.get(workspace);
    if (!desk) return;
    for (const [key, scope] of desk.scopes) {
      if (scope.watching.size === 0) desk.scopes.delete(key);
      else void this.#read(scope);
    }
    if (desk.scopes.size > 0) return;
    desk.stop();
    this.#desks.delete(workspace);
  }

  /** Never rejects. A reading that takes longer than a second is waited for, not joined by another. */
  async #read(scope: Scope): Promise<void> {
    if (scope.isReading) return;
    scope.isReading = true;
    const { store, now, timeZoneOf, onOutage } = this.#deps;
    const { workspace, site } = scope;
    try {
      const calendar = this.#calendar(timeZoneOf(workspace));
      const figures = await pastFigures(store, { workspace, ...(site === undefined ? {} : { site }), calendar, now: now() });
      scope.isAway = false;
      this.#tell(scope, figures);
    } catch (cause) {
      if (!scope.isAway && scope.watching.size > 0) onOutage('read the past for a monitor', cause);
      scope.isAway = true;
    } finally {
      scope.isReading = false;
    }
  }

  #tell(scope: Scope, figures: PastFigures): void {
    const set = changesOf(scope.told, figures);
    scope.told = figures;
    if (Object.keys(set).length === 0 || scope.watching.size === 0) return;
    const body = this.#encode(set);
    for (const { watcher, view } of scope.watching) watcher.past(view, set, body);
  }

  #encode(set: Partial<PastFigures>): string {
    return JSON.stringify({ now: this.#deps.now(), set }).slice(1);
  }

  #calendar(timeZone: string): Calendar {
    let known = this.#calendars.get(timeZone);
    if (!known) this.#calendars.set(timeZone, (known = calendarOf(timeZone)));
    return known;
  }
}

const FIELDS = ['timeZone', 'today', 'month', 'days', 'online'] as const satisfies readonly (keyof PastFigures)[];

function changesOf(before: PastFigures | null, after: PastFigures): Partial<PastFigures> {
  if (before === null) return after;
  return Object.fromEntries(
    FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).map((field) => [field, after[field]]),
  );
}
