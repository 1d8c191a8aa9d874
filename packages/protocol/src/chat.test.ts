import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CannedReplyBody, ChatSettingsPatch, InboxQuery, TeamBody } from './chat-rest.ts';
import { CHAT_LIMITS, ConsoleChatUp, LIMITS, VisitorChatUp } from './index.ts';

const at = { cid: 'cid-00001', conversation: 'c1' };
const taken = (schema: v.GenericSchema, said: unknown): boolean => v.safeParse(schema, said).success;
const say = (body: unknown): boolean => taken(ConsoleChatUp, { t: 'chat.say', ...at, body });
const text = (said: string) => ({ kind: 'text', text: said });
const buttons = (count: number) => ({
  kind: 'buttons',
  text: 'Which?',
  buttons: Array.from({ length: count }, (_, i) => ({ id: `b${i}`, label: 'x' })),
});
const form = (count: number, field: object = {}) => ({
  kind: 'form',
  text: 'Tell us',
  fields: Array.from({ length: count }, (_, i) => ({ id: `f${i}`, label: 'x', type: 'text', ...field })),
});

describe('chat on the wire', () => {
  it.each([
    ['a text', text('hello'), true],
    ['8 kB', text('x'.repeat(8_192)), true],
    ['more', text('x'.repeat(8_193)), false],
    ['8 kB in two-byte letters', text('é'.repeat(4_096)), true],
    ['more of them', text('é'.repeat(4_097)), false],
    ['white space', text(' \n\t'), false],
    ['nothing', text(''), false],
    ['10 buttons', buttons(10), true],
    ['11 buttons', buttons(11), false],
    ['no button', buttons(0), false],
    ['a button twice', { ...buttons(1), buttons: [...buttons(1).buttons, ...buttons(1).buttons] }, false],
    ['20 fields', form(20), true],
    ['21 fields', form(21), false],
    ['choices', form(1, { type: 'choice', choices: ['a'] }), true],
    ['a choice without choices', form(1, { type: 'choice' }), false],
    ['choices of a text', form(1, { choices: ['a'] }), false],
    ['an unknown type', form(1, { type: 'password' }), false],
    ['10 files', { kind: 'attachment', files: Array.from({ length: 10 }, (_, i) => `f${i}`) }, true],
    ['11 files', { kind: 'attachment', files: Array.from({ length: 11 }, (_, i) => `f${i}`) }, false],
    ['a file by path', { kind: 'attachment', files: ['../x'] }, false],
    ['a note', { kind: 'note', text: 'x' }, false],
    ['an event', { kind: 'event', event: 'resolved' }, false],
    ['a field too many', { ...text('x'), html: '<b>' }, false],
  ])('[CH30] an agent may say %s: %#', (_what, body, may) => {
    expect(say(body)).toBe(may);
  });

  it('[CH30] a visitor may say a text and files, nothing else', () => {
    const may = (body: object) => taken(VisitorChatUp, { t: 'chat.say', cid: at.cid, body });
    expect([text('x'), { kind: 'attachment', files: ['f1'] }, buttons(1), form(1)].map(may)).toEqual([true, true, false, false]);
  });

  it('[CH30] what was written is what is stored: markup, blanks and all', () => {
    const said = ' <script>alert(1)</script>\u202e\n';
    expect(v.parse(VisitorChatUp, { t: 'chat.say', cid: at.cid, body: text(said) })).toMatchObject({ body: { text: said } });
  });

  it.each(['short', 'x'.repeat(65), 'with space', 'a/b-12345', '', 7, null])('[CH30] %j is no client id', (cid) => {
    expect(taken(VisitorChatUp, { t: 'chat.say', cid, body: text('x') })).toBe(false);
  });

  it('[CH30] the longest legal messages fit into a chat frame', () => {
    const longest = JSON.stringify({ t: 'chat.say', cid: 'x'.repeat(64), body: text('\n'.repeat(CHAT_LIMITS.textBytes - 1) + 'x') });
    expect(Buffer.byteLength(longest)).toBeLessThanOrEqual(CHAT_LIMITS.maxFrameBytes);
    expect(CHAT_LIMITS.maxFrameBytes).toBeGreaterThan(LIMITS.maxFrameBytes);
  });

  it('[CH30] submissions, ratings, marks and previews are bounded', () => {
    const may = (frame: object) => taken(VisitorChatUp, { ...at, ...frame });
    const values = (count: number, chars: number) => Array.from({ length: count }, (_, i) => ({ id: `f${i}`, value: 'x'.repeat(chars) }));
    expect(may({ t: 'chat.submit', to: 3, values: values(20, 1_000) })).toBe(true);
    expect(may({ t: 'chat.submit', to: 3, values: values(21, 1) })).toBe(false);
    expect(may({ t: 'chat.submit', to: 3, values: values(1, 1_001) })).toBe(false);
    expect([0, 1, 5, 6, 2.5].map((stars) => may({ t: 'chat.rate', stars }))).toEqual([false, true, true, false, false]);
    const { cid: _, conversation } = at;
    const marks = (read: number) => taken(VisitorChatUp, { t: 'chat.marks', conversation, delivered: 0, read });
    expect([0, 7, -1, 1.5, Number.NaN].map(marks)).toEqual([true, true, false, false, false]);
    expect(taken(VisitorChatUp, { t: 'chat.typing', on: true, text: 'x'.repeat(301) })).toBe(false);
  });

  it('[CH30] the queries and bodies of the inbox are what they say', () => {
    expect(v.parse(InboxQuery, { status: 'unassigned,ai', assignee: 'u1,none' })).toEqual({
      status: ['unassigned', 'ai'],
      assignee: ['u1', 'none'],
      sort: 'newest',
      limit: 50,
    });
    for (const query of [{ status: 'open' }, { limit: '51' }, { limit: '0' }, { sort: 'oldest' }, { page: '2' }])
      expect(taken(InboxQuery, query)).toBe(false);
    expect(taken(CannedReplyBody, { shortcut: 'Grüße', text: 'x', shared: true })).toBe(true);
    expect(taken(CannedReplyBody, { shortcut: 'a b', text: 'x', shared: true })).toBe(false);
    expect(taken(TeamBody, { name: ' ', members: [] })).toBe(false);
  });

  it('[CH30] working hours are seven days of spans in order', () => {
    const hours = (spans: { from: number; to: number }[]) => taken(ChatSettingsPatch, { hours: { days: [spans, [], [], [], [], [], []] } });
    expect(hours([{ from: 0, to: 720 }, { from: 720, to: 1_440 }])).toBe(true); // prettier-ignore
    expect(hours([{ from: 60, to: 60 }])).toBe(false);
    expect(hours([{ from: 0, to: 70 }, { from: 60, to: 90 }])).toBe(false); // prettier-ignore
    expect(hours([{ from: 0, to: 1_441 }])).toBe(false);
    expect(taken(ChatSettingsPatch, { hours: null })).toBe(true);
    expect(taken(ChatSettingsPatch, { hours: { days: [] } })).toBe(false);
  });

  it.each([
    ['visitor-chat-up', VisitorChatUp],
    ['console-chat-up', ConsoleChatUp],
  ])('[CH31] %s is what is committed', async (name, schema) => {
    const json = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' });
    await expect(`${JSON.stringify(json, null, 2)}\n`).toMatchFileSnapshot(`../golden/${name}.json`);
  });
});
