import { expect, test } from 'vitest';
import { applySettings, changedSettings, isTimeZone, newSettings, settingsProblems } from './settings.ts';

test('[TM28] a new workspace collects nothing until it is told to', () => {
  expect(newSettings('Europe/Berlin')).toEqual({
    tracking: false,
    timeZone: 'Europe/Berlin',
    excludeOwnTeam: false,
    excludedAddresses: [],
    ipMask: 'default',
    signals: 'limit',
    cookieless: false,
    keepVisitsDays: 365,
    resolvedHoldMs: 300_000,
  });
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['America/Argentina/Buenos_Aires', true],
  ['+02:00', false],
  ['Mars/Olympus', false],
  ['', false],
])('[TM28] %j is a time zone: %s', (name, is) => {
  expect(isTimeZone(name)).toBe(is);
});

test('[TM28] what is no address or range is named by its place in the list', () => {
  expect(settingsProblems({ excludedAddresses: ['10.0.0.0/8', 'office', '2001:db8::/33', '1.2.3.4/40'], timeZone: 'Nowhere' })).toEqual({
    timeZone: expect.any(String),
    'excludedAddresses.1': expect.any(String),
    'excludedAddresses.3': expect.any(String),
  });
  expect(settingsProblems({})).toEqual({});
});

test('[TM28] a change keeps what it does not say', () => {
  const before = newSettings('UTC');
  const after = applySettings(before, { tracking: true, workspaceName: 'Elsewhere', ipMask: 'strong' });
  expect(after).toEqual({ ...before, tracking: true, ipMask: 'strong' });
  expect(changedSettings(before, after)).toEqual(['tracking', 'ipMask']);
});
