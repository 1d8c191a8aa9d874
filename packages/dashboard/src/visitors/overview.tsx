import type { Count, Totals } from '@foyer/protocol';
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLive } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import type { ViewStore } from '../live/view-store.ts';
import { Flag } from '../ui/flag.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { pathOf } from '../words/address.ts';
import { countryName } from '../words/names.ts';
import { Breakdown, type BreakdownPart } from './breakdown.tsx';
import { termFor } from './filter-bar.tsx';

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
  const plain = (key: string): ReactNode => key || 'Unknown';
  const top = (breakdown: BreakdownPart): BreakdownPart => ({ ...breakdown, exact: shown?.exact ?? true });
  const placed = (breakdown: BreakdownPart): BreakdownPart =>
    (shown?.unknownPlace ?? 0) > 0 ? { ...breakdown, none: 'Only unknown places' } : breakdown;
  const country = (key: string): ReactNode => (
    <>
      <Flag country={key} named />
      <span className="truncate">{key === '' ? 'Unknown' : countryName(key)}</span>
    </>
  );

  const cards: readonly (readonly BreakdownPart[])[] = [
    [
      placed(part('Country', 'country', shown?.countries, country, (key) => key.toLowerCase())),
      placed(
        part(
          'City',
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
      top(part('Page now', 'page', shown?.pages, (key) => (key === '' ? 'Unknown' : pathOf(key)), pathOf)),
      top(part('Referrer', 'referrer', shown?.referrers, (key) => key || 'Direct')),
    ],
    [part('Browser', 'browser', shown?.browsers, plain), part('Device', 'device', shown?.devices, capital)],
    [part('OS', 'os', shown?.systems, plain)],
  ];
  return (
    <div className="overview goes-stale">
      <header className="page-head">
        <h2>Right now</h2>
        <span className="live">
          <span className="dot pulse" data-status="active" />
          Live
        </span>
      </header>
      <dl className="card stats">
        <Stat
          word="Live visitors"
          testId="total-live"
          value={shown?.live}
          of={isFilterOn ? all?.live : undefined}
          title="Online now: a tab is open, or was until 5 seconds ago. Live = Chatting + Browsing."
        />
        <Stat word="Chatting" dot="chatting" testId="total-chatting" value={shown?.chatting} title="The chat is open." />
        <Stat word="Browsing" dot="active" testId="total-browsing" value={shown?.browsing} title="Online without a chat." />
        <Stat
          word="Listed"
          testId="total-listed"
          value={shown?.listed}
          of={isFilterOn ? all?.listed : undefined}
          title="Live visitors and those who left, until 30 minutes after their last activity."
        />
      </dl>
      <div className="breakdowns">
        {cards.map((parts) => (
          <Breakdown key={parts[0]?.title} parts={parts} whole={shown?.live ?? 0} filter={filter} onFilter={onFilter} />
        ))}
      </div>
      {(shown?.unknownPlace ?? 0) > 0 && (
        <p className="hint overview-foot">
          <b className="num">{shown?.unknownPlace}</b> with an unknown place are counted everywhere but under Country and City.
        </p>
      )}
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

const capital = (key: string): string => (key === '' ? 'Unknown' : key.slice(0, 1).toUpperCase() + key.slice(1));
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
        {value === undefined ? <span className="skeleton stat-skeleton" /> : value.toLocaleString('en')}
        {of !== undefined && <small> of {of.toLocaleString('en')}</small>}
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
  const cities = useSyncExternalStore(store?.subscribeCities ?? never, () => store?.cities ?? null);
  const known = useSyncExternalStore(places.subscribe, () => places.size);
  useEffect(() => {
    if (cities && cities.size > 0) places.need(Math.max(...cities.keys()));
  }, [cities, places]);
  return useMemo(() => {
    if (!cities) return null;
    if (known === 0) return [];
    const rows: CityRow[] = [];
    for (const [index, counts] of cities) {
      const place = places.get(index);
      let count = 0;
      for (let i = 1; i < counts.length; i += 1) count += counts[i] ?? 0;
      if (place && !place.approximate && place.city !== '' && count > 0)
        rows.push({ key: `${place.country}|${place.region}|${place.city}`, count, country: place.country });
    }
    return rows.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, CITIES_SHOWN);
  }, [cities, places, known]);
}
const never = (): (() => void) => () => {};
