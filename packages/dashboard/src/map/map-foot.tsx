import type { Status } from '@foyer/protocol';
import { useId, useState } from 'react';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Icon } from '../ui/icons.tsx';
import { statusWord } from '../words/names.ts';

const LEGEND: readonly (readonly Status[])[] = [['active'], ['inactive'], ['chatting', 'assigned'], ['unassigned'], ['ai']];

/** Bottom left: who is not on the map, what its colours mean, and the way to the day before. `onUnknown` null: they have no list. */
export function MapFoot({
  unknown,
  onUnknown,
  onReplay,
}: {
  readonly unknown: number;
  readonly onUnknown: (() => void) | null;
  readonly onReplay?: (() => void) | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="map-foot">
      {unknown > 0 && (
        <button
          className="map-chip"
          type="button"
          data-testid="unknown-chip"
          data-value={unknown}
          title={t.map.unknownCount(unknown, number(unknown))}
          disabled={!onUnknown}
          onClick={onUnknown ?? undefined}
        >
          <Icon name="nowhere" size="sm" />
          {t.map.unknown} <b>{number(unknown)}</b>
        </button>
      )}
      {onReplay && (
        <button
          className="map-chip map-replay"
          type="button"
          title={t.replay.title}
          aria-label={t.replay.title}
          data-testid="replay-open"
          onClick={onReplay}
        >
          <Icon name="clock" size="sm" />
          <span>{t.replay.title}</span>
        </button>
      )}
      <button
        className="map-chip map-key-button"
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen((open) => !open)}
      >
        <Icon name="info" size="sm" />
        {t.map.legend}
      </button>
      <ul className="map-key map-chip" id={id} aria-label={t.map.legend} data-open={isOpen || undefined}>
        {LEGEND.map((statuses) => (
          <li key={statuses[0]}>
            <span className="dot" data-status={statuses[0]} />
            {statuses.map(statusWord).join(', ')}
          </li>
        ))}
        <li>
          <span className="dot dot-approximate" />
          {t.map.approximate}
        </li>
      </ul>
    </div>
  );
}

/** Whose data the map shows; the licences ask for it where it is shown. */
export function Attribution() {
  const { placesBy } = useMe();
  return (
    <p className="map-by" data-testid="map-attribution">
      {placesBy && (
        <>
          <a href={placesBy.url} target="_blank" rel="noopener noreferrer">
            {placesBy.text}
          </a>
          {' · '}
        </>
      )}
      {t.map.data}
    </p>
  );
}
