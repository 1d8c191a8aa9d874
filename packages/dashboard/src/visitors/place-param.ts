import type { Scope } from '@foyer/protocol';

/** `?place=`: a city id as rows have it, `region:CC|region`, `country:CC`, or `unknown`. */
export type PlaceScope = { readonly city: string } | { readonly region: string } | { readonly country: string };
const REGION = 'region:';
const COUNTRY = 'country:';
const UNKNOWN = 'unknown';

export function placeParam(place: PlaceScope): string {
  if ('region' in place) return REGION + place.region;
  if ('country' in place) return COUNTRY + place.country;
  return place.city === '' ? UNKNOWN : place.city;
}

export function placeScope(param: string | undefined): PlaceScope | null {
  if (param === undefined || param === '') return null;
  if (param.startsWith(REGION)) return sized(param.slice(REGION.length), (region) => ({ region }));
  if (param.startsWith(COUNTRY)) {
    const country = param.slice(COUNTRY.length);
    return /^[A-Za-z]{2}$/.test(country) ? { country } : null;
  }
  return param === UNKNOWN ? { city: '' } : sized(param, (city) => ({ city }));
}

/** As long as the server takes (protocol, `Scope`): what is longer names no place, and a frame with it would cost the connection. */
function sized(text: string, scope: (text: string) => PlaceScope): PlaceScope | null {
  return text.length > 0 && text.length <= 200 ? scope(text) : null;
}

/** The scope of a list: one site or all, one place or all, counted or left out. */
export function scopeOf(q: { readonly site: string | undefined; readonly filtered: boolean; readonly place: PlaceScope | null }): Scope {
  return {
    ...(q.site ? { site: q.site } : {}),
    ...(q.filtered ? { filtered: true } : {}),
    ...(q.place ?? {}),
  };
}
