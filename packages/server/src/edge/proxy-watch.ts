import { isPrivateAddress } from '@foyer/domain/privacy';

const WINDOW = 64;
const ON_AT = Math.ceil(WINDOW * 0.95);
const OFF_BELOW = Math.floor(WINDOW * 0.8);

/**
 * Notices that a proxy stands in front and is not trusted: then every visitor seems to come from the proxy, has no place, and shares one
 * rate limit and one block. On when 95 % of the last 64 connections came from one private address with forwarding headers that were
 * not believed; off below 80 %. Somebody trying it on localhost has no such headers. O(1) a connection, 64 short strings in all.
 */
export class ProxyWatch {
  /** The address of a suspect connection, '' for any other. */
  readonly #recent: string[] = [];
  readonly #counts = new Map<string, number>();
  #next = 0;
  #suspect = '';

  /** Call for every new connection and long-poll session. */
  note(connection: { readonly remoteAddress: string; readonly isForwarded: boolean; readonly isTrusted: boolean }): void {
    const suspect = connection.isForwarded && !connection.isTrusted && isPrivateAddress(connection.remoteAddress);
    const address = suspect ? connection.remoteAddress : '';
    this.#add(this.#recent[this.#next] ?? '', -1);
    this.#add(address, 1);
    this.#recent[this.#next] = address;
    this.#next = (this.#next + 1) % WINDOW;
    if ((this.#counts.get(address) ?? 0) >= ON_AT) this.#suspect = address;
    else if ((this.#counts.get(this.#suspect) ?? 0) < OFF_BELOW) this.#suspect = '';
  }

  get notTrusted(): boolean {
    return this.#suspect !== '';
  }

  #add(address: string, by: number): void {
    if (address === '') return;
    const count = (this.#counts.get(address) ?? 0) + by;
    if (count <= 0) this.#counts.delete(address);
    else this.#counts.set(address, count);
  }
}
