import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useState } from 'react';
import { useTotals } from '../app/live.ts';
import type { ViewStore } from '../live/view-store.ts';
import type { VisitorMapProps } from '../map/visitor-map.tsx';
import { withTexts } from '../messages/catalogue.ts';
import type { Past } from '../replay/replay-layer.tsx';
import { late } from '../ui/late.tsx';
import { MapStage } from './map-stage.tsx';

const ReplayLayer = late(withTexts(['map', 'replay'], () => import('../replay/replay-layer.tsx').then((module) => module.ReplayLayer)));

/** The map of everybody, or of those the filter finds; or of another time. It alone renders when totals change. */
export function LiveMap({
  everybody,
  found,
  beside,
  onTime,
  children,
  ...rest
}: Omit<VisitorMapProps, 'store' | 'all' | 'matching'> & {
  readonly everybody: ViewStore | null;
  /** null: no filter. */
  readonly found: ViewStore | null;
  /** Where those who were there at another time are listed. */
  readonly beside: HTMLElement | null;
  /** Another time than now is shown, or now again. */
  readonly onTime: (isPast: boolean) => void;
  readonly children?: ReactNode;
}) {
  const { replay } = useSearch({ from: '/app/visitors' });
  const navigate = useNavigate({ from: '/visitors' });
  const [past, setPast] = useState<Past | null>(null);
  const show = useCallback(
    (next: Past | null): void => {
      setPast(next);
      onTime(next !== null);
    },
    [onTime],
  );
  const all = useTotals(everybody);
  const matching = useTotals(found);
  const then = useTotals(past?.store ?? null);
  const say = useCallback(
    (moment: string | undefined): void => void navigate({ search: (old) => ({ ...old, replay: moment }), replace: true }),
    [navigate],
  );
  const map: VisitorMapProps = past
    ? {
        ...rest,
        filter: '',
        store: past.store,
        past: past.places,
        onArrivals: past.onArrivals,
        selected: past.selected,
        place: null,
        all: then,
        matching: null,
      }
    : { ...rest, store: matching ? found : everybody, all, matching };
  const open = (): void => void navigate({ search: (old) => ({ ...old, replay: '1' }) });
  return (
    <MapStage map={replay === undefined ? { ...map, onReplay: open } : { ...map, onBackground: () => {} }}>
      {children}
      {replay !== undefined && (
        <ReplayLayer
          moment={replay}
          site={rest.site}
          isFiltered={rest.filter !== ''}
          live={all?.live ?? null}
          beside={beside}
          onMoment={say}
          onPast={show}
        />
      )}
    </MapStage>
  );
}
