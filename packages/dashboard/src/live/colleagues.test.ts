import type { ColleaguesFrame } from '@foyer/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scripted, WALL } from '../../test/scripted.ts';
import { Colleagues } from './colleagues.ts';

const frame = (set: ColleaguesFrame['set'], full = false): ColleaguesFrame => ({ t: 'colleagues', now: 1, ...(full ? { full } : {}), set });

test('[OB24] a visitor’s lookers are the others who have it open, whatever came before', () => {
  const user = fc.constantFrom('me', 'anna', 'joon', 'lea');
  const someone = fc.record({
    name: fc.constantFrom('A', 'B'),
    looking: fc.uniqueArray(fc.constantFrom('v1', 'v2', 'v3'), { maxLength: 3 }),
  });
  const step = fc.record({ full: fc.boolean(), set: fc.dictionary(user, fc.option(someone)) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const colleagues = new Colleagues();
      colleagues.setSelf('me');
      let model: Record<string, { name: string; looking: string[] } | null> = {};
      for (const { full, set } of steps) {
        const before = new Map(['v1', 'v2', 'v3'].map((visitor) => [visitor, colleagues.lookers(visitor)]));
        const told = new Set<string>();
        const undo = ['v1', 'v2', 'v3'].map((visitor) => colleagues.subscribeLookers(visitor, () => told.add(visitor)));
        colleagues.apply(frame(set, full));
        model = full ? set : { ...model, ...set };
        for (const stop of undo) stop();
        for (const [visitor, was] of before) {
          const expected = Object.entries(model).flatMap(([id, one]) => (id !== 'me' && one?.looking.includes(visitor) ? [id] : []));
          expect([...colleagues.lookers(visitor)].sort()).toEqual(expected.sort());
          if (!told.has(visitor)) expect(colleagues.lookers(visitor), 'the same object as long as nothing is told').toBe(was);
        }
        expect(new Map(colleagues.all)).toEqual(new Map(Object.entries(model).filter(([, one]) => one !== null)));
      }
    }),
  );
});

test('[OB24] only a follow that looks says so, again after a reconnect; a tooltip does not', () => {
  const { client, clock, hello, last } = scripted();
  client.start();
  hello();
  client.follow('v1', { looking: true });
  client.follow('v2');
  const follows = [
    { t: 'follow', view: 'f1', id: 'v1', looking: true },
    { t: 'follow', view: 'f2', id: 'v2' },
  ];
  expect(last().sent).toEqual(follows);
  last().events.closed(1006, '');
  clock.advance(1_000);
  hello();
  expect(last().sent).toEqual(follows);
});

test('[OB23] the client knows who is here, and forgets who is not in a full frame', () => {
  const { client, hello, last } = scripted();
  client.start();
  hello();
  let heard = 0;
  client.subscribeColleagues(() => heard++);
  last().say({
    t: 'colleagues',
    now: WALL,
    full: true,
    set: { u: { name: 'Anna', looking: ['v1'] }, w: { name: 'Joon', looking: ['v1'] } },
  });
  expect([[...client.colleagues.keys()], client.team.lookers('v1')]).toEqual([['u', 'w'], ['w']]);
  last().say({ t: 'colleagues', now: WALL, set: { w: { name: 'Joon', looking: [] } } });
  expect(client.team.lookers('v1')).toEqual([]);
  last().say({ t: 'colleagues', now: WALL, full: true, set: { u: { name: 'Anna', looking: [] } } });
  expect([[...client.colleagues.keys()], heard]).toEqual([['u'], 3]);
});
