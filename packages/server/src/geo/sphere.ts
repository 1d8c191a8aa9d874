const KM_PER_DEGREE = 111.195;
const RADIANS = Math.PI / 180;

/** One degree of longitude at this latitude, in km; never 0, so that it can be divided by. */
export const kmPerDegreeLon = (lat: number): number => Math.max(1, KM_PER_DEGREE * Math.cos(lat * RADIANS));
export const kmToDegreesLat = (km: number): number => km / KM_PER_DEGREE;

/** Distance in km on a plane laid through the middle of both; under 0.1 % off at the few dozen km it is used for, also across 180°. */
export function distanceKm(aLat: number, aLon: number, bLat: number, bLon: number): number {
  const dLon = ((bLon - aLon + 540) % 360) - 180;
  return Math.hypot((bLat - aLat) * KM_PER_DEGREE, dLon * kmPerDegreeLon((aLat + bLat) / 2));
}
