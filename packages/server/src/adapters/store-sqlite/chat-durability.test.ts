import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDataDir, openStores, removeDataDir } from './sqlite.testkit.ts';

let dir: string;
beforeEach(() => {
  dir = newDataDir();
});
afterEach(() => removeDataDir(dir));

const program = fileURLToPath(new URL('./testdata/chat-until-killed.ts', import.meta.url));

describe('chat on disk', () => {
  it('[CS14] every acknowledged message is there once after kill -9, in its place, and every counter is right', async () => {
    const acked = new Map<string, string>();
    for (let round = 0; round < 3; round++) {
      const writer = spawn(process.execPath, [program, dir, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let lines = 0;
      for await (const line of createInterface({ input: writer.stdout })) {
        const [cid = '', ...place] = line.split(' ');
        acked.set(cid, place.join(' '));
        if (++lines === 150 + round * 97) writer.kill('SIGKILL');
      }
      // A start on the folder is also what reads the log that the dead process left.
      await (await openStores(dir)).close();
      const db = new DatabaseSync(join(dir, 'core.db'), { readOnly: true });
      expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      const stored = db.prepare("SELECT cid, conversation || ' ' || seq AS place FROM message WHERE cid <> ''").all();
      const places = new Map(stored.map((row) => [String(row['cid']), String(row['place'])]));
      expect(places.size).toBe(stored.length);
      expect([...acked].filter(([cid, place]) => places.get(cid) !== place)).toEqual([]);

      const holes = db.prepare(`
        SELECT c.id FROM conversation c JOIN message m ON m.conversation = c.id
        GROUP BY c.id HAVING count(*) <> c.seq OR max(m.seq) <> c.seq OR min(m.seq) <> 1 OR max(m.rev) > c.rev`);
      expect(holes.all()).toEqual([]);
      const head = Number(db.prepare('SELECT chat_seq FROM chat_head').get()?.['chat_seq']);
      expect(Number(db.prepare('SELECT sum(rev) AS n FROM conversation').get()?.['n'])).toBe(head);
      expect(Number(db.prepare('SELECT max(chat_seq) AS n FROM conversation').get()?.['n'])).toBe(head);
      const open = db.prepare("SELECT visitor FROM conversation WHERE status <> 'resolved' GROUP BY visitor HAVING count(*) > 1");
      expect(open.all()).toEqual([]);
      db.close();
    }
    expect(acked.size).toBeGreaterThan(700);
  }, 90_000);
});
