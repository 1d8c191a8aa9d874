import { signIn } from '../../tools/swarm/sign-in.ts';
import { Screen, type Spent } from '../dashboard/screen.ts';
import type { BenchContext, BenchPart } from '../part.ts';
import { pause } from '../process-stat.ts';
import { LOGIN, startFullHouse } from '../servers.ts';

const VISITORS = 10_000;
const CITIES = 2_000;
const EVENTS_PER_S = 1_000;
/** Until compiled code and caches are those of a page that is open for a while. */
const WARM_UP_S = 10;
const HOT_SPOTS = 10;
const COLUMNS = ['page', 'pages', 'context', 'country', 'time', 'referrer', 'activity'];
const FILTERS = ['country:de', 'tokyo', 'status:browsing', 'page:v7', 'safari -germany'];

const msPerS = (from: Spent, to: Spent, what: 'scriptS' | 'taskS'): number => ((to[what] - from[what]) * 1e6) / (to.atMs - from.atMs);
const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

async function run({ quick, say }: BenchContext): ReturnType<BenchPart['run']> {
  const seconds = quick ? 12 : 40;
  const house = await startFullHouse({ visitors: VISITORS, cities: CITIES, eventsPerS: EVENTS_PER_S });
  let screen: Screen | undefined;
  try {
    screen = await Screen.open({ url: house.url, cookie: await signIn(house.url, LOGIN), path: '/monitor' });
    await pause(WARM_UP_S * 1_000);
    const rest = async (said: string): Promise<{ task: number; script: number }> => {
      const from = await screen!.spent();
      await pause(seconds * 1_000);
      const to = await screen!.spent();
      const { task, script } = { task: msPerS(from, to, 'taskS'), script: msPerS(from, to, 'scriptS') };
      say(`${said}: all of the main thread ${task.toFixed(1)} ms/s, of it script ${script.toFixed(1)} ms/s`);
      return { task, script };
    };
    const calm = await rest('newest first');
    const { framesPerS, bytesPerS } = await screen.traffic(5);
    say(`${framesPerS.toFixed(1)} frames/s, ${(bytesPerS / 1_000).toFixed(1)} kB/s`);
    for (const { where, msPerS: each } of (await screen.hotSpots(5)).slice(0, HOT_SPOTS))
      say(`${each.toFixed(2).padStart(7)} ms/s  ${where}`);
    const sorts = await screen.answersMs(COLUMNS.map((column) => ({ column })));
    say(`sorted by ${COLUMNS.map((column, i) => `${column} ${sorts[i]?.toFixed(0)} ms`).join(', ')}`);
    // The last one of the columns.
    await pause(3_000);
    const busy = await rest('by activity');
    const traffic = await screen.traffic(5);
    say(`${traffic.framesPerS.toFixed(1)} frames/s, ${(traffic.bytesPerS / 1_000).toFixed(1)} kB/s`);
    for (const { where, msPerS: each } of (await screen.hotSpots(5)).slice(0, HOT_SPOTS))
      say(`${each.toFixed(2).padStart(7)} ms/s  ${where}`);
    const filters = await screen.answersMs(FILTERS.map((filter) => ({ filter })));
    say(`filtered by ${FILTERS.map((filter, i) => `${filter} ${filters[i]?.toFixed(0)} ms`).join(', ')}`);
    return {
      monitorTaskMsPerS: calm.task,
      monitorScriptMsPerS: calm.script,
      monitorActivityTaskMsPerS: busy.task,
      monitorSortMs: middle(sorts),
      monitorFilterMs: middle(filters),
    };
  } finally {
    await screen?.close();
    await house.stop();
  }
}

export const monitor: BenchPart = {
  name: 'monitor',
  about:
    'the Visitor Monitor in Chromium before a whole server with 10,000 visits and 1,000 updates/s; 3 minutes, so only when it is named',
  isOnlyByName: true,
  run,
};
