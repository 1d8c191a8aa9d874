import { expect, it } from 'vitest';
import { leftOutReason } from '@foyer/protocol';
import { SITE } from '../edge.testkit.ts';
import { FilterReasons } from './filter-reasons.ts';

const judged = { userAgent: 'UA', acceptLanguage: 'de', auto: false, hints: undefined, address: '203.0.113.7', addressHash: 'hash-7' };
const open = { excludeOwnTeam: false, excludedAddresses: [] };

function reasons(...verdict: string[]): FilterReasons {
  return new FilterReasons({
    directory: { isTeamAddress: (workspace, hash) => workspace === SITE.workspace && hash === 'hash-7' },
    judge: () => verdict.map((name) => leftOutReason('bot', name)),
  });
}

it('[WS1] a person who is let in is counted', () => {
  expect(reasons().of(judged, SITE, open)).toEqual([]);
});

it('[AG6] what the browser tells comes before where it sits', () => {
  const all = reasons('Googlebot').of(judged, SITE, { excludeOwnTeam: true, excludedAddresses: ['203.0.113.0/24'] });
  expect(all.map(({ rule }) => rule)).toEqual(['bot:googlebot', 'own_team', 'address']);
});

it('[AD5] the own team is left out by the hash of its address, where the workspace wants it', () => {
  expect(reasons().of(judged, SITE, { ...open, excludeOwnTeam: true })).toEqual([{ rule: 'own_team', text: 'Own team' }]);
  expect(reasons().of({ ...judged, addressHash: 'hash-8' }, SITE, { ...open, excludeOwnTeam: true })).toEqual([]);
  expect(reasons().of(judged, { ...SITE, workspace: 'other' }, { ...open, excludeOwnTeam: true })).toEqual([]);
});

it.each([
  ['203.0.113.7', 'Left-out address'],
  ['203.0.113.0/24', 'Left-out address'],
  ['203.0.112.0/24', ''],
  ['2001:db8::/32', ''],
])('[PV2] addresses listed as %s: "%s"', (entry, reason) => {
  const one = reasons();
  const settings = { ...open, excludedAddresses: [entry] };
  const expected = reason === '' ? [] : [{ rule: 'address', text: reason }];
  expect(one.of(judged, SITE, settings)).toEqual(expected);
  expect(one.of(judged, SITE, settings)).toEqual(expected);
  expect(one.of({ ...judged, address: '' }, SITE, settings)).toEqual([]);
});
