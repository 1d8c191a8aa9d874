import { t } from '../messages/catalogue.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import type { Projection } from './basemap/style.ts';

interface Tool {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly isOffered?: boolean;
  readonly run: () => void;
}

/** Bottom right: globe and whole world, nearer and farther. */
export function MapTools({
  projection,
  isFiltered,
  offersFit,
  onProjection,
  onFit,
  onZoom,
}: {
  readonly projection: Projection;
  readonly isFiltered: boolean;
  /** What the filter finds is out of sight, or small in it. */
  readonly offersFit: boolean;
  readonly onProjection: (projection: Projection) => void;
  readonly onFit: () => void;
  readonly onZoom: (step: 1 | -1) => void;
}) {
  const isGlobe = projection === 'globe';
  const groups: readonly (readonly Tool[])[] = [
    [
      {
        id: 'map-globe',
        icon: isGlobe ? 'map' : 'globe',
        label: isGlobe ? t.map.flat : t.map.globe,
        run: () => onProjection(isGlobe ? 'mercator' : 'globe'),
      },
      { id: 'map-fit', icon: 'fit', label: isFiltered ? t.map.fitFound : t.map.fit, isOffered: offersFit, run: onFit },
    ],
    [
      { id: 'map-zoom-in', icon: 'plus', label: t.map.zoomIn, run: () => onZoom(1) },
      { id: 'map-zoom-out', icon: 'minus', label: t.map.zoomOut, run: () => onZoom(-1) },
    ],
  ];
  return (
    <div className="map-tools">
      {groups.map((tools) => (
        <div key={tools[0]?.id}>
          {tools.map(({ id, icon, label, isOffered, run }) => (
            <button
              className="icon-button"
              type="button"
              key={id}
              data-testid={id}
              data-offered={isOffered || undefined}
              aria-label={label}
              title={label}
              onClick={run}
            >
              <Icon name={icon} />
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
