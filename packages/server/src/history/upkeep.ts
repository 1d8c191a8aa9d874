import { TIMES } from '@foyer/protocol';
import type { LiveNode } from '../live/node.ts';
import type { Clock } from '../ports/clock.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { TeamStore } from '../ports/team-store.ts';
import type { Directory } from '../team/directory.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Rows deleted at once: a slice of ≈ 50 ms in the writer's thread. */
const PURGE_AT_ONCE = 2_000;
/** Visitors with notes who are looked up at once. */
const NOTED_AT_ONCE = 500;

/** What the store needs done by the clock: the minute's online sample, visits that never came back, and what is older than a workspace keeps, notes with it. */
export class Upkeep {
  readonly #deps: {
    clock: Clock;
    live: LiveNode;
    history: HistoryStore;
    team: Pick<TeamStore, 'notedVisitors' | 'deleteNotesOf'>;
    directory: Directory;
    onOutage: (what: string, cause: unknown) => void;
  };
  #stop: () => void = () => {};
  #lastPurgeAt = Number.NEGATIVE_INFINITY;

  constructor(deps: {
    clock: Clock;
    live: LiveNode;
    history: HistoryStore;
    team: Pick<TeamStore, 'notedVisitors' | 'deleteNotesOf'>;
    directory: Directory;
    onOutage: (what: string, cause: unknown) => void;
  }) {
    this.#deps = deps;
  }

  start(): void {
    this.#stop = this.#deps.clock.setInterval(() => void this.run(), MINUTE_MS);
  }

  stop(): void {
    this.#stop();
  }

  /** One round. Never rejects. */
  async run(): Promise<void> {
    const { clock, live, history } = this.#deps;
    const at = Math.floor(live.now() / MINUTE_MS) * MINUTE_MS;
    await this.#try('take the online sample', () =>
      history.sampleOnline(
        [...live.online()].map((sample) => ({ ...sample, at })),
        at,
      ),
    );
    // A minute of slack: a visit that ends in memory right now writes its own end.
    await this.#try('close visits that never came back', () =>
      history.endStale({ before: live.now() - TIMES.listedForMs - MINUTE_MS, except: [...live.held()] }),
    );
    if (clock.mono() - this.#lastPurgeAt < DAY_MS / 24) return;
    this.#lastPurgeAt = clock.mono();
    await this.#try('delete old visits', () => this.#purge());
    await this.#try('delete notes about visitors who are gone', () => this.#purgeNotes());
  }

  async #purge(): Promise<void> {
    const { directory, history, live } = this.#deps;
    for (const { id, settings } of directory.workspaces()) {
      const before = live.now() - settings.keepVisitsDays * DAY_MS;
      while ((await history.purge({ workspace: id, before, limit: PURGE_AT_ONCE })) >= PURGE_AT_ONCE);
    }
  }

  /** A note lives as long as its visitor: the other file's visitors are asked, because no transaction spans both. */
  async #purgeNotes(): Promise<void> {
    const { directory, history, team, live } = this.#deps;
    for (const { id: workspace, settings } of directory.workspaces()) {
      const before = live.now() - settings.keepVisitsDays * DAY_MS;
      for (let after = ''; ;) {
        const visitors = await team.notedVisitors({ workspace, before, after, limit: NOTED_AT_ONCE });
        const met = await history.lastMet({ workspace, visitors });
        const kept = new Set(met.filter(({ lastVisitAt }) => lastVisitAt >= before).map(({ visitor }) => visitor));
        const gone = visitors.filter((visitor) => !kept.has(visitor));
        if (gone.length > 0) await team.deleteNotesOf({ workspace, visitors: gone });
        if (visitors.length < NOTED_AT_ONCE) break;
        after = visitors.at(-1)!;
      }
    }
  }

  async #try(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      this.#deps.onOutage(what, cause);
    }
  }
}
