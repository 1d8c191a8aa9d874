import { expect, it } from 'vitest';
import { Identities } from './identities.ts';
import { type ChatClaim, recognise } from './recognise.ts';

const identities = new Identities({ visitor: 'k1', resume: 'k2' });
const STORED = 'stored-secret-0123456789';
const OF_TAB = 'k.tab-secret-0123456789';
const claim = (over: Partial<ChatClaim> = {}, settings: Partial<ChatClaim['settings']> = {}): ChatClaim => ({
  site: 's1',
  shake: { secGpc: undefined, dnt: undefined },
  settings: { tracking: true, signals: 'limit', cookieless: false, ...settings },
  secret: undefined,
  signal: false,
  visitor: '',
  offered: '',
  ...over,
});
const off = { tracking: false };

it.each<[string, ChatClaim, 'cookie' | 'tab', 'new' | 'said' | 'offered']>([
  ['a stored secret is the visitor’s', claim({ secret: STORED }), 'cookie', 'said'],
  ['… with tracking off too', claim({ secret: STORED }, off), 'cookie', 'said'],
  ['nobody known: a new visitor', claim(), 'cookie', 'new'],
  ['… the same over the connection', claim({ offered: 'given-before-0123456789' }), 'cookie', 'offered'],
  ['… with tracking off, a tab', claim({}, off), 'tab', 'new'],
  ['tracked, and the secret is not said: a tab, so that the visit keeps its visitor', claim({ visitor: 'v1' }), 'tab', 'new'],
  ['a tab’s own secret stays', claim({ secret: OF_TAB }), 'tab', 'said'],
  ['written to: that secret', claim({ visitor: 'c1', offered: OF_TAB }, { cookieless: true }), 'tab', 'offered'],
  ['its own before another one’s', claim({ secret: OF_TAB, offered: 'k.other-0123456789' }), 'tab', 'said'],
  ['cookieless, whatever is said', claim({ secret: STORED }, { cookieless: true }), 'tab', 'new'],
  ['a signal of the page', claim({ secret: STORED, signal: true }), 'tab', 'new'],
  ['a signal of the request', claim({ secret: STORED, shake: { secGpc: '1', dnt: undefined } }), 'tab', 'new'],
  ['a signal where all tracking ends by it', claim({ secret: STORED, signal: true }, { signals: 'off' }), 'tab', 'new'],
  ['a signal where none counts', claim({ secret: STORED, signal: true }, { signals: 'ignore' }), 'cookie', 'said'],
])('[CV13] %s', (_, given, keep, secret) => {
  const known = recognise(given, identities);
  expect(known.keep).toBe(keep);
  expect(known.visitor).toMatch(keep === 'cookie' ? /^v[0-9a-f]{24}$/ : /^k[0-9a-f]{24}$/);
  expect(known.isNew).toBe(secret !== 'said');
  if (secret === 'said') expect(known.secret).toBe(given.secret);
  if (secret === 'offered') expect(known.secret).toBe(given.offered);
  if (secret === 'new') expect([STORED, OF_TAB]).not.toContain(known.secret);
  expect(recognise({ ...given, secret: known.secret }, identities).visitor).toBe(known.visitor);
});
