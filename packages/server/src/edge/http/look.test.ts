import { type PublicLook, WIDGET_LOOK, type WidgetLook } from '@foyer/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aBlock, auditOf } from '../../team/team.testkit.ts';
import type { SignedIn } from '../../team/sessions.ts';
import { Outage } from '../../ports/outage.ts';
import { anHttpEdge, codeOf, type HttpEdge } from './http.testkit.ts';

let t: HttpEdge;
let adam: SignedIn;
let anna: SignedIn;
let away = false;
let asked = 0;
beforeAll(async () => {
  t = await anHttpEdge({
    wrap: (store) => ({
      ...store,
      members: (workspace) => {
        asked++;
        return away ? Promise.reject(new Outage('away')) : store.members(workspace);
      },
    }),
  });
  [adam, anna] = [await t.join('admin', 'Adam'), await t.join('agent', 'Anna')];
});
afterAll(() => t.dispose());

const change = (body: unknown, as = adam, site = t.site.id) => t.call(`PATCH /api/v1/sites/${site}/look`, { as, body });
const seen = (key = t.site.key, from = '192.0.2.1') => t.call(`GET /foyer.js/look?site=${encodeURIComponent(key)}`, { from });
const drawn = async () => (await seen()).body as PublicLook;

it('[CR13] a site’s look is changed by leads, field by field, and read by members', async () => {
  expect((await t.call(`GET /api/v1/sites/${t.site.id}/look`, { as: anna })).body).toEqual(WIDGET_LOOK);
  const look = (await change({ accent: '#FF0000', questions: [' Where is my order? '], greeting: '<b>Hi</b>' })).body as WidgetLook;
  expect(look).toEqual({ ...WIDGET_LOOK, accent: '#ff0000', questions: ['Where is my order?'], greeting: '<b>Hi</b>' });
  expect((await change({ side: 'start' })).body).toEqual({ ...look, side: 'start' });
  expect((await change({}, anna)).status).toBe(403);
  const far = await t.elsewhere();
  expect([(await change({}, far)).status, (await t.call(`GET /api/v1/sites/${t.site.id}/look`, { as: far })).status]).toEqual([404, 404]);
  expect(
    auditOf(t.dataDir)
      .filter(({ action }) => action === 'site.look')
      .map(({ detail }) => detail),
  ).toEqual(['Shop: accent, greeting, questions', 'Shop: side']);
});

it.each([
  { accent: 'red' },
  { accent: '#fff' },
  { accent: '#ff0000;background:url(//evil)' },
  { theme: 'neon' },
  { side: 'left' },
  { offsetPx: -1 },
  { offsetPx: 201 },
  { offsetPx: 1.5 },
  { language: 'xx' },
  { teamName: 'x'.repeat(61) },
  { questions: ['', 'x'] },
  { questions: new Array(7).fill('x') },
  { askName: 'maybe' },
  { script: '<script>' },
])('[CR13] %j is 422', async (body) => {
  expect((await change(body)).status).toBe(422);
});

it('[CR14] a widget reads all it needs from any page, and nothing of the team’s own', async () => {
  t.chat.absent.set(adam.actor.user.id, 'away').set(t.owner.actor.user.id, 'offline');
  const { status, headers, body } = await seen();
  expect([status, headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([200, '*', 'public, max-age=60']);
  const look = body as PublicLook;
  expect(look).toMatchObject({ accent: '#ff0000', site: 'Shop', teams: [], mail: false, team: { state: 'online', backAt: 0 } });
  expect(look.faces.map(({ name }) => name)).toEqual([`Face of ${anna.actor.user.id}`, `Face of ${adam.actor.user.id}`]);
  expect(JSON.stringify(body)).not.toMatch(/@|"key"|workspace/);
  expect(look.revision).toMatch(/^[\w-]{10}$/);
});

it('[CR14] another look is another revision at once; teams are named where the visitor is asked', async () => {
  const before = (await drawn()).revision;
  await t.chats.putTeam({ workspace: t.owner.actor.workspace, team: { id: 'team-1', name: 'Sales', members: ['x'] }, most: 9 });
  await change({ askTeam: true });
  const after = await drawn();
  expect(after.revision).not.toBe(before);
  expect(after.teams).toEqual([{ id: 'team-1', name: 'Sales' }]);
});

it('[CR14] the store is asked once in five seconds however many look, and an outage is not kept', async () => {
  t.clock.advance(10_000);
  asked = 0;
  await Promise.all(Array.from({ length: 50 }, () => seen()));
  expect(asked).toBe(1);
  t.clock.advance(5_000);
  away = true;
  expect([(await seen()).status, (await seen()).headers.get('access-control-allow-origin')]).toEqual([503, '*']);
  away = false;
  expect((await seen()).status).toBe(200);
});

it('[CR14] an unknown key is 404, who is blocked 403, who asks without end 429', async () => {
  for (const key of ['', 'nobody', '../x', '<script>']) expect((await seen(key)).status).toBe(404);
  await t.directory.addBlock(aBlock({ workspace: t.owner.actor.workspace, kind: 'range', what: '198.51.100.0/24' }));
  expect((await seen(t.site.key, '198.51.100.7')).status).toBe(403);
  const answers = await Promise.all(Array.from({ length: 1_010 }, () => seen('nobody', '192.0.2.99')));
  const last = answers.at(-1)!;
  expect([last.status, codeOf(last), answers.filter(({ status }) => status === 404).length]).toEqual([429, 'too_fast', 1_000]);
  expect((await seen()).status).toBe(200);
});
