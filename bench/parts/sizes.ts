import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { BenchPart } from '../part.ts';

const DASHBOARD = fileURLToPath(new URL('../../packages/dashboard/dist', import.meta.url));
const EMBED = fileURLToPath(new URL('../../packages/embed/dist', import.meta.url));
/** What the router loads for the live list besides the entry. */
const LIVE_LIST = /^(?:shell|visitors-page)-[\w-]+\.js$/;
/** Its texts: one of these, by language. */
const FIRST_TEXTS = /^first-[\w-]+\.js$/;

/** Of the tracker, not of the chat. */
const TRACKER_FILES = ['foyer.js', 'poll.js'];

const gzipBytes = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;

/** JavaScript of the live list's first load: the entry, what it preloads, the list's chunks and the larger catalogue, and all that they import statically. */
function firstLoad(): Set<string> {
  const html = readFileSync(join(DASHBOARD, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="\/(?:assets\/)?([\w.-]+\.js)"/g)].map(([, name = '']) => name);
  const assets = readdirSync(join(DASHBOARD, 'assets'));
  waiting.push(...assets.filter((name) => LIVE_LIST.test(name)));
  const texts = assets
    .filter((name) => FIRST_TEXTS.test(name))
    .map((name) => ({ name, bytes: gzipBytes(join(DASHBOARD, 'assets', name)) }));
  const [largest] = texts.sort((a, b) => b.bytes - a.bytes);
  if (largest === undefined) throw new Error('the texts of the first screen are not where they were');
  waiting.push(largest.name);
  return withImports(waiting, (name) => (assets.includes(name) ? join(DASHBOARD, 'assets', name) : join(DASHBOARD, name)));
}

/** Files of these names, and of all that they import statically. */
function withImports(names: readonly string[], pathOf: (name: string) => string): Set<string> {
  const waiting = [...names];
  const loaded = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = pathOf(name);
    if (loaded.has(path)) continue;
    loaded.add(path);
    for (const [, imported = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)) waiting.push(imported);
  }
  return loaded;
}

const sum = (paths: Iterable<string>): number => [...paths].reduce((bytes, path) => bytes + gzipBytes(path), 0);

/** What the first open of the chat loads, and the chunks that wait until they are needed: all others that were built. */
function widget(): { first: Set<string>; later: string[] } {
  const first = withImports(['widget.js'], (name) => join(EMBED, name));
  const built = readdirSync(EMBED).filter((name) => name.endsWith('.js') && !TRACKER_FILES.includes(name));
  return { first, later: built.map((name) => join(EMBED, name)).filter((path) => !first.has(path)) };
}

export const sizes: BenchPart = {
  name: 'sizes',
  about: 'what browsers load, gzip',
  run: async () => {
    const { first, later } = widget();
    return {
      trackerGzipBytes: gzipBytes(join(EMBED, 'foyer.js')),
      widgetGzipBytes: sum(first),
      widgetLaterGzipBytes: sum(later),
      dashboardGzipBytes: sum(firstLoad()),
    };
  },
};
