import type { ColleaguesFrame, ConsoleDown, ViewFrame } from '@foyer/protocol';
import { expect, it } from 'vitest';
import { HeldSocket } from '../edge/edge.testkit.ts';
import { Outbox } from './outbox.ts';
import type { ViewPatch } from './view-patch.ts';
import { Shown } from './view.testkit.ts';

function anOutbox() {
  const socket = new HeldSocket<ConsoleDown>();
  const outbox = new Outbox(socket, () => 1_000);
  const push = (view: string, patch: ViewPatch) => outbox.push(view, patch, JSON.stringify({ now: 1_000, ...patch }).slice(1));
  return { socket, outbox, push };
}
const live = (seq: number, extra: object = {}): ViewPatch => ({ totals: { seq, set: { live: seq }, ...extra } });
const changed = { t: 'changed', what: 'team' } as const;

it('[OB1] a console that reads gets each patch as it was encoded', () => {
  const { socket, push } = anOutbox();
  expect([push('v"1', live(1, { full: true })), push('v"1', live(2))]).toEqual(['sent', 'sent']);
  expect(socket.heard).toEqual([
    { t: 'view', view: 'v"1', now: 1_000, totals: { seq: 1, full: true, set: { live: 1 } } },
    { t: 'view', view: 'v"1', now: 1_000, totals: { seq: 2, set: { live: 2 } } },
  ]);
});

it('[OB1] for one that does not, a view has one pending patch, however many come', () => {
  const { socket, outbox, push } = anOutbox();
  socket.isSlow = true;
  push('a', live(1, { full: true }));
  for (let seq = 2; seq <= 100; seq++) expect([push('a', live(seq)), push('b', live(seq))]).toEqual(['merged', 'merged']);
  expect([socket.heard.length, outbox.merged]).toEqual([1, 198]);
  socket.isSlow = false;
  outbox.drained();
  const frames = socket.heard as ViewFrame[];
  expect(frames.map(({ view }) => view)).toEqual(['a', 'a', 'b']);
  const shown = new Shown().apply(frames[0]!).apply(frames[1]!);
  expect(shown.totals).toEqual({ live: 100 });
  expect(push('a', live(101))).toBe('sent');
});

it('[OB3] after a pause ordered frames go first, and what still does not fit waits on', () => {
  const { socket, outbox, push } = anOutbox();
  socket.isSlow = true;
  expect(outbox.tell(changed)).toBe('sent');
  push('a', live(1));
  push('b', live(1));
  outbox.tell({ t: 'detail', view: 'd', now: 1, detail: null });
  outbox.tell(changed);
  const heardAfter: string[][] = [];
  for (let i = 0; i < 4; i++) {
    socket.news();
    outbox.drained();
    heardAfter.push(socket.heard.map((frame) => ('view' in frame ? frame.view : frame.t)));
  }
  expect(heardAfter).toEqual([['d'], ['changed'], ['a'], ['b']]);
});

it('[OB2] ordered frames keep their order; with 256 waiting the outbox is full', () => {
  const { socket, outbox } = anOutbox();
  socket.isSlow = true;
  const answers = Array.from({ length: 258 }, (_, i) => outbox.tell({ t: 'detail', view: String(i), now: i, detail: null }));
  expect([answers[0], answers[1], answers[256], answers[257]]).toEqual(['sent', 'queued', 'queued', 'full']);
  socket.isSlow = false;
  outbox.drained();
  expect(socket.heard.map((frame) => ('view' in frame ? frame.view : ''))).toEqual(Array.from({ length: 257 }, (_, i) => String(i)));
});

it('[OB4] what was pending for a view goes with it', () => {
  const { socket, outbox, push } = anOutbox();
  socket.isSlow = true;
  push('a', live(1));
  push('a', live(2));
  push('b', live(2));
  outbox.drop('a');
  socket.isSlow = false;
  outbox.drained();
  expect(socket.heard.map((frame) => ('view' in frame ? frame.view : ''))).toEqual(['a', 'b']);
});

it('[OB1] who is here is merged for one that does not read, and comes between ordered frames and views', () => {
  const { socket, outbox, push } = anOutbox();
  const tell = (set: ColleaguesFrame['set'], full = false) => outbox.colleagues(set, JSON.stringify({ now: 1_000, set }).slice(1), full);
  const [anna, joon] = [
    { name: 'Anna', looking: ['v1'] },
    { name: 'Joon', looking: [] },
  ];
  expect(tell({ a: anna })).toBe('sent');
  socket.isSlow = true;
  push('a', live(1, { full: true }));
  expect([tell({ a: joon, b: joon }, true), tell({ a: anna }), tell({ b: null })]).toEqual(['merged', 'merged', 'merged']);
  outbox.tell(changed);
  push('a', live(2));
  socket.isSlow = false;
  outbox.drained();
  expect(socket.heard.slice(2)).toMatchObject([
    changed,
    { t: 'colleagues', now: 1_000, full: true, set: { a: anna, b: null } },
    { t: 'view', totals: { seq: 2 } },
  ]);
  expect(tell({ a: null })).toBe('sent');
});
