import { Component, type CSSProperties, type ReactNode } from 'react';
import type { VisitorMapProps } from '../map/visitor-map.tsx';
import { t, withTexts } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { late } from '../ui/late.tsx';

export const VisitorMap = late(
  withTexts(['map', 'replay'], () => import('../map/visitor-map.tsx').then((module) => module.VisitorMap)),
  {
    waiting: () => <MapSkeleton />,
    failed: (again) => <MapFailed onAgain={again} />,
  },
);

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

/** Where the map is. Its code is loaded after the list is there; should that fail, the list goes on without it, and the map comes when it can. */
export function MapStage({ map, children }: { readonly map: VisitorMapProps | null; readonly children?: ReactNode }) {
  return (
    <div
      className="stage"
      data-bare={map === null || undefined}
      inert={map === null}
      style={{ '--covered': `${map?.inset?.bottom ?? 0}px` } as CSSProperties}
    >
      <MapBoundary>
        <VisitorMap {...(map ?? NOBODY)} />
      </MapBoundary>
      {/* From the first moment to the first picture; said only when that takes a while. */}
      <p className="stage-waits" role="status" data-testid="map-waits">
        {t.visitors.mapLoading}
      </p>
      {children}
    </div>
  );
}

const MapSkeleton = () => <div className="stage-wait" aria-busy="true" />;

function MapFailed({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <div className="stage-wait">
      <div className="stage-failed" role="status">
        <Icon name="warn" />
        <p>{t.visitors.mapFailed}</p>
        <button className="button" type="button" onClick={onAgain}>
          {t.visitors.tryAgain}
        </button>
      </div>
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
    return <MapFailed onAgain={() => this.setState({ failed: false })} />;
  }
}
