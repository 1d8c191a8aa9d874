import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import type { VisitList } from '../live/visit-list.ts';
import type { TipIntent } from './tip-intent.ts';

const VisitTip = lazy(() => import('./visit-tip.tsx').then((module) => ({ default: module.VisitTip })));

/** Shows the details that are meant. Opening and closing them renders nothing else. */
export function TipHost({ intent, list }: { readonly intent: TipIntent; readonly list: VisitList }) {
  const tip = useSyncExternalStore(intent.subscribe, intent.get);
  const row = tip ? list.row(tip.visit) : undefined;
  useEffect(() => {
    if (tip && !row) intent.close();
  }, [tip, row, intent]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && intent.dismiss()) event.preventDefault();
    };
    // Before whoever deselects on Esc: the first press is the tooltip's.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [intent]);
  if (!tip || !row) return null;
  return (
    <Suspense fallback={null}>
      <VisitTip key={tip.visit} tip={tip} row={row} intent={intent} />
    </Suspense>
  );
}
