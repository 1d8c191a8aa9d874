import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatStore } from './chat-store.ts';
import { aFile, agent, Desk, done, HOUR, MINUTE, nextId, NOW, refused, text, visitor } from './chat-store.testkit.ts';
import type { StoreUnderTest } from './history-store.contract.ts';

/** What every chat store does when it decides and stores. One store serves all cases, each in a workspace of its own. */
export function chatStoreContract(name: string, makeStore: () => Promise<StoreUnderTest<ChatStore>>): void {
  describe(`chat store: ${name}`, () => {
    let made: StoreUnderTest<ChatStore>;
    let desk: Desk;
    beforeAll(async () => {
      made = await makeStore();
    });
    afterAll(() => made.dispose());
    beforeEach(() => {
      desk = new Desk(made.store);
    });

    it("[CS1] a visitor's words begin a conversation, go on in it, and begin a new one when it is over for good", async () => {
      const first = await done(desk.write('hello'));
      expect(first).toMatchObject({ seq: 1, changes: [{ chatSeq: 1, prevShownRev: 0, messages: [{ seq: 1, body: text('hello') }] }] });
      const second = await done(desk.write('anybody?'));
      expect(second).toMatchObject({ conversation: first.conversation, seq: 2, changes: [{ chatSeq: 2, prevShownRev: 1 }] });
      await done(desk.act(first.conversation, { c: 'resolve', by: agent() }));
      desk.now = NOW + 24 * HOUR;
      expect(await done(desk.write('again'))).toMatchObject({ conversation: first.conversation, seq: 5 });
      await done(desk.act(first.conversation, { c: 'resolve', by: agent() }));
      desk.now += 24 * HOUR + 1;
      const later = await done(desk.write('much later'));
      expect(later).toMatchObject({ seq: 1 });
      expect(later.conversation).not.toBe(first.conversation);
      const all = await made.store.conversationsOf({ workspace: desk.workspace, visitor: 'v', limit: 9 });
      expect(all.map(({ state }) => state.id)).toEqual([later.conversation, first.conversation]);
    });

    it('[CS1] what was stored is what was decided, every field of it', async () => {
      const { conversation, changes } = await done(
        desk.write('hi', {
          origin: { ai: 'robot', cookieless: true, team: 't', contact: { name: 'Eve', email: 'e@x.example', verified: true } },
        }),
      );
      expect(await made.store.conversation({ workspace: desk.workspace, id: conversation })).toEqual({
        state: changes[0]?.state,
        chatSeq: 1,
      });
      expect(await desk.messages(conversation)).toEqual(changes[0]?.messages);
    });

    it('[CS2] a repeat gets the same receipt and changes nothing, resolved, taken over or blocked since', async () => {
      const cid = nextId('cid');
      const first = await desk.write('hello', { cid });
      const { conversation } = await done(Promise.resolve(first));
      await done(desk.act(conversation, { c: 'accept', by: agent() }));
      const said = { c: 'say', by: agent(), cid: nextId('cid'), words: text('yes?') } as const;
      const reply = await desk.act(conversation, said);
      await done(desk.act(conversation, { c: 'block', by: agent(), until: NOW + 9 * HOUR }));
      const [head, before] = [await desk.head(), await desk.messages(conversation)];
      desk.now = NOW + 30 * HOUR;
      expect(await desk.write('hello', { cid })).toEqual({ ...first, changes: [] });
      expect(await desk.act(conversation, said)).toEqual({ ...reply, changes: [] });
      expect([await desk.head(), await desk.messages(conversation)]).toEqual([head, before]);
    });

    it("[CS2] client ids are the sender's own: two may use the same", async () => {
      const conversation = await desk.open();
      await done(desk.act(conversation, { c: 'accept', by: agent() }));
      const cid = nextId('cid');
      for (const by of [agent(), visitor]) await done(desk.act(conversation, { c: 'say', by, cid, words: text() }));
      await done(desk.write('x', { visitor: nextId('v'), cid }));
      expect(await desk.messages(conversation)).toHaveLength(4);
    });

    it('[CS3] a hundred at once have one place each, twice over', async () => {
      const conversation = await desk.open();
      await done(desk.act(conversation, { c: 'accept', by: agent() }));
      await desk.open({ visitor: 'else' });
      const says = Array.from({ length: 100 }, (_, i) => ({
        c: 'say' as const,
        by: i % 2 ? agent() : visitor,
        cid: `cid-burst-${i}`,
        words: text(`${i}`),
      }));
      const [head, { seq }] = [await desk.head(), await desk.state(conversation)];
      const both = [...says, ...says].map((command) => desk.act(conversation, command));
      const between = Array.from({ length: 20 }, () => desk.write('x', { visitor: 'else' }));
      const outcomes = await Promise.all(both.map(done));
      await Promise.all(between);
      const seqs = outcomes.map((one) => one.seq);
      expect(seqs.slice(0, 100)).toEqual(seqs.slice(100));
      expect(new Set(seqs).size).toBe(100);
      const messages = await desk.messages(conversation);
      expect(messages.map((message) => message.seq)).toEqual(Array.from({ length: seq + 100 }, (_, i) => i + 1));
      expect(await desk.head()).toBe(head + 120);
      expect(new Set(outcomes.flatMap(({ changes }) => changes.map(({ chatSeq }) => chatSeq))).size).toBe(100);
      expect(await desk.state(conversation)).toMatchObject({ seq: seq + 100, rev: messages.at(-1)?.rev });
    });

    it('[CS4] of two who accept at once one has it, the other is told who', async () => {
      const conversation = await desk.open();
      const outcomes = await Promise.all(['anna', 'ben'].map((id) => refused(desk.act(conversation, { c: 'accept', by: agent(id) }))));
      expect(outcomes).toEqual(['done', 'taken anna']);
      expect((await desk.state(conversation)).phase).toMatchObject({ agent: 'anna' });
    });

    it("[CS4] nobody gets more than their capacity, their own or the workspace's, however fast", async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => desk.open()));
      await made.store.putAgent({ workspace: desk.workspace, id: 'ben', capacity: 1, available: 'online' });
      const give = (to: string) => Promise.all(ids.map((id) => refused(desk.act(id, { c: 'assign', by: { kind: 'system' }, agent: to }))));
      expect((await give('ben')).filter((was) => was === 'done')).toHaveLength(1);
      const toAnna = await give('anna');
      expect(toAnna.filter((was) => was === 'done')).toHaveLength(3);
      expect(new Set(toAnna)).toEqual(new Set(['done', 'taken ben', 'at_capacity anna']));
      expect(await made.store.agents(desk.workspace)).toMatchObject([
        { id: 'anna', capacity: null, load: 3, lastAssignedAt: NOW },
        { id: 'ben', capacity: 1, load: 1, lastAssignedAt: NOW },
      ]);
      const [theirs] = await made.store.awaiting({ workspace: desk.workspace, agents: ['ben', 'nobody'] });
      await done(desk.act(theirs!.conversation, { c: 'resolve', by: agent('ben') }));
      expect(await refused(desk.act(ids[5]!, { c: 'accept', by: agent('ben') }))).toMatch(/done|taken/);
    });

    it('[CS5] what is refused leaves nothing: no message, no number, no seen mark', async () => {
      const conversation = await desk.open();
      const head = await desk.head();
      const state = await desk.state(conversation);
      expect(await refused(desk.act(conversation, { c: 'say', by: agent(), cid: nextId('cid'), words: text() }))).toBe('not_owner');
      expect(
        await refused(desk.act(conversation, { c: 'say', by: { kind: 'ai', id: 'r', epoch: 1 }, cid: nextId('cid'), words: text() })),
      ).toBe('stale_owner');
      expect(await refused(desk.write('x', { visitor: state.visitor, words: { kind: 'attachment', text: '', files: ['forged'] } }))).toBe(
        'bad_file',
      );
      expect([await desk.head(), await desk.state(conversation), (await desk.messages(conversation)).length]).toEqual([head, state, 1]);
      expect(await made.store.unread({ workspace: desk.workspace, agent: 'anna' })).toBe(1);
    });

    it('[CS6] what changed after a rev comes oldest first, edits and answers too, and no decision in part', async () => {
      const conversation = await desk.open();
      await done(desk.act(conversation, { c: 'accept', by: agent() }));
      const seq = await desk.say(conversation, 'Helo');
      const ask = { kind: 'buttons', text: '?', buttons: [{ id: 'a', label: 'A' }] } as const;
      const asked = await done(desk.act(conversation, { c: 'say', by: agent(), cid: nextId('cid'), words: ask }));
      await done(desk.act(conversation, { c: 'edit', by: agent(), seq, text: 'Hello' }));
      await done(desk.act(conversation, { c: 'resolve', by: agent() }));
      const chosen = await done(desk.act(conversation, { c: 'choose', by: visitor, cid: nextId('cid'), to: asked.seq, button: 'a' }));
      expect(chosen.changes[0]?.messages.map((m) => m.seq)).toEqual([4, 6, 7]);
      const after = (rev: number, limit = 50) => made.store.messagesAfter({ workspace: desk.workspace, conversation, rev, limit });
      const { rev } = await desk.state(conversation);
      const all = await after(0);
      expect(all.messages.map((m) => [m.rev, m.seq])).toEqual([
        [1, 1],
        [2, 2],
        [5, 3],
        [6, 5],
        [7, 4],
        [7, 6],
        [7, 7],
      ]);
      expect([all.rev, all.more]).toEqual([rev, false]);
      expect(all.messages.find((m) => m.seq === 3)?.body).toEqual(text('Hello'));
      expect(await after(rev)).toEqual({ messages: [], rev, more: false });
      // Pages of any size come to the same, and end.
      for (const limit of [1, 2, 3, 5]) {
        const seen: number[] = [];
        let page = await after(0, limit);
        for (; ; page = await after(page.rev, limit)) {
          seen.push(...page.messages.map((m) => m.seq));
          if (!page.more) break;
        }
        if (limit >= 3) expect(seen).toEqual([1, 2, 3, 5, 4, 6, 7]);
        else expect(page.rev).toBe(rev);
      }
    });

    it('[CS6] pages of a transcript go back to its beginning', async () => {
      const conversation = await desk.open();
      await done(desk.act(conversation, { c: 'accept', by: agent() }));
      for (let i = 0; i < 7; i++) await desk.say(conversation, `${i}`);
      const before = async (seq: number) =>
        (await made.store.messagesBefore({ workspace: desk.workspace, conversation, seq, limit: 4 })).map((m) => m.seq);
      expect([await before(1e9), await before(6), await before(2), await before(1)]).toEqual([[6, 7, 8, 9], [2, 3, 4, 5], [1], []]);
    });

    it('[CS7] another workspace or visitor finds nothing and changes nothing', async () => {
      const conversation = await desk.open({ visitor: 'v1', said: 'secret words' });
      const other = new Desk(made.store);
      const { workspace } = other;
      expect(await made.store.conversation({ workspace, id: conversation })).toBeNull();
      expect(await other.messages(conversation)).toEqual([]);
      expect(await made.store.messagesAfter({ workspace, conversation, rev: 0, limit: 9 })).toEqual({ messages: [], rev: 0, more: false });
      expect(await made.store.conversationsOf({ workspace, visitor: 'v1', limit: 9 })).toEqual([]);
      expect((await made.store.search({ workspace, text: 'secret', limit: 9 })).found).toEqual([]);
      expect(await other.inboxIds()).toEqual([]);
      expect(await refused(other.act(conversation, { c: 'accept', by: agent() }))).toBe('not_found');
      const cid = nextId('cid');
      const say = { c: 'say', by: visitor, cid, words: text() } as const;
      await done(desk.act(conversation, say, { visitor: 'v1' }));
      expect(await refused(desk.act(conversation, say, { visitor: 'v2' }))).toBe('not_found');
      expect(await refused(desk.act(nextId('none'), say, { visitor: 'v1' }))).toBe('not_found');
    });

    it('[CS15] every change after a chatSeq is told, and heads say where the end is', async () => {
      expect(await desk.head()).toBe(0);
      const [a, b] = [await desk.open(), await desk.open()];
      const known = await desk.head();
      expect(known).toBe(2);
      await done(desk.act(b, { c: 'tag', by: agent(), tags: ['x'] }));
      await done(desk.act(a, { c: 'mark', by: agent(), delivered: 1, read: 1 }));
      const changed = async (chatSeq: number, limit = 9) =>
        (await made.store.changesAfter({ workspace: desk.workspace, agent: 'anna', chatSeq, limit })).map((e) => [e.state.id, e.chatSeq]);
      expect(await changed(known)).toEqual([
        [b, 3],
        [a, 4],
      ]);
      expect(await changed(0, 1)).toEqual([[b, 3]]);
      expect(await changed(4)).toEqual([]);
      expect(await desk.head()).toBe(4);
    });

    it('[CS16] an invitation that replaces another withdraws it at once; one conversation is open at most', async () => {
      const first = await done(desk.invite('anna'));
      expect(first).toMatchObject({ seq: 2, changes: [{ state: { phase: { status: 'invited', agent: 'anna' } } }] });
      expect(await refused(desk.invite('ben'))).toBe('already_invited anna');
      const second = await done(desk.invite('ben', { anyway: true }));
      expect(second.changes.map(({ chatSeq, state }) => [chatSeq, state.id, state.phase.status])).toEqual([
        [2, first.conversation, 'resolved'],
        [3, second.conversation, 'invited'],
      ]);
      expect(await done(desk.write('yes please'))).toMatchObject({ conversation: second.conversation });
      expect((await desk.state(second.conversation)).phase).toMatchObject({ status: 'assigned', agent: 'ben' });
      expect(await refused(desk.invite('anna', { anyway: true }))).toBe(`has_conversation ${second.conversation}`);
    });

    it('[CS17] what is going on is read back: active ones, invitations, and those resolved since', async () => {
      const ids = await Promise.all(Array.from({ length: 4 }, () => desk.open()));
      const [a, b, c, d] = ids as [string, string, string, string];
      await done(desk.act(a, { c: 'accept', by: agent() }));
      await done(desk.act(b, { c: 'resolve', by: agent() }));
      desk.now = NOW + 5 * MINUTE;
      await done(desk.act(c, { c: 'resolve', by: agent() }));
      const { conversation: e } = await done(desk.invite('anna', { visitor: nextId('v') }));
      const shown = (await made.store.shown({ resolvedAfter: NOW })).filter(({ state }) => state.workspace === desk.workspace);
      expect(shown.map(({ state }) => state.id).sort()).toEqual([a, c, d, e].sort());
    });

    it('[CS17] the queue is read in its order, and so are the chats that wait for an agent who left', async () => {
      const [a, b, c] = [await desk.open(), await desk.open({ origin: { team: 't' } }), await desk.open()] as const;
      await done(desk.act(a, { c: 'accept', by: agent() }));
      desk.now = NOW + MINUTE;
      await done(desk.act(c, { c: 'accept', by: agent() }));
      await desk.say(c, 'coming');
      expect(await made.store.awaiting({ workspace: desk.workspace, agents: ['anna'] })).toEqual([{ conversation: a, agent: 'anna' }]);
      await done(desk.act(a, { c: 'requeue', by: { kind: 'system' } }, { awaySince: NOW, now: NOW + 9 * MINUTE }));
      const waiting = [
        { conversation: a, team: '', since: NOW },
        { conversation: b, team: 't', since: NOW },
      ].sort((x, y) => (x.conversation < y.conversation ? -1 : 1));
      expect(await made.store.waiting(desk.workspace)).toEqual(waiting);
    });

    it('[CS11] a file is used once, by who uploaded it, and what is taken back is named', async () => {
      const { workspace } = desk;
      const [mine, other, late] = [
        aFile({ workspace }),
        aFile({ workspace, sender: 'visitor:x' }),
        aFile({ workspace, createdAt: NOW + HOUR }),
      ];
      for (const file of [mine, other, late]) await made.store.addFile(file);
      const send = (files: string[]) => desk.write('', { words: { kind: 'attachment', text: '', files } });
      expect(await refused(send([other.id]))).toBe('bad_file');
      const sent = await done(send([mine.id]));
      const { id, name: called, type, bytes, width, height } = mine;
      expect(sent.changes[0]?.messages[0]?.body).toEqual({
        kind: 'attachment',
        text: '',
        files: [{ id, name: called, type, bytes, width, height }],
      });
      expect(await refused(send([mine.id]))).toBe('bad_file');
      expect(await made.store.file({ workspace, id })).toEqual({ ...mine, conversation: sent.conversation, seq: 1 });
      expect(await made.store.file({ workspace: 'another', id })).toBeNull();
      const unused = async (before: number) =>
        (await made.store.unusedFiles({ before, limit: 99 })).filter((one) => [mine.id, other.id, late.id].includes(one));
      expect(await unused(NOW + 1)).toEqual([other.id]);
      await made.store.deleteFiles([other.id]);
      expect(await unused(NOW + 2 * HOUR)).toEqual([late.id]);
      expect(await made.store.unknownFiles([mine.id, other.id, late.id, "no'one"])).toEqual([other.id, "no'one"]);
      const removed = await done(desk.act(sent.conversation, { c: 'remove', by: visitor, seq: 1, how: 'delete' }));
      expect(removed.changes[0]?.goneFiles).toEqual([mine.id]);
      expect(await made.store.file({ workspace, id })).toBeNull();
    });
  });
}
