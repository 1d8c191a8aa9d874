import type { Bus } from '../ports/bus.ts';

type Handler = (message: unknown, from: string) => void;

/** Nodes of one process on one bus. Delivery is a function call in the order of publishing. */
export class LocalNetwork {
  readonly #nodes = new Map<string, Map<string, Set<Handler>>>();

  join(node: string): Bus {
    const subjects = new Map<string, Set<Handler>>();
    this.#nodes.set(node, subjects);
    return {
      node,
      publish: (subject, message) => {
        // It has left, or somebody has its name now.
        if (this.#nodes.get(node) !== subjects) return;
        for (const [other, handlers] of this.#nodes) {
          if (other !== node) for (const handler of handlers.get(subject) ?? []) handler(message, node);
        }
      },
      subscribe: (subject, handler) => {
        const handlers = subjects.get(subject) ?? new Set();
        subjects.set(subject, handlers.add(handler));
        return () => handlers.delete(handler);
      },
      close: async () => {
        if (this.#nodes.get(node) === subjects) this.#nodes.delete(node);
      },
    };
  }
}
