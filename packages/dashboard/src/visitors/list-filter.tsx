import type { Site } from '@foyer/protocol';
import { useMemo } from 'react';
import { useMeta } from '../app/live.ts';
import type { ViewStore } from '../live/view-store.ts';
import type { VisitList } from '../live/visit-list.ts';
import { refusalText } from '../words/refusal.ts';
import { FilterBar } from './filter-bar.tsx';
import { SavedFiltersButton } from './saved-filters-button.tsx';
import { useListed, useListPart } from './use-list.ts';

/** The filter of the list, with how many of how many it finds; without one it does not follow their numbers. */
export function ListFilter({
  list,
  everybody,
  sites,
  filter,
  isOfAll,
  onFilter,
  onDown,
}: {
  readonly list: VisitList;
  readonly everybody: ViewStore | null;
  readonly sites: readonly Site[];
  readonly filter: string;
  /** false: those left out, of whom there is no total. */
  readonly isOfAll: boolean;
  readonly onFilter: (filter: string) => void;
  readonly onDown: () => void;
}) {
  const isOn = filter !== '';
  const matches = useListPart(list, (state) => (isOn ? state.rows.total : null));
  const refused = useListPart(list, (state) => state.refused);
  const pending = useListPart(list, (state) => state.pending && state.query !== null);
  const counting = useMeta(useListPart(list, (state) => state.store))?.counting ?? false;
  const of = useListed(isOn && isOfAll ? everybody : null);
  const source = useMemo(
    () => ({ everybody, rows: () => list.get().rows.order.flatMap((id) => list.row(id) ?? []), sites }),
    [everybody, list, sites],
  );
  return (
    <FilterBar
      filter={filter}
      onFilter={onFilter}
      refused={refused && refusalText(refused)}
      busy={pending || counting}
      matches={matches}
      of={of}
      counting={counting}
      source={source}
      onDown={onDown}
    >
      <SavedFiltersButton filter={filter} onApply={onFilter} />
    </FilterBar>
  );
}
