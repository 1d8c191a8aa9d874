import type { CityCounts, Place } from '@foyer/protocol';
import { badgeWidth } from './badge-layout.ts';
import { crowdZoom, type Dot, isFolded, withinZoom } from './crowding.ts';
import { mercatorX, mercatorY } from './mercator.ts';
import { isApproximate, NO_SPOT, type Pin } from './pin.ts';
import { badgeText, coreOf, noCounts, pinRadius } from './pin-state.ts';

/** A city with somebody in it. */
export interface City {
  readonly index: number;
  readonly pin: Pin;
  counts: CityCounts;
  readonly region: Group | null;
  readonly country: Group | null;
}

/** A region or a country: its cities are one pin while it is folded. */
export interface Group {
  readonly pin: Pin;
  readonly cities: Set<City>;
  folded: boolean;
  /** Below this zoom its cities crowd. */
  threshold: number;
  /** Cities came or went since it was reckoned, or have another size: the first shows at once, the second with the next zoom. */
  stale: boolean;
  resized: boolean;
}

/** Regions never fold from this zoom on, countries from that. */
const NEVER = { region: 3, country: 2.4 } as const;
/** A country folds only while most of its cities lie within so many pixels: a large one keeps its regions even when they crowd. */
const COUNTRY_PX = 48;
/** A group's pin moves to another city only when that one has become half as large again: counts go up and down all the time. */
const MOVES_AT = 1.5;

export const newGroup = (kind: 'region' | 'country', id: string, place: Place): Group => ({
  pin: newPin(kind, id, place),
  cities: new Set(),
  folded: false,
  threshold: Number.NEGATIVE_INFINITY,
  stale: false,
  resized: false,
});

export function newPin(kind: Pin['kind'], id: string, place: Place): Pin {
  return {
    kind,
    id,
    place,
    x: mercatorX(place.lon),
    y: mercatorY(place.lat),
    counts: noCounts(),
    total: 0,
    core: 'inactive',
    radius: pinRadius(1, false),
    badge: '',
    badgeWidth: 0,
    spot: NO_SPOT,
    slot: -1,
  };
}

/** Works out what a pin says from its counts. */
export function recount(pin: Pin): void {
  let total = 0;
  for (const n of pin.counts) total += n;
  pin.total = total;
  pin.core = coreOf(pin.counts);
  pin.radius = pinRadius(total, isApproximate(pin));
  const badge = total > 1 ? badgeText(total) : '';
  if (badge === pin.badge) return;
  pin.badge = badge;
  pin.badgeWidth = badgeWidth(badge);
}

/** Moves a group's pin to its largest city. Answers whether it stands elsewhere now. */
export function anchor({ pin, cities }: Group): boolean {
  let largest: City | null = null;
  let here: City | null = null;
  for (const city of cities) {
    // Where only the country is known, nobody is: a group does not stand there unless it has nothing else.
    const isBetter = !largest || Number(isApproximate(largest.pin)) - Number(isApproximate(city.pin)) || city.pin.total - largest.pin.total;
    if (isBetter === true || (typeof isBetter === 'number' && isBetter > 0)) largest = city;
    if (city.pin.place === pin.place) here = city;
  }
  if (!largest || largest === here) return false;
  if (here && !isApproximate(here.pin) && largest.pin.total < here.pin.total * MOVES_AT) return false;
  Object.assign(pin, { place: largest.pin.place, x: largest.pin.x, y: largest.pin.y });
  return true;
}

/** Whether a group is one pin at this zoom. `maySpread` false: countries stay open, for there is room. */
export function fold(group: Group, zoom: number, maySpread: boolean): boolean {
  const { pin } = group;
  if (group.stale) {
    group.stale = group.resized = false;
    const dots = pin.kind === 'region' ? [...group.cities].map((city) => city.pin) : dotsOf(group);
    group.threshold = Math.min(crowdZoom(dots), pin.kind === 'country' ? withinZoom(dots, COUNTRY_PX) : Number.POSITIVE_INFINITY);
  }
  if (pin.kind === 'country') return maySpread && isFolded(group.folded, zoom, group.threshold, NEVER.country);
  return isFolded(group.folded, zoom, group.threshold, NEVER.region);
}

/** A country's regions, each as one dot: what would be drawn if only they were folded. */
function dotsOf({ cities }: Group): Dot[] {
  const dots = new Set<Pin>();
  for (const { pin, region } of cities) dots.add(region && region.cities.size > 1 ? region.pin : pin);
  return [...dots];
}
