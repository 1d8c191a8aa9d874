/**
 * How long a chat message waits for its receipt from the embedded store: 500/s beside 2,000 visit writes/s, in an open loop; then how
 * many the store takes at most beside the same visits. Prints one line of JSON.
 *
 *   node bench/chat-store-process.ts EMPTY_FOLDER [--seconds 15] [--per-second 500]
 */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ChatStore, createLog, openSqliteStores, systemClock, type VisitRecord } from '@foyer/server';
import { percentile } from '../tools/swarm/marker.ts';
import { pause } from './process-stat.ts';

export interface ChatStoreMeasured {
  readonly messages: number;
  readonly visits: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly mostPerS: number;
  /** What the machine itself does to anybody who waits: how late a timer is, and what a bare 4 kB write with a sync takes. */
  readonly machine: { readonly lateP99Ms: number; readonly syncP50Ms: number; readonly syncP99Ms: number };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '15' }, 'per-second': { type: 'string', default: '500' } },
});
const [dataDir] = positionals;
if (dataDir === undefined) throw new Error('name an empty folder for the databases');
const SECONDS = Number(values.seconds);
const PER_SECOND = Number(values['per-second']);
const VISITS_PER_SECOND = 2_000;
/** As the history writer does when visits come at this rate: a batch is what came while the last one was written, at most 1,000. */
const VISIT_BATCH_MS = 250;
const CONVERSATIONS = 400;
const workspace = 'bench';
const circumstances = { reopenForMs: 1e9, requeueAfterMs: 1e9, undoForMs: 0, capacity: 100_000, awaySince: 0 };

const aVisit = (n: number): VisitRecord => ({
  ...{
    workspace,
    site: 's',
    visit: `visit-${n}`,
    visitor: `visitor-${n % 5_000}`,
    startedAt: 1_790_000_000_000 + n,
    endedAt: null,
    leftAt: 0,
  },
  ...{ lastActivityAt: 1_790_000_000_000 + n, pages: 2, tabs: { tab00001: 2 }, country: 'CZ', region: 'Prague', city: 'Praha' },
  trail: [1, 2].map((i) => ({ at: 1_790_000_000_000 + n, url: `https://shop.example/page-${(n * i) % 500}`, title: 'A page of the shop' })),
  ...{ place: 'cz|prague|praha', lat: 50.08, lon: 14.43, approximate: false, browser: 'Firefox', browserVersion: '140', os: 'Linux' },
  ...{ osVersion: '', device: 'desktop', lang: 'cs', timeZone: 'Europe/Prague', screen: '1920x1080', referrer: '', referrerHost: '' },
  ...{ campaign: '', ip: '192.0.2.0', organisation: '', source: 'Widget', context: '', filtered: '', name: '', identity: '', goals: [] },
});
const words = (n: number) =>
  ({ kind: 'text', text: `Message ${n}: where is my order, please? It was sent on Monday and has not come.` }) as const;

let sent = 0;
async function begin(chat: ChatStore): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < CONVERSATIONS; i++) {
    const origin = { id: `c-${i}`, workspace, site: 's', visitor: `v-${i}`, cookieless: false, team: '', ai: '' } as const;
    const contact = { name: '', email: '', verified: false };
    await chat.request({
      ...{ ...circumstances, do: 'write', now: 1, cid: `cid-start-${i}`, words: words(i) },
      origin: { ...origin, source: 'widget', contact },
    });
    await chat.request({
      ...circumstances,
      do: 'act',
      workspace,
      now: 2,
      conversation: origin.id,
      command: { c: 'accept', by: { kind: 'agent', id: `a-${i % 40}` } },
    });
    ids.push(origin.id);
  }
  return ids;
}
function say(chat: ChatStore, ids: readonly string[]) {
  const n = ++sent;
  const i = n % ids.length;
  const by = n % 2 ? ({ kind: 'visitor' } as const) : ({ kind: 'agent', id: `a-${i % 40}` } as const);
  const command = { c: 'say', by, cid: `cid-${n}`, words: words(n) } as const;
  return chat.request({ ...circumstances, do: 'act', workspace, now: n, conversation: ids[i] ?? '', command });
}

const stores = await openSqliteStores({ dataDir, clock: systemClock, log: createLog({ level: 'error' }) });
const ids = await begin(stores.chat);
let running = true;
let visits = 0;
async function writeVisits(): Promise<void> {
  const from = performance.now();
  while (running) {
    const due = Math.floor(((performance.now() - from) / 1_000) * VISITS_PER_SECOND) - visits;
    if (due > 0) await stores.history.saveVisits(Array.from({ length: Math.min(due, 1_000) }, () => aVisit(++visits)));
    await pause(VISIT_BATCH_MS);
  }
}
const visitsWritten = writeVisits();

async function machine(folder: string): Promise<ChatStoreMeasured['machine']> {
  const file = openSync(join(folder, 'sync'), 'w');
  const page = Buffer.alloc(4_096);
  const [late, synced]: [number[], number[]] = [[], []];
  for (let i = 0; i < 1_000; i++) {
    const from = performance.now();
    await pause(1);
    late.push(performance.now() - from - 1);
    const before = performance.now();
    writeSync(file, page, 0, page.length, (i % 1_000) * page.length);
    fdatasyncSync(file);
    synced.push(performance.now() - before);
  }
  closeSync(file);
  return { lateP99Ms: percentile(late, 0.99), syncP50Ms: percentile(synced, 0.5), syncP99Ms: percentile(synced, 0.99) };
}

async function openLoop(): Promise<number[]> {
  const waits: number[] = [];
  const pending: Promise<void>[] = [];
  const from = performance.now();
  for (let i = 0; i < SECONDS * PER_SECOND; i++) {
    const due = from + (i * 1_000) / PER_SECOND;
    while (performance.now() < due) await pause(1);
    // From when it was due: what the loop itself is late counts as waiting.
    pending.push(
      say(stores.chat, ids).then((answer) => {
        if (!answer.ok) throw new Error(answer.refusal.code);
        waits.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(pending);
  return waits;
}
async function closedLoop(seconds: number): Promise<number> {
  let stored = 0;
  const until = performance.now() + seconds * 1_000;
  await Promise.all(
    Array.from({ length: 128 }, async () => {
      for (; performance.now() < until; stored++) await say(stores.chat, ids);
    }),
  );
  return stored / seconds;
}

const alone = await machine(dataDir);
const waits = await openLoop();
const perSecond = await closedLoop(Math.min(5, SECONDS));
running = false;
await visitsWritten;
await stores.close();
const measured: ChatStoreMeasured = {
  ...{ messages: waits.length, visits, p50Ms: percentile(waits, 0.5), p99Ms: percentile(waits, 0.99), maxMs: percentile(waits, 1) },
  ...{ mostPerS: Math.round(perSecond), machine: alone },
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
