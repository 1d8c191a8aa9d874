import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ConsoleUp } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { markersIn, markTitle, nowMicros, percentile } from './marker.ts';
import { Watchers } from './watchers.ts';

let server: WebSocketServer;
let peers: WebSocket[];
let opened: ConsoleUp[];
let watchers: Watchers;
beforeEach(async () => {
  peers = [];
  opened = [];
  watchers = new Watchers();
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (peer: WebSocket) => {
    peers.push(peer);
    peer.send(JSON.stringify({ t: 'hello' }));
    peer.on('message', (data: Buffer) => {
      opened.push(JSON.parse(data.toString()) as ConsoleUp);
      peer.send(JSON.stringify({ t: 'view', view: 'list', now: 0, totals: { seq: 0, full: true, set: { live: 3, listed: 4 } } }));
    });
  });
  await once(server, 'listening');
});
afterEach(() => {
  watchers.end();
  for (const client of server.clients) client.terminate();
  server.close();
});

const open = (count: number) =>
  watchers.open({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, cookie: 'a=b', count, rows: 50 });
const tell = (title: string) => {
  for (const peer of peers) peer.send(JSON.stringify({ t: 'view', view: 'list', rows: { set: { x: { title } } } }));
};

describe('consoles that measure', () => {
  test('[SI23] lag runs from the marker to the frame, each marker once a console, old ones not at all', async () => {
    const old = markTitle('old', 1);
    await open(10);
    const frames = () => watchers.stats().frames;
    expect(watchers.stats()).toMatchObject({ consoles: 10, measured: 7, samples: 0, live: 3, listed: 4 });
    const title = markTitle('Tents', 2);
    const sent = nowMicros();
    await expect.poll(nowMicros, { interval: 5 }).toBeGreaterThan(sent + 40_000);
    for (const each of [title, title, old]) tell(each);
    await expect.poll(frames).toBe(30);
    const stats = watchers.stats();
    expect(stats.samples).toBe(7);
    expect(stats.lagP50Ms).toBeGreaterThanOrEqual(40);
    expect(stats.lagP50Ms).toBeLessThan(2_000);
    expect(stats.bytes).toBeGreaterThan(1_000);
    watchers.reset();
    expect(watchers.stats()).toMatchObject({ samples: 0, frames: 0, bytes: 0 });
  });

  test('[SI23] most consoles show the newest arrivals, the others are sorted by activity or filtered', async () => {
    await open(20);
    const views = opened.flatMap((frame) => (frame.t === 'open' ? [`${frame.window?.sort} ${frame.filter}`.trim()] : []));
    expect(views.filter((view) => view === 'arrived')).toHaveLength(14);
    expect(views.filter((view) => view === 'activity')).toHaveLength(4);
  });

  test('[SI23] a console that is not let in says why', async () => {
    server.removeAllListeners('connection');
    server.on('connection', (peer: WebSocket) => peer.close(4401, JSON.stringify({ code: 'signed_out' })));
    await expect(open(1)).rejects.toThrow(/signed_out/);
  });
});

describe('markers', () => {
  test('[SI23] are found wherever they stand in a frame', () => {
    const first = markTitle('One', 1);
    const second = markTitle('Two', 2);
    const found = markersIn(JSON.stringify({ a: first, b: [second, 'm~not a marker at all, too long for one~', 'm~'] }));
    expect(found.map((marker) => marker.key)).toEqual([first, second].map((title) => title.slice(2, title.indexOf('~', 2))));
    for (const { sentMicros } of found) expect(nowMicros() - sentMicros).toBeLessThan(1e6);
  });

  test('[SI23] percentiles are values that were measured', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([50, 99, 100]);
    expect(percentile([], 0.5)).toBeNaN();
  });
});
