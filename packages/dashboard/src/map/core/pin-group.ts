import type { CityCounts, Place } from '@foyer/protocol';
import { badgeWidth } from './badge-layout.ts';
import { crowdZoom, type Dot, isFolded, withinZoom } from './crowding.ts';
import { mercatorX, mercatorY } from './mercator.ts';
import { isApproximate, NO_SPOT, type Pin } from './pin.ts';
import { addCounts, badgeText, coreOf, noCounts, pinRadius } from './pin-state.ts';

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
  /** Where its pin stands; null before the first city is in. */
  at: City | null;
  folded: boolean;
  /** Below this zoom its cities crowd. */
  crowdsBelow: number;
  /** At this zoom most of its cities lie within a circle one pixel wide. */
  pixelAt: number;
  /** Visitors for whom both were reckoned; −1: cities have come or gone since. */
  reckonedFor: number;
}

/** Regions never fold from this zoom on, countries from that. */
const NEVER = { region: 3, country: 2.4 } as const;
/** Sizes of pins follow counts by the logarithm: with a third more or less people the same pins crowd. */
const RECKON_AGAIN = 1 / 3;
/** A group's pin moves to another city only when that one has become half as large again: counts go up and down all the time. */
const MOVES_AT = 1.5;

export const newGroup = (kind: 'region' | 'country', id: string, place: Place): Group => ({
  pin: newPin(kind, id, place),
  cities: new Set(),
  at: null,
  folded: false,
  crowdsBelow: Number.NEGATIVE_INFINITY,
  pixelAt: Number.POSITIVE_INFINITY,
  reckonedFor: -1,
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

/** Adds counts to a pin (`sign` −1 takes them away). What follows from them is worked out by `describe`, once it is asked for. */
export function count(pin: Pin, counts: CityCounts, sign: 1 | -1): void {
  pin.total += sign * addCounts(pin.counts, counts, sign);
}

/** Works out what a pin says from its counts. */
export function describe(pin: Pin): void {
  pin.core = coreOf(pin.counts);
  pin.radius = pinRadius(pin.total, isApproximate(pin));
  const badge = pin.total > 1 ? badgeText(pin.total) : '';
  if (badge === pin.badge) return;
  pin.badge = badge;
  pin.badgeWidth = badgeWidth(badge);
}

/** Where only the country is known, nobody is: a group does not stand there while it has anything else. */
const weight = ({ pin }: City): number => (isApproximate(pin) ? 0 : pin.total);

/** A city of the group came or has other counts: the group's pin may move to it. Answers whether it did. */
export function lean(group: Group, city: City): boolean {
  const { at } = group;
  if (at === city || (at && weight(city) < weight(at) * MOVES_AT) || (at && weight(city) === 0)) return false;
  return stand(group, city);
}

/** The city where the group's pin stood has gone, or has become smaller: it may stand elsewhere. Cost: a look at each of its cities. */
export function anchor(group: Group): boolean {
  let largest: City | null = null;
  for (const city of group.cities) if (!largest || weight(city) > weight(largest)) largest = city;
  if (!largest || largest === group.at) return false;
  if (group.at && group.cities.has(group.at) && weight(largest) < weight(group.at) * MOVES_AT) return false;
  return stand(group, largest);
}

function stand(group: Group, city: City): true {
  group.at = city;
  Object.assign(group.pin, { place: city.pin.place, x: city.pin.x, y: city.pin.y });
  return true;
}

/** Whether a group is one pin at this zoom. A country is only while most of its cities lie within `countryPx` pixels: a large one keeps its regions. */
export function fold(group: Group, zoom: number, countryPx: number): boolean {
  const { pin, reckonedFor } = group;
  if (reckonedFor < 0 || Math.abs(pin.total - reckonedFor) > reckonedFor * RECKON_AGAIN) {
    const dots = dotsOf(group);
    group.crowdsBelow = crowdZoom(dots);
    group.pixelAt = withinZoom(dots, 1);
    group.reckonedFor = pin.total;
  }
  if (pin.kind === 'region') return isFolded(group.folded, zoom, group.crowdsBelow, NEVER.region);
  const threshold = Math.min(group.crowdsBelow, group.pixelAt + Math.log2(countryPx));
  return countryPx > 0 && isFolded(group.folded, zoom, threshold, NEVER.country);
}

/** What would be drawn if the group were open: a region's cities, a country's regions. Pins that are not drawn know no size, so it is reckoned. */
function dotsOf({ pin: { kind }, cities }: Group): Dot[] {
  const pins = new Set<Pin>();
  for (const { pin, region } of cities) pins.add(kind === 'country' && region && region.cities.size > 1 ? region.pin : pin);
  return [...pins].map((pin) => ({ x: pin.x, y: pin.y, radius: pinRadius(pin.total, isApproximate(pin)) }));
}
