import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatStore, InboxFilter } from './chat-store.ts';
import { aFile, agent, aProfile, Desk, done, HOUR, MINUTE, nextId, NOW, visitor } from './chat-store.testkit.ts';
import type { StoreUnderTest } from './history-store.contract.ts';

/** What every chat store answers to lists and searches, and keeps for a team. */
export function chatInboxContract(name: string, makeStore: () => Promise<StoreUnderTest<ChatStore>>): void {
  describe(`inbox and keeping: ${name}`, () => {
    let made: StoreUnderTest<ChatStore>;
    let desk: Desk;
    beforeAll(async () => {
      made = await makeStore();
    });
    afterAll(() => made.dispose());
    beforeEach(() => {
      desk = new Desk(made.store);
    });
    async function allPages(limit: number, sort: 'newest' | 'waiting', filter: InboxFilter = {}): Promise<string[]> {
      const ids: string[] = [];
      for (let after: string | undefined; ;) {
        const page = await made.store.inbox({ workspace: desk.workspace, agent: 'anna', filter, sort, after, limit });
        expect(page.entries.length).toBeLessThanOrEqual(limit);
        ids.push(...page.entries.map(({ state }) => state.id));
        if (page.next === null) return ids;
        after = page.next;
      }
    }

    it.each([1, 2, 3, 7, 50])('[CS8] pages of %i come to the whole list, newest first, equal times told apart', async (limit) => {
      const opened: { id: string; at: number }[] = [];
      for (let i = 0; i < 7; i++) {
        desk.now = NOW + Math.floor(i / 3) * MINUTE;
        opened.push({ id: await desk.open(), at: desk.now });
      }
      const expected = opened.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).map(({ id }) => id);
      expect(await allPages(limit, 'newest')).toEqual(expected);
    });

    it('[CS8] by waiting: who waits, longest first, in the queue or for an answer', async () => {
      const [a, b, c, d] = [await desk.open(), await desk.open(), await desk.open(), await desk.open()] as const;
      for (const id of [b, c]) await done(desk.act(id, { c: 'accept', by: agent() }));
      await desk.say(b, 'yes?');
      await done(desk.act(d, { c: 'resolve', by: agent() }));
      desk.now = NOW + MINUTE;
      const e = await desk.open();
      for (const limit of [1, 9]) expect(await allPages(limit, 'waiting')).toEqual([...[a, c].sort(), e]);
    });

    it('[CS8] filters: status, source, assignee, team, tag, site, visitor, text, and all together', async () => {
      const api = await desk.open({
        origin: { source: 'api', team: 't1', contact: { name: 'Žaneta', email: 'z@x.example', verified: true } },
      });
      const mine = await desk.open({ visitor: 'v-mine', origin: { site: 's2' }, said: 'Where is my ORDER?' });
      const robot = await desk.open({ origin: { ai: 'robot' } });
      const over = await desk.open();
      await done(desk.act(mine, { c: 'accept', by: agent('ben') }));
      await done(desk.act(mine, { c: 'tag', by: agent('ben'), tags: ['vip', 'late'] }));
      await done(desk.act(over, { c: 'resolve', by: agent('anna') }));
      const ids = async (filter: InboxFilter) => (await desk.inboxIds({ filter })).sort();
      expect(await ids({ status: ['unassigned', 'ai'] })).toEqual([api, robot].sort());
      expect(await ids({ status: ['resolved'] })).toEqual([over]);
      expect(await ids({ source: ['api', 'whatsapp'] })).toEqual([api]);
      expect(await ids({ ids: [over, robot, 'none'] })).toEqual([over, robot].sort());
      expect(await ids({ ids: [over, robot], status: ['ai'] })).toEqual([robot]);
      expect(await ids({ ids: [] })).toEqual([]);
      expect(await ids({ assignee: ['ben'] })).toEqual([mine]);
      expect(await ids({ assignee: ['none', 'ben'] })).toEqual([api, mine, robot].sort());
      expect(await ids({ team: 't1' })).toEqual([api]);
      expect(await ids({ tag: 'vip' })).toEqual([mine]);
      expect(await ids({ tag: 'vi' })).toEqual([]);
      expect(await ids({ site: 's2' })).toEqual([mine]);
      expect(await ids({ visitor: 'v-mine' })).toEqual([mine]);
      expect(await ids({ text: 'zaneta' })).toEqual([api]);
      expect(await ids({ text: 'order' })).toEqual([mine]);
      expect(await ids({ text: '"*' })).toEqual([]);
      expect(await ids({ status: ['assigned'], assignee: ['ben'], tag: 'late', text: 'my ord', source: ['widget'] })).toEqual([mine]);
      await done(desk.act(mine, { c: 'tag', by: agent('ben'), tags: ['late'] }));
      expect(await ids({ tag: 'vip' })).toEqual([]);
      expect(await ids({ tag: 'late' })).toEqual([mine]);
    });

    it('[CS8] an entry has the last thing said, not an event, a note or what was undone; a nonsense cursor is the first page', async () => {
      const id = await desk.open({ said: 'hello' });
      await done(desk.act(id, { c: 'accept', by: agent() }));
      const seq = await desk.say(id, 'oops');
      await done(desk.act(id, { c: 'note', by: agent(), cid: nextId('cid'), text: 'n', mentions: [] }));
      const entry = async (after?: string) =>
        (await made.store.inbox({ workspace: desk.workspace, agent: 'anna', filter: {}, sort: 'newest', after, limit: 9 })).entries[0];
      expect((await entry())?.last?.seq).toBe(seq);
      await done(desk.act(id, { c: 'remove', by: agent(), seq, how: 'undo' }));
      expect((await entry('x.y'))?.last).toMatchObject({ seq: 1, body: { text: 'hello' } });
    });

    it('[CS9] finds words and beginnings, whatever case and accents, in every kind of message', async () => {
      const id = await desk.open({ said: 'Vrácení peněz, prosím' });
      await done(desk.act(id, { c: 'accept', by: agent() }));
      const say = (words: Parameters<Desk['act']>[1] & { c: 'say' }) => done(desk.act(id, words));
      const cid = () => nextId('cid');
      await say({ c: 'say', by: agent(), cid: cid(), words: { kind: 'buttons', text: 'Pick', buttons: [{ id: 'a', label: 'Straße' }] } });
      await done(desk.act(id, { c: 'choose', by: visitor, cid: cid(), to: 3, button: 'a' }));
      await done(desk.act(id, { c: 'note', by: agent('ben'), cid: cid(), text: 'refund promised', mentions: [] }));
      await desk.say(id, '返品したいです हिन्दी');
      const found = async (text: string) =>
        (await made.store.search({ workspace: desk.workspace, text, limit: 9 })).found.map(({ message }) => message.seq);
      expect(await found('vraceni')).toEqual([1]);
      expect(await found('PENEZ vrac')).toEqual([1]);
      expect(await found('strasse')).toEqual([4, 3]);
      expect(await found('refund')).toEqual([5]);
      expect(await found('返品')).toEqual([6]);
      expect(await found('हिन्दी')).toEqual([6]);
      expect(await found('vraceni refund')).toEqual([]);
      for (const nothing of ['', '"', '*', 'NOT', 'a OR', 'text:', 'NEAR(', '\u0000', '-', 'hello AND AND'])
        expect(await found(nothing)).toEqual([]);
    });

    it('[CS9] finds what a message says now, and pages through all', async () => {
      const id = await desk.open({ said: 'apples' });
      await done(desk.act(id, { c: 'accept', by: agent() }));
      const seq = await desk.say(id, 'pears');
      const find = (text: string, after?: string) => made.store.search({ workspace: desk.workspace, text, after, limit: 2 });
      await done(desk.act(id, { c: 'edit', by: agent(), seq, text: 'plums' }));
      expect((await find('pears')).found).toEqual([]);
      expect((await find('plums')).found).toMatchObject([{ conversation: { state: { id } }, message: { seq, body: { text: 'plums' } } }]);
      await done(desk.act(id, { c: 'remove', by: agent(), seq, how: 'delete' }));
      expect((await find('plums')).found).toEqual([]);
      for (let i = 0; i < 5; i++) await desk.say(id, `cherry ${i}`);
      const seen: number[] = [];
      for (let after: string | undefined; ;) {
        const page = await find('cherry', after);
        seen.push(...page.found.map(({ message }) => message.seq));
        if (page.next === null) break;
        after = page.next;
      }
      expect(seen).toEqual([8, 7, 6, 5, 4]);
    });

    it('[CS10] each agent has their own unread count; answering and marking are seeing', async () => {
      const [a, b] = [await desk.open({ visitor: 'va' }), await desk.open()] as const;
      await done(desk.write('more', { visitor: 'va' }));
      const unread = async (who: string) => {
        const { entries } = await made.store.inbox({ workspace: desk.workspace, agent: who, filter: {}, sort: 'newest', limit: 9 });
        return [
          ...[a, b].map((id) => entries.find(({ state }) => state.id === id)?.unread),
          await made.store.unread({ workspace: desk.workspace, agent: who }),
        ];
      };
      expect(await unread('anna')).toEqual([2, 1, 2]);
      await done(desk.act(a, { c: 'mark', by: agent('anna'), delivered: 9, read: 9 }));
      expect(await unread('anna')).toEqual([0, 1, 1]);
      expect(await unread('ben')).toEqual([2, 1, 2]);
      await done(desk.act(b, { c: 'accept', by: agent('ben') }));
      await desk.say(b, 'yes?', agent('ben'));
      expect(await unread('ben')).toEqual([2, 0, 1]);
      expect(await unread('anna')).toEqual([0, 1, 0]);
      // A mark that the team's own has passed is still this agent's.
      await done(desk.act(a, { c: 'mark', by: agent('ben'), delivered: 2, read: 2 }));
      expect(await unread('ben')).toEqual([0, 0, 0]);
      for (let i = 0; i < 105; i++) await desk.write(`${i}`, { visitor: 'va' });
      expect(await unread('anna')).toEqual([100, 1, 1]);
    });

    it("[CS12] canned replies: one's own and the shared ones, a shortcut once in each, bounded", async () => {
      const reply = (id: string, given: object = {}) => ({
        reply: {
          id: `${desk.workspace}-${id}`,
          workspace: desk.workspace,
          shortcut: 'hi',
          text: 'Hello!',
          shared: false,
          createdBy: 'anna',
          ...given,
        },
        most: 3,
      });
      const put = (id: string, given: object = {}) => made.store.putCannedReply(reply(id, given));
      expect(await put('1')).toBe(true);
      expect(await put('2')).toBe('shortcut_taken');
      expect(await put('2', { createdBy: 'ben' })).toBe(true);
      expect(await put('3', { shared: true, createdBy: 'ben' })).toBe(true);
      expect(await put('4', { shortcut: 'new' })).toBe('too_many');
      expect(await put('1', { text: 'Hi there' })).toBe(true);
      const texts = async (user: string) => (await made.store.cannedReplies({ workspace: desk.workspace, user })).map((r) => r.text);
      expect(await texts('anna')).toEqual(['Hi there', 'Hello!']);
      expect(await texts('zoe')).toEqual(['Hello!']);
      expect(await made.store.deleteCannedReply({ workspace: 'another', id: `${desk.workspace}-3` })).toBe(false);
      expect(await made.store.deleteCannedReply({ workspace: desk.workspace, id: `${desk.workspace}-3` })).toBe(true);
      expect(await texts('zoe')).toEqual([]);
    });

    it('[CS12] teams: bounded; when one goes, who waits for it waits for anybody', async () => {
      const { workspace } = desk;
      const team = { id: nextId('team'), name: 'Sales', members: ['anna', 'ben'] };
      expect(await made.store.putTeam({ workspace, team, most: 1 })).toBe(true);
      expect(await made.store.putTeam({ workspace, team: { ...team, id: nextId('team') }, most: 1 })).toBe('too_many');
      expect(await made.store.putTeam({ workspace, team: { ...team, members: ['anna'] }, most: 1 })).toBe(true);
      expect(await made.store.teams(workspace)).toEqual([{ ...team, members: ['anna'] }]);
      const id = await desk.open({ origin: { team: team.id } });
      expect(await made.store.deleteTeam({ workspace: 'another', id: team.id })).toBe(false);
      expect(await made.store.deleteTeam({ workspace, id: team.id })).toBe(true);
      expect((await desk.state(id)).team).toBe('');
      expect(await made.store.teams(workspace)).toEqual([]);
    });

    it('[CS12] settings and agents come back as put, with defaults before', async () => {
      const { workspace } = desk;
      const before = await made.store.settings(workspace);
      expect(before).toMatchObject({ reopenForMs: 24 * HOUR, requeueAfterMs: 2 * MINUTE, assignment: 'manual', hours: null });
      const hours = { days: Array.from({ length: 7 }, () => [{ from: 540, to: 1_020 }]), closedOn: ['2026-12-25'] };
      const settings = { ...before, assignment: 'automatic' as const, hours, capacity: 2 };
      await made.store.putSettings({ workspace, settings });
      expect(await made.store.settings(workspace)).toEqual(settings);
      expect(await made.store.agents(workspace)).toEqual([]);
      await made.store.putAgent({ workspace, id: 'anna', capacity: 5, available: 'away' });
      await made.store.putAgent({ workspace, id: 'anna', capacity: null, available: 'online' });
      expect(await made.store.agents(workspace)).toEqual([{ id: 'anna', capacity: null, available: 'online', load: 0, lastAssignedAt: 0 }]);
    });

    it('[CS13] what is purged or erased is gone from lists, transcripts and search, with its files', async () => {
      const { workspace } = desk;
      const file = aFile({ workspace, sender: 'visitor:vp' });
      await made.store.addFile(file);
      const old = (await done(desk.write('', { visitor: 'vp', words: { kind: 'attachment', text: 'ancient words', files: [file.id] } })))
        .conversation;
      await done(desk.act(old, { c: 'tag', by: agent(), tags: ['x'] }));
      await done(desk.act(old, { c: 'resolve', by: agent() }));
      const open = await desk.open({ visitor: 'vo', said: 'ancient but open' });
      const purge = (resolvedBefore: number) => made.store.purge({ workspace, resolvedBefore, limit: 9 });
      expect(await purge(NOW)).toEqual({ conversations: 0, files: [] });
      expect(await purge(NOW + 1)).toEqual({ conversations: 1, files: [file.id] });
      expect(await purge(NOW + 1)).toEqual({ conversations: 0, files: [] });
      expect(await desk.inboxIds()).toEqual([open]);
      expect(await desk.inboxIds({ filter: { tag: 'x' } })).toEqual([]);
      expect(await desk.messages(old)).toEqual([]);
      const found = async () => (await made.store.search({ workspace, text: 'ancient', limit: 9 })).found.length;
      expect(await found()).toBe(1);
      const upload = aFile({ workspace, sender: 'visitor:vo' });
      await made.store.addFile(upload);
      expect(await made.store.erase({ workspace: 'another', visitor: 'vo', conversations: [open] })).toEqual({
        conversations: 0,
        files: [],
      });
      expect(await made.store.erase({ workspace, visitor: 'vo' })).toEqual({ conversations: 1, files: [upload.id] });
      expect([await found(), await desk.inboxIds()]).toEqual([0, []]);
      const chosen = await desk.open();
      expect(await made.store.erase({ workspace, conversations: [chosen] })).toEqual({ conversations: 1, files: [] });
    });

    it('[CS20] what is known of a visitor is kept with the conversation, within 16 kB, and goes with it', async () => {
      const conversation = await desk.open({ visitor: 'v-known' });
      const q = { workspace: desk.workspace, conversation };
      expect(await made.store.profile(q)).toBeNull();
      expect(await made.store.putProfile({ ...q, profile: aProfile() })).toBe(true);
      const profile = aProfile({ city: 'Łódź', data: { plan: 'pro', seats: 3, trial: false, none: null } });
      expect(await made.store.putProfile({ ...q, profile })).toBe(true);
      expect(await made.store.profile(q)).toEqual(profile);
      const other = { ...q, workspace: 'elsewhere' };
      expect([await made.store.profile(other), await made.store.putProfile({ ...other, profile })]).toEqual([null, false]);
      expect(await made.store.putProfile({ ...q, conversation: 'none', profile })).toBe(false);

      const long = Array.from({ length: 10 }, (_, at) => ({ at, url: `https://x.test/${'ü'.repeat(1_900)}`, title: 'x'.repeat(300) }));
      await made.store.putProfile({ ...q, profile: aProfile({ pages: long }) });
      const kept = await made.store.profile(q);
      expect(kept?.pages.length).toBeGreaterThanOrEqual(3);
      expect(kept?.pages).toEqual(long.slice(0, kept?.pages.length));
      expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThanOrEqual(16_384);
      await made.store.erase({ workspace: desk.workspace, visitor: 'v-known' });
      expect(await made.store.profile(q)).toBeNull();
    });
  });
}
