import type { Totals } from '@foyer/protocol';
import { useMemo, useSyncExternalStore } from 'react';
import { beatMs } from '../live/beat.ts';
import type { ViewStore } from '../live/view-store.ts';

/** What the page shows of counts and rows changes this often at most: faster is not read. */
const CALM_MS = 500;

/**
 * The totals of a view, at most every so often: they change ten times a second, and nobody reads as fast. The first ones, and those of
 * another view, are there at once.
 */
export function useCalmTotals(store: ViewStore | null): Totals | null {
  const calm = useMemo(() => calmly(store, CALM_MS), [store]);
  return useSyncExternalStore(calm.subscribe, calm.get);
}

function calmly(store: ViewStore | null, everyMs: number) {
  let shown = store?.totals ?? null;
  return {
    get: () => shown ?? store?.totals ?? null,
    subscribe: (run: () => void): (() => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let shownAt = Number.NEGATIVE_INFINITY;
      const show = (): void => {
        timer = undefined;
        shownAt = performance.now();
        shown = store?.totals ?? null;
        run();
      };
      const undo = store?.subscribeTotals(() => {
        const waitMs = beatMs(performance.now(), shownAt, everyMs);
        if (timer !== undefined) return;
        if (waitMs === 0) show();
        else timer = setTimeout(show, waitMs);
      });
      return () => {
        undo?.();
        clearTimeout(timer);
      };
    },
  };
}
