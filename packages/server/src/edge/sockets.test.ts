import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket as TcpSocket } from 'node:net';
import { CLOSE } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { FakeClock } from '../adapters/fake-clock.ts';
import type { Peer, Socket } from '../ports/socket.ts';
import { Sockets } from './sockets.ts';
import { refuseUpgrade } from './upgrades.ts';

/** The session's end of one real WebSocket. */
class HeardPeer implements Peer {
  readonly socket: Socket;
  readonly heard: string[] = [];
  drains = 0;
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
  }
  text(frame: string): void {
    this.heard.push(frame);
  }
  drained(): void {
    this.drains++;
  }
  closed(): void {
    this.isClosed = true;
  }
}

let clock: FakeClock;
let sockets: Sockets;
let server: Server;
let peers: HeardPeer[];
const clients: (WebSocket | TcpSocket)[] = [];
beforeEach(async () => {
  clock = new FakeClock();
  sockets = new Sockets({ clock, retry: { minMs: 500, maxMs: 5_000 } });
  peers = [];
  server = createServer();
  server.on('upgrade', (request, socket, head) => {
    if (request.url === '/404') return refuseUpgrade(socket, '404 Not Found');
    if (request.url === '/refuse') return sockets.refuse(request, socket, head, 'originRefused');
    sockets.accept(request, socket, head, (one) => {
      const peer = new HeardPeer(one);
      peers.push(peer);
      return peer;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  for (const client of clients.splice(0)) {
    if (client instanceof WebSocket) client.terminate();
    else client.destroy();
  }
  sockets.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const port = (): number => (server.address() as AddressInfo).port;
async function aClient(path = '/', options: { autoPong?: boolean } = {}): Promise<WebSocket> {
  const client = new WebSocket(`ws://127.0.0.1:${port()}${path}`, options);
  clients.push(client);
  await once(client, 'open');
  return client;
}
const until = <T>(look: () => T): Promise<T> => vi.waitFor(() => look(), { timeout: 10_000, interval: 5 });
async function closeOf(client: WebSocket): Promise<[number, string]> {
  const [code, reason] = (await once(client, 'close')) as [number, Buffer];
  return [code, reason.toString()];
}

describe('frames', () => {
  it('[WS5] texts arrive whole and in order; a binary frame is none of the protocol’s', async () => {
    const client = await aClient();
    for (const text of ['{"t":"act"}', 'ü'.repeat(5_000), '']) client.send(text);
    client.send(Buffer.from('{"t":"act"}'));
    await until(() => expect(peers[0]!.heard).toHaveLength(4));
    expect(peers[0]!.heard).toEqual(['{"t":"act"}', 'ü'.repeat(5_000), '', '']);
  });

  it('[WS5] a frame over 32 kB closes with 4413 and advice before it is read', async () => {
    const client = await aClient();
    client.send('x'.repeat(32_769));
    await until(() => expect(peers[0]!.heard).toHaveLength(1));
    client.send('x'.repeat(32_770));
    const [code, reason] = await closeOf(client);
    expect([code, JSON.parse(reason)]).toEqual([4413, { code: 'too_big', minMs: 30_000, maxMs: 120_000 }]);
    await until(() => expect([peers[0]!.isClosed, peers[0]!.heard.length, sockets.size]).toEqual([true, 1, 0]));
  });

  it('[WS24] a refusal completes the handshake, so that its reason can be read', async () => {
    const client = new WebSocket(`ws://127.0.0.1:${port()}/refuse`);
    clients.push(client);
    const [code, reason] = await closeOf(client);
    expect([code, JSON.parse(reason)]).toEqual([CLOSE.originRefused.code, { code: 'origin_refused', minMs: 30_000, maxMs: 120_000 }]);
    expect([sockets.size, peers]).toEqual([0, []]);
  });

  it('[WS24] an upgrade that is for no socket is answered by HTTP', async () => {
    const client = new WebSocket(`ws://127.0.0.1:${port()}/404`);
    clients.push(client);
    client.on('error', () => {});
    const [, response] = (await once(client, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(404);
  });

  it('[WS14] a session closes its socket with code and reason; afterwards there is nobody to send to', async () => {
    const client = await aClient();
    peers[0]!.socket.close(4451, '{"code":"blocked"}');
    expect(await closeOf(client)).toEqual([4451, '{"code":"blocked"}']);
    await until(() => expect(peers[0]!.isClosed).toBe(true));
    expect(peers[0]!.socket.send('x')).toBe('closed');
  });
});

describe('slow and silent peers', () => {
  it('[WS22] a peer that does not read is `queued` beyond 64 kB, and `drained` once when it has read', async () => {
    const client = await aClient();
    client.pause();
    const { socket } = peers[0]!;
    const answers: string[] = [];
    const text = 'x'.repeat(16_000);
    // The kernel takes some megabytes before anything waits here.
    for (let i = 0; i < 4_000 && answers.at(-1) !== 'queued'; i++) {
      answers.push(socket.send(text));
      if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(answers.at(-1)).toBe('queued');
    expect(socket.send(text)).toBe('queued');
    expect(peers[0]!.drains).toBe(0);
    let received = 0;
    client.on('message', () => received++);
    client.resume();
    await until(() => expect(received).toBe(answers.length + 1));
    await until(() => expect(peers[0]!.drains).toBe(1));
    expect(socket.send(text)).toBe('sent');
  });

  it('[WS23] a silent peer is gone within 35 s; one that answers pings or talks is not', async () => {
    const [mute, alive, chatty] = [await aClient('/', { autoPong: false }), await aClient(), await aClient('/', { autoPong: false })];
    await until(() => expect(peers).toHaveLength(3));
    let [pongs, said] = [0, 0];
    alive.on('ping', () => pongs++);
    for (let second = 1; second <= 35; second++) {
      clock.advance(1_000);
      if (chatty.readyState === WebSocket.OPEN) {
        chatty.send('{"t":"act"}');
        said++;
      }
      await until(() => expect(peers[2]!.heard).toHaveLength(said));
      // Both ways, so that the pong of this second's ping has come before the next second.
      const heard = peers[1]!.heard.length;
      alive.send('x');
      await until(() => expect(peers[1]!.heard.length).toBeGreaterThan(heard));
    }
    await until(() => expect(peers[0]!.isClosed).toBe(true));
    expect(mute.readyState).not.toBe(WebSocket.CONNECTING);
    expect([peers[1]!.isClosed, peers[2]!.isClosed, sockets.size]).toEqual([false, false, 2]);
    expect(pongs).toBeGreaterThanOrEqual(1);
  });

  it('[WS23] pings are spread over twenty seconds', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => aClient()));
    await until(() => expect(sockets.size).toBe(40));
    const pinged = all.map((client) => {
      const state = { count: 0 };
      client.on('ping', () => state.count++);
      return state;
    });
    const total = () => pinged.reduce((n, { count }) => n + count, 0);
    for (let second = 1; second <= 20; second++) {
      clock.advance(1_000);
      await until(() => expect(total()).toBe(2 * second));
    }
    expect(pinged.every(({ count }) => count === 1)).toBe(true);
  });

  it('[WS23] a connection that breaks is closed for its session at once', async () => {
    const raw = connect(port(), '127.0.0.1');
    clients.push(raw);
    raw.write(
      'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    await until(() => expect(peers).toHaveLength(1));
    raw.resetAndDestroy();
    await until(() => expect([peers[0]!.isClosed, sockets.size]).toEqual([true, 0]));
  });
});
