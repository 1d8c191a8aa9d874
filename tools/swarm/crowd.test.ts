import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { VisitorDown, VisitorUp } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { Crowd } from './crowd.ts';
import { markersIn } from './marker.ts';

/** Speaks just enough of the visitor protocol to let tabs in, and keeps what they say. */
let server: WebSocketServer;
let frames: VisitorUp[];
let crowd: Crowd;
let refuses: boolean;
beforeEach(async () => {
  frames = [];
  refuses = false;
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (peer: WebSocket) => {
    const say = (frame: VisitorDown) => peer.send(JSON.stringify(frame));
    if (refuses) return peer.close(4429, JSON.stringify({ code: 'rate_limited', minMs: 1, maxMs: 2 }));
    say({
      t: 'welcome',
      v: 1,
      tracking: true,
      consent: 'none',
      storage: 'cookie',
      signals: 'limit',
      params: [],
      keep: '^utm_.*',
      hash: false,
      retry: { minMs: 5, maxMs: 40 },
    });
    peer.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as VisitorUp;
      frames.push(frame);
      const visit = frame.t === 'hello' ? (frame.secret ?? `secret-${frame.tab}`) : '';
      if (frame.t === 'hello') say({ t: 'you', secret: visit, visitor: `v-${visit}`, visit: `visit-${visit}`, resume: 'resume-token' });
      if (frame.t === 'page') say({ t: 'stored', n: frame.n });
    });
  });
  await once(server, 'listening');
  const target = {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    embedPath: '/foyer.js',
    siteKey: 'demo',
    pageOrigin: 'http://shop.test',
    answers: true,
  };
  crowd = new Crowd({ target, seed: 1, firstAddress: 2 });
});
afterEach(() => {
  crowd.end();
  for (const client of server.clients) client.terminate();
  server.close();
});

const count = (kind: VisitorUp['t']) => frames.filter((frame) => frame.t === kind).length;
const untilMs = async (ms: number): Promise<void> => {
  const endMs = performance.now() + ms;
  await expect.poll(() => performance.now(), { timeout: ms + 5_000, interval: 10 }).toBeGreaterThan(endMs);
};
const standStill = (ms: number) => {
  for (const untilIt = performance.now() + ms; performance.now() < untilIt;);
};

describe('a crowd', () => {
  test('[SI22] lets everybody in, and says who kept one out', async () => {
    await crowd.connect({ count: 50, atOnce: 8 });
    expect(crowd.stats()).toMatchObject({ tabs: 50, in: 50, arrived: 50, closes: {} });
    refuses = true;
    await expect(crowd.connect({ count: 1, atOnce: 1 })).rejects.toThrow(/rate_limited/);
  });

  test('[SI22] keeps the rate by the clock, and catches up after a stall instead of leaving out', async () => {
    await crowd.connect({ count: 40, atOnce: 8 });
    const before = frames.length;
    const beganMs = performance.now();
    crowd.rate({ eventsPerS: 400, markedPerS: 40, arrivalsPerS: 0 });
    await untilMs(300);
    standStill(250);
    await untilMs(300);
    crowd.stop();
    const seconds = (performance.now() - beganMs) / 1000;
    await expect.poll(() => frames.length - before).toBe(crowd.stats().sent);
    expect(crowd.stats().sent).toBeGreaterThan(400 * seconds * 0.93);
    expect(crowd.stats().sent).toBeLessThanOrEqual(400 * seconds);
    expect(crowd.stats().behindMsMax).toBeGreaterThan(200);
  });

  test('[SI23] marks the newest tabs and arrivals with the time just before they are sent', async () => {
    await crowd.connect({ count: 60, atOnce: 8 });
    crowd.rate({ eventsPerS: 100, markedPerS: 100, arrivalsPerS: 20 });
    await expect.poll(() => crowd.stats().marked).toBeGreaterThan(50);
    crowd.stop();
    const marks = frames.flatMap((frame) =>
      'pages' in frame ? markersIn(frame.pages[0]?.title ?? '') : 'title' in frame ? markersIn(frame.title ?? '') : [],
    );
    expect(new Set(marks.map((mark) => mark.key)).size).toBe(marks.length);
    expect(marks.length).toBeGreaterThan(40);
    expect(crowd.stats().arrived).toBeGreaterThan(60);
  });

  test('[SI22] a closed loop reads every frame it sent, and stays below the limit of each tab', async () => {
    await crowd.connect({ count: 30, atOnce: 8 });
    const { frames: sent, tookMs } = await crowd.saturate({ seconds: 0.5, inFlight: 500 });
    expect(frames.length - 30).toBe(sent);
    expect(sent).toBeLessThanOrEqual(30 * (60 + 20 * (tookMs / 1000)));
    expect(sent).toBeGreaterThan(30 * 40);
  });

  test('[SI22] browsing ends when the server has said that every page view is stored', async () => {
    await crowd.connect({ count: 10, atOnce: 8 });
    await crowd.browse({ pagesPerTab: 5, seconds: 0.1, untilStored: true });
    expect(count('page')).toBe(50);
    expect(crowd.stats().unstored).toBe(0);
  });

  test('[SI21] everybody is back after the server went away without a word, as the same visit', async () => {
    await crowd.connect({ count: 20, atOnce: 8 });
    const visits = crowd.visits();
    for (const client of server.clients) client.terminate();
    await expect.poll(() => Object.values(crowd.stats().closes)).toEqual([20]);
    expect(await crowd.allIn({ withinMs: 5_000 })).toEqual({ in: 20, tabs: 20 });
    expect(crowd.visits()).toEqual(visits);
    expect(crowd.stats()).toMatchObject({ back: 20, changed: 0 });
    expect(crowd.stats().backMsMax).toBeLessThan(2_000);
  });
});
