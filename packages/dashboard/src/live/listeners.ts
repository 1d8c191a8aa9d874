/**
 * A set of callbacks, called in the order they came.
 *
 * `subscribe` has the shape `useSyncExternalStore` wants: it answers its own undo.
 */
export class Listeners {
  readonly #all = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#all.add(listener);
    return () => {
      this.#all.delete(listener);
    };
  };

  notify(): void {
    for (const listener of [...this.#all]) listener();
  }

  get size(): number {
    return this.#all.size;
  }
}
