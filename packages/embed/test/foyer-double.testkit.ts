import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { keptParams } from '@foyer/domain/link';
import { VisitorChatUp, type VisitorChatDown, type VisitorDown, VisitorPost, VisitorUp, type Welcome } from '@foyer/protocol';
import * as v from 'valibot';
import { type WebSocket, WebSocketServer } from 'ws';
import { ChatDouble } from './chat-double.testkit.ts';

type Via = 'socket' | 'poll' | 'beacon';
export interface Heard {
  readonly frame: VisitorUp;
  readonly via: Via;
  /** Number of the connection it came on, from 1. */
  readonly connection: number;
}
interface Waiter {
  readonly isMet: () => boolean;
  readonly met: () => void;
}
interface Peer {
  readonly via: Via;
  readonly connection: number;
  send(frame: VisitorDown | VisitorChatDown): void;
  close(code: number, reason: string): void;
  saidHello: boolean;
}

const dist = new URL('../dist/', import.meta.url);
const WELCOME: Welcome = {
  t: 'welcome',
  v: 1,
  tracking: true,
  consent: 'none',
  storage: 'cookie',
  signals: 'limit',
  params: [],
  keep: keptParams(['q']),
  hash: false,
  retry: { minMs: 0, maxMs: 60 },
};

/**
 * Foyer and the host's pages on one port, by name of the host: speaks the visitor's protocol, checks every frame against its
 * schema, and remembers everything that reached it.
 */
export class FoyerDouble {
  static readonly HOST = 'foyer.test';
  welcome: Welcome = WELCOME;
  /** What a handshake of a WebSocket, or a post to /poll, is answered with instead of service; 0: served. */
  refuseSockets = 0;
  refusePolls = 0;
  /** Answer pages with `stored`. */
  stores = true;
  /** Answer hello with `you`. */
  answers = true;
  /** Say welcome when a connection opens. */
  greets = true;
  embedPath = '/foyer.js';
  heard: Heard[] = [];
  /** What tabs said about chat, oldest first. */
  chatHeard: VisitorChatUp[] = [];
  /** Is there whenever `welcome.chat` is set. */
  chat = new ChatDouble();
  /** Method and URL of whatever was asked of Foyer, handshakes included. */
  requests: string[] = [];
  /** Frames that the real server would not have taken. */
  faults: string[] = [];
  closed: number[] = [];
  port = 0;
  /** Paths that were asked of the host. */
  hostRequests: string[] = [];
  readonly #held = new Map<string, Promise<void>>();
  /** By host and path, query left out; read by the page kit. */
  readonly pages = new Map<string, { html: string; headers: Record<string, string> }>();
  #http: Server | undefined;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #peers = new Set<Peer>();
  readonly #polls = new Map<string, { peer: Peer; frames: (VisitorDown | VisitorChatDown)[]; answer: () => void }>();
  #waiters: Waiter[] = [];
  #connections = 0;
  #secrets = 0;

  /** A new port and nothing known: last words of pages of an earlier test reach nobody. */
  async start(): Promise<void> {
    await this.stop();
    this.#forget();
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#http.on('upgrade', (request, socket, head) => {
      this.#note(request);
      if (this.refuseSockets) return void socket.end(`HTTP/1.1 ${this.refuseSockets} No\r\nConnection: close\r\n\r\n`);
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#greet(ws));
    });
    await once(this.#http.listen(0, '127.0.0.1'), 'listening');
    this.port = (this.#http.address() as AddressInfo).port;
  }
  async stop(): Promise<void> {
    const http = this.#http;
    if (!http) return;
    this.#http = undefined;
    const closed = once(http, 'close');
    http.close();
    http.closeAllConnections();
    for (const ws of this.#sockets.clients) ws.terminate();
    await closed;
  }
  #forget(): void {
    this.#peers.clear();
    this.#polls.clear();
    this.pages.clear();
    this.#secrets = this.#connections = 0;
    this.hostRequests = [];
    this.#held.clear();
    Object.assign(this, {
      welcome: WELCOME,
      refuseSockets: 0,
      refusePolls: 0,
      stores: true,
      answers: true,
      greets: true,
      embedPath: '/foyer.js',
    });
    this.heard = [];
    this.chatHeard = [];
    this.chat = new ChatDouble();
    this.requests = [];
    this.faults = [];
    this.closed = [];
  }
  origin(host = FoyerDouble.HOST): string {
    return `http://${host}:${this.port}`;
  }
  get script(): string {
    return this.origin() + this.embedPath;
  }

  /** Frames of one kind, oldest first. */
  all<T extends VisitorUp['t']>(t: T): Extract<VisitorUp, { t: T }>[] {
    return this.heard.map(({ frame }) => frame).filter((frame): frame is Extract<VisitorUp, { t: T }> => frame.t === t);
  }
  /** The next frame of this kind that has not been taken yet by its index; waits for it. */
  async nth<T extends VisitorUp['t']>(t: T, index: number): Promise<Extract<VisitorUp, { t: T }>> {
    await this.until(
      () => this.all(t).length > index,
      () => `${t} #${index}`,
    );
    return this.all(t)[index]!;
  }
  /** Chat frames of one kind, oldest first. */
  allChat<T extends VisitorChatUp['t']>(t: T): Extract<VisitorChatUp, { t: T }>[] {
    return this.chatHeard.filter((frame): frame is Extract<VisitorChatUp, { t: T }> => frame.t === t);
  }
  async nthChat<T extends VisitorChatUp['t']>(t: T, index: number): Promise<Extract<VisitorChatUp, { t: T }>> {
    await this.until(
      () => this.allChat(t).length > index,
      () => `${t} #${index} of ${JSON.stringify(this.chatHeard)}`,
    );
    return this.allChat(t)[index]!;
  }
  /** Resolves when the condition holds; checked whenever something arrives. */
  until(isMet: () => boolean, what: () => string = () => isMet.toString()): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        isMet,
        met: () => {
          clearTimeout(limit);
          resolve();
        },
      };
      const limit = setTimeout(
        () => reject(new Error(`never: ${what()}\nheard ${JSON.stringify(this.heard)}\nasked ${this.requests.join(' ')}`)),
        10_000,
      );
      this.#waiters.push(waiter);
      this.#check();
    });
  }
  push(frame: VisitorDown): void {
    for (const peer of this.#peers) peer.send(frame);
  }
  /** A new welcome for who is there and who comes. */
  settings(change: Partial<Welcome>): void {
    this.welcome = { ...this.welcome, ...change };
    for (const peer of this.#peers) {
      // The visit ends with tracking; hello is expected again when it is on.
      if (!this.welcome.tracking) peer.saidHello = false;
      peer.send(this.welcome);
    }
  }
  pushRaw(text: string): void {
    for (const ws of this.#sockets.clients) ws.send(text);
  }
  closeAll(code: number, reason: string): void {
    for (const peer of this.#peers) peer.close(code, reason);
  }
  /** As a server that dies: no close frame. */
  cutAll(): void {
    for (const ws of this.#sockets.clients) ws.terminate();
  }
  get open(): number {
    return this.#peers.size;
  }

  /** Requests for this path of the host are answered when the function is called. */
  hold(path: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(path, promise);
    return resolve;
  }

  #check(): void {
    this.#waiters = this.#waiters.filter((waiter) => {
      if (!waiter.isMet()) return true;
      waiter.met();
      return false;
    });
  }
  #note(request: IncomingMessage): void {
    this.requests.push(`${request.method} ${request.url}`);
    this.#check();
  }

  #greet(ws: WebSocket): void {
    const peer: Peer = {
      via: 'socket',
      connection: ++this.#connections,
      send: (frame) => ws.send(JSON.stringify(frame)),
      close: (code, reason) => ws.close(code, reason),
      saidHello: false,
    };
    this.#peers.add(peer);
    ws.on('message', (data: Buffer) => this.#hearText(data.toString(), peer));
    ws.on('close', (code) => {
      // One of an earlier test.
      this.chat.leave(peer.send);
      if (!this.#peers.delete(peer)) return;
      this.closed.push(code);
      this.#check();
    });
    if (this.greets) peer.send(this.welcome);
    this.#check();
  }

  #hearText(text: string, peer: Peer): void {
    const said = JSON.parse(text) as { t: string };
    if (said.t.startsWith('chat.')) return this.#hearChat(said, peer);
    const frame = v.safeParse(VisitorUp, said);
    if (frame.success) this.#hear(frame.output, peer);
    else this.faults.push(`${text}: ${v.flatten(frame.issues).nested ? JSON.stringify(v.flatten(frame.issues).nested) : 'not a frame'}`);
    this.#check();
  }
  #hearChat(said: unknown, peer: Peer): void {
    const frame = v.safeParse(VisitorChatUp, said);
    if (frame.success) {
      this.chatHeard.push(frame.output);
      this.chat.hear(frame.output, peer.send);
    } else this.faults.push(`${JSON.stringify(said)}: ${JSON.stringify(v.flatten(frame.issues))}`);
    this.#check();
  }
  #hear(frame: VisitorUp, peer: Peer): void {
    this.heard.push({ frame, via: peer.via, connection: peer.connection });
    if ((frame.t === 'hello') === peer.saidHello) this.faults.push(`${frame.t} out of order`);
    if (frame.t === 'hello') {
      peer.saidHello = true;
      const isNew = !frame.secret && !frame.signal && this.welcome.storage === 'cookie';
      const secret = frame.secret ?? `secret-${++this.#secrets}`;
      if (this.answers)
        peer.send({
          t: 'you',
          ...(isNew ? { secret } : {}),
          visitor: `of-${secret}`,
          visit: 'visit-1',
          resume: frame.resume ?? `resume-${secret}`,
        });
      if (this.stores) peer.send({ t: 'stored', n: frame.pages.at(-1)!.n });
    }
    if (isFence(frame)) peer.send(this.welcome);
    if (frame.t === 'page' && this.stores) peer.send({ t: 'stored', n: frame.n });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url!, 'http://x');
    const host = request.headers.host!.replace(/:.*/, '');
    if (host !== FoyerDouble.HOST) {
      this.hostRequests.push(pathname);
      this.#check();
      await this.#held.get(pathname);
      const page = this.pages.get(host + pathname);
      if (!page) return void response.writeHead(404).end();
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
    }
    this.#note(request);
    const bytes = await bytesOf(request);
    const body = bytes.toString();
    const cors = { 'access-control-allow-origin': '*' };
    if (request.method === 'OPTIONS' && pathname === `${this.embedPath}/files`)
      return void response.writeHead(204, { ...cors, 'access-control-allow-headers': 'content-type' }).end();
    if (request.method === 'OPTIONS') return void response.writeHead(405).end();
    if (pathname === `${this.embedPath}/look`)
      return void response.writeHead(200, { 'content-type': 'application/json', ...cors }).end(JSON.stringify(this.chat.look));
    if (/\/files(\/|$)/.test(pathname)) {
      await this.#held.get('files');
      const answer = this.chat.file(request.method!, new URL(request.url!, 'http://x'), bytes);
      this.#check();
      return void response.writeHead(answer.status, { 'content-type': answer.type, ...cors }).end(answer.body);
    }
    if (pathname === this.embedPath)
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(await readFile(new URL('foyer.js', dist)));
    if (pathname.startsWith(`${this.embedPath}/`) && pathname.endsWith('.js'))
      return void response
        .writeHead(200, { 'content-type': 'text/javascript', ...cors })
        .end(await readFile(new URL(pathname.slice(this.embedPath.length + 1), dist)));
    if (pathname === `${this.embedPath}/beacon`) {
      const peer: Peer = { via: 'beacon', connection: ++this.#connections, send: () => {}, close: () => {}, saidHello: false };
      for (const frame of this.#post(body)) this.#hear(frame as VisitorUp, peer);
      this.#check();
      return void response.writeHead(204, cors).end();
    }
    if (pathname === `${this.embedPath}/poll`) {
      if (this.refusePolls) return void response.writeHead(this.refusePolls, cors).end();
      const answer = await this.#poll(body);
      return void response.writeHead(200, { 'content-type': 'application/json', ...cors }).end(JSON.stringify(answer));
    }
    response.writeHead(404, cors).end();
  }

  #post(body: string): (VisitorUp | VisitorChatUp)[] {
    const post = v.safeParse(VisitorPost, JSON.parse(body));
    if (!post.success) this.faults.push(`${body}: ${JSON.stringify(v.flatten(post.issues))}`);
    return post.success ? (post.output.frames as VisitorUp[]) : [];
  }

  /** First answer at once with welcome; later ones are held until there is something to say; a second request frees the first. */
  async #poll(body: string): Promise<{ sid: string; frames: (VisitorDown | VisitorChatDown)[] }> {
    const frames = this.#post(body);
    let { sid } = JSON.parse(body) as { sid?: string };
    if (!sid) {
      sid = `session-${++this.#connections}`;
      const waiting: (VisitorDown | VisitorChatDown)[] = [];
      const session = { frames: waiting, answer: () => {}, peer: undefined as unknown as Peer };
      session.peer = {
        via: 'poll',
        connection: this.#connections,
        saidHello: false,
        send: (frame) => {
          waiting.push(frame);
          session.answer();
        },
        close: (code, reason) => {
          waiting.push({ t: 'closed', code, reason });
          this.#peers.delete(session.peer);
          session.answer();
        },
      };
      this.#polls.set(sid, session);
      this.#peers.add(session.peer);
      session.peer.send(this.welcome);
    }
    const session = this.#polls.get(sid)!;
    for (const frame of frames) {
      if (frame.t.startsWith('chat.')) this.#hearChat(frame, session.peer);
      else this.#hear(frame as VisitorUp, session.peer);
    }
    this.#check();
    session.answer();
    if (!session.frames.length)
      await new Promise<void>((resolve) => {
        session.answer = () => {
          session.answer = () => {};
          resolve();
        };
      });
    return { sid, frames: session.frames.splice(0) };
  }
}

/** A frame of the tests themselves (host-page.testkit.ts). */
export const isFence = (frame: VisitorUp, mark?: number): boolean =>
  frame.t === 'context' && frame.data?.['fence'] !== undefined && (mark === undefined || frame.data['fence'] === mark);

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
