import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD } from '../../team/team.testkit.ts';
import { aPng } from '../../files/files.testkit.ts';
import { Desk } from '../../ports/chat-store.testkit.ts';
import * as answers from './answers.ts';
import * as chat from './chat-answers.ts';
import * as rules from './site-rules-answers.ts';
import { anHttpEdge, type HttpEdge } from './http.testkit.ts';

interface Operation {
  readonly summary?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { in: string; name: string; required: boolean }[];
  readonly requestBody?: { content: Record<string, { schema: { properties?: object; required?: string[] } }> };
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
interface Document {
  readonly openapi: string;
  readonly info: { version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { securitySchemes: object };
}

let t: HttpEdge;
let document: Document;
beforeAll(async () => {
  t = await anHttpEdge();
  document = (await t.call('GET /api/openapi.json')).body as Document;
});
afterAll(() => t.dispose());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

test('[AP1] the document is OpenAPI 3.1 and has every route under /api, each with its words', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.info.version).toBe('0.0.0');
  const routes = t.app.routes.filter(({ path, method }) => path.startsWith('/api/v1/') && method !== 'ALL' && path !== '/api/v1/live');
  const registered = new Set(routes.map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`));
  expect(
    operations()
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual([...registered].sort());
  expect(registered.size).toBe(99);
  for (const { operation } of operations()) expect(operation.summary).toBeTruthy();
});

test('[AP1] every operation says what it takes and every status it answers, and whether it needs a session', () => {
  for (const { method, path, operation } of operations()) {
    const name = `${method} ${path}`;
    const statuses = Object.keys(operation.responses);
    expect([name, ...statuses]).toEqual(expect.arrayContaining(['500', '503']));
    expect([name, statuses.some((status) => /^20[014]$/.test(status))]).toEqual([name, true]);
    const takes = Object.keys(operation.requestBody?.content ?? {})[0];
    if (takes === 'application/json') expect([name, ...statuses]).toEqual(expect.arrayContaining(['400', '413', '422']));
    else if (takes !== undefined)
      expect([name, takes, ...statuses]).toEqual(expect.arrayContaining(['application/octet-stream', '413', '415']));
    if (operation.security === undefined) expect([name, ...statuses]).toEqual(expect.arrayContaining(['401', '403']));
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map((parameter) => `{${parameter.name}}`);
    expect([name, ...inPath]).toEqual([name, ...(path.match(/\{\w+\}/g) ?? [])]);
  }
  const open = operations().filter(({ operation }) => operation.security?.length === 0);
  expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'get /api/v1/invite',
    'get /api/v1/setup',
    'post /api/v1/invite',
    'post /api/v1/login',
    'post /api/v1/setup',
  ]);
});

test('[AP1] the schemas are those that check: bodies, parameters with their words, answers', () => {
  const login = document.paths['/api/v1/login']?.['post'];
  expect(login?.requestBody?.content['application/json']?.schema).toMatchObject({
    properties: { email: { format: 'email' }, password: { maxLength: 200 } },
    required: ['email', 'password'],
    additionalProperties: false,
  });
  const visitors = document.paths['/api/v1/visitors']?.['get'];
  expect(visitors?.parameters?.map(({ name, required }) => `${name} ${required}`)).toEqual([
    'filter false',
    'sort false',
    'dir false',
    'limit false',
    'site false',
    'filtered false',
  ]);
  expect(JSON.stringify(visitors?.responses['200'])).toContain('lastActivityAt');
  expect(document.paths['/api/v1/sites/{id}']?.['patch']?.requestBody?.content['application/json']?.schema.required ?? []).toEqual([]);
});

test('[AP22] answers around chat are what their schemas say', async () => {
  const desk = new Desk(t.chats, t.owner.actor.workspace);
  desk.now = t.clock.now();
  const id = await desk.open({ visitor: 'visitor-1', said: 'hello' });
  const reply = { shortcut: 'hi', text: 'Hello', shared: true };
  const alert = { name: 'New', kind: 'visitor', filter: '', sound: true, notify: true, enabled: true };
  const mail = { host: 'smtp.example', port: 25, security: 'none', user: '', fromName: '', fromEmail: 'a@b.example' };
  const device = { endpoint: 'https://push.example/1', keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } };
  const checked: readonly (readonly [string, v.GenericSchema, unknown?])[] = [
    ['GET /api/v1/conversations', chat.InboxAnswer],
    [`GET /api/v1/conversations/${id}`, chat.InboxEntryAnswer],
    [`GET /api/v1/conversations/${id}/messages`, chat.MessagesAnswer],
    [`GET /api/v1/conversations/${id}/profile`, chat.ProfileAnswer],
    ['GET /api/v1/visitors/visitor-1/conversations', chat.ConversationsAnswer],
    ['GET /api/v1/chat/search?text=hello', chat.FoundAnswer],
    ['GET /api/v1/chat/changes?after=0', chat.ChangesAnswer],
    ['GET /api/v1/chat/counts', chat.CountsAnswer],
    ['POST /api/v1/files?name=a.png', chat.UploadedAnswer, aPng()],
    ['POST /api/v1/canned-replies', chat.CannedReplyAnswer, reply],
    ['GET /api/v1/canned-replies', chat.CannedRepliesAnswer],
    ['POST /api/v1/chat/teams', chat.ChatTeamAnswer, { name: 'Sales', members: [] }],
    ['GET /api/v1/chat/teams', chat.ChatTeamsAnswer],
    ['GET /api/v1/chat/agents', chat.ColleaguesAnswer],
    [`PATCH /api/v1/chat/agents/${t.owner.actor.user.id}`, chat.ColleagueAnswer, { available: 'away' }],
    ['GET /api/v1/chat/settings', chat.ChatSettingsAnswer],
    ['PATCH /api/v1/chat/settings', chat.ChatSettingsAnswer, { capacity: 4 }],
    [`GET /api/v1/sites/${t.site.id}/look`, chat.LookAnswer],
    [`PATCH /api/v1/sites/${t.site.id}/look`, chat.LookAnswer, { teamName: 'Us' }],
    ['POST /api/v1/alerts', chat.AlertAnswer, alert],
    ['GET /api/v1/alerts', chat.AlertsAnswer],
    ['GET /api/v1/push/key', chat.PushKeyAnswer],
    ['POST /api/v1/push/devices', chat.PushDeviceAnswer, device],
    ['GET /api/v1/push/devices', chat.PushDevicesAnswer],
    ['PUT /api/v1/mail', chat.MailAnswer, mail],
    ['GET /api/v1/mail', chat.MailAnswer],
  ];
  for (const [target, schema, body] of checked) {
    const answer = await t.call(target, { as: t.owner, ...(body === undefined ? {} : { body }) });
    const parsed = v.safeParse(schema, answer.body);
    // An object's schema leaves out what it does not know, so the answer has nothing more either.
    expect({ target, issues: parsed.issues, body: parsed.output }).toEqual({ target, issues: undefined, body: answer.body });
  }
});

test('[AP22] answers are what their schemas say', async () => {
  const site = `/api/v1/sites/${t.site.id}`;
  t.directory.reportRefusedOrigin(t.site.id, 'https://x.test', 1);
  const checked: readonly (readonly [string, v.GenericSchema, unknown?])[] = [
    ['GET /api/v1/setup', answers.SetupStateAnswer],
    ['POST /api/v1/login', answers.MeAnswer, { email: 'olga@fernhill.test', password: PASSWORD }],
    ['GET /api/v1/me', answers.MeAnswer],
    ['GET /api/v1/sites', answers.SitesAnswer],
    ['POST /api/v1/sites', answers.SiteAnswer, { name: 'Blog', domain: 'blog.test' }],
    [`GET ${site}`, answers.SiteAnswer],
    [`PATCH ${site}`, answers.SiteAnswer, { name: 'Shop' }],
    [`GET ${site}/install`, answers.InstallAnswer],
    [`GET ${site}/identity`, answers.SiteIdentityAnswer],
    [`POST ${site}/identity/rotate`, answers.SiteIdentityAnswer],
    [`POST ${site}/origins`, answers.SiteAnswer, { origin: 'https://x.test' }],
    ['GET /api/v1/settings', answers.SettingsAnswer],
    ['PATCH /api/v1/settings', answers.SettingsAnswer, { tracking: true }],
    [`GET ${site}/contexts`, rules.SiteContextsAnswer],
    [`PUT ${site}/contexts`, rules.SiteContextsAnswer, { entries: [{ kind: 'rule', id: 'r', context: 'cart', path: '/bag' }] }],
    [`POST ${site}/contexts/try`, rules.TriedPageAnswer, { url: '/bag' }],
    [`GET ${site}/goals`, rules.SiteGoalsAnswer],
    [`PUT ${site}/goals`, rules.SiteGoalsAnswer, { goals: [{ name: 'Demo', pages: [{ path: '/demo' }] }] }],
    ['GET /api/v1/team', answers.MembersAnswer],
    ['POST /api/v1/invitations', answers.NewInvitationAnswer, { role: 'agent' }],
    ['GET /api/v1/invitations', answers.InvitationsAnswer],
    ['GET /api/v1/visitors', answers.LiveListAnswer],
    ['GET /api/v1/visitors/visit-1', answers.DetailAnswer],
    ['GET /api/v1/visitors/visitor-1/visits', answers.PastVisitsAnswer],
    ['GET /api/v1/places?epoch=now', answers.PlacesAnswer],
    ['POST /api/v1/visitors/visit-1/block', answers.BlockAnswer, {}],
    ['GET /api/v1/visitors/visit-1/blocks', answers.BlocksAnswer],
    ['GET /api/v1/blocks', answers.BlocksAnswer],
    ['POST /api/v1/filters', answers.SavedFilterAnswer, { name: 'Germans', filter: 'country:de', shared: true }],
    ['GET /api/v1/filters', answers.SavedFiltersAnswer],
    ['POST /api/v1/visitors/visitor-1/notes', answers.NoteAnswer, { text: 'Wants a blue one' }],
    ['GET /api/v1/visitors/visitor-1/notes', answers.NotesAnswer],
    ['GET /api/v1/seen?timeZone=Europe/Paris&screen=1920x1080x2', answers.SeenAnswer],
    ['GET /api/v1/filtered', answers.FilteredAnswer],
    ['GET /api/v1/reports/visits?from=0&to=1', answers.RollupAnswer],
    ['GET /api/v1/nothing', answers.ErrorAnswer],
    ['POST /api/v1/sites', answers.ErrorAnswer, { name: '' }],
  ];
  for (const [target, schema, body] of checked) {
    const answer = await t.call(target, { as: t.owner, ...(body === undefined ? {} : { body }) });
    const parsed = v.safeParse(schema, answer.body);
    expect({ target, issues: parsed.issues, body: parsed.output }).toEqual({ target, issues: undefined, body: answer.body });
  }
});
