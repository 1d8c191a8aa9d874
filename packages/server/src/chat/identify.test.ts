import { createHmac } from 'node:crypto';
import type { Detail, VisitorUp } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SITE } from '../edge/edge.testkit.ts';
import { OLD_SECRET_FOR_MS } from '../team/site-identities.ts';
import { aHello, type ChatNode, type ChatterTab, aCid, chatWorld, eventually, until, WORKSPACE } from './chat.testkit.ts';

let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
let secret: string;
beforeEach(async () => {
  made = await chatWorld();
  one = await made.start();
  secret = (await one.node.people.secretOf(SITE.id))!.secret;
});
afterEach(() => made.dispose());

const hashOf = (text: string, key = secret): string => createHmac('sha256', key).update(text).digest('hex');
type Who = Omit<Extract<VisitorUp, { t: 'identify' }>, 't'>;
const identify = (tab: ChatterTab, who: Who): void => void tab.tab.say({ t: 'identify', ...who });
const proved = (tab: ChatterTab, who: Who): void => identify(tab, { ...who, hash: hashOf(who.id ?? who.email ?? '') });
const detail = async (visitor: string): Promise<Detail | null> => one.node.reads.detail({ workspace: WORKSPACE, id: visitor, hidden: [] });
const known = (visitor: string, that: (identity: NonNullable<Detail['identity']>) => boolean): Promise<Detail> =>
  eventually(async () => {
    const found = await detail(visitor);
    return found?.identity && that(found.identity) ? found : null;
  });
const contactOf = async (conversation: string) =>
  (await made.store.conversation({ workspace: WORKSPACE, id: conversation }))?.state.contact;
const ADA = { id: '7', name: 'Ada', email: 'ada@x.example', data: { orders: 3 } };

describe('what proves who somebody is', () => {
  it('[VI1] the right hash of the id makes it verified, with what is said besides', async () => {
    const tab = await one.visitor();
    proved(tab, ADA);
    expect(await known(tab.id, ({ verified }) => verified)).toMatchObject({
      name: 'Ada',
      identity: { id: '7', email: 'ada@x.example', verified: true, data: { orders: 3 } },
    });
    expect(one.node.people.refusedHashes(SITE.id)).toBeNull();
  });

  it('[VI1] without an id it is the hash of the e-mail', async () => {
    const tab = await one.visitor();
    proved(tab, { email: 'ada@x.example' });
    expect((await known(tab.id, ({ verified }) => verified)).identity).toMatchObject({ id: '', email: 'ada@x.example' });
  });

  it('[VI2] a wrong hash is told by the page and counted: of another text, key, case or length, of the e-mail beside an id, or of nothing', async () => {
    const tab = await one.visitor();
    const wrong: Who[] = [
      { ...ADA, hash: hashOf('8') },
      { ...ADA, hash: hashOf('7', 'another') },
      { ...ADA, hash: hashOf('7').toUpperCase() },
      { ...ADA, hash: hashOf('7').slice(2) },
      { ...ADA, hash: hashOf(ADA.email) },
      { name: 'Ada', hash: hashOf('') },
    ];
    for (const who of wrong) identify(tab, who);
    expect((await detail(tab.id))?.identity).toMatchObject({ verified: false });
    expect(one.node.people.refusedHashes(SITE.id)).toMatchObject({ count: wrong.length });
  });

  it('[VI3] after a rotation the secret before is good for 24 hours', async () => {
    const old = secret;
    await one.node.people.rotate(SITE.id);
    const proves = (key: string): boolean => one.node.people.proves(SITE.id, '7', hashOf('7', key));
    secret = (await one.node.people.secretOf(SITE.id))!.secret;
    expect([proves(secret), proves(old), secret === old]).toEqual([true, true, false]);
    await one.node.clock.advanceAsync(OLD_SECRET_FOR_MS);
    expect([proves(secret), proves(old)]).toEqual([true, false]);
  });

  it('[VI4] what is only told does not overwrite it, from any tab of the visit', async () => {
    const tab = await one.visitor();
    proved(tab, ADA);
    await known(tab.id, ({ verified }) => verified);
    identify(tab, { id: '8', name: 'Eve', email: 'eve@x.example' });
    identify(tab, { id: '7', name: 'Eve', email: 'eve@x.example', hash: 'wrong' });
    expect(await detail(tab.id)).toMatchObject({ name: 'Ada', identity: { id: '7', email: 'ada@x.example', verified: true } });
  });
});

describe('in a conversation', () => {
  it('[VI5] who is proved before the first word is the contact, and what is typed fills only what was not said', async () => {
    const tab = await one.visitor();
    proved(tab, { id: '7', name: 'Ada' });
    const typed = { name: 'Eve', email: 'me@x.example' };
    const { conversation } = await tab.receipt(tab.text('Hello', { contact: typed }));
    expect(await contactOf(conversation)).toEqual({ name: 'Ada', email: 'me@x.example', verified: true });
  });

  it('[VI5] who is proved after the chat began is the contact from then on', async () => {
    const tab = await one.visitor();
    const { conversation } = await tab.receipt(tab.text('Hello'));
    proved(tab, ADA);
    await eventually(async () => (await contactOf(conversation))?.verified);
    expect(await contactOf(conversation)).toEqual({ name: 'Ada', email: 'ada@x.example', verified: true });
  });

  it('[VI6] what somebody typed before is no address of who is proved now', async () => {
    const tab = await one.visitor();
    const { conversation } = await tab.receipt(tab.text('Hello', { contact: { name: 'Eve', email: 'eve@x.example' } }));
    proved(tab, { id: '7', name: 'Ada' });
    await eventually(async () => (await contactOf(conversation))?.verified);
    expect(await contactOf(conversation)).toEqual({ name: 'Ada', email: '', verified: true });
  });

  it('[VI6] an e-mail that stands beside a proved id is moved by nobody', async () => {
    const tab = await one.visitor();
    proved(tab, ADA);
    const { conversation } = await tab.receipt(tab.text('Hello'));
    proved(tab, { ...ADA, name: 'Ada L.', email: 'eve@x.example' });
    tab.say({ t: 'chat.introduce', cid: aCid(), conversation, email: 'eve@x.example' });
    await eventually(async () => (await contactOf(conversation))?.name === 'Ada L.');
    await tab.receipt(tab.text('Still me'));
    expect(await contactOf(conversation)).toEqual({ name: 'Ada L.', email: 'ada@x.example', verified: true });
  });
});

describe('somebody else at the same browser', () => {
  it('[VI7] is a new visitor with a secret of their own, and sees nothing of the one before', async () => {
    const first = await one.visitor();
    proved(first, ADA);
    const { conversation } = await first.receipt(first.text('My card was stolen'));
    proved(first, { id: '8', name: 'Bob' });
    const you = await first.hears('you', ({ secret: given }) => given !== undefined && given !== first.secret);
    expect(you.visitor).not.toBe(first.id);
    await first.hears('chat.you', (frame) => frame.conversation === null);
    expect(await known(you.visitor, ({ verified }) => verified)).toMatchObject({ name: 'Bob', identity: { id: '8' } });
    // The page may still say what it knew before; and the one before is not spoken for any more.
    expect(await first.hello({ secret: first.secret, have: { conversation, rev: 1 } })).toMatchObject({ conversation: null });
    const own = await first.receipt(first.text('Hello, Bob here'));
    expect(own.conversation).not.toBe(conversation);
    expect(await contactOf(own.conversation)).toMatchObject({ name: 'Bob', verified: true });
    expect(await contactOf(conversation)).toMatchObject({ name: 'Ada' });
  });

  it('[VI7] what is said in chat right behind it is said by the new one', async () => {
    const first = await one.visitor();
    proved(first, ADA);
    const { conversation } = await first.receipt(first.text('My card was stolen'));
    proved(first, { id: '8', name: 'Bob' });
    const own = await first.receipt(first.text('Hello'));
    expect(own.conversation).not.toBe(conversation);
  });

  it('[VI7] all tabs of the browser get the same new secret, and the same person stays who they were', async () => {
    const first = await one.visitor();
    proved(first, ADA);
    await known(first.id, ({ verified }) => verified);
    proved(first, ADA);
    const others = [one.tab(), one.tab()];
    const given = await Promise.all(
      others.map(async (tab, i) => {
        tab.tab.say(aHello({ secret: first.secret, tab: `tab-other${i}` }));
        proved(tab, { id: '8', name: 'Bob' });
        return (await tab.hears('you', (you) => you.secret !== undefined)).secret;
      }),
    );
    expect(given[0]).toBe(given[1]);
    expect(first.all('you').filter((you) => you.secret !== undefined)).toEqual([]);
    expect(await detail(first.id)).toMatchObject({ name: 'Ada' });
  });

  it('[VI8] while the store is away nothing is verified, and nothing breaks', async () => {
    const tab = await one.visitor();
    one.node.people.claim = async () => 'unknown';
    proved(tab, ADA);
    expect(await known(tab.id, ({ id }) => id === '7')).toMatchObject({ identity: { verified: false } });
    await until(() => tab.tab.closed === null);
  });
});
