/** What a city database says of an address, in one shape. */
export interface GeoRecord {
  /** ISO 3166 alpha-2, upper case; never ''. */
  readonly country: string;
  readonly region: string;
  /** Without a district: "Berlin (Mitte)" is Berlin. */
  readonly city: string;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly organisation: string;
}

/**
 * Reads a record of any of the common databases; null when it has no country.
 *
 * - GeoLite2, GeoIP2 and DB-IP's own files: `{country: {iso_code}, city: {names: {en}}, subdivisions: [{names}], location: {latitude, longitude}}`,
 *   owners of addresses in `traits`.
 * - ip-location-db (the built-in one): `{country_code, state1, city, latitude, longitude}`.
 * - IPinfo: `{country, region, city, lat, lng, as_name}`, numbers as text.
 */
export function readRecord(value: unknown): GeoRecord | null {
  const country =
    text(at(value, 'country', 'iso_code')) ||
    text(at(value, 'country_code')) ||
    text(at(value, 'country')) ||
    text(at(value, 'registered_country', 'iso_code'));
  if (!/^[A-Za-z]{2}$/.test(country)) return null;
  const lat = coordinate(at(value, 'location', 'latitude') ?? at(value, 'latitude') ?? at(value, 'lat'), 90);
  const lon = coordinate(at(value, 'location', 'longitude') ?? at(value, 'longitude') ?? at(value, 'lng') ?? at(value, 'lon'), 180);
  const hasPoint = lat !== null && lon !== null;
  return {
    country: country.toUpperCase(),
    region: english(at(value, 'subdivisions', 0)) || text(at(value, 'state1')) || text(at(value, 'region')),
    city: (english(at(value, 'city')) || text(at(value, 'city'))).replace(/\s*[([].*$/, ''),
    lat: hasPoint ? lat : null,
    lon: hasPoint ? lon : null,
    organisation:
      ['isp', 'organization', 'autonomous_system_organization'].map((key) => text(at(value, 'traits', key))).find(Boolean) ||
      text(at(value, 'as_name')) ||
      text(at(value, 'isp')),
  };
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[key];
  }
  return here;
}

const english = (named: unknown): string => text(at(named, 'names', 'en')) || text(at(named, 'name'));
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function coordinate(value: unknown, most: number): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= most ? number : null;
}
