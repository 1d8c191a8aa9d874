/**
 * What the server says of itself at /metrics.
 *
 * Counting costs an addition on a plain field; prom-client reads the fields when somebody asks. (Its own counters look labels up in a
 * hash for every frame.) Names and their meaning are kept: dashboards of operators depend on them.
 */
import type { CloseKind } from '@foyer/protocol';
import { CLOSE } from '@foyer/protocol';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** A number that only grows. */
export class Tally {
  value = 0;
  inc(by = 1): void {
    this.value += by;
  }
}

export class SocketCounts {
  /** Frames from visitors' tabs, and from consoles. */
  frames = 0;
  consoleFrames = 0;
  /** Tabs that said `hello`. */
  hellos = 0;
  /** Hashes of `identify` that were wrong. */
  hashesRefused = 0;
  readonly #refused = new Map<CloseKind, number>();

  refused(kind: CloseKind): void {
    this.#refused.set(kind, (this.#refused.get(kind) ?? 0) + 1);
  }

  get refusals(): ReadonlyMap<CloseKind, number> {
    return this.#refused;
  }
}

export interface HistoryCounts {
  readonly written: Tally;
  readonly retried: Tally;
  readonly dropped: Tally;
  readonly lost: Tally;
}

/** Numbers that somebody else keeps, read at each scrape; those not given are left out. Called often: O(1). */
export interface Sources {
  /** Connected tabs. */
  readonly tabs?: () => number;
  readonly consoles?: () => number;
  /** Listed visits of which this node is the home. */
  readonly visits?: () => number;
  /** Patches that were merged into a pending one, because their console was slow. */
  readonly merged?: () => number;
  /** Visits not on disk yet. */
  readonly historyPending?: () => number;
  readonly proxyNotTrusted?: () => boolean;
}

export interface Metrics {
  readonly sockets: SocketCounts;
  readonly history: HistoryCounts;
  /** Says where to read what; once. */
  observe(sources: Sources): void;
  /** The text format of Prometheus. */
  render(): Promise<{ contentType: string; body: string }>;
}

export function createMetrics(): Metrics {
  // Not prom-client's global registry: tests and tools start several servers in one process.
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const sockets = new SocketCounts();
  const history: HistoryCounts = { written: new Tally(), retried: new Tally(), dropped: new Tally(), lost: new Tally() };

  const counter = (name: string, help: string, read: () => number): void => {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  };
  const gauge = (name: string, help: string, read: (() => number) | undefined): void => {
    if (!read) return;
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };

  counter('foyer_frames_total', "Frames from visitors' tabs.", () => sockets.frames);
  counter('foyer_console_frames_total', 'Frames from consoles.', () => sockets.consoleFrames);
  counter('foyer_arrivals_total', 'Tabs that said hello: arrivals and page loads.', () => sockets.hellos);
  counter('foyer_refused_hashes_total', 'Hashes of identify that were wrong.', () => sockets.hashesRefused);
  counter('foyer_history_written_total', 'Visit states committed to the store.', () => history.written.value);
  counter('foyer_history_retried_total', 'Batches that the store could not take and that were tried again.', () => history.retried.value);
  counter(
    'foyer_history_dropped_total',
    "States of running visits given up because too many waited; the visit's next state makes up for each.",
    () => history.dropped.value,
  );
  counter('foyer_history_lost_total', 'Visits that will never be written. 0 in a healthy life.', () => history.lost.value);
  new Counter({
    name: 'foyer_refused_total',
    help: 'Connections refused or closed by the server, by close code.',
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [kind, count] of sockets.refusals) this.inc({ reason: CLOSE[kind].name }, count);
    },
  });

  return {
    sockets,
    history,
    observe(sources) {
      gauge('foyer_tabs', 'Connected tabs of visitors.', sources.tabs);
      gauge('foyer_consoles', 'Connected consoles of agents.', sources.consoles);
      gauge('foyer_visits', 'Listed visits kept by this node.', sources.visits);
      gauge('foyer_history_pending', 'Visits whose newest state is not on disk yet.', sources.historyPending);
      const { merged, proxyNotTrusted } = sources;
      if (merged) counter('foyer_patches_merged_total', 'Patches merged into a pending one because their console was slow.', merged);
      gauge(
        'foyer_proxy_not_trusted',
        '1: nearly all visitors seem to come from one private address; see FOYER_TRUST_PROXY.',
        proxyNotTrusted && (() => Number(proxyNotTrusted())),
      );
    },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
