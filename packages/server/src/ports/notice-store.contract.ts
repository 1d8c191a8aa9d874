import type { Settings } from '@foyer/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatStore } from './chat-store.ts';
import { Desk, HOUR, MINUTE, nextId, NOW } from './chat-store.testkit.ts';
import type { StoreUnderTest } from './history-store.contract.ts';
import type { AlertRecord, MailJob, NoticeStore, PushRecord } from './notice-store.ts';
import type { TeamStore } from './team-store.ts';

/** Of one installation: members and conversations are what notices hang on. */
export interface StoresUnderTest {
  readonly notices: NoticeStore;
  readonly chat: ChatStore;
  readonly team: TeamStore;
}

/** What every notice store does. One store serves all cases, each with members, conversations and a workspace of its own where it counts. */
export function noticeStoreContract(name: string, makeStore: () => Promise<StoreUnderTest<StoresUnderTest>>): void {
  describe(`notice store: ${name}`, () => {
    let made: StoreUnderTest<StoresUnderTest>;
    let store: NoticeStore;
    let user: string;
    beforeAll(async () => {
      made = await makeStore();
      store = made.store.notices;
      await setUp(made.store.team);
    });
    afterAll(() => made.dispose());
    beforeEach(async () => {
      user = await join(made.store.team);
    });

    const anAlert = (given: Partial<AlertRecord> = {}): AlertRecord => ({
      id: nextId('alert'),
      workspace: 'w',
      user,
      name: 'Checkout',
      kind: 'page',
      filter: 'page:/checkout "x"',
      site: 's',
      sound: true,
      notify: false,
      enabled: true,
      createdAt: NOW,
      ...given,
    });
    const mine = <T extends object>(given?: T) => ({ workspace: 'w', user, ...(given as T) });

    it("[NS1] an agent's alerts are that agent's: kept, changed, deleted, bounded, gone with the agent", async () => {
      const [first, second] = [anAlert(), anAlert({ createdAt: NOW + 1, kind: 'chat', filter: '', enabled: false })];
      expect([await store.addAlert({ alert: second, most: 2 }), await store.addAlert({ alert: first, most: 2 })]).toEqual([true, true]);
      expect(await store.addAlert({ alert: anAlert(), most: 2 })).toBe('too_many');
      expect(await store.alerts(mine())).toEqual([first, second]);
      const other = await join(made.store.team);
      expect(await store.alerts({ workspace: 'w', user: other })).toEqual([]);
      expect(await store.changeAlert({ workspace: 'w', user: other, id: first.id, patch: { name: 'x' } })).toBeNull();
      expect(await store.changeAlert({ workspace: 'elsewhere', user, id: first.id, patch: { name: 'x' } })).toBeNull();
      const after = { ...first, name: 'Carts', sound: false };
      expect(await store.changeAlert({ ...mine(), id: first.id, patch: { name: 'Carts', sound: false, filter: undefined } })).toEqual(
        after,
      );
      expect(await store.alerts(mine())).toEqual([after, second]);
      expect(await store.deleteAlert({ workspace: 'w', user: other, id: first.id })).toBe(false);
      expect([await store.deleteAlert(mine({ id: first.id })), await store.deleteAlert(mine({ id: first.id }))]).toEqual([true, false]);
      expect((await store.allAlerts()).filter((alert) => alert.user === user)).toEqual([second]);
      await made.store.team.removeMember({ workspace: 'w', user });
      expect((await store.allAlerts()).filter((alert) => alert.user === user)).toEqual([]);
    });

    const aDevice = (given: Partial<PushRecord> = {}): PushRecord => ({
      id: nextId('device'),
      workspace: 'w',
      user,
      endpoint: `https://push.example/${nextId('endpoint')}`,
      p256dh: 'p',
      auth: 'a',
      label: 'Firefox on Linux',
      lang: 'de',
      createdAt: NOW,
      ...given,
    });

    it('[NS2] a browser is told of one agent, whoever signed in last; the oldest go beyond the most', async () => {
      const device = aDevice();
      expect(await store.putPushDevice({ device, most: 3 })).toEqual(device);
      const renewed = aDevice({ endpoint: device.endpoint, auth: 'new', createdAt: NOW + 1 });
      expect(await store.putPushDevice({ device: renewed, most: 3 })).toEqual({ ...renewed, id: device.id });
      const other = await join(made.store.team);
      const theirs = await store.putPushDevice({ device: aDevice({ endpoint: device.endpoint, user: other }), most: 3 });
      expect([theirs.id, (await store.pushDevices(mine())).length]).toEqual([device.id, 0]);
      const made3 = [0, 1, 2, 3].map((n) => aDevice({ createdAt: NOW + n }));
      for (const one of made3) await store.putPushDevice({ device: one, most: 3 });
      expect(await store.pushDevices(mine())).toEqual(made3.slice(1));
      // One that is put again is the newest, and never the one that goes.
      await store.putPushDevice({ device: { ...made3[1]!, createdAt: NOW }, most: 2 });
      expect((await store.pushDevices(mine())).map(({ id }) => id)).toEqual([made3[1]!.id, made3[3]!.id]);
      const [one, two] = await store.pushDevices(mine());
      expect(await store.deletePushDevice({ workspace: 'w', user: other, id: one!.id })).toBe(false);
      expect(await store.deletePushDevice(mine({ id: one!.id }))).toBe(true);
      await store.dropPushEndpoint(two!.endpoint);
      expect(await store.pushDevices(mine())).toEqual([]);
      await made.store.team.removeMember({ workspace: 'w', user: other });
      expect(await store.pushDevices({ workspace: 'w', user: other })).toEqual([]);
    });

    it('[NS3] mail options come back as saved, with how the last mail went', async () => {
      const workspace = nextId('workspace');
      const options = {
        host: 'smtp.example',
        port: 465,
        security: 'tls' as const,
        user: 'foyer',
        password: 's3cret ',
        fromName: 'Shop',
        fromEmail: 'shop@example.com',
      };
      expect(await store.mail(workspace)).toBeNull();
      await store.noteMail({ workspace, error: 'nobody', at: NOW });
      expect(await store.mail(workspace)).toBeNull();
      await store.putMail({ workspace, options });
      await store.noteMail({ workspace, error: 'refused', at: NOW });
      expect(await store.mail(workspace)).toEqual({ options, lastError: 'refused', lastErrorAt: NOW });
      await store.putMail({ workspace, options: { ...options, password: '' } });
      expect(await store.mail(workspace)).toEqual({ options: { ...options, password: '' }, lastError: '', lastErrorAt: 0 });
      await store.putMail({ workspace, options: null });
      expect(await store.mail(workspace)).toBeNull();
    });

    const aJob = (desk: Desk, conversation: string, given: Partial<MailJob> = {}): MailJob => ({
      id: nextId('job'),
      workspace: desk.workspace,
      kind: 'digest',
      conversation,
      to: 'eva@example.com',
      dueAt: NOW,
      tries: 0,
      ...given,
    });

    it('[NS4] a conversation has one mail of each kind and recipient to come; it is due, put off, dropped, cancelled', async () => {
      const desk = new Desk(made.store.chat);
      const [a, b] = [await desk.open(), await desk.open()];
      const job = aJob(desk, a, { dueAt: NOW + MINUTE });
      expect([await store.queueMail(job), await store.queueMail(aJob(desk, a, { dueAt: NOW }))]).toEqual([true, false]);
      const rest = [
        aJob(desk, a, { kind: 'transcript', dueAt: NOW + 1 }),
        aJob(desk, a, { to: 'b@x.example', dueAt: NOW + 2 }),
        aJob(desk, b),
      ];
      for (const one of rest) expect(await store.queueMail(one)).toBe(true);
      expect(await store.queueMail(aJob(desk, 'none'))).toBe(false);
      expect(await store.queueMail({ ...aJob(desk, b), workspace: 'elsewhere', kind: 'transcript' })).toBe(false);
      expect([await store.mailsQueued(desk.workspace), await store.mailsQueued('elsewhere'), await store.nextMailAt()]).toEqual([
        4,
        0,
        NOW,
      ]);
      const due = async (now: number, limit = 9) => (await store.dueMail({ now, limit })).map(({ id }) => id);
      expect(await due(NOW - 1)).toEqual([]);
      expect(await due(NOW + MINUTE, 3)).toEqual([rest[2]!.id, rest[0]!.id, rest[1]!.id]);
      await store.postponeMail({ id: rest[2]!.id, dueAt: NOW + HOUR, tries: 1 });
      expect(await store.dueMail({ now: NOW + HOUR, limit: 9 })).toEqual([
        rest[0],
        rest[1],
        job,
        { ...rest[2], dueAt: NOW + HOUR, tries: 1 },
      ]);
      await store.dropMail(rest[0]!.id);
      expect(await store.cancelMail({ workspace: 'elsewhere', conversation: a, kind: 'digest' })).toBe(0);
      expect(await store.cancelMail({ workspace: desk.workspace, conversation: a, kind: 'digest' })).toBe(2);
      await made.store.chat.erase({ workspace: desk.workspace, conversations: [b] });
      expect([await store.mailsQueued(desk.workspace), await store.nextMailAt()]).toEqual([0, null]);
    });

    it("[NS4] a conversation's mails refer to the first; how far it was mailed never falls", async () => {
      const desk = new Desk(made.store.chat);
      const q = { workspace: desk.workspace, conversation: await desk.open() };
      expect(await store.mailThread(q)).toBeNull();
      await store.putMailThread({ ...q, workspace: 'elsewhere', messageId: '<x>', mailedSeq: 9 });
      await store.putMailThread({ ...q, messageId: '<1@shop>', mailedSeq: 4 });
      await store.putMailThread({ ...q, messageId: '<2@shop>', mailedSeq: 3 });
      expect(await store.mailThread(q)).toEqual({ messageId: '<1@shop>', mailedSeq: 4 });
      await store.putMailThread({ ...q, messageId: '<3@shop>', mailedSeq: 7 });
      expect(await store.mailThread(q)).toEqual({ messageId: '<1@shop>', mailedSeq: 7 });
      expect(await store.mailThread({ ...q, workspace: 'elsewhere' })).toBeNull();
    });
  });
}

async function setUp(team: TeamStore): Promise<void> {
  await team.putSetupToken('token');
  const base = { workspace: 'w', name: 'Olga', createdAt: NOW };
  await team.setUp({
    tokenHash: 'token',
    workspace: { id: 'w', name: 'Shop', settings: SETTINGS, trackingInPlan: true, createdAt: NOW },
    owner: { ...base, id: 'owner', email: 'olga@shop.example', role: 'owner', passwordHash: 'h' },
    site: { ...SITE, ...base },
  });
}

/** A member of workspace `w`, by id. */
async function join(team: TeamStore): Promise<string> {
  const id = nextId('user');
  const invitation = {
    id: `i-${id}`,
    workspace: 'w',
    role: 'agent',
    email: null,
    tokenHash: `t-${id}`,
    createdAt: NOW,
    expiresAt: NOW + HOUR,
  } as const;
  await team.putInvitation(invitation);
  const user = { id, name: id, email: `${id}@shop.example`, passwordHash: 'h', createdAt: NOW };
  await team.acceptInvitation({ tokenHash: `t-${id}`, now: NOW, user });
  return id;
}

const SETTINGS: Settings = {
  tracking: true,
  timeZone: 'UTC',
  excludeOwnTeam: false,
  excludedAddresses: [],
  ipMask: 'default',
  signals: 'limit',
  cookieless: false,
  keepVisitsDays: 365,
  resolvedHoldMs: 0,
};
const SITE = {
  id: 's',
  key: 'k',
  domain: 'shop.example',
  origins: [],
  params: [],
  hashRouting: false,
  countAutomated: false,
  seenAt: null,
};
