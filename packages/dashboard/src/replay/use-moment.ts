import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { Counted, Moment, Player } from './player.ts';

/** Renders a few times a second while it plays. */
export const useMoment = (player: Player): Moment => useSyncExternalStore(player.subscribe, () => player.moment);

/** Renders with each count that the map gets. */
export const useCounted = (player: Player): Counted => useSyncExternalStore(player.subscribeCounted, () => player.counted);

/** Calls `draw` at each frame in which the moment moves, without rendering anything, and after each render. */
export function useFrame(player: Player, draw: () => void): void {
  const latest = useEffectEvent(draw);
  useEffect(() => player.subscribeFrame(() => latest()), [player]);
  const drawNow = useRef(draw);
  drawNow.current = draw;
  useLayoutEffect(() => drawNow.current());
}

/** Writes a text past React, when it is another one. */
export function write(element: RefObject<HTMLElement | null>, text: string): void {
  if (element.current && element.current.textContent !== text) element.current.textContent = text;
}
