import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import type { VisitList } from '../live/visit-list.ts';
import type { TipIntent } from './tip-intent.ts';

/** Asked for when the pointer comes to the list: its rest on a row is time enough to load it. */
export const loadTip = () => import('./visit-tip.tsx');
const VisitTip = lazy(() => loadTip().then((module) => ({ default: module.VisitTip })));

/** Shows the details that are meant. Opening and closing them renders nothing else. */
export function TipHost({ intent, list }: { readonly intent: TipIntent; readonly list: VisitList }) {
  const tip = useSyncExternalStore(intent.subscribe, intent.get);
  const row = tip ? list.row(tip.visit) : undefined;
  useEffect(() => {
    if (tip && !row) intent.close();
  }, [tip, row, intent]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const wasInside = intent.get()?.by === 'focus';
      if (!intent.dismiss()) return;
      event.preventDefault();
      if (wasInside) document.getElementById('visit-list')?.focus();
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
