import type { Member } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerProcess } from './foyer-process.ts';
import { ConsoleSocket, TabSocket } from './sockets.ts';

const browsing = useBrowser();
/** What a colleague who was shown the door may still see. */
const CLOSED_WITHIN_MS = 1_000;

let foyer: FoyerProcess;
let owner: Account;
let tab: TabSocket;
let visit = '';
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  tab = new TabSocket({ origin: foyer.origin, key: 'demo', from: '203.0.113.77' });
  visit = (await tab.arrive('/boots')).visit;
});
afterAll(async () => {
  await foyer.dispose();
});

async function memberNamed(name: string): Promise<Member> {
  const found = (await owner.get<Member[]>('/team')).find((member) => member.name === name);
  if (!found) throw new Error(`${name} is not in the team`);
  return found;
}

describe('an agent', () => {
  test('[EE10] comes by a link, sees visitors without their address, and is told who can change settings', async () => {
    const team = await browsing.dashboard(owner, '/settings/team');
    await team.getByRole('button', { name: 'Make a link' }).click();
    const link = await team.getByTestId('invite-link').getByTestId('snippet').textContent();
    expect(link).toMatch(new RegExp(`^${foyer.origin}/invite#token=`));

    const page = await (await browsing.profile()).newPage();
    await page.goto(link ?? '');
    await page.getByRole('heading', { name: 'Join Fernhill' }).waitFor();
    await page.getByLabel('Your name').fill('Anna Agent');
    await page.getByLabel('E-mail').fill('anna@foyer.test');
    await page.getByLabel('Password', { exact: true }).fill('ten letters at least');
    await page.getByRole('button', { name: 'Join Fernhill' }).click();

    await page.locator(`[data-visit="${visit}"]`).click();
    await page.getByTestId('panel-visitor-id').waitFor();
    expect(await page.getByTestId('visit-panel').textContent()).not.toMatch(/IP address|203\.0\.113/);
    expect(await page.locator('a[href^="/settings"]').count()).toBe(0);
    await page.goto(`${foyer.origin}/settings/install`);
    await page.getByRole('heading', { name: 'Settings are for Owners and Admins' }).waitFor();
    expect(await page.getByTestId('ask-whom').textContent()).toContain('Dana Demo');

    const owners = await browsing.dashboard(owner, '/visitors');
    await owners.locator(`[data-visit="${visit}"]`).click();
    await owners.getByTestId('panel-visitor-id').waitFor();
    expect(await owners.getByTestId('visit-panel').textContent()).toContain('203.0.113.0');
  });

  test('[EE10] gets no address on the wire either, and may change nothing', async () => {
    const agent = await Account.invited(owner, 'agent', 'Wire Agent');
    expect(await owner.get(`/visitors/${visit}`)).toMatchObject({ ip: '203.0.113.0' });
    expect(await agent.get(`/visitors/${visit}`)).not.toHaveProperty('ip');
    const socket = new ConsoleSocket(agent);
    await socket.frame('hello');
    socket.raw(JSON.stringify({ t: 'follow', view: 'one', id: visit }));
    const { detail } = await socket.frame('detail');
    expect(detail).toMatchObject({ id: visit });
    expect(detail).not.toHaveProperty('ip');
    socket.end();
    await expect(agent.patch('/settings', { tracking: false })).rejects.toThrow('403');
    await expect(agent.get('/invitations')).rejects.toThrow('403');
  });
});

describe('when somebody’s rights end', () => {
  test('[EE11] a change of role, a logout and a removal each close the console at once, with its own code', async () => {
    const changed = await Account.invited(owner, 'agent', 'Role Agent');
    const socket = new ConsoleSocket(changed);
    await socket.frame('hello');
    const { id } = await memberNamed('Role Agent');

    let from = Date.now();
    await owner.patch(`/team/${id}`, { role: 'admin' });
    const role = await socket.closing();
    expect(role).toMatchObject({ code: 4402, advice: { code: 'role_changed' } });
    expect(role.at - from).toBeLessThanOrEqual(CLOSED_WITHIN_MS);

    const again = new ConsoleSocket(changed);
    expect(await again.frame('hello')).toMatchObject({ me: { role: 'admin' } });
    from = Date.now();
    await changed.post('/logout');
    const out = await again.closing();
    expect(out).toMatchObject({ code: 4401, advice: { code: 'signed_out' } });
    expect(out.advice).not.toHaveProperty('minMs');
    expect(out.at - from).toBeLessThanOrEqual(CLOSED_WITHIN_MS);
    expect(await new ConsoleSocket(changed).closing()).toMatchObject({ code: 4401 });

    const gone = await Account.invited(owner, 'agent', 'Gone Agent');
    const last = new ConsoleSocket(gone);
    await last.frame('hello');
    from = Date.now();
    await owner.delete(`/team/${(await memberNamed('Gone Agent')).id}`);
    const removed = await last.closing();
    expect(removed).toMatchObject({ code: 4401 });
    expect(removed.at - from).toBeLessThanOrEqual(CLOSED_WITHIN_MS);
  });

  test('[EE11] the open dashboard follows: settings come with the role, sign-in with the end', async () => {
    const agent = await Account.invited(owner, 'agent', 'Screen Agent');
    const page = await browsing.dashboard(agent);
    await page.locator(`[data-visit="${visit}"]`).waitFor();
    expect(await page.locator('a[href^="/settings"]').count()).toBe(0);
    const { id } = await memberNamed('Screen Agent');
    await owner.patch(`/team/${id}`, { role: 'admin' });
    await page.locator('a[href^="/settings"]').first().waitFor();
    await page.locator(`[data-visit="${visit}"]`).waitFor();
    await owner.delete(`/team/${id}`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByTestId('visitor-row').count()).toBe(0);
  });
});
