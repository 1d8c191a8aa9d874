/**
 * Builds dist/foyer.js and dist/poll.js, and writes size.json: what they weigh, for the budget's test and for reviewers.
 * Run: node packages/embed/build.ts
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { LIMITS, TIMES } from '@foyer/protocol/link';
import { build, minify, type Plugin, type Rolldown } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const SHARED: Readonly<Record<string, Readonly<Record<string, number>>>> = { LIMITS, TIMES };

/** Fields that never leave the script. Names of the wire and of the DOM must not be in here. */
const PRIVATE = ['retryWindow', 'lostAtMs', 'earliestMs', 'failures', 'atMs', 'spoke', 'chance'];

/**
 * A bundler keeps a constants object whole for the sake of two of its numbers, and dares not shorten fields: this writes the
 * numbers in and the private names short (300 bytes gzip together).
 */
const shorten: Plugin = {
  name: 'shorten',
  enforce: 'pre',
  transform(code, id) {
    if (id.endsWith('/protocol/src/limits.ts')) return 'export const LIMITS = 0, TIMES = 0;';
    const withNumbers = code.replace(/\b(LIMITS|TIMES)\.(\w+)/g, (_, object: string, key: string) => String(SHARED[object]?.[key]));
    return PRIVATE.reduce((text, name, i) => text.replace(new RegExp(`\\b${name}\\b`, 'g'), `$${i}`), withNumbers);
  },
};

async function bundle(entry: string, format: 'script' | 'module') {
  const built = (await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [shorten],
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: `${here}src/${entry}.ts`, formats: ['es'], fileName: entry },
      rolldownOptions: { optimization: { inlineConst: { mode: 'all', pass: 3 } }, output: { topLevelVar: false } },
    },
  })) as Rolldown.RolldownOutput[];
  const { code } = built[0]!.output[0];
  // A browser that lacks something at load must not tell the host page's error handler about it.
  const whole = format === 'script' ? `try{(()=>{${code}})()}catch{}` : code;
  const small = await minify(`${entry}.js`, whole, {
    module: format === 'module',
    compress: { target: 'es2022' },
    mangle: { toplevel: format === 'module' },
    codegen: { removeWhitespace: true, legalComments: 'none' },
  });
  const text = small.code
    .replace(/\/\* @__PURE__ \*\/ ?/g, '')
    .replace(/\$(\d)\b/g, (_, i: string) => 'etnroia'[Number(i)]!)
    .trim();
  const name = `${format === 'script' ? 'foyer' : entry}.js`;
  await writeFile(`${here}dist/${name}`, text);
  return [name, { bytes: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length }] as const;
}

await mkdir(`${here}dist`, { recursive: true });
const sizes = Object.fromEntries([await bundle('main', 'script'), await bundle('poll', 'module')]);
await writeFile(`${here}size.json`, `${JSON.stringify(sizes, null, 2)}\n`);
console.log(JSON.stringify(sizes));
