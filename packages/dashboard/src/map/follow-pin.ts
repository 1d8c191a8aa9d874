import type { Place } from '@foyer/protocol';
import type { Pin } from './core/pin.ts';
import { badgeOffset } from './core/badge-layout.ts';
import { RIPPLE_PX } from './name-placer.ts';
import type { WorldMap } from './world-map.ts';

/** Between the popup and its pin, and between it and the map's edge. */
const APART_PX = 12;
const EDGE_PX = 8;

/** Puts the ripple at a place: at the pin that holds it, where there is one. */
export function moveRipple(ripple: HTMLElement | null, map: WorldMap, place: Place | undefined, pin: Pin | undefined): void {
  if (!ripple) return;
  const point = place && map.pointOf(place.lon, place.lat);
  ripple.hidden = !point;
  if (!point) return;
  ripple.style.transform = `translate(${point.x.toFixed(1)}px, ${point.y.toFixed(1)}px)`;
  const radius = pin ? map.radiusOf(pin) : 6;
  const { dx, dy } = pin ? badgeOffset(pin.spot, radius, pin.badgeWidth) : { dx: 0, dy: 0 };
  const sizes = {
    size: (radius + RIPPLE_PX) * 2,
    pin: radius,
    'count-x': dx,
    'count-y': dy,
    'count-width': pin && pin.spot >= 0 ? pin.badgeWidth : 0,
  };
  for (const [name, px] of Object.entries(sizes)) ripple.style.setProperty(`--ripple-${name}`, `${px.toFixed(1)}px`);
}

/** The glow around the globe lies behind the canvas, which is clear beyond the globe's edge. */
export function moveHalo(halo: HTMLElement | null, map: WorldMap): void {
  if (!halo) return;
  const { globe } = map;
  halo.hidden = globe === null;
  if (!globe) return;
  halo.style.transform = `translate(${globe.x.toFixed(1)}px, ${globe.y.toFixed(1)}px)`;
  halo.style.setProperty('--globe-size', `${Math.round(globe.radius * 2)}px`);
}

/** Puts the popup above its pin, or below where there is no room, and within the map. */
export function movePopup(popup: HTMLElement | null, root: HTMLElement, map: WorldMap, pin: Pin): void {
  if (!popup) return;
  const point = map.pointOf(pin.place.lon, pin.place.lat);
  popup.hidden = !point;
  if (!point) return;
  const { offsetWidth: width, offsetHeight: height } = popup;
  const reach = map.radiusOf(pin) + APART_PX;
  const left = Math.max(EDGE_PX, Math.min(root.clientWidth - width - EDGE_PX, point.x - width / 2));
  const isAbove = point.y - reach - height >= EDGE_PX || point.y > root.clientHeight / 2;
  const top = isAbove ? Math.max(EDGE_PX, point.y - reach - height) : Math.min(root.clientHeight - height - EDGE_PX, point.y + reach);
  popup.dataset['side'] = isAbove ? 'above' : 'below';
  popup.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  popup.style.setProperty('--arrow', `${Math.round(Math.max(16, Math.min(width - 16, point.x - left)))}px`);
}
