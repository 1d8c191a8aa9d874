import type { CityCounts, Place } from '@foyer/protocol';
import { badgeWidth } from './badge-layout.ts';
import { coverZoom, crowdZoom, type Dot, isFolded, withinZoom } from './crowding.ts';
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
  /** Below this zoom it is one pin. */
  foldsBelow: number;
  /** Visitors for whom that was reckoned; −1: cities have come or gone since. */
  reckonedFor: number;
}

/** Nothing is folded from this zoom on. */
const NEVER = 3;
/** A country that most of its pins fill up to this many pixels is one pin when they crowd; a larger one, whose pin stands for more, when they lie on one another. */
const SMALL_PX = 96;
/** Sizes of pins follow counts by the logarithm: with a third more or less people the same pins crowd. */
const RECKON_AGAIN = 1 / 3;
/** A group's pin moves to another city only when that one has become half as large again: counts go up and down all the time. */
const MOVES_AT = 1.5;

/** Of the world: a country's pin does not move for less, about two degrees. */
const LEAST_MOVE = 0.006;

export const newGroup = (kind: 'region' | 'country', id: string, place: Place): Group => ({
  pin: newPin(kind, id, place),
  cities: new Set(),
  at: null,
  folded: false,
  foldsBelow: Number.NEGATIVE_INFINITY,
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

/** A city of the group came or has other counts: a region's pin may move to it. Answers whether it did. */
export function lean(group: Group, city: City): boolean {
  const { at, pin } = group;
  if (at && pin.kind === 'country') return false;
  if (at === city || (at && weight(city) < weight(at) * MOVES_AT) || (at && weight(city) === 0)) return false;
  return stand(group, city);
}

/** The city where the group's pin stood has gone, or has become smaller: it may stand elsewhere. Cost: a look at each of its cities. */
export function anchor(group: Group): boolean {
  if (group.pin.kind === 'country') return centre(group);
  let largest: City | null = null;
  for (const city of group.cities) if (!largest || weight(city) > weight(largest)) largest = city;
  if (!largest || largest === group.at) return false;
  if (group.at && group.cities.has(group.at) && weight(largest) < weight(group.at) * MOVES_AT) return false;
  return stand(group, largest);
}

/** A country's pin stands at the city nearest to the middle of its people: neighbours' pins stand apart, which their largest cities may not. */
function centre(group: Group): boolean {
  let [people, x, y] = [0, 0, 0];
  for (const city of group.cities) {
    const n = weight(city);
    [people, x, y] = [people + n, x + n * city.pin.x, y + n * city.pin.y];
  }
  const away = ({ pin }: City): number => Math.hypot(pin.x - x / people, pin.y - y / people);
  let best: City | null = null;
  for (const city of group.cities) if (people === 0 || weight(city) > 0) if (!best || away(city) < away(best)) best = city;
  const { at } = group;
  if (!best || best === at) return false;
  if (at && group.cities.has(at) && weight(at) > 0 && away(at) < Math.max(away(best) * 2, LEAST_MOVE)) return false;
  return stand(group, best);
}

function stand(group: Group, city: City): true {
  group.at = city;
  Object.assign(group.pin, { place: city.pin.place, x: city.pin.x, y: city.pin.y });
  return true;
}

/** Whether it has to be reckoned anew where the group folds: after cities came or went, and for clearly more or fewer people. */
export const isOutdated = ({ pin, reckonedFor }: Group): boolean =>
  reckonedFor < 0 || Math.abs(pin.total - reckonedFor) > reckonedFor * RECKON_AGAIN;

/** Whether a group is one pin at this zoom: a region while its cities crowd, a country while its regions do. */
export function fold(group: Group, zoom: number): boolean {
  const { pin } = group;
  if (isOutdated(group)) {
    const dots = dotsOf(group);
    const crowdsBelow = crowdZoom(dots);
    group.foldsBelow =
      pin.kind === 'region' ? crowdsBelow : Math.max(coverZoom(crowdsBelow), Math.min(crowdsBelow, withinZoom(dots, SMALL_PX)));
    group.reckonedFor = pin.total;
  }
  return isFolded(group.folded, zoom, group.foldsBelow, NEVER);
}

/** What would be drawn if the group were open: a region's cities, a country's regions. Pins that are not drawn know no size, so it is reckoned. */
function dotsOf({ pin: { kind }, cities }: Group): Dot[] {
  const pins = new Set<Pin>();
  for (const { pin, region } of cities) pins.add(kind === 'country' && region && region.cities.size > 1 ? region.pin : pin);
  return [...pins].map((pin) => ({ x: pin.x, y: pin.y, radius: pinRadius(pin.total, isApproximate(pin)) }));
}
