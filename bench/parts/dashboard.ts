import { signIn } from '../../tools/swarm/sign-in.ts';
import { type Held, Screen, type Spent } from '../dashboard/screen.ts';
import type { BenchContext, BenchPart } from '../part.ts';
import { cpuSeconds, pause } from '../process-stat.ts';
import { LOGIN, startFullHouse } from '../servers.ts';

const CITIES = 5_000;
const HOT_SPOTS = 12;
const FILTERS = ['country:de', 'tokyo', 'status:inactive', 'page:v7', 'safari -germany'];

const msPerS = (from: Spent, to: Spent, what: 'scriptS' | 'taskS'): number => ((to[what] - from[what]) * 1e6) / (to.atMs - from.atMs);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

async function run({ quick, say }: BenchContext): ReturnType<BenchPart['run']> {
  const visitors = quick ? 20_000 : 100_000;
  const eventsPerS = quick ? 1_000 : 5_000;
  /** From the opening of the page: when the heap is first and last measured, between which script is. */
  const [fromS, untilS] = quick ? [20, 50] : [120, 480];
  const everyS = quick ? 10 : 60;
  say(`${visitors.toLocaleString('en')} visitors in ${CITIES.toLocaleString('en')} cities, ${eventsPerS.toLocaleString('en')} events/s`);
  const house = await startFullHouse({ visitors, cities: CITIES, eventsPerS });
  let screen: Screen | undefined;
  try {
    const cookie = await signIn(house.url, LOGIN);
    screen = await Screen.open({ url: house.url, cookie });
    const openedMs = performance.now();
    const until = (seconds: number) => pause(Math.max(0, openedMs + seconds * 1_000 - performance.now()));
    await until(fromS);
    const early = await screen.held();
    say(`at ${fromS} s: ${said(early)}`);
    const first = await screen.spent();
    const cpuBefore = cpuSeconds(house.pid);
    let before = first;
    for (let s = fromS + everyS; s <= untilS; s += everyS) {
      await until(s);
      const now = await screen.spent();
      say(
        `to ${s} s: script ${msPerS(before, now, 'scriptS').toFixed(1)} ms/s, all of the main thread ${msPerS(before, now, 'taskS').toFixed(1)} ms/s`,
      );
      before = now;
    }
    const serverCpu = (cpuSeconds(house.pid) - cpuBefore) / ((before.atMs - first.atMs) / 1_000);
    const late = await screen.held();
    say(`at ${untilS} s: ${said(late)}; the server used ${serverCpu.toFixed(2)} cores`);
    const { framesPerS, bytesPerS } = await screen.traffic(quick ? 3 : 10);
    const paintsPerS = await screen.paintsPerS(quick ? 3 : 10);
    say(`${framesPerS.toFixed(1)} frames/s, ${(bytesPerS / 1_000).toFixed(1)} kB/s; ${paintsPerS.toFixed(1)} paints/s`);
    const mouseMoveMs = await screen.mouseMoveMs(quick ? 20 : 50);
    const filterMs = await screen.filterMs(FILTERS);
    say(`a mouse move ${mouseMoveMs.toFixed(3)} ms; a new filter ${filterMs.toFixed(0)} ms`);
    for (const { where, msPerS: each } of (await screen.hotSpots(quick ? 5 : 15)).slice(0, HOT_SPOTS))
      say(`${each.toFixed(2).padStart(7)} ms/s  ${where}`);
    return {
      dashboardScriptMsPerS: msPerS(first, before, 'scriptS'),
      dashboardTaskMsPerS: msPerS(first, before, 'taskS'),
      dashboardHeapBytes: late.heapBytes,
      dashboardHeapRatio: late.heapBytes / early.heapBytes,
      dashboardNodes: late.nodes,
      dashboardListeners: late.listeners,
      dashboardFramesPerS: framesPerS,
      dashboardBytesPerS: bytesPerS,
      dashboardPaintsPerS: paintsPerS,
      dashboardMouseMoveMs: mouseMoveMs,
      dashboardFilterMs: filterMs,
    };
  } finally {
    await screen?.close();
    await house.stop();
  }
}

const said = ({ heapBytes, nodes, listeners }: Held): string => `heap ${megabytes(heapBytes)}, ${nodes} nodes, ${listeners} listeners`;

export const dashboard: BenchPart = {
  name: 'dashboard',
  about: 'the Visitors page in Chromium before a whole server with 100,000 visitors; 9 minutes, so only when it is named',
  isOnlyByName: true,
  run,
};
