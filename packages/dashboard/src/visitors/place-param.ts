import type { Scope } from '@foyer/protocol';

/** `?place=`: a city id as rows have it, `region:CC|region`, or `unknown`. */
export type PlaceScope = { readonly city: string } | { readonly region: string };
const REGION = 'region:';
const UNKNOWN = 'unknown';

export function placeParam(place: PlaceScope): string {
  if ('region' in place) return REGION + place.region;
  return place.city === '' ? UNKNOWN : place.city;
}

export function placeScope(param: string | undefined): PlaceScope | null {
  if (param === undefined || param === '') return null;
  if (param.startsWith(REGION)) return { region: param.slice(REGION.length) };
  return { city: param === UNKNOWN ? '' : param };
}

/** The scope of a list: one site or all, one place or all, counted or left out. */
export function scopeOf(q: { readonly site: string | undefined; readonly filtered: boolean; readonly place: PlaceScope | null }): Scope {
  return {
    ...(q.site ? { site: q.site } : {}),
    ...(q.filtered ? { filtered: true } : {}),
    ...(q.place ?? {}),
  };
}
