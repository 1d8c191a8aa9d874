import { connect, type Socket } from 'node:net';
import { clientFrame, FrameReader, OPCODE, textFrame } from './frames.ts';

export interface LeanSocketOptions {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** One of 127.0.0.x, so that more than 28,000 sockets find a port and no address holds them all. */
  readonly localAddress?: string;
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  /** Once, after open or instead of it. 1006: it ended without a close frame; `reason` then says what happened. */
  readonly onClose: (code: number, reason: string) => void;
  /** An answer to `ping`, with its payload. */
  readonly onPong?: (payload: Buffer) => void;
}

export interface LeanSocket {
  /** false: not open (any more), nothing was sent. */
  send(text: string): boolean;
  ping(payload: Buffer): boolean;
  /** Bytes not yet taken by the kernel. */
  readonly bufferedBytes: number;
  readonly bytesReceived: number;
  /** Says goodbye in order. */
  close(): void;
  /** As a cut cable: no close frame. */
  cut(): void;
}

const NONE = Buffer.alloc(0);
/** Every client sends the same key: it guards against caching proxies, and the answer is not checked here. */
const KEY = 'Zm95ZXItc3dhcm0tY2xpZQ==';

/** A WebSocket client of about 2 kB: enough to load a server, not enough for the open internet. */
export function openLeanSocket(options: LeanSocketOptions): LeanSocket {
  const { host, port, localAddress } = options;
  const socket: Socket = connect({ host, port, noDelay: true, ...(localAddress !== undefined && { localAddress }) });
  const reader = new FrameReader();
  let state: 'connecting' | 'open' | 'closed' = 'connecting';
  let greeting: Buffer | undefined;
  let closing: { code: number; reason: string } | undefined;

  const finish = (code: number, reason: string): void => {
    if (state === 'closed') return;
    state = 'closed';
    socket.destroy();
    options.onClose(code, reason);
  };
  const onFrame = (opcode: number, payload: Buffer): void => {
    if (state === 'closed') return;
    if (opcode === OPCODE.text) options.onText(payload.toString('utf8'));
    else if (opcode === OPCODE.ping) socket.write(clientFrame(OPCODE.pong, payload));
    else if (opcode === OPCODE.pong) options.onPong?.(payload);
    else if (opcode === OPCODE.close) {
      closing = payload.length >= 2 ? { code: payload.readUInt16BE(0), reason: payload.toString('utf8', 2) } : { code: 1005, reason: '' };
      socket.end(clientFrame(OPCODE.close, payload.subarray(0, 2)));
    }
  };
  const onGreeting = (chunk: Buffer): void => {
    greeting = greeting === undefined ? chunk : Buffer.concat([greeting, chunk]);
    const end = greeting.indexOf('\r\n\r\n');
    if (end === -1) return;
    const status = greeting.toString('latin1', 0, greeting.indexOf('\r\n'));
    if (!status.startsWith('HTTP/1.1 101')) return finish(1006, status);
    const rest = greeting.subarray(end + 4);
    greeting = undefined;
    state = 'open';
    options.onOpen();
    if (rest.length > 0) reader.push(rest, onFrame);
  };

  socket.on('connect', () => {
    const head = [
      `GET ${options.path} HTTP/1.1`,
      `Host: ${host}:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${KEY}`,
      'Sec-WebSocket-Version: 13',
    ];
    for (const [name, value] of Object.entries(options.headers)) head.push(`${name}: ${value}`);
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
  });
  socket.on('data', (chunk: Buffer) => {
    if (state === 'connecting') onGreeting(chunk);
    else if (state === 'open') reader.push(chunk, onFrame);
  });
  socket.on('error', (error: NodeJS.ErrnoException) => finish(closing?.code ?? 1006, closing?.reason ?? error.code ?? error.message));
  socket.on('close', () => finish(closing?.code ?? 1006, closing?.reason ?? 'ended'));

  const write = (frame: Buffer): boolean => {
    if (state !== 'open' || closing !== undefined) return false;
    socket.write(frame);
    return true;
  };
  return {
    send: (text) => write(textFrame(text)),
    ping: (payload) => write(clientFrame(OPCODE.ping, payload)),
    get bufferedBytes() {
      return socket.writableLength;
    },
    get bytesReceived() {
      return socket.bytesRead;
    },
    close() {
      if (state === 'open') write(clientFrame(OPCODE.close, Buffer.from([0x03, 0xe8])));
      else finish(1006, 'given up');
      if (state === 'open') socket.end(NONE);
    },
    cut() {
      finish(1006, 'cut');
    },
  };
}
