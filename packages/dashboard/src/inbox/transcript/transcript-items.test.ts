import type { ChatEventKind, Message, ReachedGoal } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { transcriptBlocks } from './transcript-items.ts';

const NOON = new Date(2026, 10, 20, 12).getTime();
const said = (seq: number, given: Partial<Message> = {}): Message => ({
  seq,
  rev: seq,
  at: NOON + seq * 1_000,
  from: { kind: 'visitor', id: '' },
  cid: '',
  body: { kind: 'text', text: String(seq) },
  editedAt: 0,
  gone: '',
  answeredBy: 0,
  ...given,
});
const agent = (id: string) => ({ from: { kind: 'agent', id } as const });
const marks = (delivered: number, read: number) => ({ visitor: { delivered, read }, team: { delivered: 0, read: 0 } });
const laid = (
  messages: readonly Message[],
  q: { newFrom?: number; marks?: ReturnType<typeof marks>; goals?: readonly ReachedGoal[] } = {},
) =>
  transcriptBlocks({
    messages,
    outgoing: [],
    self: 'u1',
    newFrom: q.newFrom ?? 0,
    marks: q.marks ?? marks(0, 0),
    goals: q.goals ?? [],
  }).flatMap(({ items }) => items);

describe('a transcript', () => {
  test('[IB13] messages of one person join within five minutes, notes with notes only', () => {
    const items = laid([
      said(1),
      said(2),
      said(3, { at: NOON + 400_000 }),
      said(4, { ...agent('u1'), at: NOON + 401_000 }),
      said(5, { ...agent('u1'), at: NOON + 402_000, body: { kind: 'note', text: 'n', mentions: [] } }),
      said(6, { ...agent('u3'), at: NOON + 403_000, body: { kind: 'note', text: 'n', mentions: [] } }),
    ]);
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.isContinued] : []))).toEqual([false, true, false, false, false, false]);
  });

  test('[IB13] days and the first new message are marked, and nothing joins over them', () => {
    const items = laid([said(1), said(2, { at: NOON + 86_400_000 }), said(3, { at: NOON + 86_401_000 })], { newFrom: 2 });
    expect(items.map(({ kind }) => kind)).toEqual(['day', 'message', 'day', 'message', 'new', 'message']);
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.isContinued] : []))).toEqual([false, false, false]);
  });

  test('[CX10] goals stand at their time, between messages and after the last; those from before what is loaded are left out', () => {
    const goal = (name: string, at: number): ReachedGoal => ({ goal: name, at: NOON + at, value: 0, currency: '' });
    const goals = [goal('late', 60_000), goal('between', 2_500), goal('before', 100)];
    const kinds = (items: ReturnType<typeof laid>): string[] =>
      items.flatMap((item) => (item.kind === 'message' ? [item.key] : item.kind === 'goal' ? [item.reached.goal] : []));
    expect(kinds(laid([said(1), said(2), said(3)], { goals }))).toEqual(['1', '2', 'between', '3', 'late']);
    expect(laid([said(2), said(3)], { goals }).flatMap((item) => (item.kind === 'message' ? [item.isContinued] : []))).toEqual([
      false,
      false,
    ]);
    expect(kinds(laid([], { goals }))).toEqual([]);
  });

  test('[IB26] the time in the queue at an acceptance runs from when it came, or came back, into the queue', () => {
    const event = (seq: number, at: number, happened: ChatEventKind, from: Partial<Message> = agent('u1')): Message =>
      said(seq, { at: NOON + at, body: { kind: 'event', event: happened, whom: '' }, ...from });
    const items = laid([
      said(1, { at: NOON }),
      said(2, { at: NOON + 10_000 }),
      event(3, 30_000, 'accepted'),
      said(4, { at: NOON + 40_000 }),
      event(5, 200_000, 'requeued', { from: { kind: 'system', id: '' } }),
      event(6, 208_000, 'accepted', agent('u3')),
      event(7, 300_000, 'released', agent('u3')),
      event(8, 360_000, 'accepted'),
    ]);
    const waited = items.flatMap((item) =>
      item.kind === 'event' && item.message.body.kind === 'event' && item.message.body.event === 'accepted' ? [item.waitedMs] : [],
    );
    expect(waited).toEqual([30_000, 8_000, 60_000]);
  });

  test('[IB15] each word for what became of a message stands once, under the last of which it holds', () => {
    const items = laid(
      [1, 2, 3, 4, 5].map((seq) => said(seq, agent('u1'))),
      { marks: marks(4, 2) },
    );
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.delivery] : []))).toEqual([null, 'read', null, 'delivered', 'sent']);
  });

  test('[IB14] what was clicked and sent in is beside what asked for it', () => {
    const buttons = said(1, { ...agent('u1'), answeredBy: 2, body: { kind: 'buttons', text: '?', buttons: [{ id: 'a', label: 'A' }] } });
    const choice = said(2, { body: { kind: 'choice', to: 1, button: 'a', label: 'A' } });
    const [, message, event] = laid([buttons, choice]);
    expect(message).toMatchObject({ kind: 'message', answer: choice });
    expect(event).toMatchObject({ kind: 'event', message: choice });
  });

  test('[IB13] an acceptance says how long the visitor had waited', () => {
    const accepted = said(2, { ...agent('u1'), at: NOON + 39_000, body: { kind: 'event', event: 'accepted', whom: '' } });
    expect(laid([said(1), accepted]).at(-1)).toMatchObject({ kind: 'event', waitedMs: 38_000 });
  });

  test('[IB16] blocks are the same when earlier messages are loaded', () => {
    const all = Array.from({ length: 200 }, (_, i) => said(i + 1));
    const q = { outgoing: [], self: 'u1', newFrom: 0, marks: marks(0, 0) };
    const late = transcriptBlocks({ ...q, messages: all.slice(100) });
    const whole = transcriptBlocks({ ...q, messages: all });
    expect(late.slice(1).map(({ key }) => key)).toEqual(whole.slice(-late.length + 1).map(({ key }) => key));
    expect(whole.every(({ items }) => items.length <= 26)).toBe(true);
  });
});
