import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url));

describe('what it costs', () => {
  it.each([
    ['foyer.js', 3_000],
    ['widget.js', 18_000],
  ])('[EM1][WG1] %s is at most %d bytes gzipped, as size.json says', async (name, most) => {
    const sizes = JSON.parse((await read('size.json')).toString()) as Record<string, { bytes: number; gzip: number }>;
    const code = await read(`dist/${name}`);
    const gzip = gzipSync(code, { level: 9 }).length;
    expect(gzip).toBeLessThanOrEqual(most);
    expect(sizes[name]).toEqual({ bytes: code.length, gzip });
  });

  it('[WG1] the widget loads nothing with itself: emoji, pictures, files, forms, cards, sound and languages are chunks', async () => {
    const code = (await read('dist/widget.js')).toString();
    expect(code).not.toMatch(/\bimport[\s{*"'`]/);
    for (const chunk of ['emoji', 'files', 'forms', 'invitation', 'sound']) expect(code).toContain(`./${chunk}.js`);
    for (const language of ['en', 'de', 'fr', 'es', 'tr', 'ar']) expect((await read(`dist/lang-${language}.js`)).length).toBeGreaterThan(0);
  });
});
