import { WebSocket } from 'ws';
import type { Random } from '../fuzz/random.ts';

/** How long an end that was cut waits before it is back, in ms; drawn anew each time. */
const BACK_AFTER_MS = { least: 10, most: 120 };

/** One end of the wire: a socket that is always opened again, and on which everything that is said is said three times. */
export abstract class End {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #random: Random;
  #socket: WebSocket | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  connections = 0;

  constructor(options: { url: string; headers: Readonly<Record<string, string>>; random: Random }) {
    this.#url = options.url;
    this.#headers = options.headers;
    this.#random = options.random;
  }

  protected abstract hear(frame: { readonly t: string }): void;
  protected abstract lost(): void;

  open(): void {
    this.connections++;
    const socket = new WebSocket(this.#url, { headers: this.#headers, perMessageDeflate: false });
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      if (this.#socket === socket) this.hear(JSON.parse(data.toString()) as { t: string });
    });
    // A cut in the middle of a frame or of the handshake: `close` follows.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.lost();
      if (!this.#isOver) this.#timer = setTimeout(() => this.open(), this.between(BACK_AFTER_MS));
    });
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  protected send(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  protected between({ least, most }: { readonly least: number; readonly most: number }): number {
    return least + this.#random.int(most - least);
  }
}
