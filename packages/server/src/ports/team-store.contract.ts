import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextEntry, type Goal, type Settings, WIDGET_LOOK } from '@foyer/protocol';
import type { StoreUnderTest } from './history-store.contract.ts';
import type {
  BlockRecord,
  FilterRecord,
  InvitationRecord,
  NoteRecord,
  SessionRecord,
  SiteRecord,
  TeamStore,
  UserRecord,
  WorkspaceRecord,
} from './team-store.ts';

const NOW = Date.UTC(2026, 2, 10, 12);
const HOUR = 3_600_000;

const SETTINGS: Settings = {
  tracking: true,
  timeZone: 'Europe/Prague',
  excludeOwnTeam: false,
  excludedAddresses: ['192.0.2.0/24', '2001:db8::/32'],
  ipMask: 'strong',
  signals: 'ignore',
  cookieless: true,
  keepVisitsDays: 90,
  resolvedHoldMs: 60_000,
};
const aWorkspace = (given: Partial<WorkspaceRecord> = {}): WorkspaceRecord => ({
  id: 'w',
  name: 'Shop',
  settings: SETTINGS,
  trackingInPlan: true,
  createdAt: NOW,
  ...given,
});
const aSite = (given: Partial<SiteRecord> = {}): SiteRecord => ({
  id: 's',
  workspace: 'w',
  key: 'key-s',
  name: 'Shop',
  domain: 'shop.example',
  origins: ['https://pay.example'],
  params: ['ref', 'q'],
  hashRouting: true,
  countAutomated: false,
  createdAt: NOW,
  seenAt: null,
  ...given,
});
const aUser = (given: Partial<UserRecord> = {}): UserRecord => ({
  id: 'owner',
  workspace: 'w',
  name: 'Olga',
  email: 'olga@shop.example',
  role: 'owner',
  passwordHash: '$argon2id$x',
  createdAt: NOW,
  ...given,
});
const aSession = (given: Partial<SessionRecord> = {}): SessionRecord => ({
  idHash: 'session-1',
  user: 'owner',
  workspace: 'w',
  createdAt: NOW,
  expiresAt: NOW + HOUR,
  addressHash: 'address-1',
  ...given,
});
const anInvitation = (given: Partial<InvitationRecord> = {}): InvitationRecord => ({
  id: 'i',
  workspace: 'w',
  role: 'agent',
  email: 'ann@shop.example',
  tokenHash: 'token-i',
  createdAt: NOW,
  expiresAt: NOW + HOUR,
  ...given,
});
const newcomer = (given: Partial<Omit<UserRecord, 'role' | 'workspace'>> = {}): Omit<UserRecord, 'role' | 'workspace'> => ({
  id: 'ann',
  name: 'Ann',
  email: 'ann@shop.example',
  passwordHash: 'h',
  createdAt: NOW + 1,
  ...given,
});

/** What every team store does. Each case has a store of its own. */
export function teamStoreContract(name: string, makeStore: () => Promise<StoreUnderTest<TeamStore>>): void {
  describe(`team store: ${name}`, () => {
    let made: StoreUnderTest<TeamStore>;
    let store: TeamStore;
    beforeEach(async () => {
      made = await makeStore();
      store = made.store;
    });
    afterEach(() => made.dispose());

    async function setUp(): Promise<void> {
      await store.putSetupToken('token');
      await store.setUp({ tokenHash: 'token', workspace: aWorkspace(), owner: aUser(), site: aSite() });
    }
    /** A member with the role, through an invitation as everybody comes. */
    async function join(id: string, role: 'admin' | 'agent' = 'agent'): Promise<void> {
      await store.putInvitation(anInvitation({ id: `i-${id}`, tokenHash: `t-${id}`, role }));
      await store.acceptInvitation({ tokenHash: `t-${id}`, now: NOW, user: newcomer({ id, email: `${id}@shop.example` }) });
    }

    it('[ST1] set-up makes workspace, owner and first site together', async () => {
      expect(await store.isSetUp()).toBe(false);
      expect(await store.loadAll()).toEqual({
        workspaces: [],
        sites: [],
        blocks: [],
        looks: new Map(),
        contexts: new Map(),
        goals: new Map(),
      });
      await store.putSetupToken('token');
      expect(await store.setUp({ tokenHash: 'token', workspace: aWorkspace(), owner: aUser(), site: aSite() })).toBe(true);
      expect(await store.isSetUp()).toBe(true);
      expect(await store.loadAll()).toEqual({
        ...{ workspaces: [aWorkspace()], sites: [aSite()], blocks: [] },
        ...{ looks: new Map(), contexts: new Map(), goals: new Map() },
      });
      expect(await store.userByEmail('olga@shop.example')).toEqual(aUser());
      expect(await store.user('owner')).toEqual(aUser());
    });

    it('[ST1] only the token that was put last opens, once', async () => {
      const q = { workspace: aWorkspace(), owner: aUser(), site: aSite() };
      expect(await store.setUp({ ...q, tokenHash: 'never put' })).toEqual({ conflict: 'used_or_expired' });
      await store.putSetupToken('old');
      await store.putSetupToken('new');
      expect(await store.setUp({ ...q, tokenHash: 'old' })).toEqual({ conflict: 'used_or_expired' });
      expect(await store.isSetUp()).toBe(false);
      const both = await Promise.all([store.setUp({ ...q, tokenHash: 'new' }), store.setUp({ ...q, tokenHash: 'new' })]);
      expect(both).toEqual([true, { conflict: 'already_set_up' }]);
      await store.putSetupToken('another');
      expect(await store.setUp({ ...q, tokenHash: 'another' })).toEqual({ conflict: 'already_set_up' });
    });

    it('[ST2] a secret is made once and is the same for everybody', async () => {
      const answers = await Promise.all(['a', 'b', 'c'].map((make) => store.secret('resume', make)));
      expect(answers).toEqual(['a', 'a', 'a']);
      expect(await store.secret('address', 'd')).toBe('d');
      expect(await store.secret('resume', 'e')).toBe('a');
    });

    it('[ST3] members are listed without their password, oldest first', async () => {
      await setUp();
      await join('ann', 'admin');
      const { workspace: _, passwordHash: __, ...owner } = aUser();
      expect(await store.members('w')).toEqual([
        owner,
        { id: 'ann', name: 'Ann', email: 'ann@shop.example', role: 'admin', createdAt: NOW + 1 },
      ]);
      expect(await store.members('elsewhere')).toEqual([]);
    });

    it('[ST3] the last owner stays owner and stays; with a second one both may change', async () => {
      await setUp();
      await join('ann');
      const owner = { workspace: 'w', user: 'owner' };
      expect(await store.setRole({ ...owner, role: 'admin' })).toEqual({ conflict: 'last_owner' });
      expect(await store.removeMember(owner)).toEqual({ conflict: 'last_owner' });
      expect(await store.setRole({ ...owner, role: 'owner' })).toBe(true);
      expect(await store.setRole({ workspace: 'w', user: 'ann', role: 'owner' })).toBe(true);
      expect(await store.setRole({ ...owner, role: 'agent' })).toBe(true);
      expect(await store.user('owner')).toMatchObject({ role: 'agent' });
      expect(await store.removeMember(owner)).toBe(true);
      expect(await store.user('owner')).toBeNull();
      expect(await store.removeMember({ workspace: 'w', user: 'ann' })).toEqual({ conflict: 'last_owner' });
    });

    it('[ST3] two owners who leave at once leave one behind', async () => {
      await setUp();
      await join('ann');
      await store.setRole({ workspace: 'w', user: 'ann', role: 'owner' });
      const left = await Promise.all(['owner', 'ann'].map((user) => store.removeMember({ workspace: 'w', user })));
      expect(left).toEqual([true, { conflict: 'last_owner' }]);
    });

    it('[ST3] nobody is changed from another workspace', async () => {
      await setUp();
      await join('ann');
      expect(await store.setRole({ workspace: 'elsewhere', user: 'ann', role: 'owner' })).toEqual({ conflict: 'not_found' });
      expect(await store.removeMember({ workspace: 'elsewhere', user: 'ann' })).toEqual({ conflict: 'not_found' });
      expect(await store.removeMember({ workspace: 'w', user: 'nobody' })).toEqual({ conflict: 'not_found' });
      expect(await store.user('ann')).toMatchObject({ role: 'agent' });
    });

    it('[ST3] a member takes all sessions along', async () => {
      await setUp();
      await join('ann');
      await store.putSession(aSession({ idHash: 'of ann', user: 'ann' }));
      await store.putSession(aSession({ idHash: 'of owner' }));
      await store.removeMember({ workspace: 'w', user: 'ann' });
      expect(await store.session('of ann')).toBeNull();
      expect(await store.session('of owner')).toEqual(aSession({ idHash: 'of owner' }));
    });

    it('[ST4] a session lives until it ends, and renewing never brings it back', async () => {
      await setUp();
      await store.putSession(aSession());
      await store.touchSession({ idHash: 'session-1', expiresAt: NOW + 2 * HOUR, addressHash: 'address-2' });
      expect(await store.session('session-1')).toEqual(aSession({ expiresAt: NOW + 2 * HOUR, addressHash: 'address-2' }));
      await store.endSession('session-1');
      await store.touchSession({ idHash: 'session-1', expiresAt: NOW + 3 * HOUR, addressHash: 'address-2' });
      expect(await store.session('session-1')).toBeNull();
    });

    it('[ST4] the team is where its sessions alive now are', async () => {
      await setUp();
      for (const [i, address] of ['here', 'here', 'there', ''].entries())
        await store.putSession(aSession({ idHash: `${i}`, addressHash: address }));
      await store.putSession(aSession({ idHash: 'short', addressHash: 'gone', expiresAt: NOW + 1 }));
      expect((await store.teamAddresses({ workspace: 'w', now: NOW + 1 })).sort()).toEqual(['here', 'there']);
      expect(await store.teamAddresses({ workspace: 'elsewhere', now: NOW })).toEqual([]);
      await store.putSession(aSession({ idHash: 'next', createdAt: NOW + HOUR, expiresAt: NOW + 2 * HOUR }));
      expect(await store.session('short')).toBeNull();
    });

    it('[ST5] an invitation is accepted once and gives its role and workspace', async () => {
      await setUp();
      await store.putInvitation(anInvitation({ role: 'admin' }));
      expect(await store.invitationByToken({ tokenHash: 'token-i', now: NOW })).toEqual({
        ...anInvitation({ role: 'admin' }),
        workspaceName: 'Shop',
      });
      const q = { tokenHash: 'token-i', now: NOW, user: newcomer() };
      const accepted = await Promise.all([
        store.acceptInvitation(q),
        store.acceptInvitation({ ...q, user: newcomer({ id: 'eve', email: 'eve@x.example' }) }),
      ]);
      expect(accepted).toEqual([{ ...newcomer(), role: 'admin', workspace: 'w' }, { conflict: 'used_or_expired' }]);
      expect(await store.user('ann')).toEqual(accepted[0]);
      expect(await store.user('eve')).toBeNull();
      expect(await store.invitations({ workspace: 'w', now: NOW })).toEqual([]);
    });

    it('[ST5] an invitation that is expired, withdrawn or of a taken address makes nobody', async () => {
      await setUp();
      await store.putInvitation(anInvitation());
      await store.putInvitation(anInvitation({ id: 'open', tokenHash: 'token-open', email: null, createdAt: NOW + 1 }));
      const { workspace: _, tokenHash: __, ...listed } = anInvitation();
      expect(await store.invitations({ workspace: 'w', now: NOW })).toEqual([
        listed,
        { ...listed, id: 'open', email: null, createdAt: NOW + 1 },
      ]);
      const at = (now: number, tokenHash = 'token-i') =>
        store.acceptInvitation({ tokenHash, now, user: newcomer({ email: 'olga@shop.example' }) });
      expect(await at(NOW)).toEqual({ conflict: 'email_taken' });
      expect(await at(NOW + HOUR)).toEqual({ conflict: 'used_or_expired' });
      expect(await store.invitationByToken({ tokenHash: 'token-i', now: NOW + HOUR })).toBeNull();
      expect(await store.invitations({ workspace: 'w', now: NOW + HOUR })).toEqual([]);
      await store.deleteInvitation({ workspace: 'elsewhere', id: 'open' });
      expect(await store.invitationByToken({ tokenHash: 'token-open', now: NOW })).not.toBeNull();
      await store.deleteInvitation({ workspace: 'w', id: 'open' });
      expect(await at(NOW, 'token-open')).toEqual({ conflict: 'used_or_expired' });
      expect(await store.members('w')).toHaveLength(1);
    });

    it('[ST6] a site is changed and deleted within its workspace', async () => {
      await setUp();
      const changed = aSite({ name: 'New', domain: 'new.example', origins: [], params: [], hashRouting: false, countAutomated: true });
      await store.putSite(changed);
      await store.putSite(aSite({ id: 's2', key: 'key-2', createdAt: NOW + 1 }));
      expect((await store.loadAll()).sites).toEqual([changed, aSite({ id: 's2', key: 'key-2', createdAt: NOW + 1 })]);
      await expect(store.putSite(aSite({ id: 's3', key: 'key-2' }))).rejects.toThrow();
      await store.deleteSite({ workspace: 'elsewhere', id: 's2' });
      expect((await store.loadAll()).sites).toHaveLength(2);
      await store.deleteSite({ workspace: 'w', id: 's2' });
      expect((await store.loadAll()).sites).toEqual([changed]);
    });

    it('[ST6] the moment a site was first seen is kept, and one caller learns of it', async () => {
      await setUp();
      const saw = await Promise.all([5, 6, 7].map((n) => store.siteSeen({ site: 's', at: NOW + n })));
      expect(saw).toEqual([true, false, false]);
      await store.putSite(aSite({ name: 'New', seenAt: null }));
      await store.putSite(aSite({ name: 'New', seenAt: NOW + 99 }));
      expect((await store.loadAll()).sites).toEqual([aSite({ name: 'New', seenAt: NOW + 5 })]);
      expect(await store.siteSeen({ site: 'unknown', at: NOW })).toBe(false);
    });

    it('[ST7] settings come back as saved', async () => {
      await setUp();
      const settings: Settings = { ...SETTINGS, tracking: false, excludedAddresses: [], timeZone: 'UTC' };
      await store.putWorkspace({ id: 'w', name: 'Renamed', settings });
      expect((await store.loadAll()).workspaces).toEqual([aWorkspace({ name: 'Renamed', settings })]);
      await expect(store.putWorkspace({ id: 'unknown', name: 'x', settings })).rejects.toThrow(/unknown/);
    });

    it('[ST8] of calls that are stored together one that fails takes nothing back of the others', async () => {
      await setUp();
      const sessions = Array.from({ length: 40 }, (_, i) => aSession({ idHash: `session-${i}`, user: i % 4 === 3 ? 'nobody' : 'owner' }));
      const outcomes = await Promise.allSettled(sessions.map((s) => store.putSession(s)));
      for (const [i, session] of sessions.entries()) {
        expect(outcomes[i]?.status).toBe(i % 4 === 3 ? 'rejected' : 'fulfilled');
        expect(await store.session(session.idHash)).toEqual(i % 4 === 3 ? null : session);
      }
    });

    it('[ST10] blocks are kept per workspace, and the audit log takes any entry', async () => {
      await setUp();
      const block: BlockRecord = {
        id: 'b',
        workspace: 'w',
        kind: 'range',
        addressHash: '',
        what: '203.0.113.0/24',
        label: 'Visitor 7',
        until: NOW + HOUR,
        note: 'spam',
        createdAt: NOW,
        createdBy: 'owner',
      };
      await store.putBlock(block);
      await store.putBlock({ ...block, note: 'spam again' });
      await store.deleteBlock({ workspace: 'elsewhere', id: 'b' });
      expect((await store.loadAll()).blocks).toEqual([{ ...block, note: 'spam again' }]);
      await store.deleteBlock({ workspace: 'w', id: 'b' });
      expect((await store.loadAll()).blocks).toEqual([]);
      await store.audit({ workspace: 'w', user: 'owner', at: NOW, action: 'block.remove', detail: '{"id":"b"}' });
    });

    it('[ST13] blocks that have ended are dropped, and none that goes on', async () => {
      await setUp();
      const block = (id: string, until: number | null): BlockRecord => ({
        id,
        workspace: 'w',
        kind: 'visitor',
        addressHash: '',
        what: 'v1',
        label: '',
        until,
        note: '',
        createdAt: NOW,
        createdBy: 'owner',
      });
      for (const one of [block('ended', NOW), block('later', NOW + 1), block('never', null)]) await store.putBlock(one);
      expect([await store.dropEndedBlocks(NOW), await store.dropEndedBlocks(NOW)]).toEqual([1, 0]);
      expect((await store.loadAll()).blocks.map(({ id }) => id)).toEqual(['later', 'never']);
    });

    it("[PC14] a site's rules and goals are kept for that site in its workspace, whole lists, and go with it", async () => {
      await setUp();
      const entries: ContextEntry[] = [
        { kind: 'rule', enabled: false, id: 'r', context: 'done', path: '/danke', host: '', query: '', hash: '', note: 'n' },
        { kind: 'set', set: 'shopify', enabled: true, off: ['shopify-cart'] },
      ];
      const goals: Goal[] = [
        { id: 'demo', name: 'Demo', enabled: true, pages: [{ path: '/x', host: 'a.test', query: 'q', hash: '' }], form: 'Book' },
      ];
      await store.putContexts({ workspace: 'elsewhere', site: 's', entries });
      await store.putGoals({ workspace: 'w', site: 'unknown', goals });
      expect(await store.loadAll()).toMatchObject({ contexts: new Map(), goals: new Map() });
      await store.putContexts({ workspace: 'w', site: 's', entries: [] });
      await store.putContexts({ workspace: 'w', site: 's', entries });
      await store.putGoals({ workspace: 'w', site: 's', goals });
      expect(await store.loadAll()).toMatchObject({ contexts: new Map([['s', entries]]), goals: new Map([['s', goals]]) });
      await store.deleteSite({ workspace: 'w', id: 's' });
      expect(await store.loadAll()).toMatchObject({ contexts: new Map(), goals: new Map() });
    });

    it("[ST13] a site's look is kept for that site in its workspace, and goes with it", async () => {
      await setUp();
      const look = { ...WIDGET_LOOK, accent: '#102030', questions: ['Where is my order?'], enabled: false };
      await store.putLook({ workspace: 'elsewhere', site: 's', look });
      await store.putLook({ workspace: 'w', site: 'unknown', look });
      expect((await store.loadAll()).looks).toEqual(new Map());
      await store.putLook({ workspace: 'w', site: 's', look: WIDGET_LOOK });
      await store.putLook({ workspace: 'w', site: 's', look });
      expect((await store.loadAll()).looks).toEqual(new Map([['s', look]]));
      await store.deleteSite({ workspace: 'w', id: 's' });
      expect((await store.loadAll()).looks).toEqual(new Map());
    });

    const MOST = { own: 3, shared: 2 };
    const aFilter = (given: Partial<FilterRecord> = {}): FilterRecord => ({
      id: 'f',
      workspace: 'w',
      name: 'Germans',
      filter: 'country:de',
      shared: false,
      createdAt: NOW,
      createdBy: 'owner',
      ...given,
    });
    const filtersOf = async (user: string) => (await store.filters({ workspace: 'w', user })).map(({ id }) => id);
    const add = (given: Partial<FilterRecord>) => store.addFilter({ filter: aFilter(given), most: MOST });

    it('[ST11] a private filter is its maker’s alone, a shared one everybody’s in the workspace; by name, with who made it', async () => {
      await setUp();
      await join('ann');
      await add({});
      await add({ id: 'g', name: 'checkout', shared: true, createdBy: 'ann' });
      expect(await store.filters({ workspace: 'w', user: 'owner' })).toEqual([
        { ...aFilter({ id: 'g', name: 'checkout', shared: true, createdBy: 'ann' }), by: 'Ann' },
        { ...aFilter(), by: 'Olga' },
      ]);
      expect(await filtersOf('ann')).toEqual(['g']);
      expect(await store.filters({ workspace: 'elsewhere', user: 'owner' })).toEqual([]);
    });

    it('[ST11] a filter is changed and deleted within its workspace, and what is not said stays', async () => {
      await setUp();
      await add({});
      const change = (workspace: string, patch: object) => store.changeFilter({ workspace, id: 'f', patch, most: MOST });
      expect(await change('elsewhere', { name: 'x' })).toEqual({ conflict: 'not_found' });
      expect(await change('w', { name: 'New', filter: undefined })).toBe(true);
      expect(await change('w', { shared: true, filter: 'status:active' })).toBe(true);
      expect(await store.filters({ workspace: 'w', user: 'ann' })).toEqual([
        { ...aFilter({ name: 'New', filter: 'status:active', shared: true }), by: 'Olga' },
      ]);
      expect(await store.deleteFilter({ workspace: 'elsewhere', id: 'f' })).toBe(false);
      expect([await store.deleteFilter({ workspace: 'w', id: 'f' }), await store.deleteFilter({ workspace: 'w', id: 'f' })]).toEqual([
        true,
        false,
      ]);
      expect(await change('w', { name: 'x' })).toEqual({ conflict: 'not_found' });
      expect(await filtersOf('owner')).toEqual([]);
    });

    it('[ST11] beyond their most no more are kept, whoever is fastest: private ones of a member, shared ones of the workspace', async () => {
      await setUp();
      const own = await Promise.all(['a', 'b', 'c', 'd'].map((id) => add({ id })));
      expect(own).toEqual([true, true, true, { conflict: 'too_many' }]);
      expect(await add({ id: 'of ann', createdBy: 'ann' })).toBe(true);
      const shared = await Promise.all(['x', 'y', 'z'].map((id) => add({ id, shared: true, createdBy: id })));
      expect(shared).toEqual([true, true, { conflict: 'too_many' }]);
      const share = (id: string, isShared: boolean) => store.changeFilter({ workspace: 'w', id, patch: { shared: isShared }, most: MOST });
      expect(await share('a', true)).toEqual({ conflict: 'too_many' });
      expect(await share('x', true)).toBe(true);
      await store.deleteFilter({ workspace: 'w', id: 'y' });
      expect(await share('a', true)).toBe(true);
      await add({ id: 'e' });
      expect(await share('a', false)).toEqual({ conflict: 'too_many' });
    });

    it('[ST11] a member who goes takes private filters along; what is shared stays, by nobody', async () => {
      await setUp();
      await join('ann');
      await add({ id: 'private', createdBy: 'ann' });
      await add({ id: 'shared', shared: true, createdBy: 'ann' });
      await store.removeMember({ workspace: 'w', user: 'ann' });
      expect(await store.filters({ workspace: 'w', user: 'ann' })).toEqual([
        { ...aFilter({ id: 'shared', shared: true, createdBy: 'ann' }), by: '' },
      ]);
    });

    const aNote = (given: Partial<NoteRecord> = {}): NoteRecord => ({
      id: 'n',
      workspace: 'w',
      visitor: 'v1',
      text: 'Wants “blue” \u{1F600}\n<b>',
      createdAt: NOW,
      createdBy: 'owner',
      ...given,
    });
    const note = (given: Partial<NoteRecord> = {}, most = 9) => store.addNote({ note: aNote(given), most });

    it('[ST12] notes about a visitor come newest first, with who wrote them, within the workspace', async () => {
      await setUp();
      await join('ann');
      await note();
      await note({ id: 'n2', createdAt: NOW + 1, createdBy: 'ann' });
      await note({ id: 'n3', createdAt: NOW + 1, createdBy: 'gone' });
      await note({ id: 'n4', visitor: 'v2' });
      expect(await store.notes({ workspace: 'w', visitor: 'v1' })).toEqual([
        { ...aNote({ id: 'n3', createdAt: NOW + 1, createdBy: 'gone' }), by: '' },
        { ...aNote({ id: 'n2', createdAt: NOW + 1, createdBy: 'ann' }), by: 'Ann' },
        { ...aNote(), by: 'Olga' },
      ]);
      expect(await store.notes({ workspace: 'elsewhere', visitor: 'v1' })).toEqual([]);
      const gone = (q: Partial<{ workspace: string; visitor: string; id: string }>) =>
        store.deleteNote({ workspace: 'w', visitor: 'v1', id: 'n', ...q });
      expect([await gone({ workspace: 'elsewhere' }), await gone({ visitor: 'v2' }), await gone({}), await gone({})]).toEqual([
        false,
        false,
        true,
        false,
      ]);
    });

    it('[VI3] a site has one identity secret, made once, and the one before', async () => {
      await setUp();
      const first = { site: 's', secret: 'one', madeAt: NOW, before: '', beforeUntil: 0 };
      expect(await store.identitySecret({ site: 's', make: 'one', now: NOW })).toEqual(first);
      expect(await store.identitySecret({ site: 's', make: 'two', now: NOW + 1 })).toEqual(first);
      const second = { site: 's', secret: 'two', madeAt: NOW + 1, before: 'one', beforeUntil: NOW + HOUR };
      expect(await store.rotateIdentitySecret({ site: 's', make: 'two', now: NOW + 1, beforeUntil: NOW + HOUR })).toEqual(second);
      expect(await store.identitySecrets()).toEqual([second]);
      expect(await store.identitySecret({ site: 'none', make: 'x', now: NOW })).toBeNull();
      expect(await store.rotateIdentitySecret({ site: 'none', make: 'x', now: NOW, beforeUntil: NOW })).toBeNull();
      await store.deleteSite({ workspace: 'w', id: 's' });
      expect(await store.identitySecrets()).toEqual([]);
    });

    it('[VI3] a site without one gets its first by a rotation', async () => {
      await setUp();
      const made = await store.rotateIdentitySecret({ site: 's', make: 'one', now: NOW, beforeUntil: NOW + HOUR });
      expect(made).toEqual({ site: 's', secret: 'one', madeAt: NOW, before: '', beforeUntil: 0 });
    });

    it('[VI7] a visitor is the first person it was proved to be, until that is forgotten', async () => {
      await setUp();
      const claim = (subject: string, now = NOW, visitor = 'v') =>
        store.claimVisitor({ workspace: 'w', visitor, subject, now, forgetBefore: now - HOUR });
      expect([await claim('a'), await claim('b'), await claim('a'), await claim('b', NOW, 'other')]).toEqual([true, false, true, true]);
      expect(await claim('b', NOW + HOUR)).toBe(false);
      expect(await claim('a', NOW + HOUR)).toBe(true);
      expect(await claim('b', NOW + 2 * HOUR + 1)).toBe(true);
    });

    it('[ST12] beyond their most no more notes are kept about one visitor', async () => {
      await setUp();
      const kept = await Promise.all(['a', 'b', 'c'].map((id) => note({ id }, 2)));
      expect(kept).toEqual([true, true, { conflict: 'too_many' }]);
      expect(await note({ id: 'd', visitor: 'v2' }, 2)).toBe(true);
    });

    it('[ST12] visitors whose notes are all old are found in pages, and their notes deleted together', async () => {
      await setUp();
      for (const visitor of ['a', 'b', 'c', 'd']) await note({ id: `1 ${visitor}`, visitor });
      await note({ id: '2 b', visitor: 'b', createdAt: NOW + 5 });
      const q = { workspace: 'w', before: NOW + 5, limit: 2 };
      expect(await store.notedVisitors({ ...q, after: '' })).toEqual(['a', 'c']);
      expect(await store.notedVisitors({ ...q, after: 'c' })).toEqual(['d']);
      expect(await store.notedVisitors({ ...q, workspace: 'elsewhere', after: '' })).toEqual([]);
      expect(await store.notedVisitors({ ...q, before: NOW, after: '' })).toEqual([]);
      expect(await store.deleteNotesOf({ workspace: 'elsewhere', visitors: ['a'] })).toBe(0);
      expect(await store.deleteNotesOf({ workspace: 'w', visitors: ['a', 'b', 'nobody'] })).toBe(3);
      expect(await store.notedVisitors({ ...q, after: '' })).toEqual(['c', 'd']);
    });
  });
}
