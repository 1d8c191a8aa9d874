import { ROLES } from '@foyer/protocol';
import { expect, test } from 'vitest';
import { ACTIONS, can, maskFor, mayManage } from './permissions.ts';

test('[TM1] each role may do exactly what the table of product.md section 10 says', () => {
  const table = ACTIONS.map((action) => `${action}: ${ROLES.filter((role) => can(role, action)).join(' ')}`);
  expect(table).toEqual([
    'visitors.see: owner admin agent',
    'visitors.block: owner admin agent',
    'chat: owner admin agent',
    'reports.see: owner admin agent',
    'team.see: owner admin agent',
    'kept.manage: owner admin',
    'settings.change: owner admin',
    'sites.manage: owner admin',
    'team.manage: owner admin',
    'ownership.transfer: owner',
    'workspace.delete: owner',
  ]);
});

test('[TM1] nobody manages upwards: an admin never touches an owner, an agent touches nobody', () => {
  const pairs = ROLES.flatMap((actor) => ROLES.filter((target) => mayManage(actor, target)).map((target) => `${actor}>${target}`));
  expect(pairs).toEqual(['owner>owner', 'owner>admin', 'owner>agent', 'admin>admin', 'admin>agent']);
});

test('[TM2] only agents have a field hidden, and it is the address', () => {
  expect(ROLES.map((role) => maskFor(role))).toEqual([[], [], ['ip']]);
});

test('[TM2] the mask of a role is the same array each time, so that views of one mask are shared', () => {
  for (const role of ROLES) expect(maskFor(role)).toBe(maskFor(role));
});
