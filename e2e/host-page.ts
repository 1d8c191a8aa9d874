import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody's website, on a port of its own, with the snippet on each of its pages. */
export class HostSite {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** `snippet`: read at each request, as whoever runs the site may paste it later. */
  static async start(snippet: () => string): Promise<HostSite> {
    const server = createServer((request, response) => {
      const name = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname.slice(1)) || 'Home';
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title>${name}</title></head><body><h1>${name}</h1>${snippet()}</body></html>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new HostSite(server);
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
