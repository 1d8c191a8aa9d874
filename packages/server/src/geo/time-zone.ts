import { getAllTimezones } from 'countries-and-timezones';

/** The library looks names up in a plain object, where `toString` is found too; a Map holds zones only. Old names (`Asia/Calcutta`) included. */
const COUNTRIES = new Map(Object.values(getAllTimezones({ deprecated: true })).map((zone) => [String(zone.name), zone.countries[0] ?? '']));

/** ISO code of the country most people of an IANA zone live in; '' for `UTC` and what is no zone. */
export const countryOfZone = (timeZone: string): string => COUNTRIES.get(timeZone) ?? '';
