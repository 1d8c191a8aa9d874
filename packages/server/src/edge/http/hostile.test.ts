import { afterAll, beforeAll, expect, it } from 'vitest';
import { Desk } from '../../ports/chat-store.testkit.ts';
import { anHttpEdge, type HttpEdge } from './http.testkit.ts';

/** Every route around chat, with what somebody sends who means ill. None may fault, and none may be slow. */
let t: HttpEdge;
let id: string;
beforeAll(async () => {
  t = await anHttpEdge();
  id = await new Desk(t.chats, t.owner.actor.workspace).open();
});
afterAll(() => t.dispose());

const SCRIPT = '"><script>alert(1)</script>\u202E\u0000';
const values: readonly unknown[] = [
  null,
  7,
  -1,
  1e308,
  true,
  [],
  {},
  '',
  SCRIPT,
  'x'.repeat(60_000),
  [[[[]]]],
  { __proto__: 1 },
  { toString: 1 },
];
const bodies: Readonly<Record<string, readonly string[]>> = {
  'POST /conversations/ID/transcript': ['email'],
  'POST /canned-replies': ['shortcut', 'text', 'shared'],
  'PUT /canned-replies/x': ['shortcut', 'text', 'shared'],
  'POST /chat/teams': ['name', 'members'],
  'PATCH /chat/agents/x': ['capacity', 'available'],
  'PATCH /chat/settings': ['reopenForMs', 'assignment', 'hours', 'typingPreview', 'keepDays'],
  'PATCH /sites/x/look': ['accent', 'questions', 'greeting', 'enabled', 'offsetPx'],
  'POST /alerts': ['name', 'kind', 'filter', 'site', 'sound', 'enabled'],
  'POST /push/devices': ['endpoint', 'keys', 'label'],
  'PUT /mail': ['host', 'port', 'user', 'password', 'fromEmail'],
  'POST /mail/test': ['to'],
  'POST /blocks': ['range', 'forMs', 'note'],
  'POST /visitors/visitor-1/block': ['what', 'forMs', 'note'],
};

it.each(Object.entries(bodies))('[CR18] %s takes any value of any field without a fault', async (route, fields) => {
  const target = route.replace(' /', ' /api/v1/').replace('ID', id);
  for (const field of fields)
    for (const value of values) {
      const { status, headers } = await t.call(target, { as: t.owner, body: { [field]: value } });
      expect([field, value, status < 500, headers.get('x-content-type-options')]).toEqual([field, value, true, 'nosniff']);
    }
  expect((await t.call(target, { as: t.owner, body: `{"x":"${'x'.repeat(1_048_576)}"}` })).status).toBe(413);
  for (const broken of ['', '[', 'null', '"x"', '{"a":1e999}', '\uFEFF{}', '{"__proto__":{"admin":true}}'])
    expect((await t.call(target, { as: t.owner, body: broken })).status).toBeLessThan(500);
});

it('[CR18] any path and query are answered without a fault', async () => {
  const paths = [
    'conversations',
    'conversations/ID',
    'conversations/ID/messages',
    'conversations/ID/profile',
    'conversations/ID/transcript',
    'chat/search',
    'chat/changes',
    'chat/counts',
    'visitors/ID/conversations',
    'blocks',
  ];
  const queries = [
    'limit=1e3',
    'limit=-0',
    'after=%00',
    'before=9007199254740993',
    'text=%F0%9F%98%80%00%22',
    'status=,,,',
    'site=%27',
    'after=1.%25',
    '__proto__=1',
    `x=${'y'.repeat(8_000)}`,
    'text=a&text=b',
    'sort=waiting&after=0.',
  ];
  for (const path of paths)
    for (const target of [path.replace('ID', id), path.replace('ID', encodeURIComponent(SCRIPT)), path.replace('ID', '%2E%2E%2F%2E%2E')])
      for (const query of queries) {
        const { status } = await t.call(`GET /api/v1/${target}?${query}`, { as: t.owner });
        expect([target, query, status < 500]).toEqual([target, query, true]);
      }
});

it('[CR18] what is written comes back as it was, and answers are JSON that no page runs', async () => {
  const text = `${SCRIPT}<img src=x onerror=alert(1)>{{7*7}}\${7*7}'; DROP TABLE conversation; --`.replaceAll('\u0000', '');
  const made = await t.call('POST /api/v1/canned-replies', { as: t.owner, body: { shortcut: 'hostile', text, shared: true } });
  expect(made.body).toMatchObject({ text });
  const listed = await t.call('GET /api/v1/canned-replies', { as: t.owner });
  expect([listed.headers.get('content-type'), listed.headers.get('x-content-type-options'), listed.headers.get('cache-control')]).toEqual([
    'application/json',
    'nosniff',
    'no-store',
  ]);
  expect((listed.body as { text: string }[])[0]?.text).toBe(text);
});
