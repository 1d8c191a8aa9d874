import type { AgentBody, InboxPage } from '@foyer/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from './account.ts';
import { useBrowser } from './browser.ts';
import { png } from './files.ts';
import { upload } from './filled-chat.ts';
import { FoyerProcess } from './foyer-process.ts';
import { expectHarmless } from './harmless.ts';
import { HOSTILE } from './hostile-values.ts';
import { Inbox } from './inbox.ts';
import { ConsoleSocket, newCid, TabSocket } from './sockets.ts';
import { goWithin } from './visitors-page.ts';
import { Widget } from './widget.ts';

const browsing = useBrowser();
let foyer: FoyerProcess;
let owner: Account;
/** Agents are known by name to visitors and colleagues, so the name says it too. */
let anna: Account;
beforeAll(async () => {
  foyer = await FoyerProcess.start({ program: 'demo' });
  owner = await Account.signedIn(foyer);
  anna = await Account.invited(owner, 'agent', '<img src=x onerror=window.hacked=1>');
});
afterAll(() => foyer.dispose());

/** What the wire takes of a value where it asks for so many characters with something to read in them. */
const cut = (value: string, most: number): string => {
  const text = value.toWellFormed().slice(0, most).trim();
  return /\S/.test(text) ? text : 'nothing to read';
};
describe('what somebody hostile says in a chat', () => {
  test('[EE40] is text in the inbox, whatever field it was in', async () => {
    const agent = await ConsoleSocket.chatting(anna);
    const ids: { id: string; value: string }[] = [];
    for (const value of HOSTILE) {
      const tab = new TabSocket({ origin: foyer.origin, key: 'demo', from: '192.0.2.60' });
      const { secret } = await tab.arrive('/', { pages: [{ n: 1, url: value.slice(0, 2_000), title: value.slice(0, 300) }] });
      const page = { url: value.slice(0, 2_000), title: value.slice(0, 300) };
      const { ticket } = await tab.chat({ page, ...(secret === undefined ? {} : { secret }) });
      const cid = newCid();
      tab.say({ t: 'chat.say', cid, body: { kind: 'text', text: cut(value, 2_000) }, contact: { name: cut(value, 200) } });
      const begun = await tab.answer(cid);
      if (begun.t !== 'chat.receipt') throw new Error(`${value}: ${begun.message}`);
      const { conversation } = begun;
      const file = await upload({ origin: foyer.origin, key: 'demo', ticket, name: cut(value, 150), content: png() });
      const attached = newCid();
      tab.say({ t: 'chat.say', cid: attached, body: { kind: 'attachment', text: '', files: [file] } });
      expect(await tab.answer(attached)).toMatchObject({ t: 'chat.receipt' });

      await agent.does({ t: 'chat.accept', cid: newCid(), conversation, anyway: true });
      const bodies: AgentBody[] = [
        { kind: 'text', text: cut(value, 2_000) },
        { kind: 'buttons', text: cut(value, 300), buttons: [{ id: 'a', label: cut(value, 80) }] },
        { kind: 'form', text: cut(value, 300), fields: [{ id: 'f', label: cut(value, 80), type: 'text', required: false, choices: [] }] },
      ];
      const seqs: number[] = [];
      for (const body of bodies) seqs.push((await agent.does({ t: 'chat.say', cid: newCid(), conversation, body })).seq);
      await agent.does({ t: 'chat.note', cid: newCid(), conversation, text: cut(value, 2_000), mentions: [] });
      await agent.does({ t: 'chat.tags', cid: newCid(), conversation, tags: [cut(value, 40)] });
      const [chosen, submitted] = [newCid(), newCid()];
      tab.say({ t: 'chat.answer', cid: chosen, conversation, to: seqs[1] ?? 0, button: 'a' });
      tab.say({
        t: 'chat.submit',
        cid: submitted,
        conversation,
        to: seqs[2] ?? 0,
        values: [{ id: 'f', value: value.toWellFormed().slice(0, 1_000) }],
      });
      for (const each of [chosen, submitted]) expect(await tab.answer(each)).toMatchObject({ t: 'chat.receipt' });
      await agent.does({ t: 'chat.resolve', cid: newCid(), conversation });
      const rated = newCid();
      tab.say({ t: 'chat.rate', cid: rated, conversation, stars: 1, comment: value.toWellFormed().slice(0, 2_000) });
      expect(await tab.answer(rated)).toMatchObject({ t: 'chat.receipt' });
      ids.push({ id: conversation, value });
      tab.end();
    }

    const inbox = await Inbox.open(browsing, owner, '/inbox?tab=resolved');
    await inbox.rows.first().waitFor();
    await expectHarmless(inbox.page, 'the list');
    const heights = await inbox.rows.evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    expect(new Set(heights).size).toBe(1);
    for (const { id, value } of ids) {
      await goWithin(inbox.page, `/inbox/${id}`);
      await inbox.page.locator(`[data-testid=composer][data-conversation="${id}"]`).waitFor();
      await inbox.transcript.getByTestId('message').first().waitFor();
      await expectHarmless(inbox.page, value);
      const text = await inbox.transcript.evaluate((element) => element.textContent);
      expect(text, value).toContain(cut(value, 300));
    }
    const { entries } = await owner.get<InboxPage>('/conversations?status=resolved');
    expect(entries.length).toBe(HOSTILE.length);
  });

  test('[EE40] is text in the widget too', async () => {
    const agent = await ConsoleSocket.chatting(anna);
    const widget = await Widget.on(await browsing.profile(), `${foyer.origin}/demo/`);
    await widget.open();
    await widget.write('<script>window.hacked=1</script>');
    const { conversation } = await agent.frame('chat.change', (frame) => frame.conversation.status === 'unassigned');
    await agent.ask({ t: 'chat.accept', cid: newCid(), conversation: conversation.id, anyway: true });
    for (const value of HOSTILE) {
      for (const body of [
        { kind: 'text', text: cut(value, 2_000) },
        { kind: 'buttons', text: cut(value, 300), buttons: [{ id: 'a', label: cut(value, 80) }] },
        {
          kind: 'form',
          text: cut(value, 300),
          fields: [{ id: 'f', label: cut(value, 80), type: 'choice', required: true, choices: [cut(value, 80)] }],
        },
      ] as const)
        await agent.does({ t: 'chat.say', cid: newCid(), conversation: conversation.id, body: body as AgentBody });
    }
    const last = cut(HOSTILE.at(-1) ?? '', 300);
    await expect.poll(() => widget.log.evaluate((element) => element.textContent), { timeout: 15_000 }).toContain(last);
    const text = await widget.log.evaluate((element) => element.textContent);
    for (const value of HOSTILE) expect(text, value).toContain(cut(value, 300));
    await expectHarmless(widget.tab, 'the widget');
  });
});

/** More than twice what the server takes from one tab at once. */
const MESSAGES = 150;
const CONSOLES = 4;

describe('a team that writes faster than anybody reads', () => {
  test('[EE47] all of it arrives, in order, and the tab stays connected', async () => {
    const profile = await browsing.profile();
    const tab = await profile.newPage();
    let closed = 0;
    tab.on('websocket', (socket) => void socket.on('close', () => closed++));
    await tab.goto(`${foyer.origin}/demo/`);
    const widget = new Widget(tab);
    await widget.open();
    await widget.write('Is somebody there?');
    const consoles = await Promise.all(Array.from({ length: CONSOLES }, () => ConsoleSocket.chatting(owner)));
    const page = await owner.get<InboxPage>('/conversations?status=unassigned');
    const conversation = page.entries[0]!.conversation.id;
    await consoles[0]!.ask({ t: 'chat.accept', cid: newCid(), conversation, anyway: true });
    const said = await Promise.all(
      Array.from({ length: MESSAGES }, async (_, i) => {
        const text = `Line ${i} of many`;
        const { seq } = await consoles[i % CONSOLES]!.does({ t: 'chat.say', cid: newCid(), conversation, body: { kind: 'text', text } });
        return { seq, text };
      }),
    );
    const stored = said.sort((a, b) => a.seq - b.seq).map(({ text }) => text);
    // Before them stands the greeting.
    const shown = async () => (await widget.log.locator('.msg:not(.me) .say').allTextContents()).slice(1);
    await expect.poll(shown, { timeout: 5_000 }).toEqual(stored);
    expect(closed).toBe(0);
  });
});
