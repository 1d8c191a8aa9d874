import type { ChatCommand } from '@foyer/domain/chat';
import type { Conversation, InboxPage, Message } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { FoyerInProcess } from './foyer-in-process.ts';
import { Inbox } from './inbox.ts';
import { ConsoleSocket, newCid, TabSocket } from './sockets.ts';

const browsing = useBrowser();
let running: FoyerInProcess;
let owner: Account;
let anna: Account;
let key: string;
let workspace: string;
beforeAll(async () => {
  running = await FoyerInProcess.start();
  owner = await Account.setUp(running);
  anna = await Account.invited(owner, 'agent', 'Anna Agent');
  ({ key } = await owner.site());
  workspace = (await owner.me()).workspace.id;
  running.openShop(key);
});
afterAll(() => running.dispose());

async function writes(text: string): Promise<{ tab: TabSocket; conversation: string }> {
  const tab = new TabSocket({ origin: running.origin, key, from: '192.0.2.40' });
  const { secret } = await tab.arrive('/');
  await tab.chat(secret === undefined ? {} : { secret });
  const answer = await tab.writes(text);
  if (answer.t !== 'chat.receipt') throw new Error(answer.message);
  return { tab, conversation: answer.conversation };
}
const stateOf = async (id: string): Promise<Conversation | undefined> =>
  (await owner.get<InboxPage>('/conversations')).entries.find(({ conversation }) => conversation.id === id)?.conversation;
const transcript = async (id: string): Promise<Message[]> =>
  (await owner.get<{ messages: Message[] }>(`/conversations/${id}/messages`)).messages;

describe('who answers', () => {
  test('[EE36] of two agents who accept at once one has it; the other is told, may not answer, and both see who has it', async () => {
    const consoles = [await ConsoleSocket.chatting(owner), await ConsoleSocket.chatting(anna)] as const;
    const ids = [(await owner.me()).user.id, (await anna.me()).user.id];
    for (let round = 0; round < 10; round++) {
      const { conversation } = await writes(`Hello, ${round}`);
      // Neither is always the first to be asked.
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      const asked = order.map((who) => consoles[who as 0 | 1].ask({ t: 'chat.accept', cid: newCid(), conversation, anyway: true }));
      const answers = await Promise.all(asked);
      const winner = order[answers.findIndex(({ t }) => t === 'chat.receipt')] as 0 | 1;
      expect(answers.map(({ t }) => t).sort()).toEqual(['chat.receipt', 'chat.refused']);
      expect(answers.find(({ t }) => t === 'chat.refused')).toMatchObject({ code: 'taken' });
      for (const each of consoles) {
        const { conversation: seen } = await each.frame(
          'chat.change',
          (frame) => frame.conversation.id === conversation && frame.conversation.status === 'assigned',
        );
        expect(seen.owner).toMatchObject({ kind: 'agent', id: ids[winner] });
      }
      const loser = consoles[winner === 0 ? 1 : 0];
      const body = { kind: 'text', text: 'I was first' } as const;
      expect(await loser.ask({ t: 'chat.say', cid: newCid(), conversation, body })).toMatchObject({ t: 'chat.refused', code: 'not_owner' });
      expect((await transcript(conversation)).filter(({ body: said }) => said.kind === 'event')).toHaveLength(1);
    }
  });

  test('[EE36] on their screens, too: who was slower reads who has it, and nothing to press twice is left', async () => {
    const { conversation } = await writes('Who is first?');
    const screens = [
      await Inbox.open(browsing, owner, `/inbox/${conversation}`),
      await Inbox.open(browsing, anna, `/inbox/${conversation}`),
    ];
    const names = ['Olga', 'Anna'];
    for (const { page } of screens) await page.getByTestId('accept').waitFor();
    await Promise.all(screens.map(({ page }) => page.getByTestId('accept').click()));
    await expect.poll(async () => (await stateOf(conversation))?.status).toBe('assigned');
    const won = (await stateOf(conversation))?.owner.id === (await owner.me()).user.id ? 0 : 1;
    const [winner, loser] = [screens[won], screens[1 - won]] as [Inbox, Inbox];
    await winner.field.waitFor();
    await loser.page
      .getByTestId('state-bar')
      .filter({ hasText: names[won] ?? '' })
      .waitFor();
    for (const { page } of screens) expect(await page.getByTestId('accept').count()).toBe(0);
    await winner.write('Me');
    await loser.said('Me').waitFor();
  });

  test("[EE36] an AI agent's answer that comes after an agent took over is refused, stored nowhere and shown to nobody", async () => {
    const agent = await ConsoleSocket.chatting(owner);
    const { tab, conversation } = await writes('Do you deliver to campsites?');
    const act = (command: Exclude<ChatCommand, { c: 'start' | 'invite' }>) =>
      running.foyer.chat.request({ do: 'act', workspace, conversation, command });
    expect(await act({ c: 'hand_to_ai', by: { kind: 'system' }, ai: 'juno' })).toMatchObject({ ok: true });
    const { epoch } = (await stateOf(conversation))?.owner ?? { epoch: -1 };
    expect(await stateOf(conversation)).toMatchObject({ status: 'ai', owner: { kind: 'ai', id: 'juno' } });
    const by = { kind: 'ai', id: 'juno', epoch } as const;
    expect(await act({ c: 'say', by, cid: newCid(), words: { kind: 'text', text: 'In time' } })).toMatchObject({ ok: true });
    await tab.frame('chat.changes', ({ messages }) => messages.some(({ body }) => body.kind === 'text' && body.text === 'In time'));

    const inbox = await Inbox.open(browsing, owner, `/inbox/${conversation}`);
    await inbox.said('In time').waitFor();
    await inbox.page.getByTestId('take-over').click();
    await inbox.field.waitFor();
    expect(await act({ c: 'say', by, cid: newCid(), words: { kind: 'text', text: 'Too late' } })).toMatchObject({
      ok: false,
      refusal: { code: 'stale_owner' },
    });
    await inbox.write('A person here');
    await tab.frame('chat.changes', ({ messages }) => messages.some(({ body }) => body.kind === 'text' && body.text === 'A person here'));
    expect(await inbox.said('Too late').count()).toBe(0);
    expect(JSON.stringify(tab.heard)).not.toContain('Too late');
    expect(JSON.stringify(agent.heard)).not.toContain('Too late');
    expect(JSON.stringify(await transcript(conversation))).not.toContain('Too late');

    // Handed back it is another ownership: the old thought is still too late.
    await agent.ask({ t: 'chat.release', cid: newCid(), conversation });
    expect(await act({ c: 'hand_to_ai', by: { kind: 'system' }, ai: 'juno' })).toMatchObject({ ok: true });
    expect(await act({ c: 'say', by, cid: newCid(), words: { kind: 'text', text: 'Too late' } })).toMatchObject({
      refusal: { code: 'stale_owner' },
    });
  });
});
