/**
 * Builds what pages load into dist/, and writes size.json: what it weighs, for the budget's test and for reviewers.
 * Run: node packages/embed/build.ts
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from './build-bundle.ts';
import { shortNames } from './build-names.ts';
import { shortOrder } from './build-order.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const languages = (await readdir(`${here}src/widget/texts`)).map((file) => file.replace('.ts', ''));

/** Name in dist, source, and whether it is a classic script of its own or a module that it fetches. */
const ENTRIES: readonly (readonly [name: string, source: string, format: 'script' | 'module'])[] = [
  ['foyer', 'main.ts', 'script'],
  ['poll', 'poll.ts', 'module'],
  ['widget', 'widget/main.tsx', 'module'],
  ...languages.map((language) => [`lang-${language}`, `widget/texts/${language}.ts`, 'module'] as const),
];

await mkdir(`${here}dist`, { recursive: true });
const sizes: Record<string, { bytes: number; gzip: number }> = {};
for (const [name, source, format] of ENTRIES) {
  for (const [file, code] of await bundle(name, `${here}src/${source}`, format)) {
    // The one that every page view loads is worth ten seconds of search: names and order, twice, because each finds more after the other.
    const text =
      format === 'script' ? [shortOrder, shortNames, shortOrder, shortNames].reduce((made, shorten) => shorten(made), code) : code;
    await writeFile(`${here}dist/${file}`, text);
    sizes[file] = { bytes: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length };
  }
}
await writeFile(`${here}size.json`, `${JSON.stringify(sizes, null, 2)}\n`);
console.log(JSON.stringify(sizes));
