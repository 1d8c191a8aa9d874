interface Stay {
  readonly site: string;
  readonly startedAt: number;
  /** 0: is still there. */
  readonly leftAt: number;
}

/** Concurrency — how many were there at once, at times that are `stepMs` apart, of stays that are told one by one. Cost: O(1) a stay. */
export class Concurrency {
  readonly #from: number;
  readonly #stepMs: number;
  readonly #count: number;
  /** By site: how many more at each time than at the one before. */
  readonly #changes = new Map<string, Int32Array>();

  /** Times in [from, to) from the first whole step on. */
  constructor({ sites, from, to, stepMs }: { sites: readonly string[]; from: number; to: number; stepMs: number }) {
    this.#from = Math.ceil(from / stepMs) * stepMs;
    this.#stepMs = stepMs;
    this.#count = Math.max(0, Math.ceil((to - this.#from) / stepMs));
    for (const site of sites) this.#changes.set(site, new Int32Array(this.#count + 1));
  }

  add({ site, startedAt, leftAt }: Stay): void {
    const changes = this.#changes.get(site);
    if (!changes) return;
    const [first, end] = [this.#stepAt(startedAt), leftAt === 0 ? this.#count : this.#stepAt(leftAt)];
    if (first >= end) return;
    changes[first]!++;
    changes[end]!--;
  }

  /** One for each time and site, those with nobody there too, oldest first. */
  *samples(): Generator<{ site: string; at: number; online: number }> {
    const online = new Map<string, number>();
    for (let step = 0; step < this.#count; step++)
      for (const [site, changes] of this.#changes) {
        const now = (online.get(site) ?? 0) + changes[step]!;
        online.set(site, now);
        yield { site, at: this.#from + step * this.#stepMs, online: now };
      }
  }

  /** The first step at or after `at`. */
  #stepAt(at: number): number {
    return Math.min(this.#count, Math.max(0, Math.ceil((at - this.#from) / this.#stepMs)));
  }
}
