import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLive } from '../app/live.ts';
import { t } from '../messages/catalogue.ts';
import { currentLocale } from '../messages/catalogue.ts';
import { regionName } from '../messages/format.ts';
import type { Projection } from './basemap/style.ts';
import { hasWebGl2 } from './has-webgl.ts';
import { pinLabel } from './place-words.ts';
import type { Insets } from './core/world-view.ts';
import type { WorldMap, WorldMapEvents } from './world-map.ts';

export type MapState = 'loading' | 'ready' | 'no_webgl' | 'failed' | 'lost';

/**
 * Loads the map's code and data beside the page, makes the map in `canvas`, and takes it away with the component.
 * `map` is null until then, without WebGL 2, and when something did not come; `again` tries once more.
 */
export function useWorldMap(q: {
  readonly root: RefObject<HTMLElement | null>;
  readonly canvas: RefObject<HTMLElement | null>;
  readonly projection: Projection;
  readonly insets: Insets;
  readonly events: WorldMapEvents;
}): { readonly map: WorldMap | null; readonly state: MapState; readonly again: () => void } {
  const { places } = useLive();
  const [map, setMap] = useState<WorldMap | null>(null);
  const [state, setState] = useState<MapState>('loading');
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(q);
  latest.current = q;
  const make = useEffectEvent(async (isWanted: () => boolean): Promise<WorldMap | null> => {
    if (!hasWebGl2()) {
      setState('no_webgl');
      return null;
    }
    // Code and data beside each other: one wait, not two.
    const [{ WorldMap }, basemap] = await Promise.all([
      import('./world-map.ts'),
      import('./basemap/sources.ts').then((m) => m.loadBasemap()),
    ]);
    const { root, canvas, projection, insets } = latest.current;
    if (!isWanted() || !root.current || !canvas.current) return null;
    return new WorldMap(canvas.current, {
      basemap,
      language: currentLocale().split('-')[0] ?? 'en',
      countryName: regionName,
      nameOf: pinLabel,
      projection,
      places,
      insets,
      root: root.current,
      label: t.map.canvas,
      events: {
        hover: (pin) => latest.current.events.hover(pin),
        click: (pin) => latest.current.events.click(pin),
        framed: () => latest.current.events.framed(),
        changed: () => latest.current.events.changed(),
        lost: (isLost) => {
          setState(isLost ? 'lost' : 'ready');
          latest.current.events.lost(isLost);
        },
      },
    });
  });
  useEffect(() => {
    let isWanted = true;
    let made: WorldMap | null = null;
    setState('loading');
    make(() => isWanted).then(
      (next) => {
        made = next;
        if (!isWanted) return next?.dispose();
        setMap(next);
        if (next) setState('ready');
      },
      (failure: unknown) => {
        // The list goes on without it; whoever runs Foyer finds the reason here.
        console.warn('the map could not be made', failure);
        if (isWanted) setState('failed');
      },
    );
    return () => {
      isWanted = false;
      made?.dispose();
      setMap(null);
    };
  }, [attempt]);
  return { map, state, again: () => setAttempt((n) => n + 1) };
}
