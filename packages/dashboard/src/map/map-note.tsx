import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import type { MapState } from './use-world-map.ts';

/** Why there is no map. Nothing while there is one, or soon. */
export function MapNote({ state, onAgain }: { readonly state: MapState; readonly onAgain: () => void }) {
  if (state === 'ready' || state === 'loading') return null;
  const texts = {
    no_webgl: [t.map.noWebgl, t.map.noWebglWhy],
    failed: [t.map.failed, t.map.failedWhy],
    lost: [t.map.lost, t.map.lostWhy],
  } as const;
  const [title, why] = texts[state];
  return (
    <div className="map-note" role="status" data-testid="map-note" data-code={state}>
      <div className="floating">
        <Icon name="map" size="lg" />
        <h2>{title}</h2>
        <p>{why}</p>
        {state !== 'no_webgl' && (
          <button className="button" type="button" onClick={onAgain}>
            {t.map.again}
          </button>
        )}
      </div>
    </div>
  );
}
