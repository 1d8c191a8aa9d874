/**
 * `npm run demo [-- --visitors 300] [options of the server]`: Foyer with a shop, its owner and its visitors, on data that is gone afterwards.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { addressOf, createLog, type Foyer, loadConfig, startFoyer } from '@foyer/server';
import { SIDE_SITES } from '@foyer/domain/simulate';
import { AI, startAssistant } from './demo/assistant.ts';
import { furnishDesk } from './demo/desk.ts';
import { sampleOpening } from './demo/opening.ts';
import { demoOrigins } from './demo/origins.ts';
import { writePast } from './demo/past.ts';
import { writePastLife } from './demo/past-life.ts';
import { SHOP_CONTEXTS, SHOP_GOALS } from './demo/shop-rules.ts';
import { createSidePages } from './demo/side-pages.ts';
import { createShop } from './shop/shop.ts';
import { castOf, regularsOf, type Scene } from './swarm/life.ts';
import type { LifeCommands } from './swarm/life-process.ts';
import { startPart } from './swarm/part.ts';

const OWNER = { email: 'demo@foyer.test', password: 'foyer-demo', name: 'Dana Demo' };
const COLLEAGUES = [
  { email: 'mia@foyer.test', name: 'Mia Berg' },
  { email: 'jonas@foyer.test', name: 'Jonas Wolf' },
];
const SITE_KEY = 'demo';
/** The shop's own widget: its green, and what its visitors ask most. */
const SHOP_LOOK = {
  teamName: 'Fernhill Outdoor',
  accent: '#2f5d50',
  questions: ['Where is my order?', 'How do returns work?', 'Which tent is right for me?'],
};
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const DEFAULT_VISITORS = 300;
/** How long the shop has been open when the demo opens: longer than any visit lasts, so that nothing on the screen gives the beginning away. */
const OPEN_FOR_MS = 25 * 60_000;
/** After everybody has come in, those who have just left are gone, and the store has all of them. */
const SETTLED_MS = 8_000;
/** Enough that nobody has to come back twice in half an hour, which would be one visit. */
const REGULARS_PER_VISITOR = 1.5;

const HELP = `Usage: npm run demo [-- options]

  --visitors <number>  People in the shop at a time, default ${DEFAULT_VISITORS}; 0: none but you.
  --pace <number>      How much faster than people they live, default 1.
  --seed <number>      Which people they are; default: others each time.

All options of the server work too (npm start -- --help), but for the data folder, which is a temporary one.
`;

interface DemoOptions {
  readonly visitors: number;
  readonly pace: number;
  readonly seed: number;
  /** For the server. */
  readonly rest: readonly string[];
}

/** Answers a sentence when an option is not understood. */
function readOptions(argv: readonly string[]): DemoOptions | string {
  const own = { visitors: DEFAULT_VISITORS, pace: 1, seed: randomInt(1, 2 ** 31) };
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const [, name, inline] = /^--(visitors|pace|seed)(?:=(.*))?$/.exec(argv[i] ?? '') ?? [];
    if (name === undefined) {
      rest.push(argv[i] ?? '');
      continue;
    }
    const given = inline ?? argv[++i] ?? '';
    const value = Number(given);
    if (given === '' || !(value >= 0) || (name === 'pace' && value === 0)) return `--${name} ${given}: a number is needed`;
    own[name as keyof typeof own] = value;
  }
  return { ...own, visitors: Math.floor(own.visitors), rest };
}

/** The demo's team and sites, made the way a person would. Answers the workspace and the sites' ids, the shop's first. */
async function furnish(foyer: Foyer): Promise<{ workspace: string; sites: string[] }> {
  const token = foyer.setupPath?.split('token=')[1] ?? '';
  const site = { name: 'Fernhill Outdoor', domain: 'localhost' };
  const done = await foyer.setup.complete({ token, workspace: 'Fernhill', ...OWNER, site, timeZone: ZONE }, '');
  if (!done.ok) throw new Error(`the demo could not be set up: ${done.error}`);
  const { directory } = foyer;
  const { workspace } = done.value.actor;
  const [first] = directory.sites(workspace);
  if (first === undefined) throw new Error('set-up makes a site');
  // Tests and screen recordings drive a browser; here they are what is to be seen.
  const shop = { ...first, id: randomUUID(), key: SITE_KEY, countAutomated: true };
  // A moment later each, because sites are listed by age.
  const sides = SIDE_SITES.map(({ key, name }, i) => ({ ...first, id: randomUUID(), key, name, createdAt: first.createdAt + i + 1 }));
  for (const each of [shop, ...sides]) await directory.addSite(each);
  await directory.changeLook(workspace, shop.id, (look) => ({ ...look, ...SHOP_LOOK }));
  await directory.putContexts(workspace, shop.id, SHOP_CONTEXTS);
  await directory.putGoals(workspace, shop.id, SHOP_GOALS);
  await directory.removeSite(workspace, first.id);
  await directory.changeWorkspace(workspace, ({ name, settings }) => ({
    name,
    // Whoever tries the demo sits at the address that they visit the shop from.
    settings: { ...settings, tracking: true, excludeOwnTeam: false },
  }));
  for (const { email, name } of COLLEAGUES) {
    const { path } = await foyer.team.invite(done.value.actor, { role: 'agent' });
    const joined = await foyer.team.accept({ token: path.split('token=')[1] ?? '', name, email, password: OWNER.password }, '');
    if (!joined.ok) throw new Error(`the demo's team is not whole: ${joined.error}`);
  }
  return { workspace, sites: [shop, ...sides].map(({ id }) => id) };
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  const data = mkdtempSync(join(tmpdir(), 'foyer-demo-'));
  try {
    return await run(options, data);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function run({ visitors, pace, seed, rest }: DemoOptions, data: string): Promise<number> {
  // Simulated visitors say where they are by X-Forwarded-For, so their own machine is the trusted proxy.
  const loaded = loadConfig(rest, { FOYER_TRUST_PROXY: 'loopback', FOYER_LOG_LEVEL: 'warn', ...process.env, FOYER_DATA: data });
  if (!loaded.ok) {
    process.stderr.write(`${loaded.error.join('\n')}\nSee --help.\n`);
    return 2;
  }
  if (loaded.value.kind === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const { config } = loaded.value;
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  const ended = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });

  const shop = createShop({ siteKey: SITE_KEY, embedPath: config.embedPath });
  const sides = SIDE_SITES.map((side) => createSidePages(side, config.embedPath));
  const extra = async (request: Request): Promise<Response | null> => {
    for (const side of sides) {
      const page = side(request);
      if (page) return page;
    }
    return shop(request);
  };
  const foyer = await startFoyer({ config: { ...config, data }, log: createLog({ level: config.logLevel }), version, extra });
  let life: ReturnType<typeof startPart<LifeCommands>> | undefined;
  let stopHelpers = (): void => {};
  let isOver = false;
  let pastLife = Promise.resolve();
  let opening = Promise.resolve();
  const over = new AbortController();
  const lastDay = Promise.withResolvers<void>();
  try {
    const { workspace, sites } = await furnish(foyer);
    const address = addressOf(config, foyer.port);
    const host = config.host === '' || config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
    const direct = `http://${host}:${foyer.port}`;
    const secrets = await furnishDesk({ address: direct, owner: OWNER, timeZone: ZONE, now: foyer.live.now() });
    const scene: Scene = {
      origins: visitors > 0 ? demoOrigins(foyer.archive.lookup, seed) : [],
      sides: SIDE_SITES,
      regulars: Math.ceil(visitors * REGULARS_PER_VISITOR),
      warmMs: OPEN_FOR_MS / pace,
    };
    if (visitors > 0) {
      const addresses = [`${address}/demo/`, ...SIDE_SITES.map(({ key }) => `${address}/${key}/`)];
      const places = sites.map((id, i) => ({ id, address: addresses[i]! }));
      const past = { archive: foyer.archive, workspace, sites: places, sides: SIDE_SITES, seed, now: foyer.live.now() };
      const stays = await writePast({ ...past, regulars: regularsOf(scene, seed) });
      const agents = (await foyer.team.members(workspace)).map(({ id }) => id);
      // Two months take some seconds; nobody has to wait for them.
      pastLife = writePastLife({
        ...past,
        stays,
        cast: castOf(scene),
        agents,
        ai: AI.id,
        visitors,
        isOver: () => isOver,
        onLastDay: lastDay.resolve,
      }).catch((cause: unknown) => {
        process.stderr.write(`The demo has no longer past: ${cause instanceof Error ? cause.message : String(cause)}\n`);
      });
    }
    process.stdout.write(`
Foyer is ready at ${address}
  sign in    ${OWNER.email} / ${OWNER.password}
  the shop   ${address}/demo/   (open it beside the dashboard and see yourself arrive)
  visitors   ${visitors === 0 ? 'none but you' : `${visitors}, simulated, from all over the world; their conversations are simulated too (seed ${seed})`}
  data       temporary, gone when this ends (Ctrl-C)

`);
    if (visitors > 0) {
      // A process of its own: what the server costs must not be what its visitors cost.
      life = startPart<LifeCommands>(new URL('./swarm/life-process.ts', import.meta.url));
      stopHelpers = startAssistant({ chat: foyer.chat, workspace, seed, pace });
      const target = { host, port: foyer.port, embedPath: config.embedPath, siteKey: SITE_KEY, pageOrigin: address, answers: true };
      for (const [i, { email }] of COLLEAGUES.entries()) {
        const { password } = OWNER;
        await life.ask('colleague', { address: direct, email, password, seed: seed + i + 1, pace });
      }
      const fillMs = Math.min(20_000, 2_000 + visitors * 4);
      const openedAt = foyer.live.now();
      await life.ask('start', { target, seed, visitors, pace, fillMs, scene, secrets });
      opening = delay(fillMs + SETTLED_MS, undefined, { signal: over.signal })
        .then(() => Promise.race([lastDay.promise, pastLife]))
        .then(() => sampleOpening({ archive: foyer.archive, workspace, sites, openedAt, now: foyer.live.now() }))
        .catch((cause: unknown) => {
          if (!isOver)
            process.stderr.write(`The demo's first minutes are not counted: ${cause instanceof Error ? cause.message : String(cause)}\n`);
        });
    }
    await ended;
    return 0;
  } finally {
    isOver = true;
    over.abort();
    stopHelpers();
    await life?.stop();
    await pastLife;
    await opening;
    await foyer.close();
  }
}

main().then(
  (code) => process.exit(code),
  (cause: unknown) => {
    process.stderr.write(`The demo could not go on: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exit(1);
  },
);
