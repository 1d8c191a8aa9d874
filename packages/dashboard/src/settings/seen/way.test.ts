import { describe, expect, test } from 'vitest';
import { adviceOf, wayOf } from './way.ts';

type Said = readonly [ip: string, trusted: boolean];
const address = (...chain: Said[]) => {
  const hops = chain.map(([ip, trusted]) => ({ ip, trusted }));
  return { ip: hops.findLast((hop) => !hop.trusted)?.ip ?? hops[0]?.ip ?? '', chain: hops, trustedProxies: ['loopback'] };
};
const kinds = (...chain: Said[]) => wayOf(address(...chain)).map((hop) => hop.kind);

describe('the way to Foyer', () => {
  test('[DA35] without a proxy there is only the browser', () => {
    expect(kinds(['203.0.113.7', false])).toEqual(['you', 'server']);
    expect(adviceOf(address(['203.0.113.7', false]))).toEqual({ kind: 'fine', proxies: 0 });
  });

  test('[DA35] behind trusted proxies the browser is the first hop', () => {
    const way: Said[] = [
      ['203.0.113.7', false],
      ['198.51.100.17', true],
      ['10.0.0.4', true],
    ];
    expect(kinds(...way)).toEqual(['you', 'trusted', 'trusted', 'server']);
    expect(adviceOf(address(...way))).toEqual({ kind: 'fine', proxies: 2 });
  });

  test('[DA35] a proxy that is not trusted is taken for the browser, and named as what to trust', () => {
    const way: Said[] = [
      ['203.0.113.7', false],
      ['10.0.0.4', false],
      ['10.0.0.9', true],
    ];
    expect(kinds(...way)).toEqual(['claimed', 'suspect', 'trusted', 'server']);
    expect(adviceOf(address(...way))).toEqual({ kind: 'proxyNotTrusted', ip: '10.0.0.4', setting: 'loopback,10.0.0.4' });
    const first = { ...address(['203.0.113.7', false], ['127.0.0.1', false]), trustedProxies: [] };
    expect(adviceOf(first)).toEqual({ kind: 'proxyNotTrusted', ip: '127.0.0.1', setting: 'loopback' });
    expect(adviceOf({ ...address(...way), trustedProxies: ['1'] })).toMatchObject({ setting: '2' });
  });

  test('[DA35] a public address that passed something on may be a proxy or a browser that lies, and is said to be either', () => {
    const way: Said[] = [
      ['192.0.2.1', false],
      ['203.0.113.7', false],
      ['127.0.0.1', true],
    ];
    expect(kinds(...way)).toEqual(['claimed', 'perhaps', 'trusted', 'server']);
    expect(adviceOf(address(...way))).toEqual({ kind: 'perhapsProxy', ip: '203.0.113.7', setting: 'loopback,203.0.113.7' });
  });

  test('[DA35] a private address says what it may be: the same machine, the same network, or a proxy that hides more', () => {
    expect(adviceOf(address(['127.0.0.1', false])).kind).toBe('sameMachine');
    expect(adviceOf(address(['::1', false])).kind).toBe('sameMachine');
    expect(adviceOf(address(['192.168.1.5', false])).kind).toBe('privateDirect');
    expect(adviceOf(address(['192.168.1.5', false], ['203.0.113.7', true])).kind).toBe('privateBehindProxy');
    expect(adviceOf({ ip: '', chain: [], trustedProxies: [] }).kind).toBe('noAddress');
  });
});
