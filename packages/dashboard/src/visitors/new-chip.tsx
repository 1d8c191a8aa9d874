import { useEffect, useRef, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';

/** A screen reader hears of arrivals at most this often; a number that changes ten times a second says nothing. */
const SAY_EVERY_MS = 10_000;

/** “12 new”, while the list is held still. */
export function NewChip({ fresh, onShow }: { readonly fresh: number; readonly onShow: () => void }) {
  const said = useSaid(fresh);
  return (
    <>
      {fresh > 0 && (
        <button className="new-chip" type="button" data-testid="new-chip" onClick={onShow}>
          <Icon name="up" size="sm" />
          {t.visitors.newVisitors(fresh)}
        </button>
      )}
      <span className="visually-hidden" role="status" data-testid="new-said">
        {said > 0 ? t.visitors.newAnnounced(said) : ''}
      </span>
    </>
  );
}

function useSaid(fresh: number): number {
  const [said, setSaid] = useState(0);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (fresh === 0) return setSaid(0);
    const waitMs = Math.max(0, lastAt.current + SAY_EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      lastAt.current = performance.now();
      setSaid(fresh);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [fresh]);
  return said;
}
