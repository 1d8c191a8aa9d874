import './overview.css';
import type { Count, Totals } from '@foyer/protocol';
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

/** What is true of everybody here right now, or of those the filter finds. A click on a bar is a term of the filter. */
export function Overview({
  store,
  all,
  matching,
  isFilterOn,
  filter,
  onFilter,
}: {
  readonly store: ViewStore | null;
  readonly all: Totals | null;
  /** Totals of the filter; null: there is none, or its count is on the way. `store` is the view they come from. */
  readonly matching: Totals | null;
  readonly isFilterOn: boolean;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}) {
  const { placesBy } = useMe();
  const shown = isFilterOn ? (matching ?? all) : all;
  const cities = useCities(store);
  const part = (
    title: string,
    field: string,
    counts: readonly Count[] | undefined,
    words: (key: string) => ReactNode,
    termValue: (key: string) => string = (key) => key,
  ): BreakdownPart => ({
    title,
    exact: true,
    rows:
      counts?.map(({ key, count }) => ({ key, count, label: words(key), term: key === '' ? '' : termFor(field, termValue(key)) })) ?? null,
  });
  const plain = (key: string): ReactNode => key || t.words.unknown;
  const top = (breakdown: BreakdownPart): BreakdownPart => ({ ...breakdown, exact: shown?.exact ?? true });
  const placed = (breakdown: BreakdownPart): BreakdownPart =>
    (shown?.unknownPlace ?? 0) > 0 ? { ...breakdown, none: t.monitor.onlyUnknownPlaces } : breakdown;
  const country = (key: string): ReactNode => (
    <>
      <Flag country={key} named />
      <span className="truncate">{key === '' ? t.words.unknown : countryName(key)}</span>
    </>
  );

  const cards: readonly (readonly BreakdownPart[])[] = [
    [
      placed(part(t.monitor.country, 'country', shown?.countries, country, (key) => key.toLowerCase())),
      placed(
        part(
          t.monitor.city,
          'city',
          cities?.map(({ key, count }) => ({ key, count })),
          (key) => (
            <>
              <Flag country={cities?.find((c) => c.key === key)?.country ?? ''} named />
              <span className="truncate">{cityOf(key)}</span>
            </>
          ),
          cityOf,
        ),
      ),
    ],
    [
      top(part(t.monitor.page, 'page', shown?.pages, (key) => (key === '' ? t.words.unknown : pathOf(key)), pathOf)),
      top(part(t.monitor.referrer, 'referrer', shown?.referrers, (key) => key || t.words.direct)),
    ],
    [part(t.monitor.browser, 'browser', shown?.browsers, plain), part(t.monitor.device, 'device', shown?.devices, deviceWord)],
    [part(t.monitor.os, 'os', shown?.systems, plain)],
  ];
  return (
    <div className="overview goes-stale">
      <dl className="card stats">
        <Stat
          word={t.monitor.onlineNow}
          testId="total-live"
          value={shown?.live}
          of={isFilterOn ? all?.live : undefined}
          title={t.monitor.onlineNowHint}
        />
        <Stat word={t.monitor.chatting} dot="chatting" testId="total-chatting" value={shown?.chatting} title={t.monitor.chattingHint} />
        <Stat word={t.monitor.browsing} dot="active" testId="total-browsing" value={shown?.browsing} title={t.monitor.browsingHint} />
        <Stat
          word={t.monitor.listed}
          testId="total-listed"
          value={shown?.listed}
          of={isFilterOn ? all?.listed : undefined}
          title={t.monitor.listedHint}
        />
      </dl>
      <div className="breakdowns">
        {cards.map((parts) => (
          <Breakdown key={parts[0]?.title} parts={parts} whole={shown?.live ?? 0} filter={filter} onFilter={onFilter} />
        ))}
      </div>
      {(shown?.unknownPlace ?? 0) > 0 && <p className="hint overview-foot">{t.monitor.unknownPlaces(number(shown?.unknownPlace ?? 0))}</p>}
      {placesBy && (
        <p className="hint overview-foot">
          <WebLink className="link" address={placesBy.url}>
            {placesBy.text}
          </WebLink>
        </p>
      )}
    </div>
  );
}

/** City ids are `CC|region|city`; two towns of one name stay two rows. */
const cityOf = (key: string): string => key.slice(key.lastIndexOf('|') + 1);

function Stat({
  word,
  value,
  of,
  dot,
  title,
  testId,
}: {
  readonly word: string;
  readonly value: number | undefined;
  readonly of?: number | undefined;
  readonly dot?: string;
  readonly title: string;
  readonly testId: string;
}) {
  return (
    <div className="stat" title={title}>
      <dt>
        {dot && <span className="dot" data-status={dot} />}
        {word}
      </dt>
      <dd data-testid={testId}>
        {value === undefined ? <span className="skeleton stat-skeleton" /> : number(value)}
        {of !== undefined && <small> {t.monitor.ofAll(number(of))}</small>}
      </dd>
    </div>
  );
}

interface CityRow extends Count {
  readonly country: string;
}
const CITIES_SHOWN = 20;

/** The largest cities by name. Their names are fetched once; until then they are left out, not numbered. */
function useCities(store: ViewStore | null): readonly CityRow[] | null {
  const { places } = useLive();
  // The map is one and the same: what tells that it changed is its version.
  const version = useSyncExternalStore(store?.subscribeCities ?? never, () => store?.citiesVersion ?? 0);
  const cities = store?.cities ?? null;
  const known = useSyncExternalStore(places.subscribe, () => places.size);
  useEffect(() => {
    if (cities && cities.size > 0) places.need(Math.max(...cities.keys()));
  }, [cities, version, places]);
  return useMemo(() => cities && largestCities(cities, places, { version, known }), [cities, version, places, known]);
}

/** `asOf`: the versions of both stores; other ones are another answer. */
function largestCities(
  cities: NonNullable<ViewStore['cities']>,
  places: PlaceStore,
  asOf: { readonly version: number; readonly known: number },
): readonly CityRow[] {
  if (asOf.known === 0) return [];
  const rows: CityRow[] = [];
  for (const [index, counts] of cities) {
    const place = places.get(index);
    let count = 0;
    for (let i = 1; i < counts.length; i += 1) count += counts[i] ?? 0;
    if (place && !place.approximate && place.city !== '' && count > 0)
      rows.push({ key: `${place.country}|${place.region}|${place.city}`, count, country: place.country });
  }
  return rows.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, CITIES_SHOWN);
}
const never = (): (() => void) => () => {};
