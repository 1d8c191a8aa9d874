import type { Row } from '@foyer/protocol';
import { Listeners } from '../../live/listeners.ts';

/** Whom something is done about, as a row knows them. */
export type Whom = Pick<Row, 'id' | 'visitor' | 'n' | 'name' | 'status' | 'online'>;
/** What the details of a visitor open with. */
export type Wish = 'start' | 'invite' | 'note';
export type Asked =
  | { readonly what: 'menu'; readonly whom: Whom; readonly at: { readonly x: number; readonly y: number } }
  | { readonly what: 'block'; readonly whom: Whom };

/**
 * What somebody asked for at a row, in the tooltip or in a pin's popup: they lie in different corners of the page, and what is asked for
 * shows in one place. One thing at a time.
 */
class Store<T> {
  readonly #changed = new Listeners();
  #now: T | null = null;
  readonly subscribe = this.#changed.subscribe;
  readonly get = (): T | null => this.#now;
  readonly set = (now: T | null): void => {
    this.#now = now;
    this.#changed.notify();
  };
}
export const asked = new Store<Asked>();
export const wished = new Store<{ readonly visitor: string; readonly wish: Wish }>();
