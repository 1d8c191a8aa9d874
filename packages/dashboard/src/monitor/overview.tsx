import './overview.css';
import type { Count } from '@foyer/protocol';
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLive } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import type { PlaceStore } from '../live/place-store.ts';
import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { pathOf } from '../words/address.ts';
import { termFor } from '../words/filter-text.ts';
import { countryName, deviceWord } from '../words/names.ts';
import { Breakdown, type BreakdownPart } from './breakdown.tsx';
import { useCalmTotals } from './use-calm-totals.ts';

/** Who is here right now, or who of them the filter finds, by kinds. A click on a bar is a term of the filter. */
export function Overview({
  store,
  filter,
  onFilter,
  children,
}: {
  /** What is counted: everybody, or what the filter finds. */
  readonly store: ViewStore | null;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** Beside the breakdowns. */
  readonly children: ReactNode;
}) {
  const { placesBy } = useMe();
  const { places } = useLive();
  const shown = useCalmTotals(store);
  const part = (
    title: string,
    field: string,
    counts: () => readonly Count[] | undefined,
    words: (key: string) => ReactNode,
    termValue: (key: string) => string = (key) => key,
  ): BreakdownPart => ({
    title,
    exact: true,
    counts: () => counts() ?? null,
    labelOf: words,
    termOf: (key) => (key === '' ? '' : termFor(field, termValue(key))),
  });
  const plain = (key: string): ReactNode => key || t.words.unknown;
  const top = (breakdown: BreakdownPart): BreakdownPart => ({ ...breakdown, exact: shown?.exact ?? true });
  const unknown = shown?.unknownPlace ?? 0;
  const placed = (breakdown: BreakdownPart): BreakdownPart => ({
    ...breakdown,
    ...(unknown > 0 ? { none: t.monitor.onlyUnknownPlaces } : {}),
    aside: unknown > 0 && <span title={t.monitor.unknownPlaces(number(unknown))}>{t.monitor.unknownShort(number(unknown))}</span>,
    foot: placesBy && (
      <span className="hint">
        <WebLink className="link" address={placesBy.url}>
          {placesBy.text}
        </WebLink>
      </span>
    ),
  });
  const country = (key: string): ReactNode => (
    <>
      <Flag country={key} named />
      <span className="truncate">{key === '' ? t.words.unknown : countryName(key)}</span>
    </>
  );
  const city = (key: string): ReactNode => (
    <>
      <Flag country={key.slice(0, key.indexOf('|'))} named />
      <span className="truncate">{cityOf(key)}</span>
    </>
  );
  usePlaces(store, places);
  const cards: readonly (readonly BreakdownPart[])[] = [
    [part(t.monitor.browser, 'browser', () => shown?.browsers, plain), part(t.monitor.device, 'device', () => shown?.devices, deviceWord)],
    [part(t.monitor.os, 'os', () => shown?.systems, plain)],
    [
      placed(
        part(
          t.monitor.country,
          'country',
          () => shown?.countries,
          country,
          (key) => key.toLowerCase(),
        ),
      ),
      placed(part(t.monitor.city, 'city', () => (store && shown ? largestCities(store, places) : undefined), city, cityOf)),
    ],
    [
      top(
        part(
          t.monitor.page,
          'page',
          () => shown?.pages,
          (key) => (key === '' ? t.words.unknown : pathOf(key)),
          pathOf,
        ),
      ),
      top(
        part(
          t.monitor.referrer,
          'referrer',
          () => shown?.referrers,
          (key) => key || t.words.direct,
        ),
      ),
    ],
  ];
  return (
    <div className="overview goes-stale">
      <div className="breakdowns">
        {cards.map((parts) => (
          <Breakdown key={parts[0]?.title} parts={parts} whole={shown?.live ?? 0} filter={filter} onFilter={onFilter} />
        ))}
        {children}
      </div>
    </div>
  );
}

/** Keys are `CC|region|city`; two towns of one name stay two rows. */
const cityOf = (key: string): string => key.slice(key.lastIndexOf('|') + 1);
const CITIES_SHOWN = 20;

/** Names of the places that are counted are fetched once; until then they are left out, not numbered. */
function usePlaces(store: ViewStore | null, places: PlaceStore): void {
  const known = useSyncExternalStore(places.subscribe, () => places.size);
  const cities = store?.cities;
  const version = useSyncExternalStore(
    useMemo(() => (run: () => void) => store?.subscribeCities(run) ?? (() => {}), [store]),
    () => store?.cities.size ?? 0,
  );
  useEffect(() => {
    if (!cities || cities.size === 0) return;
    let last = 0;
    for (const index of cities.keys()) last = Math.max(last, index);
    places.need(last);
  }, [cities, version, places, known]);
}

function largestCities({ cities }: ViewStore, places: PlaceStore): readonly Count[] {
  const rows: Count[] = [];
  for (const [index, counts] of cities) {
    const place = places.get(index);
    let count = 0;
    for (let i = 1; i < counts.length; i += 1) count += counts[i] ?? 0;
    if (place && !place.approximate && place.city !== '' && count > 0)
      rows.push({ key: `${place.country}|${place.region}|${place.city}`, count });
  }
  return rows.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, CITIES_SHOWN);
}
