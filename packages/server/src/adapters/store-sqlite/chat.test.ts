import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { newChatSettings } from '../../chat/settings.ts';
import { chatInboxContract } from '../../ports/chat-inbox.contract.ts';
import { chatStoreContract } from '../../ports/chat-store.contract.ts';
import type { InboxFilter } from '../../ports/chat-store.ts';
import { agent, Desk, done } from '../../ports/chat-store.testkit.ts';
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

it('[CS19] what is open, and what is named, is found without looking through what was resolved', async () => {
  const { dataDir, dispose } = await freshStores();
  const db = new DatabaseSync(join(dataDir, 'core.db'));
  let last = '';
  const recording = new Proxy(db, {
    get: (target, name) => (name === 'prepare' ? (sql: string) => target.prepare((last = sql)) : Reflect.get(target, name, target)),
  });
  const { inbox } = chatInboxVerbs(recording);
  const tries: [InboxFilter, 'newest' | 'waiting', RegExp][] = [
    [{ status: ['assigned', 'ai'] }, 'newest', /conversation_active/],
    [{ status: ['unassigned'], site: 's' }, 'waiting', /conversation_by_wait/],
    [{ ids: ['a'], status: ['assigned', 'ai'] }, 'newest', /PRIMARY KEY/],
    [{ ids: ['a'], status: ['unassigned'] }, 'waiting', /PRIMARY KEY/],
    [{ status: ['resolved'] }, 'newest', /conversation_by_time/],
  ];
  for (const [filter, sort, index] of tries) {
    for (const after of [undefined, '1.x']) {
      inbox({ workspace: 'w', agent: 'anna', filter, sort, after, limit: 9 });
      const plan = db
        .prepare(`EXPLAIN QUERY PLAN ${last}`)
        .all()
        .map((row) => String(row['detail']));
      expect(plan.find((detail) => detail.startsWith('SEARCH conversation'))).toMatch(index);
    }
  }
  db.close();
  await dispose();
});

it('[CS13] nothing of an erased conversation stays behind: no row that names it, and none in the index', async () => {
  const { chat, dataDir, dispose } = await freshStores();
  const desk = new Desk(chat);
  const [gone, kept] = [await desk.open({ visitor: 'v-gone', said: 'forget me' }), await desk.open({ said: 'remember' })];
  await done(desk.act(gone, { c: 'accept', by: agent() }));
  await desk.say(gone, 'of course');
  await done(desk.act(gone, { c: 'tag', by: agent(), tags: ['x'] }));
  await chat.search({ workspace: desk.workspace, text: 'forget', limit: 1 });
  await desk.say(gone, 'not indexed yet');
  await chat.erase({ workspace: desk.workspace, visitor: 'v-gone' });
  const db = new DatabaseSync(join(dataDir, 'core.db'), { readOnly: true });
  for (const table of ['message', 'conversation_tag', 'chat_seen'])
    expect(db.prepare(`SELECT count(*) AS n FROM ${table} WHERE conversation = ?`).get(gone)).toEqual({ n: 0 });
  expect(db.prepare('SELECT count(*) AS n FROM message_search_docsize').get()).toEqual({ n: 1 });
  expect(db.prepare('SELECT count(*) AS n FROM message_to_index').get()).toEqual({ n: 0 });
  expect(db.prepare('SELECT id FROM conversation').all()).toEqual([{ id: kept }]);
  db.close();
  await dispose();
});
