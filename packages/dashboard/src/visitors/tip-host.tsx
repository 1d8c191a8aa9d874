import { withTexts } from '../messages/catalogue.ts';
import { useEffect, useSyncExternalStore } from 'react';
import type { VisitList } from '../live/visit-list.ts';
import { late } from '../ui/late.tsx';
import type { TipIntent } from './tip-intent.ts';

/** Asked for when the pointer comes to the list: its rest on a row is time enough to load it. Where it cannot come, the row has to do. */
const VisitTip = late(
  withTexts(['visit', 'blocks'], () => import('./visit-tip.tsx').then((module) => module.VisitTip)),
  { failed: () => null },
);
export const preloadTip = VisitTip.preload;

/** Shows the details that are meant. Opening and closing them renders nothing else. */
export function TipHost({
  intent,
  list,
  onChoose,
}: {
  readonly intent: TipIntent;
  readonly list: VisitList;
  readonly onChoose: (visitor: string) => void;
}) {
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
      if (wasInside) document.getElementById('visit-table')?.focus({ preventScroll: true });
    };
    // Before whoever deselects on Esc: the first press is the tooltip's.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [intent]);
  if (!tip || !row) return null;
  return <VisitTip key={tip.visit} tip={tip} row={row} intent={intent} onChoose={onChoose} />;
}
