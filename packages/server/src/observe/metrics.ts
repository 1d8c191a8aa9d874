import type { CloseKind } from '@foyer/protocol';
import { CLOSE } from '@foyer/protocol';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { HistoryWriterCounters } from '../history/writer.ts';

/** What is read only when somebody asks for the metrics. */
export interface Observed {
  tabs(): number;
  consoles(): number;
  visits(): number;
  merged(): number;
}
export interface SocketCounts {
  frames: number;
  consoleFrames: number;
  hellos: number;
  refused(kind: CloseKind): void;
}
export interface Metrics {
  readonly sockets: SocketCounts;
  readonly history: HistoryWriterCounters;
  observe(observed: Observed): void;
  render(): Promise<{ contentType: string; body: string }>;
}

/** The server's metrics. On the hot path they are plain number fields, read when the page is asked for. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'foyer_' });
  const counter = (name: string, help: string): Counter => new Counter({ name: `foyer_${name}`, help, registers: [registry] });
  const refusals = new Map<CloseKind, number>();
  const sockets: SocketCounts = {
    frames: 0,
    consoleFrames: 0,
    hellos: 0,
    refused: (kind) => void refusals.set(kind, (refusals.get(kind) ?? 0) + 1),
  };
  const read = (name: string, help: string, value: () => number): void => {
    new Counter({
      name: `foyer_${name}`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  };
  read('visitor_frames_total', 'Frames that tabs have sent.', () => sockets.frames);
  read('console_frames_total', 'Frames that consoles have sent.', () => sockets.consoleFrames);
  read('hellos_total', 'Tabs that have said hello.', () => sockets.hellos);
  new Counter({
    name: 'foyer_refused_total',
    help: 'Sockets and posts refused, by close code name.',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [kind, count] of refusals) this.inc({ code: CLOSE[kind].name }, count);
    },
  });
  const history: HistoryWriterCounters = {
    written: counter('visits_written_total', 'Visit states committed.'),
    retried: counter('visit_batches_retried_total', 'Batches that the store could not take at first.'),
    dropped: counter('visit_states_dropped_total', 'Running states given up for the bound; the next state of the visit makes up for each.'),
    lost: counter('visits_lost_total', 'Visits that will never be written. 0 in a healthy life.'),
  };
  return {
    sockets,
    history,
    observe(observed) {
      const gauge = (name: string, help: string, value: () => number): void => {
        new Gauge({ name: `foyer_${name}`, help, registers: [registry], collect() { this.set(value()); } });
      };
      gauge('tabs_connected', 'Tabs with a socket on this node.', observed.tabs);
      gauge('consoles_connected', 'Consoles with a socket on this node.', observed.consoles);
      gauge('visits_listed', 'Visits whose home is this node.', observed.visits);
      read('console_patches_merged_total', 'Patches merged for consoles that read slowly.', observed.merged);
    },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
