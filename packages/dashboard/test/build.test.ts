import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDashboard } from './built.ts';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
let dist = '';
let manifest: Readonly<Record<string, Chunk>> = {};

beforeAll(async () => {
  dist = await buildDashboard();
  manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;
}, 60_000);
afterAll(() => rmSync(dist, { recursive: true, force: true }));

/** Files of these entries with all they import at once, each counted once, as gzip. */
function gzipBytes(entries: readonly string[]): number {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`no chunk ${key}`);
    if (seen.has(chunk.file)) return;
    seen.add(chunk.file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const entry of entries) visit(entry);
  return [...seen]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).byteLength, 0);
}
/** The page, the application and the larger of the catalogues. */
const FIRST = ['index.html', 'src/start.tsx', 'src/messages/de/first.ts'];
const BUDGET = 150_000;

describe('the built dashboard', () => {
  test('[DA15] sign-in loads at most 150 kB of gzipped JavaScript', () => {
    expect(gzipBytes([...FIRST, 'src/messages/de/entry.ts', 'src/entry/entry-layout.tsx', 'src/entry/login-page.tsx'])).toBeLessThanOrEqual(
      BUDGET,
    );
  });

  test('[DA15] the live list loads at most 150 kB of gzipped JavaScript', () => {
    expect(gzipBytes([...FIRST, 'src/app/shell.tsx', 'src/visitors/visitors-page.tsx'])).toBeLessThanOrEqual(BUDGET);
  });

  test('[DA15] the monitor loads at most 150 kB of gzipped JavaScript', () => {
    expect(gzipBytes([...FIRST, 'src/messages/de/monitor.ts', 'src/app/shell.tsx', 'src/monitor/monitor-page.tsx'])).toBeLessThanOrEqual(
      BUDGET,
    );
  });

  test('[DA15] the map, settings, the visitor panel, the monitor and the palette are not part of the first load', () => {
    for (const key of [
      'src/map/visitor-map.tsx',
      'src/map/world-map.ts',
      'src/settings/install-settings.tsx',
      'src/settings/visitors-settings.tsx',
      'src/visitors/visit-panel.tsx',
      'src/monitor/monitor-page.tsx',
      'src/app/palette/palette.tsx',
      'src/app/shortcut-help.tsx',
    ])
      expect(manifest[key]).toMatchObject({ isDynamicEntry: true });
  });

  test('[DA16] the page has no inline script, style or handler, and names no other origin', () => {
    const html = readFileSync(join(dist, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/i);
    expect(html).not.toMatch(/<style|\son\w+=|style=|https?:\/\//i);
    for (const name of readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.css'))) {
      expect(readFileSync(join(dist, 'assets', name), 'utf8'), name).not.toMatch(/url\(["']?(https?:|\/\/|data:)|@import/);
    }
  });

  test('[DA16] flags are files of their own, in no script', () => {
    const folder = readdirSync(join(dist, 'assets')).find((name) => name.startsWith('flags-'));
    expect(readdirSync(join(dist, 'assets', folder ?? ''))).toContain('at.svg');
    for (const name of readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.js'))) {
      expect(readFileSync(join(dist, 'assets', name), 'utf8'), name).not.toContain('flag-icons-');
    }
  });

  test('[DA40] the build holds the licence of each package it holds', () => {
    const text = readFileSync(join(dist, 'licences.txt'), 'utf8');
    for (const name of ['react', 'react-dom', '@tanstack/react-router', 'maplibre-gl', '@fontsource/inter', 'flag-icons'])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    const bare = text.split('-'.repeat(80)).filter((part) => !/copyright|licen[cs]e/i.test(part.trim().split('\n').slice(1).join('\n')));
    expect(bare.map((part) => part.trim())).toEqual([]);
  });
});
