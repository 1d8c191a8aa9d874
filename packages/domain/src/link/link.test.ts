import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAP_MS, cleanUrl, keptParams, linkLost, linkUp, newLink, nextDelayMs, usesFallback } from './index.ts';

const chance = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const retryWindow = fc.tuple(fc.nat(60_000), fc.nat(60_000)).map(([minMs, extra]) => ({ minMs, maxMs: minMs + extra }));
const loss = { atMs: 1_000, spoke: true, reason: '', hidden: false, chance: 0.5 };

describe('backoff', () => {
  it('[LK1] a wait ends inside what is left of the window, and is never under its minimum', () => {
    fc.assert(
      fc.property(retryWindow, fc.nat(60_000), chance, fc.boolean(), (window, awayMs, drawn, hidden) => {
        const waitMs = nextDelayMs(window, awayMs, drawn, hidden);
        expect(waitMs).toBeGreaterThanOrEqual(window.minMs);
        if (awayMs + window.minMs < window.maxMs) expect(awayMs + waitMs).toBeLessThanOrEqual(window.maxMs + 1e-6);
      }),
    );
  });

  it('[LK1] all of the window is used, evenly', () => {
    expect([0, 0.25, 0.5, 1].map((drawn) => nextDelayMs({ minMs: 1_000, maxMs: 9_000 }, 0, drawn, false))).toEqual([
      1_000, 3_000, 5_000, 9_000,
    ]);
    expect(nextDelayMs({ minMs: 0, maxMs: 8_000 }, 6_000, 1, false)).toBe(2_000);
  });

  it('[LK1] however often it fails, one try more comes at the end of the window', () => {
    fc.assert(
      fc.property(retryWindow, fc.array(chance, { minLength: 200, maxLength: 200 }), (window, draws) => {
        let awayMs = 0;
        let lastInside = 0;
        for (const drawn of draws) {
          if (awayMs + window.minMs >= window.maxMs) break;
          awayMs += nextDelayMs(window, awayMs, drawn, false);
          lastInside = awayMs;
        }
        expect(lastInside).toBeLessThanOrEqual(window.maxMs + 1e-6);
      }),
    );
  });

  it.each([
    [10_000, 1, 10_500],
    [40_000, 1, 40_500],
    [40_000, 0, 500],
    [9_999_999, 1, CAP_MS + 500],
  ])('[LK2] away for %d ms a draw of %d waits %d ms', (awayMs, drawn, waitMs) => {
    expect(nextDelayMs({ minMs: 500, maxMs: 10_000 }, awayMs, drawn, false)).toBe(waitMs);
  });

  it('[LK3] hidden counts past the window only', () => {
    const window = { minMs: 500, maxMs: 10_000 };
    expect(nextDelayMs(window, 3_000, 1, true)).toBe(nextDelayMs(window, 3_000, 1, false));
    expect(nextDelayMs(window, 20_000, 1, true)).toBe(80_500);
    expect(nextDelayMs(window, 20_000, 0, true)).toBe(500);
  });
});

describe('link', () => {
  it('[LK2] waits grow while the peer stays away, and begin anew when it was there', () => {
    const link = newLink({ minMs: 100, maxMs: 1_000 });
    const lost = (atMs: number) => linkLost(link, { ...loss, atMs, chance: 1 });
    expect([lost(1_000), lost(2_000), lost(4_000), lost(9_000)]).toEqual([1_000, 1_100, 3_100, 8_100]);
    linkUp(link);
    expect(lost(60_000)).toBe(1_000);
  });

  it('[LK4] advice holds for one wait, and no try comes before its minimum', () => {
    const link = newLink({ minMs: 100, maxMs: 1_000 });
    expect(linkLost(link, { ...loss, reason: '{"code":"rate_limited","minMs":30000,"maxMs":50000}' })).toBe(40_000);
    expect(link.earliestMs).toBe(31_000);
    linkUp(link);
    expect(linkLost(link, { ...loss, atMs: 90_000 })).toBe(550);
    expect(link.earliestMs).toBe(90_100);
  });

  it('[LK5] a code without a window is forever', () => {
    const link = newLink({ minMs: 100, maxMs: 1_000 });
    expect(linkLost(link, { ...loss, reason: '{"code":"blocked"}' })).toBe(Infinity);
    expect(link.earliestMs).toBe(Infinity);
  });

  it.each(['', 'gone', '{', 'null', '5', '[]', '{}', '"blocked"', '{"minMs":1}'])('[LK5] the reason %j is no advice', (reason) => {
    expect(linkLost(newLink({ minMs: 100, maxMs: 1_000 }), { ...loss, reason })).toBe(550);
  });

  it('[LK5] no reason makes the wait anything but a number of at least the minimum', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), chance, (reason, drawn) => {
        const waitMs = linkLost(newLink({ minMs: 100, maxMs: 1_000 }), { ...loss, reason, chance: drawn });
        expect(waitMs).toBeGreaterThanOrEqual(100);
      }),
    );
  });

  const run = (...spoke: boolean[]) => {
    const link = newLink({ minMs: 0, maxMs: 1 });
    return spoke.map((isHeard) => {
      linkLost(link, { ...loss, spoke: isHeard });
      return usesFallback(link);
    });
  };
  it('[LK6] two sockets that say nothing lead to the fallback, and back when it fails too', () => {
    expect(run(false, false, false, false, false)).toEqual([false, true, false, false, true]);
  });
  it('[LK6] after a fallback that worked the socket has one try', () => {
    expect(run(false, false, true, false, true, false)).toEqual([false, true, false, true, false, true]);
  });
  it('[LK6] once a socket has worked there is no fallback, however often it fails', () => {
    expect(run(false, true, false, false, false, false)).toEqual([false, false, false, false, false, false]);
    expect(run(false, false, true, true, false, false, false).slice(3)).toEqual([false, false, false, false]);
  });
  it('[LK6] a refusal with a reason is a word of the server', () => {
    const link = newLink({ minMs: 0, maxMs: 1 });
    for (let i = 0; i < 5; i++) linkLost(link, { ...loss, spoke: false, reason: '{"code":"full","minMs":1,"maxMs":2}' });
    expect(usesFallback(link)).toBe(false);
  });
});

describe('addresses', () => {
  const keep = { keep: keptParams(['q', 'page']), hash: false };
  const routed = { ...keep, hash: true };

  it.each([
    ['https://anna:secret@shop.test/a', 'https://shop.test/a'],
    ['https://anna@shop.test:8443/a', 'https://shop.test:8443/a'],
    ['https://a@b@shop.test/', 'https://shop.test/'],
    ['HTTP://shop.test', 'HTTP://shop.test'],
    ['https://anna:secret@', ''],
    ['https://', ''],
    ['https:///path', ''],
    ['javascript:alert(1)', ''],
    ['data:text/html,x', ''],
    ['file:///etc/passwd', ''],
    ['about:srcdoc', ''],
    ['//shop.test/a', ''],
    ['/a', ''],
    ['', ''],
    ['https://good.test\\@evil.test/', 'https://good.test\\@evil.test/'],
    ['https://shop.test/@anna', 'https://shop.test/@anna'],
  ])('[LK7] %s becomes %j', (url, clean) => expect(cleanUrl(url, keep)).toBe(clean));

  it.each([
    ['https://shop.test/?utm_source=a&token=T&utm_medium=b', 'https://shop.test/?utm_source=a&utm_medium=b'],
    ['https://shop.test/?q=red&Q=blue&qq=1&page=2&pages=3', 'https://shop.test/?q=red&page=2'],
    ['https://shop.test/?q', 'https://shop.test/?q'],
    ['https://shop.test/?token=T;q=1;email=a@b.c', 'https://shop.test/?q=1'],
    ['https://shop.test/?utm_source=a;token=T', 'https://shop.test/?utm_source=a'],
    ['https://shop.test/?xutm_source=a&%75tm_source=b', 'https://shop.test/'],
    ['https://shop.test/?a=1?q=2', 'https://shop.test/?q=2'],
    ['https://shop.test/r&d/x;y', 'https://shop.test/r&d/x;y'],
    ['https://shop.test?q=1', 'https://shop.test?q=1'],
    ['https://shop.test/?', 'https://shop.test/'],
  ])('[LK8] %s becomes %s', (url, clean) => {
    expect(cleanUrl(url, keep)).toBe(clean);
    expect(cleanUrl(url)).toBe(clean.split('?')[0]);
  });

  it.each([
    ['https://shop.test/?s=boots&post_type=product', 'https://shop.test/?s='],
    ['https://shop.test/?s', 'https://shop.test/?s'],
    ['https://shop.test/?ss=1&S=1&as=1&q=red', 'https://shop.test/?q=red'],
    ['https://shop.test/?a.b=1&aXb=2', 'https://shop.test/?a.b='],
  ])('[LK12] of a parameter that only has to be there the name stays alone: %s becomes %s', (url, clean) => {
    const named = { keep: keptParams(['q'], ['s', 'a.b']), hash: false };
    expect(cleanUrl(url, named)).toBe(clean);
    expect(cleanUrl(clean, named)).toBe(clean);
  });

  it('[LK7] an app that refers keeps its name', () => {
    expect(cleanUrl('android-app://com.google.android.googlequicksearchbox/https/www.google.com?q=me')).toBe(
      'android-app://com.google.android.googlequicksearchbox/https/www.google.com',
    );
  });

  it.each([
    ['https://shop.test/#/cart', 'https://shop.test/#/cart'],
    ['https://shop.test/#!/cart', 'https://shop.test/#!/cart'],
    ['https://shop.test/a?q=1#/cart?token=T&q=2', 'https://shop.test/a?q=1#/cart?q=2'],
    ['https://shop.test/#top', 'https://shop.test/'],
    ['https://shop.test/#access_token=T', 'https://shop.test/'],
    ['https://shop.test/#', 'https://shop.test/'],
  ])('[LK9] on a site that routes by hash %s becomes %s', (url, clean) => {
    expect(cleanUrl(url, routed)).toBe(clean);
    expect(cleanUrl(url, keep)).not.toContain('#');
    expect(cleanUrl(url)).not.toContain('#');
  });

  it.each([
    ['https://shop.test/#/callback&access_token=T', 'https://shop.test/#/callback'],
    ['https://shop.test/#/a;id=1/b', 'https://shop.test/#/a'],
    ['https://shop.test/#/a#access_token=T', 'https://shop.test/#/a'],
    ['https://shop.test/#/a?x=1&utm_source=m#q=1', 'https://shop.test/#/a?utm_source=m'],
  ])('[LK10] %s becomes %s', (url, clean) => expect(cleanUrl(url, routed)).toBe(clean));

  const part = fc.string({
    unit: fc.constantFrom(...'ab/?#&;=@:\\. %!utm_q'.split(''), 'token=SECRET', 'q=1', 'utm_source=x', '@'),
    maxLength: 30,
  });
  it('[LK11] never longer than 2,000, and the same when cleaned again', () => {
    fc.assert(
      fc.property(part, fc.constantFrom(keep, routed, undefined), (rest, kept) => {
        const clean = cleanUrl(`https://shop.test/${rest}`, kept);
        expect(cleanUrl(clean, kept)).toBe(clean);
        expect(clean.length).toBeLessThanOrEqual(2_000);
      }),
    );
    const long = cleanUrl(`https://shop.test/?utm_source=${'x'.repeat(5_000)}&token=T`, keep);
    expect(long).toHaveLength(2_000);
    expect(cleanUrl(long, keep)).toBe(long);
  });

  it('[LK8] a parameter that is not listed never comes through, wherever it stands', () => {
    fc.assert(
      fc.property(part, part, fc.constantFrom(keep, routed, undefined), (before, after, kept) => {
        const clean = cleanUrl(`https://shop.test/?${before.replaceAll(/token|SECRET|utm|q/g, '')}&token=SECRET&${after}`, kept);
        expect(clean.split('#')[0]!.split(/[?&]/)).not.toContain('token=SECRET');
      }),
    );
  });
  it('[LK7] credentials never come through', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const clean = cleanUrl(url.replace('://', '://anna:hunter2@'), routed);
        expect(clean).not.toContain('hunter2');
        expect(clean).toBe(cleanUrl(url, routed));
      }),
    );
  });
});
