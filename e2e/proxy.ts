import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * A reverse proxy in front of a Foyer that trusts it, as an operator would put one there: all that comes through it comes from one address,
 * so that a real tab on this machine has a place on the map.
 */
export class Proxy {
  readonly #server: Server;
  /** What comes back on upgraded connections, and to whom. */
  readonly #answers = new Map<Duplex, Duplex>();
  #isHolding = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** What is said goes on, what is answered on sockets does not come: it is lost when the server goes. */
  holdAnswers(): void {
    this.#isHolding = true;
    for (const [behind, socket] of this.#answers) behind.unpipe(socket);
  }

  /** For connections that come from now on; those that were held are cut. */
  passAnswers(): void {
    this.#isHolding = false;
    this.#cut();
  }

  #cut(): void {
    for (const [behind, socket] of this.#answers) {
      behind.destroy();
      socket.destroy();
    }
  }

  /** `to`: the origin behind it. `from`: the address that it says its visitors have. */
  static async start(options: { readonly to: string; readonly from: string }): Promise<Proxy> {
    const { hostname, port } = new URL(options.to);
    const passed = ({ method, url, headers }: IncomingMessage) =>
      ask({ hostname, port, method, path: url, headers: { ...headers, 'x-forwarded-for': options.from } });
    const server = createServer((request, response) => {
      const onward = passed(request);
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    });
    const proxy = new Proxy(server);
    server.on('upgrade', (request: IncomingMessage, socket, head) => {
      const onward = passed(request);
      const end = (): void => void socket.destroy();
      onward.on('upgrade', (answer, behind, already) => {
        const headers = answer.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1]}`] : []));
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n`);
        // The server speaks first: its words may have come with the answer.
        socket.write(already);
        behind.write(head);
        if (!proxy.#isHolding) behind.pipe(socket);
        socket.pipe(behind);
        proxy.#answers.set(behind, socket);
        behind.on('error', end).on('close', () => {
          proxy.#answers.delete(behind);
          end();
        });
        socket.on('error', () => behind.destroy()).on('close', () => behind.destroy());
      });
      onward.on('response', end).on('error', end);
      onward.end();
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return proxy;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
