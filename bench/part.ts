import type { Results } from './results.ts';

export interface BenchContext {
  /** Everything within a minute, with fewer of everything. */
  readonly quick: boolean;
  /** To people, as it goes. */
  say(line: string): void;
}
/** One thing to measure. Ends by itself and leaves no process behind, whatever happens. */
export interface BenchPart {
  readonly name: string;
  readonly about: string;
  run(context: BenchContext): Promise<Partial<Results>>;
}
