import type { Results } from './results.ts';

export interface BenchContext {
  /** Within a minute or so, with fewer of everything. */
  readonly quick: boolean;
  /** To people, as it goes. */
  say(line: string): void;
}
/** One thing to measure. Ends by itself and leaves no process behind, whatever happens. */
export interface BenchPart {
  readonly name: string;
  readonly about: string;
  /** true: takes minutes by itself, so it is no part of `npm run bench` without names. */
  readonly isOnlyByName?: boolean;
  run(context: BenchContext): Promise<Partial<Results>>;
}
