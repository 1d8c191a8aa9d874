import { expect, it } from 'vitest';
import { Identities } from './identities.ts';

const keys = { visitor: 'k1', resume: 'k2' };
const NOW = Date.UTC(2026, 0, 1, 12);
const claim = { site: 's1', visitor: 'v1', visit: 'visit-1', startedAt: NOW - 1 };

it('[WS6] an id is the keyed hash of site and secret: the same for ever, another on every other site and installation', () => {
  const identities = new Identities(keys);
  const secret = identities.newSecret();
  const id = identities.visitorOf('s1', secret);
  expect(secret).toMatch(/^[\w-]{22}$/);
  expect(id).toMatch(/^v[0-9a-f]{24}$/);
  expect(new Identities(keys).visitorOf('s1', secret)).toBe(id);
  expect(
    new Set([
      id,
      identities.visitorOf('s2', secret),
      new Identities({ ...keys, visitor: 'k9' }).visitorOf('s1', secret),
      identities.visitorOf('s1', identities.newSecret()),
    ]).size,
  ).toBe(4);
});

it('[WS7] a token is read back by any node of the installation until 30 minutes are over', () => {
  const token = new Identities(keys).resumeToken(claim, NOW);
  const reader = new Identities(keys);
  expect(token).toMatch(/^[A-Za-z0-9._-]{8,600}$/);
  expect(reader.readResume(token, 's1', NOW + 30 * 60_000 - 1)).toEqual(claim);
  expect(reader.readResume(token, 's1', NOW + 30 * 60_000)).toBeNull();
});

it('[WS7] for another site, by another key, cut or changed in any character, it is worth nothing', () => {
  const reader = new Identities(keys);
  const token = reader.resumeToken(claim, NOW);
  expect(reader.readResume(token, 's2', NOW)).toBeNull();
  expect(new Identities({ ...keys, resume: 'other' }).readResume(token, 's1', NOW)).toBeNull();
  for (let i = 0; i < token.length; i++) {
    expect(reader.readResume(token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1), 's1', NOW)).toBeNull();
    expect(reader.readResume(token.slice(0, i), 's1', NOW)).toBeNull();
  }
  for (const odd of ['', '.', 'x.y', `${token}.`, `.${token}`, 'é'.repeat(40)]) expect(reader.readResume(odd, 's1', NOW)).toBeNull();
});

it('[WS11] a cookieless id lasts for the UTC day, one browser behind one address on one site', () => {
  const identities = new Identities(keys);
  const id = identities.cookielessVisitor('s1', '203.0.113.1', 'UA', NOW);
  const midnight = Date.UTC(2026, 0, 2);
  expect(identities.cookielessVisitor('s1', '203.0.113.1', 'UA', midnight - 1)).toBe(id);
  const others = [
    identities.cookielessVisitor('s1', '203.0.113.1', 'UA', midnight),
    identities.cookielessVisitor('s2', '203.0.113.1', 'UA', NOW),
    identities.cookielessVisitor('s1', '203.0.113.2', 'UA', NOW),
    identities.cookielessVisitor('s1', '203.0.113.1', 'UB', NOW),
    new Identities(keys).cookielessVisitor('s1', '203.0.113.1', 'UA', NOW),
  ];
  expect(new Set([id, ...others]).size).toBe(6);
  expect(id).toMatch(/^c[0-9a-f]{24}$/);
});

it('[WS11] a salt is forgotten after two days, so that nobody can ever make the id again', () => {
  const identities = new Identities(keys);
  const id = identities.cookielessVisitor('s1', 'a', 'UA', NOW);
  identities.cookielessVisitor('s1', 'a', 'UA', NOW + 86_400_000);
  expect(identities.cookielessVisitor('s1', 'a', 'UA', NOW)).toBe(id);
  identities.cookielessVisitor('s1', 'a', 'UA', NOW + 2 * 86_400_000);
  expect(identities.cookielessVisitor('s1', 'a', 'UA', NOW)).not.toBe(id);
});
