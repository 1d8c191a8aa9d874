import { useLiveView, useRows } from '../app/live.ts';

/** Visits of this site, or of all, that are in no count; the newest one's reason. From a window of no more than one row. */
export function useLeftOut(site: string | undefined): { readonly count: number; readonly reason: string } {
  const store = useLiveView(`left out ${site ?? ''}`, {
    scope: { ...(site ? { site } : {}), filtered: true },
    filter: '',
    streams: ['rows'],
    window: { sort: 'arrived', dir: 'desc', before: 0, after: 1 },
  });
  const rows = useRows(store);
  const newest = rows?.order[0];
  return { count: rows?.total ?? 0, reason: newest === undefined ? '' : (store?.row(newest)?.filtered ?? '') };
}
