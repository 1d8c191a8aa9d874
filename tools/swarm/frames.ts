/**
 * RFC 6455 framing for a client that opens tens of thousands of sockets: no extensions, no fragments sent, one mask per process.
 * `ws` as a client costs three times the CPU and memory, which on a two-core machine is taken from the server that is measured.
 */
import { randomBytes } from 'node:crypto';

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Not zero: `ws` skips unmasking a zero mask, and the server would look cheaper than it is. One is enough; masks protect old proxies. */
const MASK = Buffer.from(randomBytes(4).map((byte) => byte | 1));

/** One masked frame. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const headBytes = length < 126 ? 6 : length < 65_536 ? 8 : 14;
  const frame = Buffer.allocUnsafe(headBytes + length);
  frame[0] = 0x80 | opcode;
  if (headBytes === 6) frame[1] = 0x80 | length;
  else if (headBytes === 8) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  MASK.copy(frame, headBytes - 4);
  const [m0 = 0, m1 = 0, m2 = 0, m3 = 0] = MASK;
  let at = headBytes;
  let from = 0;
  for (; from + 4 <= length; from += 4, at += 4) {
    frame[at] = (payload[from] as number) ^ m0;
    frame[at + 1] = (payload[from + 1] as number) ^ m1;
    frame[at + 2] = (payload[from + 2] as number) ^ m2;
    frame[at + 3] = (payload[from + 3] as number) ^ m3;
  }
  for (; from < length; from++, at++) frame[at] = (payload[from] as number) ^ (MASK[from & 3] as number);
  return frame;
}

export const textFrame = (text: string): Buffer => clientFrame(OPCODE.text, Buffer.from(text));

/** A whole message, or a control frame. */
export type OnMessage = (opcode: number, payload: Buffer) => void;

/**
 * Puts a server's bytes back together, however they were cut.
 *
 * Shape  `push` calls `onMessage` once per message and control frame, in order. Payloads are views into the pushed bytes where possible:
 *        copy what is kept. A masked frame is a protocol error and throws.
 * Cost   bytes pushed; what is incomplete is kept and joined once per push.
 */
export class FrameReader {
  #rest: Buffer | undefined;
  #parts: Buffer[] | undefined;
  #partsOpcode = 0;

  push(chunk: Buffer, onMessage: OnMessage): void {
    let bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = undefined;
    for (;;) {
      const head = readHead(bytes);
      if (head === undefined || bytes.length < head.headBytes + head.length) break;
      const payload = bytes.subarray(head.headBytes, head.headBytes + head.length);
      bytes = bytes.subarray(head.headBytes + head.length);
      this.#take(head, payload, onMessage);
    }
    // A copy: the view would keep a 64 kB read buffer alive for a few bytes, for each of 19,000 sockets.
    if (bytes.length > 0) this.#rest = Buffer.from(bytes);
  }

  #take(head: Head, payload: Buffer, onMessage: OnMessage): void {
    if (head.opcode >= 8 || (head.final && head.opcode !== OPCODE.continuation)) return onMessage(head.opcode, payload);
    if (head.opcode !== OPCODE.continuation) {
      this.#parts = [];
      this.#partsOpcode = head.opcode;
    }
    this.#parts?.push(Buffer.from(payload));
    if (!head.final || this.#parts === undefined) return;
    const whole = Buffer.concat(this.#parts);
    this.#parts = undefined;
    onMessage(this.#partsOpcode, whole);
  }
}

interface Head {
  readonly final: boolean;
  readonly opcode: number;
  readonly headBytes: number;
  readonly length: number;
}

function readHead(bytes: Buffer): Head | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes[0] as number;
  const second = bytes[1] as number;
  if (second & 0x80) throw new Error('a server must not mask its frames');
  const base = { final: (first & 0x80) !== 0, opcode: first & 0x0f };
  const short = second & 0x7f;
  if (short < 126) return { ...base, headBytes: 2, length: short };
  if (short === 126) return bytes.length < 4 ? undefined : { ...base, headBytes: 4, length: bytes.readUInt16BE(2) };
  return bytes.length < 10 ? undefined : { ...base, headBytes: 10, length: Number(bytes.readBigUInt64BE(2)) };
}
