import type { AgentBody, Uploaded } from '@foyer/protocol';
import type { Account } from './account.ts';
import { pdf, png } from './files.ts';
import { ConsoleSocket, newCid, TabSocket } from './sockets.ts';

/** A file of a visitor's, as the widget would upload it; answers its id. */
export async function upload(options: { origin: string; key: string; ticket: string; name: string; content: Buffer }): Promise<string> {
  const { origin, key, ticket, name, content } = options;
  const query = new URLSearchParams({ site: key, ticket, name }).toString();
  const answer = await fetch(`${origin}/foyer.js/files?${query}`, { method: 'POST', headers: { origin }, body: new Uint8Array(content) });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as Uploaded).file.id;
}

/** Of every kind of message an agent sends, one. */
export const EVERY_BODY: readonly AgentBody[] = [
  { kind: 'text', text: 'Hello! It left on Monday: https://post.example/track/A-1042' },
  {
    kind: 'buttons',
    text: 'Which delivery?',
    buttons: [
      { id: 'normal', label: 'Normal' },
      { id: 'express', label: 'Express' },
    ],
  },
  {
    kind: 'form',
    text: 'Change my order',
    fields: [
      { id: 'order', label: 'Order number', type: 'text', required: true, choices: [] },
      { id: 'size', label: 'Size', type: 'choice', required: false, choices: ['S', 'M', 'L'] },
      { id: 'why', label: 'What is wrong?', type: 'long', required: false, choices: [] },
    ],
  },
];

/** Conversations in every state, with everything in them that there is. Answers the ids. */
export async function fillInbox(owner: Account, key: string): Promise<{ open: string; waiting: string; resolved: string }> {
  const { origin } = owner;
  const agent = await ConsoleSocket.chatting(owner);
  const begin = async (from: string, text: string, name: string): Promise<{ tab: TabSocket; conversation: string; ticket: string }> => {
    const tab = new TabSocket({ origin, key, from });
    const { secret } = await tab.arrive('/demo/');
    const { ticket } = await tab.chat(secret === undefined ? {} : { secret });
    const cid = newCid();
    tab.say({
      t: 'chat.say',
      cid,
      body: { kind: 'text', text },
      contact: { name, email: `${name.split(' ')[0]?.toLowerCase()}@example.com` },
    });
    const answer = await tab.answer(cid);
    if (answer.t !== 'chat.receipt') throw new Error(answer.message);
    return { tab, conversation: answer.conversation, ticket };
  };

  const { tab, conversation: open, ticket } = await begin('130.133.44.7', 'Where is my order?', 'Freja Lindqvist');
  const files = [
    await upload({ origin, key, ticket, name: 'kettle.png', content: png(320, 200) }),
    await upload({ origin, key, ticket, name: 'invoice.pdf', content: pdf() }),
  ];
  tab.say({ t: 'chat.say', cid: newCid(), body: { kind: 'attachment', text: 'It came like this', files } });
  await agent.does({ t: 'chat.accept', cid: newCid(), conversation: open, anyway: true });
  const seqs: number[] = [];
  for (const body of EVERY_BODY) seqs.push((await agent.does({ t: 'chat.say', cid: newCid(), conversation: open, body })).seq);
  const [chosen, submitted] = [newCid(), newCid()];
  tab.say({ t: 'chat.answer', cid: chosen, conversation: open, to: seqs[1] ?? 0, button: 'express' });
  tab.say({
    t: 'chat.submit',
    cid: submitted,
    conversation: open,
    to: seqs[2] ?? 0,
    values: [
      { id: 'order', value: 'A-1042' },
      { id: 'size', value: 'M' },
    ],
  });
  await tab.answer(submitted);
  await agent.does({ t: 'chat.note', cid: newCid(), conversation: open, text: 'Third time this month', mentions: [] });
  await agent.does({ t: 'chat.tags', cid: newCid(), conversation: open, tags: ['delivery', 'damaged'] });
  await agent.does({
    t: 'chat.say',
    cid: newCid(),
    conversation: open,
    body: {
      kind: 'buttons',
      text: 'A new one, or the money?',
      buttons: [
        { id: 'new', label: 'A new one' },
        { id: 'money', label: 'The money' },
      ],
    },
  });

  const { conversation: waiting } = await begin('193.20.83.7', 'Do you deliver to huts?', 'Camille R.');
  const { tab: third, conversation: resolved } = await begin('57.109.133.7', 'Thank you', 'Kenji Sato');
  await agent.does({ t: 'chat.accept', cid: newCid(), conversation: resolved, anyway: true });
  await agent.does({ t: 'chat.say', cid: newCid(), conversation: resolved, body: { kind: 'text', text: 'You are welcome' } });
  await agent.does({ t: 'chat.resolve', cid: newCid(), conversation: resolved });
  const rated = newCid();
  third.say({ t: 'chat.rate', cid: rated, conversation: resolved, stars: 5, comment: 'Quick!' });
  await third.answer(rated);
  agent.end();
  return { open, waiting, resolved };
}
