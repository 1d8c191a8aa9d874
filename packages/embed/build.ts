/**
 * Builds dist/foyer.js and dist/poll.js, and writes size.json: what they weigh, for the budget's test and for reviewers.
 * Run: node packages/embed/build.ts
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { LIMITS, TIMES } from '@foyer/protocol/link';
import { build, type Plugin } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const SHARED: Record<string, Readonly<Record<string, number>>> = { LIMITS, TIMES };

/** A bundler keeps a constants object whole for the sake of two of its numbers; this writes the numbers in (230 bytes gzip). */
const inlineConstants: Plugin = {
  name: 'inline-constants',
  setup({ onLoad }) {
    onLoad({ filter: /packages\/protocol\/src\/limits\.ts$/ }, () => ({ loader: 'ts', contents: 'export const LIMITS = 0, TIMES = 0;' }));
    onLoad({ filter: /packages\/(embed|domain)\/src\/.*\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replace(/\b(LIMITS|TIMES)\.(\w+)/g, (_, object: string, key: string) =>
        String(SHARED[object]?.[key]),
      ),
    }));
  },
};

/** Properties that never leave the script, so they may be shortened. Wire fields and DOM names must not be in here. */
const PRIVATE = /^(retryWindow|lostAtMs|earliestMs|failures|atMs|spoke|chance)$/;

async function bundle(entry: string, name: string) {
  const { outputFiles } = await build({
    entryPoints: [`${here}src/${entry}`],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    // A browser that lacks something at load must not tell the host page's error handler about it.
    banner: { js: 'try{' },
    footer: { js: '}catch{}' },
    target: 'es2021',
    legalComments: 'none',
    charset: 'utf8',
    mangleProps: PRIVATE,
    plugins: [inlineConstants],
    tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
  });
  const code = outputFiles[0]!.contents;
  await writeFile(`${here}dist/${name}`, code);
  return { bytes: code.length, gzip: gzipSync(code, { level: 9 }).length };
}

await mkdir(`${here}dist`, { recursive: true });
const sizes = { 'foyer.js': await bundle('main.ts', 'foyer.js'), 'poll.js': await bundle('poll.ts', 'poll.js') };
await writeFile(`${here}size.json`, `${JSON.stringify(sizes, null, 2)}\n`);
console.log(JSON.stringify(sizes));
