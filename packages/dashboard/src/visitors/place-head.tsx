import { useSyncExternalStore } from 'react';
import { useLive } from '../app/live.ts';
import type { VisitList } from '../live/visit-list.ts';
import { cityName } from '../map/place-words.ts';
import { t } from '../messages/catalogue.ts';
import { Flag } from '../ui/flag.tsx';
import { countryName } from '../words/names.ts';
import { PanelBack } from './panel-back.tsx';
import type { PlaceScope } from './place-param.ts';
import { useListPart } from './use-list.ts';

export interface PlaceName {
  readonly country: string;
  readonly text: string;
}

const emptyPlace = { city: undefined, region: undefined, country: undefined };

/** Above a place's list: which place, how many are there, and the way back. */
export function PlaceHead({
  place,
  name,
  list,
  filterOn,
  onBack,
}: {
  readonly place: PlaceScope;
  /** null: not known yet. */
  readonly name: PlaceName | null;
  readonly list: VisitList;
  readonly filterOn: boolean;
  readonly onBack: () => void;
}) {
  const state = useSyncExternalStore(list.subscribe, list.get);
  const shown = state.query?.scope;
  const isThis =
    shown !== undefined && (['city', 'region', 'country'] as const).every((kind) => shown[kind] === { ...emptyPlace, ...place }[kind]);
  const total = state.rows.total;
  return (
    <header className="place-head-bar" data-testid="place-head">
      <PanelBack word={t.visitors.panel.all} onClick={onBack} testId="place-back" />
      <div className="place-title">
        {name ? (
          <>
            {name.country !== '' && <Flag country={name.country} named />}
            <h2 className="truncate">
              <bdi>{name.text}</bdi>
            </h2>
          </>
        ) : (
          <span className="skeleton" style={{ inlineSize: 120, blockSize: 12 }} />
        )}
        <span className="tally nowrap" data-testid="place-count">
          {isThis && !(state.pending && total === 0)
            ? filterOn
              ? t.visitors.place.matching(total)
              : t.visitors.place.visitors(total)
            : ''}
        </span>
      </div>
    </header>
  );
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
