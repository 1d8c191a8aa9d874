import type { ExpressionSpecification, FontFacesSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import latin400 from '@fontsource/inter/files/inter-latin-400-normal.woff2?url';
import latin500 from '@fontsource/inter/files/inter-latin-500-normal.woff2?url';
import latin600 from '@fontsource/inter/files/inter-latin-600-normal.woff2?url';
import latinItalic from '@fontsource/inter/files/inter-latin-400-italic.woff2?url';
import latinExt400 from '@fontsource/inter/files/inter-latin-ext-400-normal.woff2?url';
import latinExt500 from '@fontsource/inter/files/inter-latin-ext-500-normal.woff2?url';
import latinExt600 from '@fontsource/inter/files/inter-latin-ext-600-normal.woff2?url';
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

/** Thousands of inhabitants a city needs to be named at a zoom. */
const CITY_FROM: ExpressionSpecification = ['>=', ['get', 'thousands'], ['step', ['zoom'], 4_000, 4.5, 1_500, 5.5, 500, 6.2, 150]];

/** From below: water, land, lines, names. The pins go between `country` and `pin-label`. */
export function basemapLayers(colours: MapColours): LayerSpecification[] {
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
      paint: { 'line-color': colours.shelf, 'line-opacity': 0.2, 'line-width': growing(0, 6, 6, 48), 'line-blur': growing(0, 6, 6, 48) },
    },
    {
      id: 'shelf',
      type: 'line',
      source: 'coast',
      layout: round,
      paint: {
        'line-color': colours.shelf,
        'line-opacity': 0.34,
        'line-width': growing(0, 2.5, 6, 16),
        'line-blur': growing(0, 2.5, 6, 16),
      },
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
      minzoom: 4.5,
      filter: ['any', CITY_FROM, ['all', ['==', ['get', 'capital'], 1], ['>=', ['zoom'], 5.5]]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Inter Regular'],
        'text-size': byZoom(4.5, 11, 7, 13),
        'symbol-sort-key': ['-', 0, ['get', 'thousands']],
        'text-padding': 6,
      },
      paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.2, 'text-opacity': 0.75 },
    },
    {
      id: 'country',
      type: 'symbol',
      source: 'countries',
      minzoom: 1,
      filter: ['>=', ['get', 'area'], ['step', ['zoom'], 150, 2, 45, 2.6, 16, 3.3, 4, 4.2, 0.6, 5.2, 0]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Inter Semibold'],
        'text-transform': 'uppercase',
        'text-letter-spacing': 0.1,
        'text-max-width': 7,
        'text-size': byZoom(1, ['+', 8.5, ['*', 2, ['get', 'weight']]], 4, ['+', 9.5, ['*', 5, ['get', 'weight']]], 6.5, [
          '+',
          12,
          ['*', 8, ['get', 'weight']],
        ]),
        'symbol-sort-key': ['-', 0, ['get', 'area']],
        'text-padding': 4,
      },
      paint: {
        'text-color': colours.label,
        'text-halo-color': colours.halo,
        'text-halo-width': 1.4,
        'text-opacity': byZoom(5.5, 0.85, 7, 0.35),
      },
    },
    {
      id: 'pin-label',
      type: 'symbol',
      source: 'pin-labels',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['case', ['get', 'chosen'], ['literal', ['Inter Medium']], ['literal', ['Inter Regular']]],
        'text-size': 12,
        'text-anchor': ['get', 'anchor'],
        'text-offset': ['get', 'offset'],
        'text-max-width': 30,
        // Where it stands was found by us, beside pins and counts that MapLibre knows nothing of.
        'text-allow-overlap': true,
        'text-padding': 1,
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
