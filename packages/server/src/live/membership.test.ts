import { beforeEach, expect, it } from 'vitest';
import { LocalNetwork } from '../adapters/bus-local.ts';
import { FakeClock } from '../adapters/fake-clock.ts';
import { Membership } from './membership.ts';

let clock: FakeClock;
let network: LocalNetwork;
beforeEach(() => {
  clock = new FakeClock();
  network = new LocalNetwork();
});

function aNode(name: string, epoch = name) {
  const news: string[] = [];
  const membership = new Membership({
    bus: network.join(name),
    clock,
    epoch,
    heads: () => ({ a: 7 }),
    events: {
      changed: (members, joined, left) =>
        void news.push(`${[...joined.map((n) => `+${n}`), ...left.map((n) => `-${n}`)].join()} ${members.join('')}`),
      beat: (from, of, head) => void (name === 'a' && from === 'c' && news.push(`beat ${of} ${head}`)),
    },
  });
  return { membership, news };
}

it('[OB21] a node alone is the cluster, at once', () => {
  expect(aNode('a').membership.members).toEqual(['a']);
});

it('[OB21] nodes find each other with their first beat, and all have the same sorted list', () => {
  const nodes = ['b', 'a', 'c'].map((name) => aNode(name));
  for (const { membership } of nodes) membership.start();
  expect(nodes.map(({ membership }) => membership.members.join(''))).toEqual(['abc', 'abc', 'abc']);
  expect(nodes[1]!.news.slice(0, 2)).toEqual(['+b ab', '+c abc']);
});

it('[OB21] one that falls silent is gone after three beats, and not before', () => {
  const [a, b] = [aNode('a'), aNode('b')];
  a.membership.start();
  b.membership.start();
  clock.advance(10_000);
  b.membership.halt();
  clock.advance(3_000);
  expect(a.membership.members).toEqual(['a', 'b']);
  clock.advance(1_000);
  expect([a.membership.members, a.news.at(-1)]).toEqual([['a'], '-b a']);
});

it('[OB21] one that leaves says so and is gone at once', () => {
  const [a, b] = [aNode('a'), aNode('b')];
  a.membership.start();
  b.membership.start();
  b.membership.stop();
  expect([a.membership.members, a.news]).toEqual([['a'], ['+b ab', '-b a']]);
});

it('[OB21] one that starts again under its name has left and joined', () => {
  const a = aNode('a');
  a.membership.start();
  const b = aNode('b', 'first');
  b.membership.start();
  b.membership.halt();
  aNode('b', 'second').membership.start();
  expect(a.news).toEqual(['+b ab', '-b a', '+b ab']);
});

it('[OB21] a beat says how far its node has spoken to us', () => {
  const [a, c] = [aNode('a'), aNode('c')];
  a.membership.start();
  c.membership.start();
  expect(a.news).toContain('beat c 7');
});
