import type { ChatState, Phase } from '@foyer/domain/chat';
import type { Message } from '@foyer/protocol';
import { expect, it } from 'vitest';
import { ringsOf } from './chat-pushes.ts';

const state = (phase: Phase, over: Partial<ChatState> = {}): ChatState => ({
  id: 'c',
  workspace: 'w',
  site: 's',
  source: 'widget',
  visitor: 'v',
  cookieless: false,
  phase,
  epoch: 1,
  team: '',
  contact: { name: 'Eva', email: '', verified: false },
  tags: [],
  goals: [],
  startedAt: 1,
  lastMessageAt: 1,
  awaitingSince: 1,
  seq: 1,
  rev: 1,
  shownRev: 1,
  visitorMarks: { delivered: 0, read: 0 },
  teamMarks: { delivered: 0, read: 0 },
  visitorSeq: 1,
  rating: null,
  blockedUntil: 0,
  ...over,
});
const UNASSIGNED: Phase = { status: 'unassigned', since: 1 };
const annas: Phase = { status: 'assigned', agent: 'anna', since: 1 };
const message = (seq: number, from: Message['from'], body: Message['body'], over: Partial<Message> = {}): Message => ({
  seq,
  rev: seq,
  at: 1,
  from,
  cid: '',
  body,
  editedAt: 0,
  gone: '',
  answeredBy: 0,
  ...over,
});
const VISITOR = { kind: 'visitor', id: '' } as const;
const by = (id: string) => ({ kind: 'agent', id }) as const;
const says = (seq: number, text: string, from: Message['from'] = VISITOR) => message(seq, from, { kind: 'text', text });
const event = (seq: number, from: Message['from'], name: 'accepted' | 'assigned') =>
  message(seq, from, { kind: 'event', event: name, whom: 'anna' });
const rings = (after: ChatState, messages: Message[], before: ChatState | null = null) =>
  ringsOf({ workspace: 'w', chatSeq: 1, state: after, before, prevShownRev: 0, messages, goneFiles: [] }, before, 'Shop').map(
    ({ users, team, note }) => [users, team, note.kind, note.body],
  );

it('[PU11] a new chat rings for everybody of its team once; what follows, until somebody has it, does not', () => {
  expect(rings(state(UNASSIGNED, { team: 'sales' }), [says(1, 'Hello')])).toEqual([['anybody', 'sales', 'chat', 'Hello']]);
  expect(rings(state(UNASSIGNED, { seq: 2 }), [says(2, 'Anybody?')], state(UNASSIGNED))).toEqual([]);
  expect(rings(state(UNASSIGNED, { seq: 3 }), [event(3, { kind: 'system', id: '' }, 'assigned')], state(annas, { seq: 2 }))).toEqual([
    ['anybody', '', 'chat', ''],
  ]);
});

it('[PU11] a word in one’s own chat rings for its agent; what changed without a new word does not', () => {
  const before = state(annas, { seq: 1 });
  expect(rings(state(annas, { seq: 2 }), [says(2, 'And?')], before)).toEqual([[['anna'], '', 'word', 'And?']]);
  expect(rings(state(annas, { seq: 2 }), [says(2, 'Mine', by('anna'))], before)).toEqual([]);
  expect(rings(state(annas), [message(1, VISITOR, { kind: 'text', text: 'old' }, { editedAt: 5 })], before)).toEqual([]);
});

it('[PU11] a chat that is given to somebody rings, one that they took themselves does not', () => {
  const before = state(UNASSIGNED);
  expect(rings(state(annas, { seq: 2 }), [event(2, by('ben'), 'assigned')], before)).toEqual([[['anna'], '', 'given', '']]);
  expect(rings(state(annas, { seq: 2 }), [event(2, by('anna'), 'accepted')], before)).toEqual([]);
});

it('[PU11] who is mentioned in a note hears of it, but not who wrote it', () => {
  const note = message(2, by('anna'), { kind: 'note', text: '@Ben knows', mentions: ['ben', 'anna'] });
  expect(rings(state(annas, { seq: 2 }), [note], state(annas))).toEqual([[['ben'], '', 'mention', '@Ben knows']]);
});

it('[PU11] files, buttons and forms are told in their own words; the Playground rings for nobody', () => {
  const file = { id: 'f', name: 'cat.png', type: 'image/png', bytes: 1, width: 1, height: 1 };
  const body = { kind: 'attachment', text: 'Look', files: [file] } as const;
  const [ring] = ringsOf(
    {
      workspace: 'w',
      chatSeq: 1,
      state: state(UNASSIGNED),
      before: null,
      prevShownRev: 0,
      messages: [message(1, VISITOR, body)],
      goneFiles: [],
    },
    null,
    'Shop',
  );
  expect(ring!.note).toMatchObject({
    title: 'Eva · Shop',
    body: 'Look 📎 cat.png',
    conversation: 'c',
    tag: 'chat:c',
    urgency: 'high',
    ttlS: 600,
  });
  expect(rings(state(UNASSIGNED, { source: 'playground' }), [says(1, 'Hello')])).toEqual([]);
  const form = message(2, VISITOR, { kind: 'submission', to: 1, values: [{ id: 'o', label: 'Order', value: 'A-1' }] });
  expect(rings(state(annas, { seq: 2 }), [form], state(annas))).toEqual([[['anna'], '', 'word', 'Order: A-1']]);
});
