/** What `npm run bench -- --json` answers. null: that part did not run. */
export interface Results {
  /** Frames a CPU-second of the server through socket, schema, engine, views and history; and through `ws` and JSON.parse alone. */
  ingestPerCpuS: number | null;
  bareIngestPerCpuS: number | null;
  ingestRatio: number | null;
  arrivalsPerCpuS: number | null;
  /** RSS a connected visitor after 10 page views; and of the bare server with the same sockets and frames. */
  rssPerVisitorBytes: number | null;
  bareRssPerVisitorBytes: number | null;
  /** Of the lag part. */
  sockets: number | null;
  consoles: number | null;
  eventsPerS: number | null;
  /** At 20 events/s. */
  lagP50Ms: number | null;
  /** At `eventsPerS`. */
  lagP99Ms: number | null;
  lagAtRateP50Ms: number | null;
  /** Markers that some console never showed, of all that each should have shown. */
  lagLostShare: number | null;
  /** Server CPU in use at that rate, 1 = one core. */
  lagServerCpu: number | null;
  /** Receipt of a message from the store, 500/s beside 2,000 visit writes/s; the most it takes beside the same visits. */
  chatAckP50Ms: number | null;
  chatAckP99Ms: number | null;
  chatMostPerS: number | null;
  /** A bare write with a sync on the same disk just before. */
  syncP99Ms: number | null;
  /** From a message's sender to the other side's socket, beside the swarm; and to the sender's own receipt. */
  chatSockets: number | null;
  chatAgents: number | null;
  chatScreenP50Ms: number | null;
  chatScreenP99Ms: number | null;
  chatReceiptP99Ms: number | null;
  chatLostShare: number | null;
  chatServerCpu: number | null;
  consoleBytesPerS1k: number | null;
  consoleBytesPerS100k: number | null;
  consoleRatio: number | null;
  snapshotBytes: number | null;
  viewVisits: number | null;
  viewTickP99Ms: number | null;
  /** The same, only time on the CPU: to compare runs on a shared machine by. */
  viewTickCpuP99Ms: number | null;
  viewStallMs: number | null;
  viewRssBytes: number | null;
  viewEventsPerS: number | null;
  typingLagRatio: number | null;
  typingLagP99Ms: number | null;
  quietLagP99Ms: number | null;
  startupMs: number | null;
  trackerGzipBytes: number | null;
  /** What the first open of the chat loads besides the tracker; and what waits until it is needed (emoji, preview, languages). */
  widgetGzipBytes: number | null;
  widgetLaterGzipBytes: number | null;
  dashboardGzipBytes: number | null;
  /** CPU time of the page's main thread in JavaScript a second, nobody touching it; and in everything, painting too. */
  dashboardScriptMsPerS: number | null;
  dashboardTaskMsPerS: number | null;
  /** After a forced collection, eight minutes in; and of that at two minutes. */
  dashboardHeapBytes: number | null;
  dashboardHeapRatio: number | null;
  dashboardNodes: number | null;
  dashboardListeners: number | null;
  dashboardFramesPerS: number | null;
  dashboardBytesPerS: number | null;
  dashboardPaintsPerS: number | null;
  dashboardMouseMoveMs: number | null;
  dashboardFilterMs: number | null;
  /** The same of the Visitor Monitor at 10,000 visits and 1,000 events/s: newest first, and by activity, where rows never rest. */
  monitorTaskMsPerS: number | null;
  monitorScriptMsPerS: number | null;
  monitorActivityTaskMsPerS: number | null;
  monitorSortMs: number | null;
  monitorFilterMs: number | null;
  /** The slowest report over 10,000,000 page views, and unique visitors of an own range. */
  reportMs: number | null;
  uniqueVisitorsMs: number | null;
  /** The slowest page of visits or people, however it is filtered or searched; a day of 100,000 visits for its replay, all pages. */
  listPageMs: number | null;
  replayDayMs: number | null;
}

export const NOTHING: Results = {
  ingestPerCpuS: null,
  bareIngestPerCpuS: null,
  ingestRatio: null,
  arrivalsPerCpuS: null,
  rssPerVisitorBytes: null,
  bareRssPerVisitorBytes: null,
  sockets: null,
  consoles: null,
  eventsPerS: null,
  lagP50Ms: null,
  lagP99Ms: null,
  lagAtRateP50Ms: null,
  lagLostShare: null,
  lagServerCpu: null,
  chatAckP50Ms: null,
  chatAckP99Ms: null,
  chatMostPerS: null,
  syncP99Ms: null,
  chatSockets: null,
  chatAgents: null,
  chatScreenP50Ms: null,
  chatScreenP99Ms: null,
  chatReceiptP99Ms: null,
  chatLostShare: null,
  chatServerCpu: null,
  consoleBytesPerS1k: null,
  consoleBytesPerS100k: null,
  consoleRatio: null,
  snapshotBytes: null,
  viewVisits: null,
  viewTickP99Ms: null,
  viewTickCpuP99Ms: null,
  viewStallMs: null,
  viewRssBytes: null,
  viewEventsPerS: null,
  typingLagRatio: null,
  typingLagP99Ms: null,
  quietLagP99Ms: null,
  startupMs: null,
  trackerGzipBytes: null,
  widgetGzipBytes: null,
  widgetLaterGzipBytes: null,
  dashboardGzipBytes: null,
  dashboardScriptMsPerS: null,
  dashboardTaskMsPerS: null,
  dashboardHeapBytes: null,
  dashboardHeapRatio: null,
  dashboardNodes: null,
  dashboardListeners: null,
  dashboardFramesPerS: null,
  dashboardBytesPerS: null,
  dashboardPaintsPerS: null,
  dashboardMouseMoveMs: null,
  dashboardFilterMs: null,
  monitorTaskMsPerS: null,
  monitorScriptMsPerS: null,
  monitorActivityTaskMsPerS: null,
  monitorSortMs: null,
  monitorFilterMs: null,
  reportMs: null,
  uniqueVisitorsMs: null,
  listPageMs: null,
  replayDayMs: null,
};

interface Budget {
  readonly what: string;
  readonly field: keyof Results;
  readonly show: (value: number) => string;
  readonly limit: number;
  readonly is: 'at most' | 'at least';
}
const count = (value: number) => Math.round(value).toLocaleString('en');
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const times = (value: number) => `${value.toFixed(2)} ×`;
const kB = (value: number) => `${(value / 1000).toFixed(1)} kB`;
const fineMs = (value: number) => `${value.toFixed(2)} ms`;
const msPerS = (value: number) => `${value.toFixed(1)} ms/s`;
const KB = (value: number) => `${(value / 1024).toFixed(1)} KB`;
const MB = (value: number) => `${Math.round(value / 1e6)} MB`;

/** Section 6 of the design, as far as this release goes. */
export const BUDGETS: readonly Budget[] = [
  {
    what: 'events through socket, schema, engine, views, history: share of bare ws',
    field: 'ingestRatio',
    show: percent,
    limit: 0.6,
    is: 'at least',
  },
  { what: 'arrivals a CPU-second', field: 'arrivalsPerCpuS', show: count, limit: 4_000, is: 'at least' },
  { what: 'memory a connected visitor', field: 'rssPerVisitorBytes', show: KB, limit: 12 * 1024, is: 'at most' },
  { what: 'lag to the agent, p99 under load', field: 'lagP99Ms', show: ms, limit: 150, is: 'at most' },
  { what: 'lag to the agent, p50 at 20 events/s', field: 'lagP50Ms', show: ms, limit: 20, is: 'at most' },
  { what: 'chat message stored and acknowledged, p99', field: 'chatAckP99Ms', show: ms, limit: 10, is: 'at most' },
  { what: "chat message at the other side's socket, p99", field: 'chatScreenP99Ms', show: ms, limit: 100, is: 'at most' },
  { what: 'console bytes a second, 100k against 1k visitors', field: 'consoleRatio', show: times, limit: 1.2, is: 'at most' },
  { what: 'console bytes a second at 100k visitors', field: 'consoleBytesPerS100k', show: kB, limit: 100_000, is: 'at most' },
  { what: 'snapshot of a view at 5,000 cities', field: 'snapshotBytes', show: kB, limit: 120_000, is: 'at most' },
  { what: 'tick of 20 views, p99', field: 'viewTickP99Ms', show: ms, limit: 20, is: 'at most' },
  { what: 'longest stall meanwhile', field: 'viewStallMs', show: ms, limit: 100, is: 'at most' },
  { what: 'memory meanwhile', field: 'viewRssBytes', show: MB, limit: 1.5e9, is: 'at most' },
  { what: "others' lag p99 while 20 agents type filters", field: 'typingLagRatio', show: times, limit: 1.5, is: 'at most' },
  { what: 'npm start on an installed tree to ready', field: 'startupMs', show: ms, limit: 2_000, is: 'at most' },
  { what: 'tracker, gzip', field: 'trackerGzipBytes', show: kB, limit: 3_000, is: 'at most' },
  { what: 'widget, gzip', field: 'widgetGzipBytes', show: kB, limit: 18_000, is: 'at most' },
  { what: 'dashboard, first load of the live list, gzip', field: 'dashboardGzipBytes', show: kB, limit: 150_000, is: 'at most' },
  { what: 'dashboard, script a second at 100k visitors', field: 'dashboardScriptMsPerS', show: msPerS, limit: 60, is: 'at most' },
  { what: 'dashboard, a mouse move over 5,000 cities', field: 'dashboardMouseMoveMs', show: fineMs, limit: 0.5, is: 'at most' },
  { what: 'dashboard, heap at minute 8 against minute 2', field: 'dashboardHeapRatio', show: times, limit: 1.05, is: 'at most' },
  { what: 'monitor, main thread a second at 10k visits', field: 'monitorTaskMsPerS', show: msPerS, limit: 60, is: 'at most' },
  { what: 'monitor, sorted by activity', field: 'monitorActivityTaskMsPerS', show: msPerS, limit: 60, is: 'at most' },
  { what: 'monitor, a click on a column to its rows', field: 'monitorSortMs', show: ms, limit: 50, is: 'at most' },
  { what: 'monitor, a filter to its rows', field: 'monitorFilterMs', show: ms, limit: 50, is: 'at most' },
  { what: 'a report over 10,000,000 page views', field: 'reportMs', show: ms, limit: 20, is: 'at most' },
  { what: 'unique visitors of an own range', field: 'uniqueVisitorsMs', show: ms, limit: 500, is: 'at most' },
  { what: 'a page of the lists of the past', field: 'listPageMs', show: ms, limit: 100, is: 'at most' },
  { what: 'a day of 100,000 visits for its replay', field: 'replayDayMs', show: ms, limit: 1_000, is: 'at most' },
];

/** One line a budget that was measured: what, value, budget, and whether it is met. */
export function table(results: Results): string {
  const rows = BUDGETS.flatMap(({ what, field, show, limit, is }) => {
    const value = results[field];
    if (value === null) return [];
    const met = is === 'at most' ? value <= limit : value >= limit;
    return [[what, show(value), `${is} ${show(limit)}`, met ? 'met' : 'MISSED']];
  });
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
