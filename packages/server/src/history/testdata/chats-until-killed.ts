import { pino } from 'pino';
import { openSqliteStores } from '../../adapters/store-sqlite/index.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { ChatCounts } from '../chat-counts.ts';

/** Visitors and agents talk without end while their conversations are counted without pause. Says how many messages are stored. Its parent kills it. */
const [dataDir = '', round = ''] = process.argv.slice(2);
const { chat, history } = await openSqliteStores({ dataDir, clock: systemClock, log: pino({ level: 'silent' }) });
const counts = new ChatCounts({
  clock: systemClock,
  chats: chat,
  history,
  onOutage: (what, cause) => {
    throw new Error(what, { cause });
  },
});
const workspace = 'killed';
const agent = { kind: 'agent', id: 'anna' } as const;
const START = Date.UTC(2026, 9, 24, 20);
let made = 0;

async function talk(name: string): Promise<never> {
  for (;;) {
    const n = ++made;
    const now = START + n * 61_000;
    const facts = { reopenForMs: 1e9, requeueAfterMs: 1e9, undoForMs: 0, capacity: 100, awaySince: 0, now };
    const words = { kind: 'text', text: 'x' } as const;
    const written = await chat.request({
      ...facts,
      do: 'write',
      cid: `${round}-${n}`,
      words,
      origin: {
        ...{ id: `c-${round}-${n}`, workspace, site: 's', source: 'widget', visitor: name, cookieless: false, team: '', ai: '' },
        contact: { name: '', email: '', verified: false },
      },
    });
    if (!written.ok) throw new Error('refused');
    const act = { ...facts, do: 'act', workspace, conversation: written.receipt.conversation, now: now + 30_000 } as const;
    await chat.request({ ...act, command: { c: 'take_over', by: agent } });
    await chat.request({ ...act, command: { c: 'say', by: agent, cid: `${round}-${n}-a`, words } });
    if (n % 5 === 0) await chat.request({ ...act, command: { c: 'resolve', by: agent } });
    process.stdout.write(`${n}\n`);
  }
}
async function count(): Promise<never> {
  for (;;) await counts.run();
}
await Promise.all([count(), ...Array.from({ length: 4 }, (_, i) => talk(`v-${round}-${i}`))]);
