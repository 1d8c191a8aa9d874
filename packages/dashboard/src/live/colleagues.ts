import type { Colleague, ColleaguesFrame } from '@foyer/protocol';
import { Listeners } from './listeners.ts';

const NOBODY: readonly string[] = [];

/**
 * Colleagues — who of the workspace has a console open, and which visitors they have open there.
 *
 * A list of lookers is a new object only when it changed, so that a row hears of its own visitor and of nobody else's.
 */
export class Colleagues {
  #all: ReadonlyMap<string, Colleague> = new Map();
  #self = '';
  /** By visitor: user ids, in the order in which they came. */
  readonly #lookers = new Map<string, readonly string[]>();
  readonly #onAll = new Listeners();
  readonly #onVisitor = new Map<string, Listeners>();

  get all(): ReadonlyMap<string, Colleague> {
    return this.#all;
  }
  readonly subscribe = this.#onAll.subscribe;

  /** Said by hello: one's own id, which is nobody's colleague. */
  setSelf(user: string): void {
    this.#self = user;
  }

  /** Ids of the others who have this visitor open. */
  lookers(visitor: string): readonly string[] {
    return this.#lookers.get(visitor) ?? NOBODY;
  }

  subscribeLookers(visitor: string, listener: () => void): () => void {
    const listeners = this.#onVisitor.get(visitor) ?? new Listeners();
    this.#onVisitor.set(visitor, listeners);
    const undo = listeners.subscribe(listener);
    return () => {
      undo();
      if (listeners.size === 0 && this.#onVisitor.get(visitor) === listeners) this.#onVisitor.delete(visitor);
    };
  }

  /** Cost: the team, and the visitors whose lookers changed. */
  apply(frame: ColleaguesFrame): void {
    const next = new Map(this.#all);
    const touched = new Set<string>();
    const put = (user: string, colleague: Colleague | null): void => {
      const isSelf = user === this.#self;
      const before = isSelf ? NOBODY : (next.get(user)?.looking ?? NOBODY);
      const after = isSelf ? NOBODY : (colleague?.looking ?? NOBODY);
      for (const visitor of before) if (!after.includes(visitor)) this.#unlook(visitor, user, touched);
      for (const visitor of after) if (!before.includes(visitor)) this.#look(visitor, user, touched);
      if (colleague) next.set(user, colleague);
      else next.delete(user);
    };
    if (frame.full) for (const user of this.#all.keys()) if (!frame.set[user]) put(user, null);
    for (const [user, colleague] of Object.entries(frame.set)) put(user, colleague);
    this.#all = next;
    this.#onAll.notify();
    for (const visitor of touched) this.#onVisitor.get(visitor)?.notify();
  }

  #look(visitor: string, user: string, touched: Set<string>): void {
    this.#lookers.set(visitor, [...this.lookers(visitor), user]);
    touched.add(visitor);
  }

  #unlook(visitor: string, user: string, touched: Set<string>): void {
    const left = this.lookers(visitor).filter((one) => one !== user);
    if (left.length > 0) this.#lookers.set(visitor, left);
    else this.#lookers.delete(visitor);
    touched.add(visitor);
  }
}
