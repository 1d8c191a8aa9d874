import type { RefObject } from 'react';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { isApproximate, type Pin } from './core/pin.ts';
import { pinName } from './place-words.ts';

/** How many were at a place then. Who they were is in the list beside the map. */
export function PastPopup({
  pin,
  cities,
  total,
  box,
}: {
  readonly pin: Pin;
  readonly cities: number;
  readonly total: number;
  readonly box: RefObject<HTMLDivElement | null>;
}) {
  const count = t.map.visitors(total, number(total));
  return (
    <div className="place-popup place-popup-past floating" data-testid="map-popup" data-place={pin.id} data-total={total} ref={box}>
      <h2 className="place-head">
        <Flag country={pin.place.country} named />
        <span className="place-name">{pinName(pin)}</span>
        <span className="tally">{cities > 1 ? t.map.inRegion(count, t.map.cities(cities)) : count}</span>
      </h2>
      {isApproximate(pin) && <p className="place-note">{t.map.approximate}</p>}
    </div>
  );
}
