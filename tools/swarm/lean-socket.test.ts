import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientFrame, FrameReader, OPCODE } from './frames.ts';
import { type LeanSocket, openLeanSocket } from './lean-socket.ts';

let server: WebSocketServer;
let port: number;
beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

interface Heard {
  readonly socket: LeanSocket;
  readonly texts: string[];
  readonly closed: Promise<{ code: number; reason: string }>;
  text(index: number): Promise<string>;
  readonly pongs: string[];
}
async function connect(): Promise<{ heard: Heard; peer: WebSocket }> {
  const arrived = once(server, 'connection') as Promise<[WebSocket]>;
  const texts: string[] = [];
  const pongs: string[] = [];
  const wakers: (() => void)[] = [];
  let close: (how: { code: number; reason: string }) => void = () => {};
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    close = resolve;
  });
  const socket = await new Promise<LeanSocket>((resolve) => {
    const opened = openLeanSocket({
      host: '127.0.0.1',
      port,
      path: '/x',
      localAddress: '127.0.0.7',
      headers: { 'X-Test': 'yes' },
      onOpen: () => setImmediate(() => resolve(opened)),
      onText: (text) => {
        texts.push(text);
        for (const wake of wakers.splice(0)) wake();
      },
      onPong: (payload) => {
        pongs.push(payload.toString());
        for (const wake of wakers.splice(0)) wake();
      },
      onClose: (code, reason) => close({ code, reason }),
    });
  });
  const [peer] = await arrived;
  const text = async (index: number): Promise<string> => {
    while (texts.length <= index) await new Promise<void>((resolve) => wakers.push(resolve));
    return texts[index] as string;
  };
  return { peer, heard: { socket, texts, pongs, closed, text } };
}

describe('the lean WebSocket client', () => {
  test.each([0, 1, 125, 126, 65_535, 65_536, 200_003])(
    '[SI20] `ws` reads a frame of %i bytes, and what it sends back is whole',
    async (length) => {
      const { heard, peer } = await connect();
      const sent = randomBytes(length).toString('hex').slice(0, length);
      const message = once(peer, 'message') as Promise<[Buffer]>;
      expect(heard.socket.send(sent)).toBe(true);
      expect((await message)[0].toString()).toBe(sent);
      peer.send(sent);
      expect(await heard.text(0)).toBe(sent);
    },
  );

  test('[SI20] frames come back whole wherever their bytes are cut, fragments and controls in between included', () => {
    const serverFrame = (opcode: number, payload: Buffer, final = true) => {
      const head =
        payload.length < 126 ? Buffer.from([0, payload.length]) : Buffer.from([0, 126, payload.length >> 8, payload.length & 255]);
      head[0] = (final ? 0x80 : 0) | opcode;
      return Buffer.concat([head, payload]);
    };
    const bytes = Buffer.concat([
      serverFrame(OPCODE.text, Buffer.from('one')),
      serverFrame(OPCODE.text, Buffer.from('two-'), false),
      serverFrame(OPCODE.ping, Buffer.from('p')),
      serverFrame(OPCODE.continuation, Buffer.from('x'.repeat(300)), false),
      serverFrame(OPCODE.continuation, Buffer.from('!')),
      serverFrame(OPCODE.text, Buffer.from('end')),
    ]);
    for (let step = 1; step <= bytes.length; step++) {
      const reader = new FrameReader();
      const got: string[] = [];
      for (let at = 0; at < bytes.length; at += step)
        reader.push(bytes.subarray(at, at + step), (opcode, payload) => got.push(`${opcode}:${payload.toString()}`));
      expect(got).toEqual(['1:one', '9:p', `1:two-${'x'.repeat(300)}!`, '1:end']);
    }
  });

  test('[SI20] a masked frame from the server is an error', () => {
    expect(() => new FrameReader().push(clientFrame(OPCODE.text, Buffer.from('hi')), () => {})).toThrow(/mask/);
  });

  test('[SI20] pings are answered both ways', async () => {
    const { heard, peer } = await connect();
    const pong = once(peer, 'pong') as Promise<[Buffer]>;
    peer.ping('are you there');
    expect((await pong)[0].toString()).toBe('are you there');
    heard.socket.ping(Buffer.from('and you'));
    await expect.poll(() => heard.pongs).toEqual(['and you']);
  });

  test('[SI20] a close gives its code and reason; a cut one 1006', async () => {
    const first = await connect();
    first.peer.close(4429, '{"code":"rate_limited"}');
    expect(await first.heard.closed).toEqual({ code: 4429, reason: '{"code":"rate_limited"}' });
    expect(first.heard.socket.send('late')).toBe(false);
    const second = await connect();
    second.peer.terminate();
    expect((await second.heard.closed).code).toBe(1006);
  });

  test('[SI20] closing says goodbye in order, cutting does not', async () => {
    const first = await connect();
    const closed = once(first.peer, 'close') as Promise<[number]>;
    first.heard.socket.close();
    expect((await closed)[0]).toBe(1000);
    const second = await connect();
    const cut = once(second.peer, 'close') as Promise<[number]>;
    second.heard.socket.cut();
    expect((await cut)[0]).toBe(1006);
  });

  test('[SI20] it connects from the address it was given and sends its headers', async () => {
    const arrived = once(server, 'connection');
    const opened = openLeanSocket({
      host: '127.0.0.1',
      port,
      path: '/y',
      localAddress: '127.0.0.9',
      headers: { 'X-Test': 'yes' },
      onOpen() {},
      onText() {},
      onClose() {},
    });
    const [, request] = (await arrived) as [WebSocket, import('node:http').IncomingMessage];
    expect(request.socket.remoteAddress).toMatch(/127\.0\.0\.9$/);
    expect(request.headers['x-test']).toBe('yes');
    opened.cut();
  });

  test('[SI20] a refused connection is a close with what happened', async () => {
    const how = await new Promise<string>((resolve) => {
      openLeanSocket({
        host: '127.0.0.1',
        port: 1,
        path: '/',
        headers: {},
        onOpen() {},
        onText() {},
        onClose: (code, reason) => resolve(`${code} ${reason}`),
      });
    });
    expect(how).toBe('1006 ECONNREFUSED');
  });
});
