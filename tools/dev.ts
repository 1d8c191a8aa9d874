/**
 * `npm run dev`: the dashboard by Vite's own server, at the address that people open, with everything else passed on to a Foyer server behind it.
 * A changed source of the dashboard is hot-replaced; of the embed, rebuilt; of the server, it is restarted.
 */
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'vite';
import { BUNDLES, ensureBuilt } from './bootstrap/build.mjs';
import { restarting } from './dev/restarting.ts';
import { watchFolders } from './dev/watch.ts';
import { ROOT } from './source.ts';

const port = Number(process.env['PORT'] ?? 8080);
const embedPath = process.env['FOYER_EMBED_PATH'] ?? '/foyer.js';
const address = `http://localhost:${port}`;
const behind = await freePort();
const target = `http://127.0.0.1:${behind}`;
const embed = BUNDLES.filter(({ name }) => name === 'embed');

await buildEmbed();
const vite = await createServer({
  root: join(ROOT, 'packages/dashboard'),
  clearScreen: false,
  logLevel: 'warn',
  server: {
    port,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', embedPath, '/demo', '/healthz', '/readyz', '/metrics'].map((path) => [path, { target, ws: true, xfwd: false }]),
    ),
  },
});
await vite.listen();
// The server prints its address and set-up link: with FOYER_PUBLIC_URL, those of the address that Vite listens at.
const server = restarting(process.execPath, [join(ROOT, 'packages/server/src/main.ts'), ...process.argv.slice(2)], {
  cwd: ROOT,
  env: { FOYER_PUBLIC_URL: address, ...process.env, PORT: String(behind), HOST: '127.0.0.1' },
});

const folder = (path: string) => join(ROOT, 'packages', path);
const watches = [
  watchFolders(['server/src', 'domain/src', 'protocol/src'].map(folder), () => void server.restart()),
  watchFolders(['embed/src', 'domain/src', 'protocol/src'].map(folder), () => {
    void buildEmbed().then(() => server.restart());
  }),
];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void shutDown());

async function shutDown(): Promise<void> {
  for (const end of watches) end();
  await Promise.all([server.stop(), vite.close()]);
  process.exit(0);
}

/** A mistake in the embed's source is shown and waits for the next change. */
async function buildEmbed(): Promise<void> {
  await ensureBuilt(ROOT, process.execPath, embed).catch((error: unknown) => {
    process.stderr.write(`foyer: ${error instanceof Error ? error.message : String(error)}\n`);
  });
}

/** Free now; the server takes it a moment later. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createTcpServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
}
