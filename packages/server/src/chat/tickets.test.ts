import { expect, it } from 'vitest';
import { Tickets } from './tickets.ts';

const DAY = 86_400_000;
const FILE = { id: 'f1', name: 'a.png', type: 'image/png', bytes: 1, width: 1, height: 1 };
function tickets(key = 'key') {
  const clock = { now: Date.UTC(2026, 0, 1, 23, 59) };
  return { clock, made: new Tickets({ key, embedPath: '/foyer.js', now: () => clock.now }) };
}
function read(url: string | undefined) {
  const { pathname, searchParams: q } = new URL(url ?? '', 'https://foyer.test');
  return { id: pathname.split('/').at(-1)!, conversation: q.get('c')!, expires: q.get('e')!, signature: q.get('s')! };
}

it('[CV25] a file’s address is good for its conversation, for a day at least and two at most, and the same for a day', () => {
  const { clock, made } = tickets();
  const asked = read(made.signFile({ ...FILE, url: '/somewhere/else' }, 'c1').url);
  expect(made.checkFile(asked)).toBe(true);
  for (const wrong of [{ id: 'f2' }, { conversation: 'c2' }, { expires: String(Number(asked.expires) + 1) }, { signature: '' }]) {
    expect(made.checkFile({ ...asked, ...wrong })).toBe(false);
  }
  expect(tickets('other').made.checkFile(asked)).toBe(false);
  expect(made.signFile(FILE, 'c1')).toEqual(made.signFile({ ...FILE, url: '' }, 'c1'));
  clock.now += DAY;
  expect(made.checkFile(asked)).toBe(true);
  clock.now += DAY;
  expect(made.checkFile(asked)).toBe(false);
});

it('[CV25] a ticket proves its visitor to its site for a day, and is no signature of a file', () => {
  const { clock, made } = tickets();
  const ticket = made.ticketOf({ site: 's1', visitor: 'v1' });
  expect(made.readTicket('s1', ticket)).toBe('v1');
  expect(made.readTicket('s2', ticket)).toBe(null);
  for (const forged of ['', 'v1', ticket.replace('v1', 'v2'), `${ticket}x`, 'v1.99999999999999.x'])
    expect(made.readTicket('s1', forged)).toBe(null);
  clock.now += DAY;
  expect(made.readTicket('s1', ticket)).toBe(null);
});
