import { beforeEach, expect, it } from 'vitest';
import { LocalNetwork } from '../adapters/bus-local.ts';
import type { Bus } from '../ports/bus.ts';
import { Channels } from './channels.ts';

/** A bus whose messages to one subject may get lost or come twice. */
function fragile(bus: Bus, fate: { next: 'lost' | 'twice' | null }): Bus {
  return {
    ...bus,
    publish(subject, message) {
      const { next } = fate;
      if (subject.startsWith('to.')) fate.next = null;
      if (next === 'lost' && subject.startsWith('to.')) return;
      bus.publish(subject, message);
      if (next === 'twice' && subject.startsWith('to.')) bus.publish(subject, message);
    },
  };
}

let fate: { next: 'lost' | 'twice' | null };
let members: string[];
let heard: string[];
let state: string[];
let a: Channels<string>;
let b: Channels<string>;
beforeEach(() => {
  fate = { next: null };
  members = ['a', 'b'];
  heard = [];
  state = [];
  const network = new LocalNetwork();
  a = new Channels<string>({
    bus: fragile(network.join('a'), fate),
    epoch: 'e1',
    events: {
      isMember: (node) => members.includes(node),
      receive: (from, message) => void heard.push(`${from}→a ${message}`),
      resync: (to) => state.forEach((one) => a.send(to, one)),
    },
  });
  b = new Channels<string>({
    bus: network.join('b'),
    epoch: 'e2',
    events: { isMember: (node) => members.includes(node), receive: (_, message) => void heard.push(message), resync() {} },
  });
});
const say = (message: string): void => {
  state.push(message);
  a.send('b', message);
};

it('[OB20] nothing is heard before a complete telling; then everything, in order', () => {
  say('1');
  expect(heard).toEqual([]);
  a.retell('b');
  say('2');
  expect(heard).toEqual(['1', '2']);
});

it('[OB20] a loss is noticed by the next frame, and everything is told again from the start', () => {
  a.retell('b');
  say('1');
  fate.next = 'lost';
  say('2');
  expect(heard).toEqual(['1']);
  say('3');
  expect(heard).toEqual(['1', '1', '2', '3']);
  say('4');
  expect(heard.slice(4)).toEqual(['4']);
});

it('[OB20] the loss of the last frame is noticed by a heartbeat that says how far the node has spoken', () => {
  a.retell('b');
  say('1');
  fate.next = 'lost';
  say('2');
  b.compare('a', 'e1', a.heads()['b']);
  expect(heard).toEqual(['1', '1', '2']);
  b.compare('a', 'e1', a.heads()['b']);
  b.compare('a', 'e1', undefined);
  expect(heard).toHaveLength(3);
});

it('[OB20] a frame that comes twice is heard once', () => {
  a.retell('b');
  fate.next = 'twice';
  say('1');
  say('2');
  expect(heard).toEqual(['1', '2']);
});

it('[OB20] a lost beginning of a telling is asked for again', () => {
  state.push('1');
  fate.next = 'lost';
  a.retell('b');
  expect(heard).toEqual([]);
  b.compare('a', 'e1', a.heads()['b']);
  expect(heard).toEqual(['1']);
});

it('[OB20] a node that starts anew under the same name is asked for everything', () => {
  a.retell('b');
  say('1');
  b.compare('a', 'e9', 2);
  expect(heard).toEqual(['1', '1']);
});

it('[OB20] who is no member, or was forgotten, is not heard; after a retelling it is', () => {
  members = ['b'];
  a.retell('b');
  say('1');
  members = ['a', 'b'];
  say('2');
  expect(heard).toEqual([]);
  a.retell('b');
  expect(heard).toEqual(['1', '2']);
  b.forget('a');
  say('3');
  expect(heard).toEqual(['1', '2']);
});

it('[OB20] what a node says to itself arrives at once; after closing nothing is heard', () => {
  a.send('a', 'hello');
  expect(heard).toEqual(['a→a hello']);
  a.retell('b');
  b.close();
  say('1');
  expect(heard).toHaveLength(1);
});
