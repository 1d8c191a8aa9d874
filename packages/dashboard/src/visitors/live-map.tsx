import type { ReactNode } from 'react';
import { useTotals } from '../app/live.ts';
import type { ViewStore } from '../live/view-store.ts';
import type { VisitorMapProps } from '../map/visitor-map.tsx';
import { MapStage } from './map-stage.tsx';

/** The map of everybody, or of those the filter finds. It alone renders when totals change. */
export function LiveMap({
  everybody,
  found,
  children,
  ...rest
}: Omit<VisitorMapProps, 'store' | 'all' | 'matching'> & {
  readonly everybody: ViewStore | null;
  /** null: no filter. */
  readonly found: ViewStore | null;
  readonly children?: ReactNode;
}) {
  const all = useTotals(everybody);
  const matching = useTotals(found);
  return <MapStage map={{ ...rest, store: matching ? found : everybody, all, matching }}>{children}</MapStage>;
}
