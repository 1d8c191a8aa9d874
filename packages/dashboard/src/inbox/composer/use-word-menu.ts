import { useState } from 'react';

export interface WordAt {
  readonly from: number;
  readonly query: string;
}
export interface WordMenu<T> {
  readonly at: WordAt;
  readonly options: readonly T[];
  readonly chosen: number;
  readonly choose: (index: number) => void;
  /** Esc: it stays closed until another word begins. */
  readonly close: () => void;
}

/** The state of a menu that follows the word being typed: which line is chosen, and whether it was closed for this word. */
export function useWordMenu<T>(at: WordAt | null, options: readonly T[], showsEmpty = false): WordMenu<T> | null {
  const [closedAt, setClosedAt] = useState(-1);
  const [chosen, setChosen] = useState({ query: '', index: 0 });
  if (at === null && closedAt !== -1) setClosedAt(-1);
  if (at === null || closedAt === at.from || (options.length === 0 && !showsEmpty)) return null;
  const index = chosen.query === at.query ? Math.min(chosen.index, Math.max(0, options.length - 1)) : 0;
  return {
    at,
    options,
    chosen: index,
    choose: (next) => setChosen({ query: at.query, index: (next + options.length) % Math.max(1, options.length) }),
    close: () => setClosedAt(at.from),
  };
}
