import { safe } from './env.ts';

type Hook = (detail: unknown) => void;
const hooks: Record<string, Set<Hook>> = {};

/** `foyer('on', name, run)`; answers how to stop. */
export const on = (name: string, run: Hook): (() => unknown) => {
  const set = (hooks[name] ||= new Set()).add(run);
  return () => set.delete(run);
};

export const emit = (name: string, detail?: unknown): void => hooks[name]?.forEach((run) => safe(run)(detail));
