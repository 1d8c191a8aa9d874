import { useSyncExternalStore } from 'react';
import type { VisitList } from '../live/visit-list.ts';
import { t } from '../messages/catalogue.ts';
import { Flag } from '../ui/flag.tsx';
import { PanelBack } from '../ui/panel-back.tsx';
import type { PlaceScope } from './place-param.ts';
import type { PlaceName } from './use-place-name.ts';

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
