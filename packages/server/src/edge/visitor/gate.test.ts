import { describe, expect, it } from 'vitest';
import { closeReason } from '../close-reason.ts';
import { aKnock, aNode, OTHER_SITE, RETRY, SITE, WORKSPACE } from '../edge.testkit.ts';
import { CLOSE, type CloseKind } from '@foyer/protocol';
import { aBlock } from '../../team/team.testkit.ts';
import { admit } from './gate.ts';

describe('who is let in', () => {
  it('[WS1] an own page of a site is, with what the handshake knows of it', async () => {
    const { gate } = await aNode();
    const { siteKey: _, version: __, origin: ___, ...known } = aKnock();
    expect(admit(aKnock(), gate)).toEqual({ site: SITE, ...known });
    expect(admit(aKnock({ origin: 'http://localhost:3000' }), gate)).toMatchObject({ site: SITE });
    expect(admit(aKnock({ origin: null }), gate)).toMatchObject({ site: SITE });
    expect(admit(aKnock({ siteKey: OTHER_SITE.key, origin: 'https://www.blog.test' }), gate)).toMatchObject({ site: OTHER_SITE });
  });

  it('[PG8] our own page is, without being listed', async () => {
    const { gate } = await aNode();
    expect(admit(aKnock({ origin: 'https://foyer.test', isOwnPage: true }), gate)).toMatchObject({ site: SITE, isOwnPage: true });
    expect(admit(aKnock({ origin: 'https://foyer.test' }), gate)).toBe('originRefused');
  });

  it.each([
    ['no version', { version: Number.NaN }, 'version'],
    ['a version from the future', { version: 2 }, 'version'],
    ['a version from before the first', { version: 0 }, 'version'],
    ['a key of no site', { siteKey: 'nobody' }, 'unknownSite'],
    ['no key', { siteKey: '' }, 'unknownSite'],
    ['another page', { origin: 'https://elsewhere.test' }, 'originRefused'],
    ['a sandboxed page', { origin: 'null' }, 'originRefused'],
  ] as const)('[WS1] %s is not', async (_, over, kind) => {
    const { gate } = await aNode();
    expect(admit(aKnock(over), gate)).toBe(kind);
  });

  it('[WS1] what costs least is looked at first', async () => {
    const node = await aNode();
    await node.directory.addBlock(aBlock({ workspace: WORKSPACE, addressHash: 'hash-0' }));
    node.gateState.mayConnect = false;
    node.gateState.isFull = true;
    const bad = { version: 9, siteKey: 'nobody', origin: 'https://elsewhere.test' };
    const next: [Partial<typeof bad>, () => void][] = [
      [{ version: 1 }, () => {}],
      [{ siteKey: 'key-1' }, () => (node.gateState.mayConnect = true)],
      [{ origin: 'https://shop.test' }, () => {}],
    ];
    const order = [admit(aKnock(bad), node.gate)];
    for (const [right, mend] of next) {
      Object.assign(bad, right);
      order.push(admit(aKnock(bad), node.gate));
      mend();
      if (right.siteKey !== undefined) order.push(admit(aKnock(bad), node.gate));
    }
    await node.directory.removeBlock(WORKSPACE, 'b');
    order.push(admit(aKnock(bad), node.gate));
    expect(order).toEqual(['version', 'unknownSite', 'rateLimited', 'originRefused', 'blocked', 'full']);
  });

  it('[WS2] a refused origin is told to Install, of that site', async () => {
    const node = await aNode();
    admit(aKnock({ origin: 'https://elsewhere.test' }), node.gate);
    admit(aKnock({ origin: 'https://elsewhere.test' }), node.gate);
    expect(node.directory.refusedOrigins(SITE.id)).toMatchObject([{ origin: 'https://elsewhere.test', count: 2 }]);
    expect(node.directory.refusedOrigins(OTHER_SITE.id)).toEqual([]);
    expect(await node.listed()).toEqual([]);
  });

  it('[WS3] each reason says the name of its code and when to come back, and fits into a close frame', () => {
    for (const kind of Object.keys(CLOSE) as CloseKind[]) {
      const text = closeReason(kind, { minMs: 86_399_999, maxMs: 86_400_000 });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(123);
      const advice = JSON.parse(text) as { code: string; minMs?: number; maxMs?: number };
      expect(advice.code).toBe(CLOSE[kind].name);
      if (CLOSE[kind].retry === 'never') expect(advice).toEqual({ code: CLOSE[kind].name });
      else expect(advice.maxMs).toBeGreaterThan(advice.minMs!);
    }
    expect(JSON.parse(closeReason('restart', RETRY))).toEqual({ code: 'restart', ...RETRY });
    expect(JSON.parse(closeReason('fault', RETRY))).toEqual({ code: 'fault', minMs: 500, maxMs: 3_000 });
    expect(JSON.parse(closeReason('badFrame', RETRY))).toEqual({ code: 'bad_frame', minMs: 30_000, maxMs: 120_000 });
  });
});
