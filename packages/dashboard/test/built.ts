import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds the dashboard as it ships into a folder of its own, so that runs do not wait for or overwrite each other. */
export async function buildDashboard(): Promise<string> {
  const root = join(import.meta.dirname, '..');
  const outDir = await mkdtemp(join(tmpdir(), 'foyer-dashboard-'));
  // Tests run with NODE_ENV=test, for which React bundles its development half.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } });
  process.env['NODE_ENV'] = before;
  return outDir;
}
