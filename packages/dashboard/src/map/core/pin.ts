import type { Place, Status } from '@foyer/protocol';
import type { Counts } from './pin-state.ts';

/** Places where a pin's count may stand, in the order in which they are tried: around the pin, and on it when all of those are taken. */
export const SPOTS = [
  'right above',
  'above',
  'left above',
  'right below',
  'left below',
  'right',
  'left',
  'below',
  'on',
  'low on',
  'right on',
  'left on',
] as const;
/** The first of those on the pin itself. */
export const ON_PIN = 8;
export const NO_SPOT = -1;

/** One pin on the map: a city, or a region or country whose cities stand for themselves only further in. */
export interface Pin {
  readonly kind: 'city' | 'region' | 'country';
  /** City id, `CC|region`, or `CC`. */
  readonly id: string;
  /** Where it stands; a region stands at its largest city, a country at the one in the middle of its people. */
  place: Place;
  /** Web Mercator, 0–1. */
  x: number;
  y: number;
  readonly counts: Counts;
  total: number;
  core: Status;
  /** Pixels at scale 1, gap included. */
  radius: number;
  badge: string;
  badgeWidth: number;
  /** Index in SPOTS where the badge stands; NO_SPOT: it shows none. */
  spot: number;
  /** Where it is in the layer's buffer; −1 while it is not drawn. */
  slot: number;
}

/** Only the country is known of whoever is here: the pin stands for all of it. */
export const isApproximate = (pin: Pin): boolean => pin.kind === 'city' && pin.place.approximate;
