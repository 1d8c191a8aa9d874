import { LIMITS, type VisitorUp } from '@foyer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { aHello, aNode, OTHER_SITE, RETRY, SITE, TestTab, type TestNode } from '../edge.testkit.ts';

const MINUTE = 60_000;
let node: TestNode;
beforeEach(async () => {
  node = await aNode();
});

const page = (n: number, path: string, over: object = {}): VisitorUp => ({
  t: 'page',
  n,
  url: `https://shop.test${path}`,
  title: path,
  ...over,
});
const visits = () => node.listed();
const detail = async (id: string) => (await node.reads.detail({ workspace: 'w', id, hidden: [] }))!;

describe('the first words', () => {
  it('[WS4] welcome is the first frame, and says what the site collects', () => {
    const tab = node.tab();
    expect(tab.heard).toEqual([
      {
        t: 'welcome',
        v: 1,
        tracking: true,
        consent: 'none',
        storage: 'cookie',
        signals: 'limit',
        params: ['color'],
        keep: '^(?:utm_.*|(?:color)(?:=.*)?$|(?:s)(?:=|$))',
        hash: false,
        chat: expect.stringMatching(/^[\w-]{10}$/),
        retry: RETRY,
      },
    ]);
  });

  it('[WS4] it is encoded once per site, until settings change', async () => {
    const [a, b, other] = [node.tab(), node.tab(), node.tab({ site: OTHER_SITE })];
    expect(a.texts[0]).toBe(b.texts[0]);
    expect(other.heard[0]).toMatchObject({ params: [] });
    const before = node.greetings.welcome(SITE);
    await node.change({ cookieless: true, signals: 'ignore' });
    expect(node.greetings.welcome(SITE)).not.toBe(before);
    expect(node.tab().heard).toMatchObject([{ storage: 'none', signals: 'ignore' }]);
  });

  it('[WS6] hello is answered at once with a visitor, a visit and a secret; the visit is listed', async () => {
    const tab = node.tab();
    const [, you] = tab.say(aHello());
    expect(you).toEqual({
      t: 'you',
      secret: expect.any(String),
      visitor: expect.stringMatching(/^v[0-9a-f]{24}$/),
      visit: expect.any(String),
      resume: expect.any(String),
    });
    expect(await visits()).toMatchObject([
      { visitor: (you as { visitor: string }).visitor, site: 's1', city: 'Berlin', lang: 'de', browser: 'Firefox', online: true, pages: 1 },
    ]);
  });

  it('[WS6] who says a secret is known by it and gets none; another site knows another id', () => {
    const first = node.tab();
    const [one] = first.of('you', first.say(aHello()));
    const tab = node.tab();
    const [two] = tab.of('you', tab.say(aHello({ tab: 'tab00002', secret: one!.secret! })));
    expect(two).toEqual({ t: 'you', visitor: one!.visitor, visit: one!.visit, resume: expect.any(String) });
    const elsewhere = node.tab({ site: OTHER_SITE });
    const [three] = elsewhere.of('you', elsewhere.say(aHello({ secret: one!.secret! })));
    expect(three!.visitor).not.toBe(one!.visitor);
    expect(three!.secret).toBeUndefined();
  });
});

describe('frames that are not taken', () => {
  const closedBy = (...texts: string[]) => {
    const tab = node.tab();
    for (const text of texts) tab.session.text(text);
    return tab.closed?.advice.code ?? null;
  };
  const hello = JSON.stringify(aHello());

  it('[WS5] a second hello, or anything before the first, is out of order', () => {
    expect(closedBy(hello, hello)).toBe('out_of_order');
    for (const early of [
      page(1, '/'),
      { t: 'act' },
      { t: 'title', n: 1, title: '' },
      { t: 'state', hidden: false, focused: true },
      { t: 'context', kind: 'cart' },
      { t: 'identify' },
    ]) {
      expect(closedBy(JSON.stringify(early))).toBe('out_of_order');
    }
  });

  it.each([
    ['', 'bad_frame'],
    ['{', 'bad_frame'],
    ['[]', 'bad_frame'],
    ['null', 'bad_frame'],
    ['"hello"', 'bad_frame'],
    ['{"t":"welcome"}', 'bad_frame'],
    ['{"t":"act","x":1}', 'bad_frame'],
    [`{"t":"act"}${' '.repeat(LIMITS.maxFrameBytes)}`, 'too_big'],
    [`{"t":"title","n":1,"title":"${'x'.repeat(LIMITS.maxFrameBytes)}`, 'too_big'],
    [`{"t":"title","n":1,"title":"`.padEnd(LIMITS.maxFrameBytes, 'x'), 'bad_frame'],
    [`{"t":"chat.say","cid":"`.padEnd(LIMITS.maxFrameBytes + 1, 'x'), 'too_big'],
    [JSON.stringify(aHello({ pages: [] })), 'bad_frame'],
    [JSON.stringify(aHello({ tab: 'short' })), 'bad_frame'],
    [JSON.stringify(aHello({ v: 0 })), 'version'],
  ])('[WS5] %.40s closes', (text, code) => {
    expect(closedBy(text)).toBe(code);
  });

  it('[AD8] the 61st frame at once closes with advice; twenty a second go on for ever', () => {
    const tab = node.tab();
    tab.say(aHello(), ...Array.from({ length: 59 }, () => ({ t: 'act' }) as const));
    expect(tab.closed).toBeNull();
    tab.say({ t: 'act' });
    expect(tab.closed).toMatchObject({ code: 4429, advice: { code: 'rate_limited', minMs: 30_000, maxMs: 120_000 } });
    expect(node.refusals).toEqual(['rateLimited']);
    const steady = node.tab();
    steady.say(aHello({ tab: 'tab00002' }));
    for (let i = 0; i < 300; i++) {
      node.clock.advance(50);
      steady.say({ t: 'act' });
    }
    expect(steady.closed).toBeNull();
  });

  it('[WS5] after a refusal nothing more is heard, and the tab has left', async () => {
    const tab = node.tab();
    tab.say(aHello());
    tab.session.text('{');
    tab.session.text(JSON.stringify(page(2, '/later')));
    tab.session.frame(page(3, '/later'));
    tab.session.closed();
    await node.clock.advanceAsync(5_500);
    expect(await visits()).toMatchObject([{ pages: 1, online: false }]);
    expect([node.tabs.size, node.refusals]).toEqual([0, ['badFrame']]);
  });

  it('[WS17] a tab that does not read is closed, and told to come back soon', async () => {
    const tab = node.tab();
    tab.say(aHello());
    tab.isSlow = true;
    tab.say(page(2, '/a'));
    await node.clock.advanceAsync(11_000);
    expect(tab.closed).toMatchObject({ code: 4430, advice: { code: 'slow_consumer', minMs: 500, maxMs: 3_000 } });
    expect(await visits()).toMatchObject([{ pages: 2, online: false }]);
  });
});

describe('coming back', () => {
  it('[WS7] a resume token continues the visit, also when the server has forgotten it meanwhile', async () => {
    const tab = node.tab();
    const [you] = tab.of('you', tab.say(aHello()));
    await node.clock.advanceAsync(1_000);
    const { clock, network, history } = node;
    tab.session.closed();
    node.live.halt();
    const next = await aNode({ world: { clock, network, history }, name: 'node-2' });
    const back = next.tab();
    const [again] = back.of('you', back.say(aHello({ secret: you!.secret!, resume: you!.resume })));
    expect(again).toMatchObject({ visit: you!.visit, visitor: you!.visitor });
  });

  it('[WS7] a token of another visitor or another site, a forged one, or one without its secret is ignored', async () => {
    const first = node.tab();
    const [theirs] = first.of('you', first.say(aHello()));
    const cases = [
      [SITE, { resume: theirs!.resume }],
      [SITE, { resume: theirs!.resume, secret: 'another-secret' }],
      [SITE, { resume: `${theirs!.resume.slice(0, -4)}AAAA`, secret: 'a-third-secret' }],
      [OTHER_SITE, { resume: theirs!.resume, secret: theirs!.secret! }],
    ] as const;
    const seen = new Set([theirs!.visit]);
    for (const [i, [site, over]] of cases.entries()) {
      const tab = node.tab({ site });
      const [you] = tab.of('you', tab.say(aHello({ tab: `tab0001${i}`, ...over })));
      seen.add(you!.visit);
    }
    expect(seen.size).toBe(5);
    expect(await visits()).toHaveLength(5);
  });

  it('[WS7] an expired token begins a new visit', async () => {
    const tab = node.tab();
    const [you] = tab.of('you', tab.say(aHello()));
    tab.session.closed();
    await node.clock.advanceAsync(31 * MINUTE);
    expect(await visits()).toEqual([]);
    const late = node.tab();
    const [again] = late.of('you', late.say(aHello({ secret: you!.secret!, resume: you!.resume })));
    expect(again!.visitor).toBe(you!.visitor);
    expect(again!.visit).not.toBe(you!.visit);
  });

  it('[WS7] the token is given anew with activity, at most every ten minutes', async () => {
    const tab = node.tab();
    tab.say(aHello());
    let renewed = 0;
    for (let minute = 0; minute < 30; minute++) {
      await node.clock.advanceAsync(MINUTE);
      renewed += tab.of('resume', tab.say({ t: 'act' })).length;
    }
    expect(renewed).toBe(3);
  });

  it('[WS15] bye is the tab leaving; it may say hello again on the same socket', async () => {
    const tab = node.tab();
    const [you] = tab.of('you', tab.say(aHello()));
    tab.say({ t: 'bye' });
    await node.clock.advanceAsync(5_500);
    expect(await visits()).toMatchObject([{ online: false }]);
    const [again] = tab.of('you', tab.say(aHello({ secret: you!.secret!, resume: you!.resume })));
    expect(again!.visit).toBe(you!.visit);
    expect(await visits()).toMatchObject([{ online: true }]);
    tab.session.closed();
    await node.clock.advanceAsync(5_500);
    expect(await visits()).toMatchObject([{ online: false }]);
  });

  it('[WS16] a session can be announced to a new home: facts, pages not stored and the current one, state and idle time', async () => {
    const slow = await aNode({ history: { saveVisits: () => new Promise(() => {}) } });
    const tab = slow.tab();
    expect(tab.session.announcement()).toBeNull();
    tab.say(
      aHello({ hidden: true, focused: false, idleMs: 2_000, pages: [{ n: 1, url: 'https://shop.test/', title: 'Home', agoMs: 3_000 }] }),
    );
    slow.clock.advance(4_000);
    tab.say({ t: 'state', hidden: false, focused: true });
    expect(tab.session.announcement()).toMatchObject({
      k: 'announce',
      workspace: 'w',
      addressHash: 'hash-0',
      a: {
        tab: 'tab00001',
        edge: 'node-1',
        hidden: false,
        focused: true,
        idleMs: 6_000,
        pages: [{ n: 1, url: 'https://shop.test/', agoMs: 7_000 }],
        facts: { site: 's1', ip: '203.0.113.0' },
      },
    });
    tab.session.closed();
    expect(tab.session.announcement()).toBeNull();
  });
});

describe('pages', () => {
  it('[WS8] page views count once each, in order, and keep the time they were seen at', async () => {
    const tab = node.tab();
    node.clock.advance(60_000);
    const now = node.live.now();
    const [you] = tab.of(
      'you',
      tab.say(
        aHello({
          pages: [
            { n: 1, url: 'https://shop.test/a', title: 'A', agoMs: 5_000 },
            { n: 2, url: 'https://shop.test/b', title: 'B', agoMs: 2_000 },
          ],
        }),
      ),
    );
    tab.say(page(2, '/twice'), page(3, '/c'), page(1, '/old'), page(3, '/again'));
    const { trail, pages, url } = await detail(you!.visit);
    expect(trail.map(({ at, url }) => [new URL(url).pathname, Math.round((at - now) / 1000)])).toEqual([
      ['/a', -5],
      ['/b', -2],
      ['/c', 0],
    ]);
    expect([pages, url]).toEqual([3, 'https://shop.test/c']);
  });

  it('[WS8] addresses are cleaned by the rules of the site, whatever the tab sends', async () => {
    const tab = node.tab();
    const [you] = tab.of(
      'you',
      tab.say(aHello({ pages: [{ n: 1, url: 'https://me:pw@shop.test/a?token=1&color=red&utm_source=mail#top', title: 'A' }] })),
    );
    tab.say({ t: 'page', n: 2, url: 'javascript:alert(1)', title: 'B' }, page(3, '/c?email=x@y.test'));
    expect((await detail(you!.visit)).trail.map(({ url }) => url)).toEqual(['https://shop.test/a?color=red', '', 'https://shop.test/c']);
    expect(await detail(you!.visit)).toMatchObject({ campaign: 'mail' });
  });

  it('[WS8] a title that comes later is the title of the current page, and of no earlier one', async () => {
    const tab = node.tab();
    const [you] = tab.of('you', tab.say(aHello()));
    tab.say(page(2, '/b'), { t: 'title', n: 1, title: 'late' }, { t: 'title', n: 2, title: 'Bee' });
    expect((await detail(you!.visit)).trail.map(({ title }) => title)).toEqual(['Home', 'Bee']);
  });

  it('[WS10] the referrer of the first page is kept without its query; an own page is none', async () => {
    const referrerOf = async (ref: string, n: number) => {
      const tab = node.tab();
      const [you] = tab.of(
        'you',
        tab.say(aHello({ tab: `tab0000${n}`, pages: [{ n: 1, url: 'https://www.shop.test/', title: '', ref }] })),
      );
      return (await detail(you!.visit)).referrer;
    };
    expect(await referrerOf('https://www.search.test/find?q=secret#x', 1)).toBe('https://www.search.test/find');
    expect(await referrerOf('https://shop.test/before', 2)).toBe('');
    expect(await referrerOf('about:blank', 3)).toBe('');
  });

  it('[WS9] pages are said to be stored when the store has committed them, not before', async () => {
    let commit = (): void => {};
    const slow = await aNode({ history: { saveVisits: () => new Promise((resolve) => (commit = resolve)) } });
    const tab = slow.tab();
    tab.say(aHello());
    await slow.clock.advanceAsync(60_000);
    expect(tab.of('stored')).toEqual([]);
    commit();
    await slow.clock.advanceAsync(0);
    expect(tab.of('stored')).toEqual([{ t: 'stored', n: 1 }]);
  });

  it('[WS9] what is stored is forgotten, but for the current page; it is said once', async () => {
    const tab = node.tab();
    tab.say(aHello(), page(2, '/b'), page(3, '/c'));
    const numbers = () => tab.session.announcement()!.a.pages.map(({ n }) => n);
    expect(numbers()).toEqual([1, 2, 3]);
    await node.clock.advanceAsync(30_000);
    expect(tab.of('stored').at(-1)).toEqual({ t: 'stored', n: 3 });
    expect(numbers()).toEqual([3]);
    tab.news();
    tab.say(page(4, '/d'));
    expect(numbers()).toEqual([4]);
    await node.clock.advanceAsync(30_000);
    expect(tab.of('stored', tab.news())).toEqual([{ t: 'stored', n: 4 }]);
  });

  it('[WS9] of pages that cannot be stored the newest twenty are kept', async () => {
    const away = await aNode({ history: { saveVisits: () => Promise.reject(new Error('away')) } });
    const tab = away.tab();
    tab.say(aHello());
    for (let n = 2; n <= 40; n++) tab.say(page(n, `/${n}`));
    expect(tab.session.announcement()!.a.pages.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, i) => i + 21));
  });
});

describe('privacy', () => {
  const limits: [string, Partial<Parameters<TestNode['tab']>[0]>, Partial<ReturnType<typeof aHello>>][] = [
    ['the page says so', {}, { signal: true }],
    ['Sec-GPC', { secGpc: '1' }, {}],
    ['DNT', { dnt: '1' }, {}],
  ];
  it.each(limits)('[WS11] a signal that limits (%s): no secret, no address, no identity', async (_, shake, hello) => {
    const tab = node.tab(shake);
    const [you] = tab.of('you', tab.say(aHello({ ...hello, secret: 'kept-from-before' })));
    expect(you).toEqual({ t: 'you', visitor: expect.stringMatching(/^c/), visit: expect.any(String), resume: expect.any(String) });
    tab.say({ t: 'identify', id: '7', email: 'a@b.test', name: 'Anna' }, { t: 'context', kind: 'cart', data: { value: 3 } });
    expect(await detail(you!.visit)).toMatchObject({
      ip: '',
      name: '',
      identity: null,
      context: 'cart',
      contextData: { value: 3 },
      city: 'Berlin',
    });
  });

  it('[WS11] the cookieless id is the same all day for one browser behind one address', async () => {
    await node.change({ cookieless: true });
    const ids = ['203.0.113.3', '203.0.113.3', '203.0.113.4'].map((address, i) => {
      const tab = node.tab({ address });
      return tab.of('you', tab.say(aHello({ tab: `tab0000${i}` })))[0]!.visitor;
    });
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('[WS11] with signals off a hello with one is passed over, and what follows it', async () => {
    await node.change({ signals: 'off' });
    const tab = node.tab({ secGpc: '1' });
    expect(tab.say(aHello(), page(2, '/b'), { t: 'act' }).map(({ t }) => t)).toEqual(['welcome']);
    expect([tab.closed, await visits()]).toEqual([null, []]);
  });

  it('[WS11] with signals ignored a signal changes nothing', async () => {
    await node.change({ signals: 'ignore' });
    const tab = node.tab({ secGpc: '1' });
    expect(tab.of('you', tab.say(aHello({ signal: true })))[0]).toMatchObject({
      secret: expect.any(String),
      visitor: expect.stringMatching(/^v/),
    });
  });

  it('[PV3] the address is kept masked as the workspace wants it', async () => {
    const ipAfter = async (ipMask: 'strong' | 'none-stored', n: number) => {
      await node.change({ ipMask });
      const tab = node.tab({ address: '203.0.113.9' });
      return (await detail(tab.of('you', tab.say(aHello({ tab: `tab0000${n}` })))[0]!.visit)).ip;
    };
    expect([await ipAfter('strong', 1), await ipAfter('none-stored', 2)]).toEqual(['203.0.0.0', '']);
  });

  it('[VI2] an identity with a wrong hash is kept as said and not as verified; the name is shown', async () => {
    const tab = node.tab();
    const [you] = tab.of('you', tab.say(aHello()));
    tab.say({ t: 'identify', id: '7', hash: 'x'.repeat(64), email: 'a@b.test', data: { plan: 'pro' } });
    expect(await detail(you!.visit)).toMatchObject({
      name: 'a@b.test',
      identity: { id: '7', email: 'a@b.test', verified: false, data: { plan: 'pro' } },
    });
  });
});

it('[WS12] while tracking is off nothing that a tab says is taken, and nothing is wrong with it', async () => {
  const off = await aNode({ settings: { tracking: false } });
  const tab = off.tab();
  expect(tab.say(aHello(), page(2, '/b'), { t: 'act' }, aHello(), { t: 'bye' })).toMatchObject([{ t: 'welcome', tracking: false }]);
  expect([tab.closed, await off.listed(), off.counts.hellos]).toEqual([null, [], 0]);
  expect(tab).toBeInstanceOf(TestTab);
});
