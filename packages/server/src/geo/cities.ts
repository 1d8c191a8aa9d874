/**
 * The cities under which places are gathered, and a point per country (cities.generated.tsv, made by tools/geo/make-cities.ts).
 * A geo database names districts ("Acibadem" for Istanbul); without this one town would be twenty pins.
 */
import { fold } from '@foyer/domain/rules';
import { distanceKm, kmPerDegreeLon, kmToDegreesLat } from './sphere.ts';

export interface City {
  /** `cc|region|city`, folded: the same on every node and for every database. */
  readonly id: string;
  readonly country: string;
  readonly region: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

/** Beyond this a village keeps its own name. */
const REACH_KM = 40;
/** Cells of half a degree: the reach is less than one of them north and south. */
const CELLS_PER_DEGREE = 2;
const COLUMNS = 360 * CELLS_PER_DEGREE;

interface Point {
  readonly country: string;
  readonly lat: number;
  readonly lon: number;
  readonly city: City;
}

export class Cities {
  readonly #cells = new Map<number, Point[]>();
  readonly #ids = new Set<string>();
  readonly #centres = new Map<string, { readonly lat: number; readonly lon: number }>();

  /** `tsv`: text of cities.generated.tsv. Cost: about 10 ms and 3 MB. */
  constructor(tsv: string) {
    const cities: City[] = [];
    for (const line of tsv.split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      const [country = '', region = '', name = '', lat = '', lon = '', under = ''] = line.split('\t');
      if (country === '=') {
        this.#centres.set(region, { lat: Number(name), lon: Number(lat) });
        continue;
      }
      const own: City = { id: placeId(country, region, name), country, region, name, lat: Number(lat), lon: Number(lon) };
      // The file has the largest first, and a city goes under a larger one only.
      const city = under === '' ? own : cities[Number(under)];
      if (!city) throw new Error(`cities.generated.tsv: line ${line} goes under a city that does not stand before it`);
      cities.push(city);
      this.#ids.add(city.id);
      const cell = cellOf(row(own.lat), column(own.lon));
      const points = this.#cells.get(cell) ?? [];
      points.push({ country, lat: own.lat, lon: own.lon, city });
      this.#cells.set(cell, points);
    }
  }

  /** The city people there would name: the nearest within 40 km in the same country, or the larger one it belongs to. null: none. Cost: a few dozen distances. */
  nearest(country: string, lat: number, lon: number): City | null {
    let best: City | null = null;
    let bestKm = REACH_KM;
    const rows = kmToDegreesLat(REACH_KM);
    const columns = REACH_KM / kmPerDegreeLon(lat);
    for (let r = row(lat - rows); r <= row(lat + rows); r++) {
      for (let c = column(lon - columns); c <= column(lon + columns); c++) {
        for (const point of this.#cells.get(cellOf(r, c)) ?? []) {
          if (point.country !== country) continue;
          const km = distanceKm(lat, lon, point.lat, point.lon);
          if (km <= bestKm) [best, bestKm] = [point.city, km];
        }
      }
    }
    return best;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Where to show somebody of whom only the country is known. null: no such country. */
  centreOf(country: string): { readonly lat: number; readonly lon: number } | null {
    return this.#centres.get(country) ?? null;
  }
}

/** Names are cut so that an id stays under the 200 characters of the wire. */
export function placeId(country: string, region: string, city: string): string {
  const part = (text: string): string => fold(text).replaceAll('|', ' ').slice(0, 80);
  return `${country}|${part(region)}|${part(city)}`;
}

const row = (lat: number): number => Math.floor((lat + 90) * CELLS_PER_DEGREE);
const column = (lon: number): number => Math.floor((lon + 180) * CELLS_PER_DEGREE);
/** Columns go round: beyond 180° east is 180° west. */
const cellOf = (r: number, c: number): number => r * COLUMNS + (((c % COLUMNS) + COLUMNS) % COLUMNS);
