import { CITY_ORDER, type Status } from '@foyer/protocol';
import { badgeOffset } from './core/badge-layout.ts';
import { isApproximate, type Pin, SPOTS } from './core/pin.ts';
import type { PinReport } from './foyer-map.ts';
import type { WorldMap } from './world-map.ts';

/** Puts `foyerMap` on the map's canvas. Answers the end of it. */
export function exposeTestHook(map: WorldMap, root: HTMLElement): () => void {
  const { canvas } = map;
  const lose = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
  const at = (lon: number, lat: number): { x: number; y: number } | null => {
    const box = root.getBoundingClientRect();
    const point = map.pointOf(lon, lat);
    return point && { x: point.x + box.left, y: point.y + box.top };
  };
  const report = (pin: Pin): PinReport => {
    const point = at(pin.place.lon, pin.place.lat);
    const radius = map.radiusOf(pin);
    const spot = SPOTS[pin.spot];
    const { dx, dy } = badgeOffset(pin.spot, radius, pin.badgeWidth);
    return {
      kind: pin.kind,
      id: pin.id,
      x: point?.x ?? null,
      y: point?.y ?? null,
      radius,
      count: pin.total,
      core: pin.core,
      shares: Object.fromEntries(CITY_ORDER.map((status, i) => [status, pin.counts[i] ?? 0])) as Record<Status, number>,
      approximate: isApproximate(pin),
      badge:
        spot === undefined || pin.badge === '' || !point
          ? null
          : { text: pin.badge, spot, x: point.x + dx, y: point.y + dy, width: pin.badgeWidth },
    };
  };
  canvas.foyerMap = {
    pinAt: (cityId) => {
      const pin = map.scene.pinOf(cityId);
      return pin ? report(pin) : null;
    },
    pins: () => [...map.scene.pins].map(report),
    at,
    loseContext: () => lose?.loseContext(),
    restoreContext: () => lose?.restoreContext(),
  };
  return () => {
    delete canvas.foyerMap;
  };
}
