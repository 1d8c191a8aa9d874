import { VISITOR_PROTOCOL, type Welcome } from '@foyer/protocol';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { Directory } from '../../team/directory.ts';

/** The `welcome` of each site, encoded once until its settings change. */
export class Greetings {
  readonly #directory: Pick<Directory, 'settings'>;
  readonly #retry: { minMs: number; maxMs: number };
  readonly #bySite = new Map<string, string>();

  constructor(directory: Pick<Directory, 'settings'>, retry: { minMs: number; maxMs: number }) {
    this.#directory = directory;
    this.#retry = retry;
  }

  forget(): void {
    this.#bySite.clear();
  }

  welcome(site: SiteRecord): string {
    let text = this.#bySite.get(site.id);
    if (text === undefined) {
      const settings = this.#directory.settings(site.workspace);
      const welcome: Welcome = {
        t: 'welcome',
        v: VISITOR_PROTOCOL,
        tracking: settings?.tracking === true,
        consent: 'none',
        storage: settings?.cookieless === true ? 'none' : 'cookie',
        signals: settings?.signals ?? 'off',
        params: site.params,
        hash: site.hashRouting,
        retry: this.#retry,
      };
      text = JSON.stringify(welcome);
      this.#bySite.set(site.id, text);
    }
    return text;
  }
}
