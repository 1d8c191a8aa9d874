import { pino } from 'pino';
import { systemClock } from '../../system-clock.ts';
import { openSqliteStores } from '../index.ts';

/**
 * Visitors and agents write without end, each message twice, and what is acknowledged is said: `cid conversation seq`.
 * Its parent kills it.
 */
const [dataDir = '', round = '0'] = process.argv.slice(2);
const { chat } = await openSqliteStores({ dataDir, clock: systemClock, log: pino({ level: 'silent' }) });
const workspace = 'killed';
const circumstances = { reopenForMs: 1e9, requeueAfterMs: 1e9, undoForMs: 0, capacity: 100, awaySince: 0 };
const agent = { kind: 'agent', id: 'anna' } as const;
const text = (said: string) => ({ kind: 'text', text: said }) as const;
let made = 0;

async function visitor(name: string): Promise<never> {
  for (;;) {
    const n = ++made;
    const write = {
      ...circumstances,
      do: 'write',
      now: 1_000 + n,
      origin: {
        id: `c-${name}-${round}-${n}`,
        workspace,
        site: 's',
        source: 'widget',
        visitor: name,
        cookieless: false,
        team: '',
        contact: { name: '', email: '', verified: false },
        ai: '',
      },
      cid: `cid-${round}-${n}`,
      words: text(`from ${name}`),
    } as const;
    const [first, again] = await Promise.all([chat.request(write), chat.request(write)]);
    if (!first.ok || !again.ok) throw new Error('refused');
    const act = { ...circumstances, do: 'act', workspace, conversation: first.receipt.conversation, now: 1_000 + n } as const;
    await chat.request({ ...act, command: { c: 'take_over', by: agent } });
    const said = { c: 'say', by: agent, cid: `cid-${round}-${n}-a`, words: text('reply') } as const;
    const [reply, twice] = await Promise.all([chat.request({ ...act, command: said }), chat.request({ ...act, command: said })]);
    if (!reply.ok || !twice.ok) throw new Error('refused');
    for (const [cid, { receipt }] of [
      [write.cid, again],
      [said.cid, reply],
    ] as const)
      process.stdout.write(`${cid} ${receipt.conversation} ${receipt.seq}\n`);
    if (n % 7 === 0) await chat.request({ ...act, command: { c: 'resolve', by: agent } });
  }
}
await Promise.all(Array.from({ length: 8 }, (_, i) => visitor(`v${i}`)));
