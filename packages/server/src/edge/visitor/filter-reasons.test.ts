import { expect, it } from 'vitest';
import { SITE } from '../edge.testkit.ts';
import { FilterReasons } from './filter-reasons.ts';

const judged = { userAgent: 'UA', acceptLanguage: 'de', auto: false, hints: undefined, address: '203.0.113.7', addressHash: 'hash-7' };
const open = { excludeOwnTeam: false, excludedAddresses: [] };

function reasons(verdict = ''): FilterReasons {
  return new FilterReasons({
    directory: { isTeamAddress: (workspace, hash) => workspace === SITE.workspace && hash === 'hash-7' },
    judge: () => verdict,
  });
}

it('[WS1] a person who is let in is counted', () => {
  expect(reasons().of(judged, SITE, open)).toBe('');
});

it('[AG6] what the browser tells comes before where it sits', () => {
  expect(reasons('Googlebot').of(judged, SITE, { excludeOwnTeam: true, excludedAddresses: ['203.0.113.0/24'] })).toBe('Googlebot');
});

it('[AD5] the own team is left out by the hash of its address, where the workspace wants it', () => {
  expect(reasons().of(judged, SITE, { ...open, excludeOwnTeam: true })).toBe('Own team');
  expect(reasons().of({ ...judged, addressHash: 'hash-8' }, SITE, { ...open, excludeOwnTeam: true })).toBe('');
  expect(reasons().of(judged, { ...SITE, workspace: 'other' }, { ...open, excludeOwnTeam: true })).toBe('');
});

it.each([
  ['203.0.113.7', 'Left-out address'],
  ['203.0.113.0/24', 'Left-out address'],
  ['203.0.112.0/24', ''],
  ['2001:db8::/32', ''],
])('[PV2] addresses listed as %s: "%s"', (entry, reason) => {
  const one = reasons();
  const settings = { ...open, excludedAddresses: [entry] };
  expect(one.of(judged, SITE, settings)).toBe(reason);
  expect(one.of(judged, SITE, settings)).toBe(reason);
  expect(one.of({ ...judged, address: '' }, SITE, settings)).toBe('');
});
