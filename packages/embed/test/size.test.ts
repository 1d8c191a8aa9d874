import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url));

describe('what it costs', () => {
  it('[EM1] foyer.js is at most 3,000 bytes gzipped, as size.json says', async () => {
    const sizes = JSON.parse((await read('size.json')).toString()) as Record<string, { bytes: number; gzip: number }>;
    const code = await read('dist/foyer.js');
    const gzip = gzipSync(code, { level: 9 }).length;
    expect(gzip).toBeLessThanOrEqual(3_000);
    expect(sizes['foyer.js']).toEqual({ bytes: code.length, gzip });
  });
});
