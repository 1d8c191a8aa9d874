import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CHAT_LIMITS, CLOSE, TIMES } from '@foyer/protocol';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../ports/clock.ts';
import type { Peer, Socket } from '../ports/socket.ts';
import { closeReason } from './close-reason.ts';

/** A peer with more than this unread is slow: what is for it is held back and merged until it has read. */
const HIGH_WATER_BYTES = 64 * 1024;
const PING_SLOTS = TIMES.pingEveryMs / 1_000;
const CHECK_AFTER_SLOTS = TIMES.pongWithinMs / 1_000;
/** What `ws` takes before it closes by itself: one step over the largest legal frame, so that memory stays bounded by the sockets. */
const MAX_PAYLOAD_BYTES = CHAT_LIMITS.maxFrameBytes + 1;

/** A WebSocket with its session on itself: a closure per listener and socket would cost more memory than the session. */
class PeerWebSocket extends WebSocket {
  peer: Peer | null = null;
  sockets: Sockets | null = null;
  slot = 0;
  isAwaitingPong = false;
  isQueued = false;

  /** `ws` closes by itself with 1009 on an oversized frame; ours says when to come back. */
  override close(code?: number, reason?: string | Buffer): void {
    if (code === 1009 && this.sockets) super.close(CLOSE.tooBig.code, closeReason('tooBig', this.sockets.retry));
    else super.close(code, reason);
  }
}

class WsSocket implements Socket {
  readonly #ws: PeerWebSocket;

  constructor(ws: PeerWebSocket) {
    this.#ws = ws;
  }

  send(text: string): 'sent' | 'queued' | 'closed' {
    const ws = this.#ws;
    if (ws.readyState !== WebSocket.OPEN) return 'closed';
    if (ws.isQueued || ws.bufferedAmount > HIGH_WATER_BYTES) {
      ws.isQueued = true;
      ws.send(text, () => {
        if (!ws.isQueued || ws.bufferedAmount > HIGH_WATER_BYTES / 2) return;
        ws.isQueued = false;
        ws.peer?.drained();
      });
      return 'queued';
    }
    ws.send(text);
    return 'sent';
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason);
  }
}

/**
 * Sockets — the WebSockets of this process, of visitors and consoles alike.
 *
 * Purpose     hand whole text frames to a Peer, and find out when one is silently dead: pinged every 20 s (spread over the seconds), gone 10 s
 *             later without an answer.
 * Bound       frames ≤ 32 kB; the owner decides how many sockets.
 */
export class Sockets {
  readonly retry: { readonly minMs: number; readonly maxMs: number };
  readonly #server: WebSocketServer;
  readonly #slots: Set<PeerWebSocket>[] = Array.from({ length: PING_SLOTS }, () => new Set());
  readonly #stop: () => void;
  #turn = 0;
  #lastSlot = 0;

  constructor(options: { clock: Clock; retry: { minMs: number; maxMs: number } }) {
    this.retry = options.retry;
    this.#server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: MAX_PAYLOAD_BYTES,
      clientTracking: false,
      WebSocket: PeerWebSocket,
    });
    this.#stop = options.clock.setInterval(() => this.beat(), 1_000);
  }

  get size(): number {
    let size = 0;
    for (const slot of this.#slots) size += slot.size;
    return size;
  }

  /** Completes the handshake; `begin` makes the session that hears what comes. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, begin: (socket: Socket) => Peer): void {
    this.#server.handleUpgrade(request, socket, head, (raw) => {
      const ws = raw as PeerWebSocket;
      ws.sockets = this;
      ws.slot = this.#lastSlot = (this.#lastSlot + 1) % PING_SLOTS;
      this.#slots[ws.slot]!.add(ws);
      ws.on('message', onMessage);
      ws.on('close', onClose);
      ws.on('pong', onPong);
      ws.on('error', onError);
      ws.peer = begin(new WsSocket(ws));
    });
  }

  /** Completes the handshake only to say why not: a browser can read a close code, but no HTTP status. */
  refuse(request: IncomingMessage, socket: Duplex, head: Buffer, kind: Parameters<typeof closeReason>[0]): void {
    this.#server.handleUpgrade(request, socket, head, (raw) => {
      raw.on('error', onError);
      raw.close(CLOSE[kind].code, closeReason(kind, this.retry));
    });
  }

  /** One second's share of pings and checks. Cost: a tenth of the sockets. */
  beat(): void {
    this.#turn = (this.#turn + 1) % PING_SLOTS;
    for (const ws of this.#slots[this.#turn]!) {
      ws.isAwaitingPong = true;
      ws.ping();
    }
    for (const ws of this.#slots[(this.#turn + PING_SLOTS - CHECK_AFTER_SLOTS) % PING_SLOTS]!) if (ws.isAwaitingPong) ws.terminate();
  }

  forget(ws: PeerWebSocket): void {
    this.#slots[ws.slot]!.delete(ws);
  }

  close(): void {
    this.#stop();
    for (const slot of this.#slots) for (const ws of slot) ws.terminate();
    this.#server.close();
  }
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const ws = this as PeerWebSocket;
  ws.isAwaitingPong = false;
  // Binary frames are none of the protocol's; as text they fail to parse and close with `bad_frame`.
  ws.peer?.text(isBinary ? '' : (data as Buffer).toString());
}

function onPong(this: WebSocket): void {
  (this as PeerWebSocket).isAwaitingPong = false;
}

function onClose(this: WebSocket): void {
  const ws = this as PeerWebSocket;
  ws.sockets?.forget(ws);
  const { peer } = ws;
  ws.peer = null;
  peer?.closed();
}

/** Always followed by `close`; a broken peer is no news. */
function onError(): void {}
