import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { containsFullAddress } from '@foyer/domain/privacy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { FoyerProcess } from './foyer-process.ts';
import { helloOf, pageOf, tabHeaders, TabSocket } from './sockets.ts';

/** As they come in X-Forwarded-For, and what may be kept of each. */
const PEOPLE = [
  { from: '203.0.113.77', address: '203.0.113.77', kept: '203.0.113.0' },
  { from: '198.51.100.201:51234', address: '198.51.100.201', kept: '198.51.100.0' },
  { from: '::ffff:192.0.2.143', address: '192.0.2.143', kept: '192.0.2.0' },
  { from: '2001:db8:85a3:8d3:1319:8a2e:370:7348', address: '2001:db8:85a3:8d3:1319:8a2e:370:7348', kept: '2001:db8:85a3::' },
  { from: '[2001:0DB8:00AA:0000:0000:0000:0000:BEEF]:443', address: '2001:db8:aa::beef', kept: '2001:db8:aa::' },
  { from: '203.0.113.9, 2001:db8:77:1::5, 127.0.0.1', address: '2001:db8:77:1::5', kept: '2001:db8:77::' },
] as const;
const ADDRESSES = PEOPLE.map(({ address }) => address);

let foyer: FoyerProcess;
let owner: Account;
let key: string;
const visits: string[] = [];
beforeAll(async () => {
  foyer = await FoyerProcess.start({ env: { FOYER_TRUST_PROXY: 'loopback', FOYER_LOG_LEVEL: 'trace' } });
  owner = await Account.setUp(foyer);
  ({ key } = await owner.site());
});
afterAll(() => foyer.dispose());

/** Which full addresses stand in these bytes: in any spelling as text, as plain digits without separators, and as the 16 bytes of an IPv6. */
function fullAddressesIn(bytes: Buffer): string[] {
  // One byte a letter, so that text between binary numbers is found too.
  const text = bytes.toString('latin1');
  const found = new Set(containsFullAddress(text, ADDRESSES));
  for (const address of ADDRESSES) {
    if (text.includes(address)) found.add(address);
    if (!address.includes(':')) continue;
    const [head = '', tail = ''] = address.split('::');
    const groups = (half: string) => half.split(':').filter(Boolean);
    const zeros = 8 - groups(head).length - groups(tail).length;
    const hex = [...groups(head), ...Array.from({ length: zeros }, () => '0'), ...groups(tail)]
      .map((group) => group.padStart(4, '0'))
      .join('');
    if (bytes.includes(Buffer.from(hex, 'hex')) || text.toLowerCase().includes(hex)) found.add(address);
  }
  return [...found];
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function expectNoneUnmasked(): void {
  const files = filesOf(foyer.data);
  expect(files.map((path) => path.slice(foyer.data.length + 1))).toEqual(expect.arrayContaining(['events.db', 'core.db']));
  for (const path of files) expect(fullAddressesIn(readFileSync(path)), path).toEqual([]);
  expect(fullAddressesIn(Buffer.from(foyer.output)), 'the log').toEqual([]);
}

/** All the ways in which an address reaches the server. */
async function beSeen(from: string): Promise<void> {
  const { origin } = foyer;
  const headers = { ...tabHeaders({ origin, from }), 'content-type': 'text/plain' };
  const tab = new TabSocket({ origin, key, from });
  visits.push((await tab.arrive('/boots')).visit);
  tab.say({ t: 'page', ...pageOf(2, '/tents') });
  tab.raw('{');
  expect(await tab.closing()).toMatchObject({ code: 4400 });
  expect(await new TabSocket({ origin, key: 'nobody', from }).closing()).toMatchObject({ code: 4404 });
  expect(await new TabSocket({ origin, key, from, page: 'https://elsewhere.test' }).closing()).toMatchObject({ code: 4403 });
  const post = { site: key, v: 1, frames: [helloOf('tab-of-a-beacon', '/beacon'), { t: 'bye' }] };
  await fetch(`${origin}/foyer.js/beacon`, { method: 'POST', headers, body: JSON.stringify(post) });
  await fetch(`${origin}/foyer.js/poll`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ site: key, v: 1, frames: [helloOf('tab-of-a-poll', '/poll')] }),
  });
  await fetch(`${origin}/foyer.js/poll`, { method: 'POST', headers, body: '{' });
  const credentials = JSON.stringify({ email: 'olga@foyer.test', password: 'a wrong password' });
  const login = await fetch(`${origin}/api/v1/login`, {
    method: 'POST',
    headers: { origin, 'x-forwarded-for': from, 'content-type': 'application/json' },
    body: credentials,
  });
  expect(login.status).toBe(401);
  await fetch(`${origin}/api/v1/visitors`, { headers: { 'x-forwarded-for': from } });
}

describe('full addresses', () => {
  test('[EE14] stand nowhere: not while it runs, not after kill -9, not after an orderly end', async () => {
    for (const { from } of PEOPLE) await beSeen(from);
    for (const [i, { kept }] of PEOPLE.entries())
      expect(await owner.get(`/visitors/${visits[i]}`), kept).toMatchObject({ ip: kept, pages: 2 });
    expect(fullAddressesIn(Buffer.from(JSON.stringify(await owner.get('/visitors'))))).toEqual([]);
    for (const [i, { kept }] of PEOPLE.entries()) {
      const { visitor } = await owner.get<{ visitor: string }>(`/visitors/${visits[i]}`);
      await expect.poll(() => owner.get(`/visitors/${visitor}/visits`), { timeout: 15_000 }).toMatchObject([{ ip: kept }]);
    }

    // A block is by address, and outlives the visit.
    await owner.post(`/visitors/${visits[0]}/block`, { note: 'rude' });
    expect(await new TabSocket({ origin: foyer.origin, key, from: PEOPLE[0].from }).closing()).toMatchObject({ code: 4451 });
    expectNoneUnmasked();

    await foyer.kill();
    expect(filesOf(foyer.data).some((path) => path.endsWith('-wal'))).toBe(true);
    expectNoneUnmasked();
    // The scan does see what is there.
    const bytes = Buffer.concat(filesOf(foyer.data).map((path) => readFileSync(path))).toString('latin1');
    for (const { kept } of PEOPLE) expect(bytes.includes(kept), kept).toBe(true);

    const again = await FoyerProcess.start({ data: foyer.data, env: { FOYER_TRUST_PROXY: 'loopback', FOYER_LOG_LEVEL: 'trace' } });
    expect(await new TabSocket({ origin: again.origin, key, from: PEOPLE[0].from }).closing()).toMatchObject({ code: 4451 });
    expect(await again.stop()).toBe(0);
    expectNoneUnmasked();
    expect(fullAddressesIn(Buffer.from(again.output)), 'the log').toEqual([]);
  });

  test('[EE14] the scan finds every spelling', () => {
    for (const { address, from } of PEOPLE) {
      expect(fullAddressesIn(Buffer.from(`x${String.fromCharCode(0)}${address}"`))).toEqual([address]);
      expect(fullAddressesIn(Buffer.from(` ${from} `))).toEqual([address]);
    }
    expect(fullAddressesIn(Buffer.from('20010db885a308d313198a2e03707348', 'hex'))).toEqual([ADDRESSES[3]]);
  });
});
