import { CLOSE } from '@foyer/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { totalsOf } from '../../test/fake-visits.ts';
import { scripted, WALL } from '../../test/scripted.ts';
import { PlaceStore } from './place-store.ts';
import { reconnectDelayMs } from './retry.ts';
import { ServerTime } from './server-time.ts';

const totalsView = { scope: {}, filter: '', streams: ['totals'] } as const;
/** Lets the promise of a probe come through. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('console client', () => {
  test('[DA4] a view opened before the socket is opened with it, and again after every loss', () => {
    const { client, clock, sockets, hello, last } = scripted();
    client.openView(totalsView);
    client.start();
    hello();
    expect(last().sent).toEqual([{ t: 'open', view: 'v1', scope: {}, filter: '', streams: ['totals'] }]);
    last().events.closed(1006, '');
    clock.advance(1_000);
    expect(sockets).toHaveLength(2);
    hello();
    expect(last().sent[0]).toMatchObject({ t: 'open', view: 'v1' });
    expect(client.connection.state).toBe('open');
  });

  test('[DA4] what was shown stays until the new full frame replaces it', () => {
    const { client, clock, hello, last } = scripted();
    client.start();
    hello();
    const { store } = client.openView(totalsView);
    last().say({ t: 'view', view: 'v1', now: WALL, totals: { seq: 3, full: true, set: { ...totalsOf([]), live: 7 } } });
    last().events.closed(1006, '');
    expect(store.totals?.live).toBe(7);
    clock.advance(1_000);
    hello();
    last().say({ t: 'view', view: 'v1', now: WALL, totals: { seq: 4, set: { live: 99 } } });
    expect(store.totals?.live).toBe(7);
    last().say({ t: 'view', view: 'v1', now: WALL, totals: { seq: 1, full: true, set: { ...totalsOf([]), live: 8 } } });
    expect(store.totals?.live).toBe(8);
  });

  test('[DA4] it comes back within the window of the close reason, of hello after a restart, or a doubling one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(3_600_000), (chance, awayMs) => {
        const advised = reconnectDelayMs({ reason: '{"code":"restart","minMs":400,"maxMs":900}', known: null, awayMs: 0, chance });
        expect(advised).toBeGreaterThanOrEqual(400);
        expect(advised).toBeLessThanOrEqual(900);
        const own = reconnectDelayMs({ reason: '', known: null, awayMs, chance });
        expect(own).toBeGreaterThanOrEqual(150);
        expect(own).toBeLessThanOrEqual(20_000);
      }),
    );
    const { client, clock, sockets, hello, last } = scripted({ random: () => 0.999 });
    client.start();
    hello();
    last().events.closed(CLOSE.restart.code, '');
    clock.advance(199);
    expect(sockets).toHaveLength(1);
    clock.advance(801);
    expect(sockets).toHaveLength(2);
  });

  test('[DA4] a closed view is not opened again, and its id is never used twice', () => {
    const { client, clock, hello, last } = scripted();
    client.start();
    hello();
    client.openView(totalsView).close();
    client.openView(totalsView);
    expect(last().sent.map((up) => `${up.t} ${up.view}`)).toEqual(['open v1', 'close v1', 'open v2']);
    last().events.closed(1006, '');
    clock.advance(1_000);
    hello();
    expect(last().sent.map((up) => `${up.t} ${up.view}`)).toEqual(['open v2']);
  });

  test('[DA2] a gap asks again for that view', () => {
    const { client, hello, last } = scripted();
    client.start();
    hello();
    client.openView(totalsView);
    last().say({ t: 'view', view: 'v1', now: WALL, totals: { seq: 1, full: true, set: totalsOf([]) } });
    last().say({ t: 'view', view: 'v1', now: WALL, totals: { seq: 3, set: { live: 1 } } });
    last().say({ t: 'view', view: 'v1', now: WALL, totals: { seq: 4, set: { live: 2 } } });
    expect(last().sent.filter((up) => up.t === 'again')).toEqual([{ t: 'again', view: 'v1' }]);
  });

  test('[DA5] a new epoch drops city counts at once; the same epoch keeps them', () => {
    const { client, clock, hello, last } = scripted();
    client.start();
    hello('e1');
    const { store } = client.openView({ scope: {}, filter: '', streams: ['cities'] });
    last().say({ t: 'view', view: 'v1', now: WALL, cities: { seq: 1, full: true, set: [[4, 2]] } });
    last().events.closed(1006, '');
    clock.advance(1_000);
    hello('e1');
    expect(store.cities.get(4)).toEqual([4, 2]);
    last().events.closed(1006, '');
    clock.advance(2_000);
    hello('e2');
    expect(store.cities.size).toBe(0);
  });

  test('[DA5] places of an old epoch are dropped, also those that arrive late', async () => {
    const asked: string[] = [];
    const answers: ((list: { index: number }[]) => void)[] = [];
    const places = new PlaceStore((epoch, from) => {
      asked.push(`${epoch} ${from}`);
      return new Promise((resolve) =>
        answers.push((list) =>
          resolve(
            list.map(({ index }) => ({ index, id: `c${index}`, city: 'X', region: '', country: 'AT', lat: 0, lon: 0, approximate: false })),
          ),
        ),
      );
    });
    places.reset('e1');
    places.need(2);
    places.reset('e2');
    answers[0]!([{ index: 0 }, { index: 1 }, { index: 2 }]);
    await settled();
    expect(places.size).toBe(0);
    places.need(1);
    answers[1]!([{ index: 0 }, { index: 1 }]);
    await settled();
    expect(places.get(1)?.id).toBe('c1');
    places.need(1);
    expect(asked).toEqual(['e1 0', 'e2 0']);
  });

  test('[DA6] signed_out ends it: no further attempt', () => {
    const { client, clock, sockets, happened, hello, last } = scripted();
    client.start();
    hello();
    last().events.closed(CLOSE.signedOut.code, '{"code":"signed_out"}');
    clock.advance(600_000);
    expect(sockets).toHaveLength(1);
    expect(happened).toEqual(['signed out']);
    expect(client.connection.state).toBe('signed_out');
  });

  test('[DA6] role_changed reads again and reconnects', () => {
    const { client, clock, sockets, happened, hello, last } = scripted();
    client.start();
    hello();
    last().events.closed(CLOSE.roleChanged.code, '{"code":"role_changed","minMs":0,"maxMs":500}');
    clock.advance(500);
    expect(happened).toEqual(['role changed']);
    expect(sockets).toHaveLength(2);
  });

  test('[DA6] a socket that never opens asks over HTTP whether the session is over', async () => {
    const { client, clock, sockets, happened, last } = scripted({ probe: () => Promise.resolve('signed_out') });
    client.start();
    last().events.closed(1006, '');
    await settled();
    clock.advance(600_000);
    expect(happened).toEqual(['signed out']);
    expect(sockets).toHaveLength(1);
  });

  test('[DA6] what changed on the REST side is passed on', () => {
    const { client, happened, hello, last } = scripted();
    client.start();
    hello();
    last().say({ t: 'changed', what: 'install' });
    expect(happened).toEqual(['changed install']);
  });

  test('[DA7] the clock follows the fastest frame, not the slow ones', () => {
    let local = 0;
    const time = new ServerTime(() => local);
    time.sample(WALL - 20);
    for (let i = 1; i <= 50; i += 1) {
      local = i * 100;
      time.sample(WALL + local - (i % 10 === 0 ? 20 : 180));
    }
    expect(Math.abs(time.now() - (WALL + local - 20))).toBeLessThan(80);
  });

  test('[DA7] a clock that was set is followed at once, both ways', () => {
    const time = new ServerTime(() => 0);
    time.sample(WALL);
    time.sample(WALL - 60_000);
    expect(time.now()).toBe(WALL - 60_000);
    time.sample(WALL + 60_000);
    expect(time.now()).toBe(WALL + 60_000);
  });

  test('[DA7] while the connection is lost the clock stands still', () => {
    const { client, clock, hello, last } = scripted();
    client.start();
    hello();
    clock.advance(5_000);
    const at = client.time.now();
    expect(at).toBe(WALL + 6_000);
    last().events.closed(1006, '');
    clock.advance(400);
    expect(client.time.now()).toBe(at);
    clock.advance(600);
    hello();
    expect(client.time.now()).toBe(WALL + clock.now());
  });

  test('[DA8] a silent socket is asked once, and given up when no answer comes within 40 s', () => {
    const { client, clock, sockets, hello, last } = scripted();
    client.start();
    hello();
    clock.advance(25_000);
    expect(last().sent).toEqual([{ t: 'again', view: 'heartbeat' }]);
    last().say({ t: 'refused', view: 'heartbeat', code: 'unknown_view', message: '' });
    clock.advance(25_000);
    expect(last().sent).toHaveLength(2);
    clock.advance(10_000);
    expect(sockets[0]!.closed).toBe(true);
    expect(client.connection.state).toBe('lost');
  });

  test('[DA8] a page that comes back to the foreground asks at once', () => {
    const { client, hello, last } = scripted();
    client.start();
    hello();
    client.check();
    expect(last().sent).toEqual([{ t: 'again', view: 'heartbeat' }]);
  });

  test('[DA8] without a network the answer has 2 s', () => {
    const { client, clock, hello, last } = scripted();
    client.start();
    hello();
    client.check(false);
    expect(last().sent).toEqual([{ t: 'again', view: 'heartbeat' }]);
    clock.advance(1_999);
    expect(client.connection.state).toBe('open');
    clock.advance(1);
    expect(client.connection.state).toBe('lost');
  });

  test('[DA8] a socket that is accepted and never greeted is given up', () => {
    const { client, clock, sockets } = scripted();
    client.start();
    clock.advance(25_000);
    expect(sockets[0]!.closed).toBe(true);
    expect(client.connection.state).toBe('lost');
  });

  test('[DA4] a selected visitor is followed again after a loss', () => {
    const { client, clock, hello, last } = scripted();
    client.start();
    hello();
    const followed = client.follow('v_1');
    expect(followed.get()).toBeUndefined();
    last().say({ t: 'detail', view: 'f1', now: WALL, detail: null });
    expect(followed.get()).toBeNull();
    last().events.closed(1006, '');
    clock.advance(1_000);
    hello();
    expect(last().sent).toEqual([{ t: 'follow', view: 'f1', id: 'v_1' }]);
  });
});
