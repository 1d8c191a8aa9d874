import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { newChatSettings } from '../../chat/settings.ts';
import { chatInboxContract } from '../../ports/chat-inbox.contract.ts';
import { chatStoreContract } from '../../ports/chat-store.contract.ts';
import type { InboxFilter } from '../../ports/chat-store.ts';
import { chatInboxVerbs } from './chat-inbox.ts';
import { chatReadVerbs } from './chat-reads.ts';
import { chatWriteVerbs } from './chat-writes.ts';
import { freshStores } from './sqlite.testkit.ts';

const makeStore = async () => {
  const { chat, dispose } = await freshStores();
  return { store: chat, dispose };
};
chatStoreContract('sqlite', makeStore);
chatInboxContract('sqlite', makeStore);

it('[CS12] settings that lack a field, or hold nonsense, come back with the default of that field', async () => {
  const { chat, dataDir, dispose } = await freshStores();
  const db = new DatabaseSync(join(dataDir, 'core.db'));
  db.prepare('INSERT INTO chat_settings VALUES (?, ?)').run('w', JSON.stringify({ capacity: 0, hours: { days: [] }, typingPreview: true }));
  db.close();
  expect(await chat.settings('w')).toEqual({ ...newChatSettings(), typingPreview: true });
  await dispose();
});

it('[CS19] no statement of a message, a gap or a page reads a whole table', async () => {
  const { dataDir, dispose } = await freshStores();
  const db = new DatabaseSync(join(dataDir, 'core.db'));
  const asked: string[] = [];
  const recording = new Proxy(db, {
    get: (target, name) =>
      name === 'prepare' ? (sql: string) => (asked.push(sql), target.prepare(sql)) : Reflect.get(target, name, target),
  });
  chatWriteVerbs(recording);
  chatReadVerbs(recording);
  const { inbox } = chatInboxVerbs(recording);
  const tries: [InboxFilter, 'newest' | 'waiting'][] = [
    [{}, 'newest'],
    [{}, 'waiting'],
    [{ status: ['unassigned'], assignee: ['anna'], tag: 'x', text: 'x' }, 'newest'],
  ];
  for (const [filter, sort] of tries) inbox({ workspace: 'w', agent: 'anna', filter, sort, after: '1.x', limit: 9 });
  const whole = asked.flatMap((sql) =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => String(row['detail']))
      .filter((detail) =>
        /^SCAN (message|conversation|chat_file|chat_seen|chat_agent|[mc])\b(?! USING (COVERING )?INDEX|.*VIRTUAL)/.test(detail),
      )
      .map((detail) => `${detail}: ${sql}`),
  );
  expect(whole).toEqual([]);
  expect(asked.length).toBeGreaterThan(30);
  db.close();
  await dispose();
});
