import { VISITOR_PROTOCOL, type Welcome } from '@foyer/protocol';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { Directory } from '../../team/directory.ts';

/** The `welcome` of each site, encoded once until its settings change. */
export class Greetings {
  readonly #directory: Pick<Directory, 'settings'>;
  readonly #retry: { minMs: number; maxMs: number };
  readonly #bySite = new Map<string, string>();
  readonly #silenceBySite = new Map<string, string>();

  constructor(directory: Pick<Directory, 'settings'>, retry: { minMs: number; maxMs: number }) {
    this.#directory = directory;
    this.#retry = retry;
  }

  forget(): void {
    this.#bySite.clear();
    this.#silenceBySite.clear();
  }

  welcome(site: SiteRecord): string {
    return encodedOnce(this.#bySite, site.id, () => this.#of(site));
  }

  /** The same with `tracking: false`: a tab that hears it and then `welcome` says `hello` again. */
  silence(site: SiteRecord): string {
    return encodedOnce(this.#silenceBySite, site.id, () => ({ ...this.#of(site), tracking: false }));
  }

  #of(site: SiteRecord): Welcome {
    const settings = this.#directory.settings(site.workspace);
    return {
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
  }
}

function encodedOnce(texts: Map<string, string>, site: string, welcome: () => Welcome): string {
  let text = texts.get(site);
  if (text === undefined) {
    text = JSON.stringify(welcome());
    texts.set(site, text);
  }
  return text;
}
