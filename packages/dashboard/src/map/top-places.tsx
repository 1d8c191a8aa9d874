import { useEffect, useState } from 'react';
import { useLive } from '../app/live.ts';
import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { pinName } from './place-words.ts';

const MOST = 20;
const EVERY_MS = 2_000;

interface Top {
  readonly id: string;
  readonly text: string;
}

/**
 * The map in words, for screen readers: the twenty largest places, each a button that opens its list. Read again every two seconds
 * at most, because each reading sorts every place there is.
 */
export function TopPlaces({ store, onPlace }: { readonly store: ViewStore | null; readonly onPlace: (scope: { city: string }) => void }) {
  const { places } = useLive();
  const [top, setTop] = useState<readonly Top[]>([]);
  useEffect(() => {
    if (!store) return setTop([]);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = (): void => {
      timer = undefined;
      setTop((old) => {
        const next = topOf(store, (index) => places.get(index));
        return next.length === old.length && next.every(({ text }, i) => text === old[i]?.text) ? old : next;
      });
    };
    const soon = (): void => {
      timer ??= setTimeout(read, EVERY_MS);
    };
    read();
    const undo = [store.subscribeCities(soon), places.subscribe(soon)];
    return () => {
      clearTimeout(timer);
      for (const end of undo) end();
    };
  }, [store, places]);
  return (
    <div className="visually-hidden">
      <h2>{t.map.top}</h2>
      <ul data-testid="map-top">
        {top.map(({ id, text }) => (
          <li key={id}>
            <button type="button" tabIndex={-1} onClick={() => onPlace({ city: id })}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function topOf(store: ViewStore, placeOf: (index: number) => Parameters<typeof pinName>[0]['place'] | undefined): Top[] {
  const sums: { index: number; total: number }[] = [];
  for (const [index, counts] of store.cities) {
    let total = 0;
    for (let i = 1; i < counts.length; i += 1) total += counts[i] ?? 0;
    sums.push({ index, total });
  }
  sums.sort((a, b) => b.total - a.total || a.index - b.index);
  const top: Top[] = [];
  for (const { index, total } of sums.slice(0, MOST)) {
    const place = placeOf(index);
    if (!place) continue;
    const name = pinName({ kind: 'city', place });
    top.push({ id: place.id, text: `${name}: ${t.map.visitors(total, number(total))}` });
  }
  return top;
}
