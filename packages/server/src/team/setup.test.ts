import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ATeam, aTeam, cookieOf, SETUP, setUp } from './team.testkit.ts';

let t: ATeam;
beforeEach(async () => {
  t = await aTeam();
});
afterEach(() => t.dispose());

const tokenIn = (link: string | null): string => link?.split('#token=')[1] ?? '';
const complete = (token: string, over: object = {}) => t.setup.complete({ ...SETUP, ...over, token }, 'here');

test('[TM13] the token is in the fragment, and each start replaces the link before', async () => {
  const first = await t.setup.prepare();
  expect(first).toMatch(/^\/setup#token=[\w-]{43}$/);
  const second = await t.setup.prepare();
  expect(second).not.toBe(first);
  expect(await complete(tokenIn(first))).toEqual({ ok: false, error: 'used_or_expired' });
  expect((await complete(tokenIn(second))).ok).toBe(true);
});

test('[TM13] with an account there is no link', async () => {
  expect(await t.setup.isNeeded()).toBe(true);
  await setUp(t);
  expect(await t.setup.isNeeded()).toBe(false);
  expect(await t.setup.prepare()).toBeNull();
});

test('[TM14] set-up makes the workspace, its owner and its first site, and signs in', async () => {
  const owner = await setUp(t);
  expect((await t.sessions.authenticate(cookieOf(owner)))?.role).toBe('owner');
  expect(t.directory.workspace(owner.actor.workspace)).toMatchObject({
    name: 'Fernhill',
    settings: { tracking: false, timeZone: 'Europe/Berlin' },
    trackingInPlan: true,
  });
  const [site] = t.directory.sites(owner.actor.workspace);
  expect(site).toMatchObject({ name: 'Shop', domain: 'shop.fernhill.test', seenAt: null });
  expect(t.directory.siteByKey(site?.key ?? '')).toEqual(site);
});

test('[TM14] the link works once', async () => {
  const token = tokenIn(await t.setup.prepare());
  expect((await complete(token)).ok).toBe(true);
  expect(await complete(token)).toEqual({ ok: false, error: 'already_set_up' });
});

test('[TM14] a pasted address is taken as its domain, an unknown time zone as UTC, and what is no host is refused before the link is spent', async () => {
  const token = tokenIn(await t.setup.prepare());
  expect(await complete(token, { site: { name: 'Shop', domain: 'not a host' } })).toEqual({ ok: false, error: 'bad_domain' });
  const done = await complete(token, { site: { name: 'Shop', domain: 'https://WWW.Fernhill.test/shop' }, timeZone: 'Mars/Olympus' });
  if (!done.ok) throw new Error('set-up was refused');
  const { workspace } = done.value.actor;
  expect(t.directory.sites(workspace)[0]?.domain).toBe('www.fernhill.test');
  expect(t.directory.settings(workspace)?.timeZone).toBe('UTC');
});
