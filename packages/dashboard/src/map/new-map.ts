import { Map as MapLibreMap, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { type Insets, worldView } from './core/world-view.ts';

// Bundled, MapLibre cannot find its worker beside itself.
setWorkerUrl(workerUrl);

const MIN_ZOOM = 0.4;
/** Beyond it the land's shapes are too coarse to mean anything. */
const MAX_ZOOM = 9;

/** A map of the whole world that can be moved and zoomed, not turned or tilted. Throws without WebGL 2. */
export function newMap(q: {
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  readonly insets: Insets;
  readonly label: string;
}): MapLibreMap {
  const { container, style, insets, label } = q;
  const map = new MapLibreMap({
    container,
    style,
    ...worldView({ width: container.clientWidth, height: container.clientHeight, insets }),
    attributionControl: false,
    fadeDuration: 0,
    minZoom: MIN_ZOOM,
    maxZoom: MAX_ZOOM,
    maxPitch: 0,
    dragRotate: false,
    touchPitch: false,
    locale: { 'Map.Title': label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.setPadding({ ...insets });
  return map;
}
