import type { PackedLabels } from './unpack.ts';

/** Square degrees a country needs to be named at a zoom: Brazil at 1, Luxembourg from 5. */
const AREA_FROM: readonly (readonly [zoom: number, area: number])[] = [
  [5.2, 0],
  [4.2, 0.6],
  [3.3, 4],
  [2.6, 16],
  [2, 45],
  [0, 150],
];
/** Thousands of inhabitants a city without a pin needs to be named at a zoom. */
const INHABITANTS_FROM: readonly (readonly [zoom: number, thousands: number])[] = [
  [6.2, 150],
  [5.5, 500],
  [4.9, 1_500],
  [4.4, 4_000],
];
const CAPITALS_FROM_ZOOM = 5.4;

const at = (steps: readonly (readonly [number, number])[], zoom: number): number =>
  steps.find(([from]) => zoom >= from)?.[1] ?? Number.POSITIVE_INFINITY;

export interface Country {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  readonly area: number;
  /** 0 for the smallest, 1 for the largest. */
  readonly weight: number;
}
export interface City {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}

/** What the world is called, and how much of it is said at a zoom. */
export class WorldNames {
  readonly #countries: readonly Country[];
  readonly #cities: PackedLabels['cities'];

  /** `countryName`: of an ISO code in the language of the page; '' when unknown. */
  constructor({ countries, cities }: PackedLabels, countryName: (code: string) => string) {
    const largest = Math.log(countries[0]?.[3] ?? 2);
    this.#countries = countries
      .map(([code, lon, lat, area]) => ({
        name: countryName(code),
        lon,
        lat,
        area,
        weight: Math.max(0, Math.log(Math.max(area, 1)) / largest),
      }))
      .filter(({ name }) => name !== '');
    this.#cities = cities;
  }

  /** Largest first. */
  countries(zoom: number): readonly Country[] {
    const least = at(AREA_FROM, zoom);
    // A list from large to small: what is named is its beginning.
    const end = this.#countries.findIndex(({ area }) => area < least);
    return end < 0 ? this.#countries : this.#countries.slice(0, end);
  }

  /** Largest first. */
  cities(zoom: number): City[] {
    const least = at(INHABITANTS_FROM, zoom);
    const named: City[] = [];
    for (const [name, lon, lat, thousands, isCapital] of this.#cities)
      if (thousands >= least || (isCapital === 1 && zoom >= CAPITALS_FROM_ZOOM)) named.push({ name, lon, lat });
    return named;
  }
}

/** Pixels of a country's name; the style and the placing of names share it. */
export function countryNamePx(weight: number, zoom: number): number {
  const stops = [
    [1, 8.5 + 2 * weight],
    [4, 9.5 + 5 * weight],
    [6.5, 12 + 8 * weight],
  ] as const;
  for (let i = 1; i < stops.length; i += 1) {
    const [from, small] = stops[i - 1]!;
    const [to, large] = stops[i]!;
    if (zoom <= to || i === stops.length - 1) return small + (large - small) * Math.max(0, Math.min(1, (zoom - from) / (to - from)));
  }
  return 12;
}
export const cityNamePx = (zoom: number): number => 11 + Math.max(0, Math.min(1, (zoom - 4.4) / 2.6)) * 2;
