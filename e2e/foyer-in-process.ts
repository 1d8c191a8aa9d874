import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, type Foyer, loadConfig, startFoyer } from '@foyer/server';
import { createShop } from '../tools/shop/shop.ts';

/** A Foyer in the test's own process, for what only code within the server can do; with the shop of one site at /demo/. */
export class FoyerInProcess {
  readonly foyer: Foyer;
  readonly #data: string;
  #shop: ((request: Request) => Promise<Response | null>) | null = null;

  private constructor(foyer: Foyer, data: string) {
    this.foyer = foyer;
    this.#data = data;
  }

  static async start(): Promise<FoyerInProcess> {
    const data = mkdtempSync(join(tmpdir(), 'foyer-e2e-'));
    const loaded = loadConfig(['--port', '0'], { FOYER_DATA: data, FOYER_TRUST_PROXY: 'loopback', FOYER_LOG_LEVEL: 'error' });
    if (!loaded.ok || loaded.value.kind === 'help') throw new Error('the configuration is not understood');
    const { config } = loaded.value;
    const extra = (request: Request): Promise<Response | null> => started.#shop?.(request) ?? Promise.resolve(null);
    const foyer = await startFoyer({ config, log: createLog({ level: 'error' }), version: '0.0.0', extra });
    const started: FoyerInProcess = new FoyerInProcess(foyer, data);
    return started;
  }

  /** Its pages are those of the site with this key. */
  openShop(siteKey: string): void {
    this.#shop = createShop({ siteKey });
  }

  get origin(): string {
    return `http://localhost:${this.foyer.port}`;
  }

  get setupLink(): string {
    return `${this.origin}${this.foyer.setupPath ?? ''}`;
  }

  async dispose(): Promise<void> {
    await this.foyer.close();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
