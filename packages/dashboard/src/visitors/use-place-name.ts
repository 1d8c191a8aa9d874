import { useSyncExternalStore } from 'react';
import { useLive } from '../app/live.ts';
import type { VisitList } from '../live/visit-list.ts';
import { t } from '../messages/catalogue.ts';
import { cityName, countryName } from '../words/names.ts';
import type { PlaceScope } from './place-param.ts';
import { useListPart } from './use-list.ts';

export interface PlaceName {
  readonly country: string;
  readonly text: string;
}

/** From the places known, as the map has them; else from a row of the list. null: not known yet. */
export function usePlaceName(place: PlaceScope | null, list: VisitList): PlaceName | null {
  const { places } = useLive();
  useSyncExternalStore(places.subscribe, () => places.size);
  const first = useListPart(list, (state) => (place ? (state.rows.order[0] ?? '') : ''));
  if (!place) return null;
  const row = list.row(first);
  if ('region' in place) {
    const [country = '', region = ''] = place.region.split('|');
    return { country, text: row?.region || region };
  }
  if ('country' in place) return { country: place.country, text: countryName(place.country) };
  if (place.city === '') return { country: '', text: t.visitors.place.unknown };
  if (row?.place === place.city) return { country: row.country, text: cityName(row) };
  const known = places.find(place.city);
  return known ? { country: known.country, text: cityName(known) } : null;
}
