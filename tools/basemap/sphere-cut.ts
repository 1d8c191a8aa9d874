import { geoEquirectangular } from 'd3-geo';
import { geoProject } from 'd3-geo-projection';
import type { GeoJSON } from 'geojson';

const plane = geoEquirectangular()
  .scale(180 / Math.PI)
  .translate([0, 0])
  .reflectY(true)
  .precision(0);

/**
 * The packages' shapes are stitched together on the sphere: Eurasia runs across 180° without a seam. A planar renderer would draw bars
 * through the whole world, so they are cut open at the antimeridian again.
 */
export const cutAtAntimeridian = <T extends GeoJSON>(shape: T): T => geoProject(shape, plane);
