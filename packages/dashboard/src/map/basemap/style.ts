import type {
  ExpressionSpecification,
  FontFacesSpecification,
  LayerSpecification,
  Map as MapLibreMap,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import latin400 from '@fontsource/inter/files/inter-latin-400-normal.woff2?url';
import latin500 from '@fontsource/inter/files/inter-latin-500-normal.woff2?url';
import latin600 from '@fontsource/inter/files/inter-latin-600-normal.woff2?url';
import latinItalic from '@fontsource/inter/files/inter-latin-400-italic.woff2?url';
import latinExt400 from '@fontsource/inter/files/inter-latin-ext-400-normal.woff2?url';
import latinExt500 from '@fontsource/inter/files/inter-latin-ext-500-normal.woff2?url';
import latinExt600 from '@fontsource/inter/files/inter-latin-ext-600-normal.woff2?url';
import { PIN_NAME_PX } from '../core/name-layout.ts';
import type { MapColours } from '../palette.ts';
import type { basemapSources } from './sources.ts';

export type Projection = 'mercator' | 'globe';

const LATIN = ['U+0-FF', 'U+131', 'U+152-153', 'U+2000-206F'];
const LATIN_EXT = ['U+100-2BA', 'U+1E00-1E9F'];
const face = (latin: string, latinExt?: string) => [
  { url: latin, 'unicode-range': LATIN },
  ...(latinExt === undefined ? [] : [{ url: latinExt, 'unicode-range': LATIN_EXT }]),
];
/** The page's own typeface: no glyph server. Signs it does not have (Greek, Chinese) are drawn with the system's. */
const FONTS: FontFacesSpecification = {
  'Inter Regular': face(latin400, latinExt400),
  'Inter Medium': face(latin500, latinExt500),
  'Inter Semibold': face(latin600, latinExt600),
  'Inter Italic': face(latinItalic),
};

const byZoom = (...stops: readonly (number | ExpressionSpecification)[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;
const growing = (...stops: readonly number[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.6], ['zoom'], ...stops] as unknown as ExpressionSpecification;

/** How strong shallow water is, by layer. */
export const SHELF = { 'shelf-wide': 0.2, shelf: 0.34 } as const;
const shallow = (opacity: number, colours: MapColours) =>
  ({ 'line-color': colours.shelf, 'line-opacity': opacity, 'line-opacity-transition': { duration: 0 } }) as const;

/** Names whose places we found ourselves, beside pins and counts that MapLibre knows nothing of. */
const placedByUs = (font: string) =>
  ({
    'text-field': ['get', 'name'],
    'text-font': [font],
    'text-anchor': ['get', 'anchor'],
    'text-offset': ['get', 'offset'],
    'text-max-width': 100,
    'text-allow-overlap': true,
    'text-padding': 1,
  }) satisfies SymbolLayerSpecification['layout'];

/** From below: water, land, lines, names. The pins go between `country` and `pin-name`. */
function basemapLayers(colours: MapColours): LayerSpecification[] {
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
  return [
    { id: 'ocean', type: 'background', paint: { 'background-color': colours.ocean } },
    { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': colours.grid, 'line-width': 1 } },
    // Shallow water: the coast as two wide blurred lines under the land.
    {
      id: 'shelf-wide',
      type: 'line',
      source: 'coast',
      layout: round,
      paint: { ...shallow(SHELF['shelf-wide'], colours), 'line-width': growing(0, 6, 6, 48), 'line-blur': growing(0, 6, 6, 48) },
    },
    {
      id: 'shelf',
      type: 'line',
      source: 'coast',
      layout: round,
      paint: { ...shallow(SHELF.shelf, colours), 'line-width': growing(0, 2.5, 6, 16), 'line-blur': growing(0, 2.5, 6, 16) },
    },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land } },
    {
      id: 'states',
      type: 'line',
      source: 'states',
      minzoom: 2.6,
      layout: round,
      paint: { 'line-color': colours.state, 'line-width': byZoom(2.6, 0.4, 6, 1.1), 'line-opacity': byZoom(2.6, 0, 3.4, 1) },
    },
    {
      id: 'lakes',
      type: 'fill',
      source: 'lakes',
      minzoom: 1.5,
      paint: { 'fill-color': colours.lake, 'fill-outline-color': colours.coast },
    },
    {
      id: 'borders',
      type: 'line',
      source: 'borders',
      layout: round,
      paint: { 'line-color': colours.border, 'line-width': byZoom(0, 0.5, 4, 1, 7, 1.8) },
    },
    {
      id: 'coast',
      type: 'line',
      source: 'coast',
      layout: round,
      paint: { 'line-color': colours.coast, 'line-width': byZoom(0, 0.5, 5, 1.1), 'line-opacity': 0.85 },
    },
    {
      id: 'sea',
      type: 'symbol',
      source: 'seas',
      minzoom: 1,
      filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 0, 2, 1, 3, 2, 5, 3]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Inter Italic'],
        'text-size': byZoom(1, ['case', ['==', ['get', 'rank'], 0], 12, 10], 5, ['case', ['==', ['get', 'rank'], 0], 18, 13]),
        'text-letter-spacing': 0.14,
        'text-max-width': 7,
      },
      paint: { 'text-color': colours.sea },
    },
    {
      id: 'city',
      type: 'symbol',
      source: 'cities',
      layout: { ...placedByUs('Inter Regular'), 'text-size': ['get', 'size'] },
      paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.2, 'text-opacity': 0.7 },
    },
    {
      id: 'country',
      type: 'symbol',
      source: 'countries',
      layout: { ...placedByUs('Inter Semibold'), 'text-size': ['get', 'size'], 'text-letter-spacing': 0.1 },
      paint: {
        'text-color': colours.label,
        'text-halo-color': colours.halo,
        'text-halo-width': 1.4,
        'text-opacity': byZoom(5.5, 0.85, 7, 0.4),
      },
    },
    {
      id: 'pin-name',
      type: 'symbol',
      source: 'pins',
      layout: {
        ...placedByUs('Inter Regular'),
        'text-font': ['case', ['get', 'chosen'], ['literal', ['Inter Medium']], ['literal', ['Inter Regular']]],
        'text-size': PIN_NAME_PX,
      },
      paint: {
        'text-color': ['case', ['get', 'chosen'], colours.chosenLabel, colours.cityLabel],
        'text-halo-color': colours.halo,
        'text-halo-width': 1.5,
      },
    },
  ];
}

export const basemapStyle = (
  sources: ReturnType<typeof basemapSources>,
  colours: MapColours,
  projection: Projection,
): StyleSpecification => ({
  version: 8,
  projection: { type: projection },
  'font-faces': FONTS,
  // MapLibre's default haze washes the land out; the sea's own colour is the globe's.
  sky: { 'atmosphere-blend': 0 },
  sources,
  layers: basemapLayers(colours),
});

/** The same layers in other colours; expressions that hold one count as such. */
export function recolour(map: MapLibreMap, colours: MapColours): void {
  for (const layer of basemapLayers(colours)) {
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      if (name.endsWith('-color')) map.setPaintProperty(layer.id, name as never, value as never);
  }
}
