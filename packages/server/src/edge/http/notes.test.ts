import type { Note } from '@foyer/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SignedIn } from '../../team/sessions.ts';
import { auditOf } from '../../team/team.testkit.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let anna: SignedIn;
let far: SignedIn;
let adam: SignedIn;
beforeAll(async () => {
  t = await anHttpEdge();
  [adam, anna] = [await t.join('admin', 'Adam'), await t.join('agent', 'Anna')];
  far = await t.elsewhere();
});
afterAll(() => t.dispose());

const write = (as: SignedIn, text: unknown, visitor = 'visitor-1') =>
  t.call(`POST /api/v1/visitors/${visitor}/notes`, { as, body: { text } });
const read = async (as: SignedIn, visitor = 'visitor-1') => (await t.call(`GET /api/v1/visitors/${visitor}/notes`, { as })).body as Note[];
const remove = (as: SignedIn, id: string, visitor = 'visitor-1') => t.call(`DELETE /api/v1/visitors/${visitor}/notes/${id}`, { as });

it('[AP26] a note is what was written, whatever it looks like, for every member of the workspace', async () => {
  const text = '<script>alert(1)</script>\n“ü” \u{1F600} \u202Ertl';
  const first = (await write(anna, `  ${text}  `)).body as Note;
  expect(first).toEqual({ id: first.id, text, createdAt: t.clock.now(), by: 'Anna', mine: true });
  t.clock.advance(1);
  const second = (await write(adam, 'Called back')).body as Note;
  expect(await read(anna)).toEqual([{ ...second, mine: false }, first]);
  expect(await read(t.owner)).toEqual([
    { ...second, mine: false },
    { ...first, mine: false },
  ]);
  expect(await read(far)).toEqual([]);
});

it('[AP26] a note needs text of at most 4,000 characters and a visitor who is listed or was met', async () => {
  for (const text of ['', '  ', 'x'.repeat(4_001), 7, undefined]) expect((await write(anna, text)).status).toBe(422);
  expect((await write(anna, 'x'.repeat(4_000))).status).toBe(201);
  expect((await write(anna, 'x', 'nobody')).status).toBe(404);
  // A visit's id is not its visitor's.
  expect((await write(anna, 'x', 'visit-1')).status).toBe(404);
  expect((await write(far, 'x')).status).toBe(404);
  const workspace = t.owner.actor.workspace;
  await t.history.meetVisitors([{ workspace, visitor: 'of-last-week', visit: 'long-ago', startedAt: 1 }]);
  expect((await write(anna, 'x', 'of-last-week')).status).toBe(201);
  expect((await write(far, 'x', 'of-last-week')).status).toBe(404);
});

it('[AP26] who wrote it deletes it, owners and admins any; that is noted without what it said', async () => {
  const note = (await write(anna, 'A secret')).body as Note;
  const bert = await t.join('agent', 'Bert');
  expect((await remove(bert, note.id)).status).toBe(403);
  expect((await remove(far, note.id)).status).toBe(404);
  expect((await remove(anna, note.id, 'of-last-week')).status).toBe(404);
  expect((await remove(anna, note.id)).status).toBe(204);
  expect((await remove(anna, note.id)).status).toBe(404);
  const other = (await write(anna, 'A secret')).body as Note;
  expect((await remove(adam, other.id)).status).toBe(204);
  expect((await read(anna)).map(({ id }) => id)).not.toContain(other.id);
  const entries = auditOf(t.dataDir).filter(({ action }) => action === 'note.delete');
  expect(entries.map(({ detail }) => detail)).toEqual(['about visitor-1, by Anna']);
});

it('[AP26] at most 200 notes about one visitor; the next is 409', async () => {
  const known = (await read(anna)).length;
  for (let i = known; i < 200; i++) await write(anna, `Note ${i}`);
  const answer = await write(anna, 'One more');
  expect([answer.status, codeOf(answer)]).toEqual([409, 'too_many']);
  expect(await read(anna)).toHaveLength(200);
});

it('[AP29] consoles hear of each note that comes or goes', async () => {
  const heard: string[] = [];
  const stop = t.directory.onChange(({ kind }) => void heard.push(kind));
  const { id } = (await write(anna, 'x', 'of-last-week')).body as Note;
  await remove(anna, id, 'of-last-week');
  stop();
  expect(heard).toEqual(['notes', 'notes']);
});
