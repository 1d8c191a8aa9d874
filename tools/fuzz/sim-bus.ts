import type { Bus } from '../../packages/server/src/ports/bus.ts';

type Handler = (message: unknown, from: string) => void;
interface Letter {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly message: unknown;
}

/** A network between nodes that loses, delays and cuts, in order per publisher, as core NATS would. Moves only when told. */
export class SimNetwork {
  readonly #nodes = new Map<string, Map<string, Set<Handler>>>();
  readonly #inFlight: Letter[] = [];
  readonly #cuts = new Set<string>();

  join(node: string): Bus {
    const subjects = new Map<string, Set<Handler>>();
    this.#nodes.set(node, subjects);
    return {
      node,
      publish: (subject, message) => {
        // A copy, as a real wire would make it: what one node changes later must not reach the other.
        for (const to of this.#nodes.keys())
          if (to !== node) this.#inFlight.push({ from: node, to, subject, message: structuredClone(message) });
      },
      subscribe: (subject, handler) => {
        const handlers = subjects.get(subject) ?? new Set();
        subjects.set(subject, handlers.add(handler));
        return () => handlers.delete(handler);
      },
      close: async () => this.die(node),
    };
  }

  die(node: string): void {
    this.#nodes.delete(node);
  }

  /** What is sent from `a` to `b` is lost from now on. */
  cut(a: string, b: string): void {
    this.#cuts.add(`${a}>${b}`);
  }

  heal(): void {
    this.#cuts.clear();
  }

  get waiting(): number {
    return this.#inFlight.length;
  }

  /** Delivers up to `count` letters in order. */
  deliver(count: number): void {
    for (let i = 0; i < count; i++) {
      const letter = this.#inFlight.shift();
      if (!letter) return;
      if (this.#cuts.has(`${letter.from}>${letter.to}`) || !this.#nodes.has(letter.from)) continue;
      for (const handler of this.#nodes.get(letter.to)?.get(letter.subject) ?? []) handler(letter.message, letter.from);
    }
  }
}
