import { Component, type CSSProperties, lazy, type ReactNode, Suspense } from 'react';
import type { VisitorMapProps } from '../map/visitor-map.tsx';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';

const VisitorMap = lazy(() => import('../map/visitor-map.tsx').then((module) => ({ default: module.VisitorMap })));

const nothing = (): void => {};
/** A map that is a picture: nobody on it, nothing to choose. */
const NOBODY: VisitorMapProps = {
  store: null,
  all: null,
  matching: null,
  filter: '',
  selected: null,
  onPick: nothing,
  onPlace: nothing,
  onUnknown: nothing,
  onBackground: nothing,
};

/** Where the map is. Its code is loaded after the list is there; should that fail, the list goes on without it. */
export function MapStage({ map, children }: { readonly map: VisitorMapProps | null; readonly children?: ReactNode }) {
  return (
    <div
      className="stage"
      data-bare={map === null || undefined}
      inert={map === null}
      style={{ '--covered': `${map?.inset?.bottom ?? 0}px` } as CSSProperties}
    >
      <MapBoundary>
        <Suspense fallback={<MapSkeleton />}>
          <VisitorMap {...(map ?? NOBODY)} />
        </Suspense>
      </MapBoundary>
      {children}
    </div>
  );
}

function MapSkeleton() {
  return (
    <div className="stage-wait" role="status" aria-busy="true">
      <span className="visually-hidden">{t.visitors.mapLoading}</span>
    </div>
  );
}

class MapBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="stage-wait">
        <div className="stage-failed" role="status">
          <Icon name="warn" />
          <p>{t.visitors.mapFailed}</p>
          <button className="button" type="button" onClick={() => location.reload()}>
            {t.visitors.tryAgain}
          </button>
        </div>
      </div>
    );
  }
}
