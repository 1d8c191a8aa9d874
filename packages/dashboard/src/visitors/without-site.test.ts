import { expect, test } from 'vitest';
import { withoutSite } from './without-site.ts';

test.each([
  ['Tents – Fernhill Outdoor', 'Fernhill Outdoor', 'Tents'],
  ['Tents | Boots - fernhill outdoor ', 'Fernhill Outdoor', 'Tents | Boots'],
  ['Fernhill Outdoor', 'Fernhill Outdoor', 'Fernhill Outdoor'],
  ['– Fernhill Outdoor', 'Fernhill Outdoor', '– Fernhill Outdoor'],
  ['All about Fernhill Outdoor', 'Fernhill Outdoor', 'All about Fernhill Outdoor'],
  ['Tents – Fernhill Outdoor', '', 'Tents – Fernhill Outdoor'],
  ['', 'Shop', ''],
])('[VP2] %j on %j is %j: the site is named once', (title, site, shown) => {
  expect(withoutSite(title, site)).toBe(shown);
});
