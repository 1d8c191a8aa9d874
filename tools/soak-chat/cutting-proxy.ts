import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Random } from '../fuzz/random.ts';

/** Past the handshake, so that most connections get to say something; within a few chat frames. */
const FUSE_BYTES = { least: 200, most: 4_000 };

/** Cuts connections in the middle of whatever they carry: after some number of bytes in one direction, which may be half a frame. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #random: Random;
  readonly #to: number;
  readonly #open = new Set<Socket>();
  /** How often it will still cut. */
  cuts: number;
  readonly cutBy = { up: 0, down: 0 };

  private constructor(options: { to: number; random: Random; cuts: number }) {
    this.#to = options.to;
    this.#random = options.random;
    this.cuts = options.cuts;
    this.#server = createServer((socket) => this.#pass(socket));
  }

  /** `to`: a port of this machine. */
  static async start(options: { to: number; random: Random; cuts: number }): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(options);
    await new Promise<void>((resolve) => proxy.#server.listen(0, 'localhost', resolve));
    return proxy;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(near: Socket): void {
    const far = connect(this.#to, 'localhost');
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    const fuse = {
      way: this.#random.next() < 0.5 ? ('up' as const) : ('down' as const),
      bytes: FUSE_BYTES.least + Math.floor(this.#random.next() * (FUSE_BYTES.most - FUSE_BYTES.least)),
    };
    const carry = (way: 'up' | 'down', from: Socket, to: Socket): void => {
      from.on('data', (chunk: Buffer) => {
        if (way !== fuse.way || this.cuts === 0) return void to.write(chunk);
        if (chunk.length < fuse.bytes) {
          fuse.bytes -= chunk.length;
          return void to.write(chunk);
        }
        this.cuts--;
        this.cutBy[way]++;
        // What has passed so far arrives; the rest never does.
        to.end(chunk.subarray(0, fuse.bytes));
        from.destroy();
      });
    };
    carry('up', near, far);
    carry('down', far, near);
    for (const socket of [near, far]) {
      this.#open.add(socket);
      socket.on('error', end).on('close', () => {
        this.#open.delete(socket);
        end();
      });
    }
  }
}
