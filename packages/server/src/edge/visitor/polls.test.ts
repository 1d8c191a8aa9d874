import type { PollAnswer, VisitorPost, VisitorUp } from '@foyer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { aHello, aKnock, aNode, type TestNode } from '../edge.testkit.ts';

let node: TestNode;
beforeEach(async () => {
  node = await aNode();
});

const knock = (over: Partial<ReturnType<typeof aKnock>> = {}) => {
  const { siteKey: _, version: __, ...rest } = aKnock(over);
  return rest;
};
const body = (frames: VisitorUp[], over: Partial<VisitorPost> = {}): string => JSON.stringify({ site: 'key-1', v: 1, frames, ...over });
const post = (frames: VisitorUp[], over: Partial<VisitorPost> = {}): Promise<PollAnswer> => node.polls.poll(body(frames, over), knock());
const kinds = ({ frames }: PollAnswer) => frames.map(({ t }) => t);
const closedOf = (frames: PollAnswer['frames']): unknown => {
  const last = frames.at(-1);
  return last?.t === 'closed' ? [last.code, (JSON.parse(last.reason) as { code: string }).code] : null;
};
/** Whether a poll has been answered, without waiting for it. */
function held(answer: Promise<PollAnswer>): { now(): Promise<PollAnswer | 'held'> } {
  return { now: () => Promise.race([answer, new Promise<'held'>((resolve) => setImmediate(() => resolve('held')))]) };
}

describe('long polls', () => {
  it('[WS18] the first is answered at once with a session and welcome, the next with what its frames bring', async () => {
    const first = await post([]);
    expect(first).toMatchObject({ sid: expect.stringMatching(/^[\w-]{24}$/), frames: [{ t: 'welcome', tracking: true }] });
    const second = await post([aHello()], { sid: first.sid });
    expect([second.sid, kinds(second)]).toEqual([first.sid, ['you']]);
    expect(await node.listed()).toMatchObject([{ online: true, pages: 1 }]);
  });

  it('[WS18] with nothing to say it is held, and answered as soon as there is', async () => {
    const { sid } = await post([]);
    await post([aHello()], { sid });
    const poll = held(post([], { sid }));
    expect(await poll.now()).toBe('held');
    await node.clock.advanceAsync(20_000);
    expect(kinds((await poll.now()) as PollAnswer)).toEqual(['stored']);
  });

  it('[WS18] it is answered after 25 s with nothing, and not before', async () => {
    await node.change({ tracking: false });
    const { sid } = await post([]);
    const poll = held(post([], { sid }));
    await node.clock.advanceAsync(24_999);
    expect(await poll.now()).toBe('held');
    await node.clock.advanceAsync(1);
    expect(await poll.now()).toEqual({ sid, frames: [] });
  });

  it('[WS19] a second poll answers the first at once', async () => {
    await node.change({ tracking: false });
    const { sid } = await post([]);
    const [first, second] = [held(post([], { sid })), held(post([], { sid }))];
    expect(await first.now()).toEqual({ sid, frames: [] });
    expect(await second.now()).toBe('held');
    await node.change({ tracking: true });
    expect(await second.now()).toMatchObject({ frames: [{ t: 'welcome', tracking: true }] });
  });

  it('[WS19] 35 s without a poll end the session; its tab has left, and is told to come back', async () => {
    const { sid } = await post([]);
    await post([aHello()], { sid });
    await node.clock.advanceAsync(34_999);
    expect(await node.listed()).toMatchObject([{ online: true }]);
    await node.clock.advanceAsync(6_000);
    expect(await node.listed()).toMatchObject([{ online: false }]);
    const late = await post([], { sid });
    expect([late.sid, closedOf(late.frames)]).toEqual(['', [1001, 'restart']]);
  });

  it('[WS19] polling keeps it, for as long as it goes on', async () => {
    const { sid } = await post([]);
    await post([aHello()], { sid });
    for (let i = 0; i < 20; i++) {
      const poll = post([{ t: 'act' }], { sid });
      await node.clock.advanceAsync(25_000);
      await poll;
    }
    expect(await node.listed()).toMatchObject([{ online: true }]);
  });

  it('[WS19] sixty-four frames wait for a tab; one more closes it', async () => {
    const { sid } = await post([]);
    for (let i = 0; i < 64; i++) await node.change({ tracking: i % 2 === 1 });
    expect(node.tabs.size).toBe(1);
    await node.change({ tracking: false });
    expect(node.tabs.size).toBe(0);
    const { frames } = await post([], { sid });
    expect([frames.length, closedOf(frames)]).toEqual([65, [4430, 'slow_consumer']]);
    expect(closedOf((await post([], { sid })).frames)).toEqual([1001, 'restart']);
  });

  it('[WS19] what a socket would be closed with comes as the last frame, also into a held poll', async () => {
    const { sid } = await post([]);
    await post([aHello()], { sid });
    const poll = post([], { sid });
    node.tabs.restart();
    expect(closedOf((await poll).frames)).toEqual([1001, 'restart']);
    const bad = await post([]);
    expect(closedOf((await post([{ t: 'act' }], { sid: bad.sid })).frames)).toEqual([4409, 'out_of_order']);
    expect(node.tabs.size).toBe(0);
  });

  it('[WS1] who is not let in reads why', async () => {
    const refused = async (over: Partial<VisitorPost>, from: Partial<ReturnType<typeof aKnock>> = {}) =>
      closedOf((await node.polls.poll(body([], over), knock(from))).frames);
    expect(await refused({ site: 'nobody' })).toEqual([4404, 'unknown_site']);
    expect(await refused({ v: 7 })).toEqual([4426, 'version']);
    expect(await refused({}, { origin: 'https://elsewhere.test' })).toEqual([4403, 'origin_refused']);
    expect(node.tabs.size).toBe(0);
  });

  it.each([
    ['no JSON', '{'],
    ['no post', '[]'],
    ['an unknown field', body([], {}).replace('{', '{"x":1,')],
    ['something that is no frame', body([{ t: 'act' }]).replace('act', 'dance')],
    ['41 frames', body(Array.from({ length: 41 }, () => ({ t: 'act' })))],
    ['more than 64 kB', body([]) + ' '.repeat(65_536)],
  ])('[WS21] %s is refused whole', async (_, text) => {
    expect(closedOf((await node.polls.poll(text, knock())).frames)).toEqual([4400, 'bad_frame']);
    expect(node.polls.beacon(text, knock())).toBe(false);
    expect(node.tabs.size).toBe(0);
  });

  it('[WS5] frames of posts count against the tab like any other', async () => {
    const { sid } = await post([]);
    await post([aHello(), ...Array.from({ length: 39 }, () => ({ t: 'act' }) as const)], { sid });
    const { frames } = await post(
      Array.from({ length: 40 }, () => ({ t: 'act' })),
      { sid },
    );
    expect(closedOf(frames)).toEqual([4429, 'rate_limited']);
  });
});

describe('beacons', () => {
  const last: VisitorUp[] = [
    aHello({
      pages: [
        { n: 1, url: 'https://shop.test/a', title: 'A' },
        { n: 2, url: 'https://shop.test/b', title: 'B' },
      ],
    }),
    { t: 'bye' },
  ];

  it('[WS20] hello, pages and bye make a visit that has left', async () => {
    expect(node.polls.beacon(body(last), knock())).toBe(true);
    await node.clock.advanceAsync(6_000);
    expect(await node.listed()).toMatchObject([{ pages: 2, online: false, url: 'https://shop.test/b' }]);
    expect(node.tabs.size).toBe(0);
    expect(await node.history.recentVisits({ since: 0, after: '', limit: 9 })).toMatchObject([{ pages: 2 }]);
  });

  it('[WS20] the beacon of a tab whose socket is still open ends the visit once, with what it brings', async () => {
    const tab = node.tab();
    const [you] = tab.of('you', tab.say(aHello()));
    const hello = aHello({
      secret: you!.secret!,
      resume: you!.resume,
      pages: [
        { n: 1, url: 'https://shop.test/', title: 'Home' },
        { n: 2, url: 'https://shop.test/b', title: 'B' },
      ],
    });
    expect(node.polls.beacon(body([hello, { t: 'bye' }]), knock())).toBe(true);
    tab.session.closed();
    await node.clock.advanceAsync(6_000);
    expect(await node.listed()).toMatchObject([{ pages: 2, online: false }]);
  });

  it('[WS20] one with the id of a poll session ends that session', async () => {
    const { sid } = await post([]);
    await post([aHello()], { sid });
    const poll = post([], { sid });
    expect(node.polls.beacon(body([{ t: 'page', n: 2, url: 'https://shop.test/b', title: 'B' }, { t: 'bye' }], { sid }), knock())).toBe(
      true,
    );
    await poll;
    await node.clock.advanceAsync(6_000);
    expect(await node.listed()).toMatchObject([{ pages: 2, online: false }]);
    expect([node.tabs.size, closedOf((await post([], { sid })).frames)]).toEqual([0, [1001, 'restart']]);
  });

  it('[WS20] one that is not let in is answered so, and makes nothing', async () => {
    expect(node.polls.beacon(body(last), knock({ origin: 'https://elsewhere.test' }))).toBe(false);
    expect(node.polls.beacon(body(last, { site: 'nobody' }), knock())).toBe(false);
    expect(await node.listed()).toEqual([]);
  });
});
