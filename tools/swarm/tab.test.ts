import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createPerson, createRandom } from '@foyer/domain/simulate';
import { type Hello, VisitorUp, type VisitorDown } from '@foyer/protocol';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Jar, Tab, type TabEvents } from './tab.ts';

let server: WebSocketServer;
let port: number;
const tabs: Tab[] = [];
beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.vanish();
  for (const client of server.clients) client.terminate();
  server.close();
});

const RETRY = { minMs: 5, maxMs: 60 };
const say = (peer: WebSocket, frame: VisitorDown) => peer.send(JSON.stringify(frame));
const welcome = (peer: WebSocket) =>
  say(peer, {
    t: 'welcome',
    v: 1,
    tracking: true,
    consent: 'none',
    storage: 'cookie',
    signals: 'limit',
    params: [],
    keep: '^utm_.*',
    hash: false,
    retry: RETRY,
  });

/** The server's side of one connection: frames as they come, checked by the protocol's own schema. */
async function accept(): Promise<{ peer: WebSocket; next(): Promise<VisitorUp> }> {
  const [peer] = (await once(server, 'connection')) as [WebSocket];
  const got: VisitorUp[] = [];
  const waiting: ((frame: VisitorUp) => void)[] = [];
  peer.on('message', (data: Buffer) => {
    const frame = v.parse(VisitorUp, JSON.parse(data.toString()));
    const wake = waiting.shift();
    if (wake) wake(frame);
    else got.push(frame);
  });
  const next = () => {
    const frame = got.shift();
    return frame ? Promise.resolve(frame) : new Promise<VisitorUp>((resolve) => waiting.push(resolve));
  };
  return { peer, next };
}

function aTab(jar: Jar = {}, events: TabEvents = {}): Tab {
  const tab = new Tab({
    target: { host: '127.0.0.1', port, embedPath: '/foyer.js', siteKey: 'demo', pageOrigin: 'http://shop.test', answers: true },
    person: createPerson(1, createRandom(1)),
    jar,
    localAddress: '127.0.0.3',
    page: { url: 'http://shop.test/', title: 'Home', ref: '' },
    events,
    monoMs: () => performance.now(),
  });
  tabs.push(tab);
  tab.open();
  return tab;
}

async function anOpenTab(jar: Jar = {}, events: TabEvents = {}) {
  const connection = accept();
  const tab = aTab(jar, events);
  const { peer, next } = await connection;
  welcome(peer);
  const hello = (await next()) as Hello;
  say(peer, { t: 'you', secret: 'secret-1', visitor: 'vr1', visit: 'vt1', resume: 'resume-1' });
  await expect.poll(() => tab.isIn).toBe(true);
  return { tab, peer, next, hello };
}

describe("a simulated visitor's tab", () => {
  test('[SI21] says hello after welcome, as the protocol asks, and keeps what it is given', async () => {
    const jar: Jar = {};
    const { hello } = await anOpenTab(jar);
    expect(hello).toMatchObject({ t: 'hello', pages: [{ n: 1, url: 'http://shop.test/', title: 'Home', ref: '' }] });
    expect(hello.secret).toBeUndefined();
    expect(jar).toEqual({ secret: 'secret-1', resume: 'resume-1', visitor: 'vr1', visit: 'vt1' });
  });

  test('[SI21] says nothing while tracking is off, and hello when it is turned on', async () => {
    const connection = accept();
    const tab = aTab();
    const { peer, next } = await connection;
    say(peer, {
      t: 'welcome',
      v: 1,
      tracking: false,
      consent: 'none',
      storage: 'cookie',
      signals: 'limit',
      params: [],
      keep: '^utm_.*',
      hash: false,
      retry: RETRY,
    });
    const first = next();
    expect(tab.act()).toBe(false);
    welcome(peer);
    expect((await first).t).toBe('hello');
  });

  test('[SI21] a cut tab is back within the window, with secret, resume token and the pages not yet stored', async () => {
    const lost: { code: number; waitMs: number }[] = [];
    const again: boolean[] = [];
    const { tab, peer, next } = await anOpenTab(
      {},
      { onLost: (_tab, code, _reason, waitMs) => lost.push({ code, waitMs }), onIn: (_tab, isAgain) => again.push(isAgain) },
    );
    tab.navigate({ url: 'http://shop.test/2', title: 'Two' });
    await next();
    say(peer, { t: 'stored', n: 1 });
    await expect.poll(() => tab.unstoredPages).toBe(1);
    const connection = accept();
    peer.terminate();
    await expect.poll(() => lost.length).toBe(1);
    tab.navigate({ url: 'http://shop.test/3', title: 'Three' });
    const back = await connection;
    welcome(back.peer);
    const hello = (await back.next()) as Hello;
    expect(lost[0]?.waitMs).toBeGreaterThanOrEqual(RETRY.minMs);
    expect(lost[0]?.waitMs).toBeLessThanOrEqual(RETRY.maxMs);
    expect(hello).toMatchObject({ secret: 'secret-1', resume: 'resume-1' });
    expect(hello.pages.map((page) => page.n)).toEqual([2, 3]);
    expect(hello.pages.every((page) => page.agoMs !== undefined)).toBe(true);
    say(back.peer, { t: 'you', visitor: 'vr1', visit: 'vt1', resume: 'resume-2' });
    await expect.poll(() => again).toEqual([false, true]);
    expect(tab.jar).toMatchObject({ secret: 'secret-1', resume: 'resume-2' });
  });

  test('[SI21] one that is told never to come back does not', async () => {
    const lost: number[] = [];
    const { peer } = await anOpenTab({}, { onLost: (_tab, _code, _reason, waitMs) => lost.push(waitMs) });
    peer.close(4451, JSON.stringify({ code: 'blocked' }));
    await expect.poll(() => lost).toEqual([Number.POSITIVE_INFINITY]);
  });

  test('[SI21] a document that ends says bye and closes in order', async () => {
    const { tab, peer, next } = await anOpenTab();
    const closed = once(peer, 'close') as Promise<[number]>;
    tab.end();
    expect((await next()).t).toBe('bye');
    expect((await closed)[0]).toBe(1000);
  });
});
