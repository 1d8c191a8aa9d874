import { isCountryCode } from '@foyer/domain/rules';
import { describe, expect, it } from 'vitest';
import { Cities, placeId } from './cities.ts';
import { citiesText } from './databases.ts';
import { distanceKm } from './sphere.ts';

const text = await citiesText();
const cities = new Cities(text);
const rows = text
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'));
const towns = rows.filter(([country]) => country !== '=');

describe('the generated cities', () => {
  it('[GE8] every one that stands for itself has an id of its own', () => {
    const ids = towns.filter((row) => row[5] === '').map(([country = '', region = '', name = '']) => placeId(country, region, name));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(8_000);
  });

  it('[GE8] every other goes under one that stands for itself, in its country, within 40 km or by the same name', () => {
    for (const [country, , name = '', lat, lon, under = ''] of towns.filter((row) => row[5] !== '')) {
      const into = towns[Number(under)];
      expect(into?.[0]).toBe(country);
      expect(into?.[5]).toBe('');
      expect(name).toBe('');
      expect(distanceKm(Number(lat), Number(lon), Number(into?.[3]), Number(into?.[4]))).toBeLessThan(400);
    }
  });

  it('[GE8] every country has a point', () => {
    const codes = new Set([
      ...towns.map(([country = '']) => country),
      ...rows.filter(([country]) => country === '=').map(([, country = '']) => country),
    ]);
    expect(codes.size).toBeGreaterThanOrEqual(249);
    for (const code of codes) {
      expect(isCountryCode(code.toLowerCase())).toBe(true);
      expect(cities.centreOf(code)).not.toBeNull();
    }
  });

  it.each([
    ['TR', 41.001, 29.0296, 'Istanbul'],
    ['GB', 51.376, -0.098, 'London'],
    ['DE', 52.3906, 13.0645, 'Potsdam'],
    ['US', 40.7357, -74.1724, 'Newark'],
    ['FR', 48.8924, 2.2153, 'Paris'],
    ['JP', 35.4437, 139.638, 'Yokohama'],
  ])('[GE3] in %s at %f, %f people say they are in %s', (country, lat, lon, name) => {
    expect(cities.nearest(country, lat, lon)?.name).toBe(name);
  });

  it('[GE3] the nearest is found as a walk over all of them finds it', () => {
    const points = towns.map(([country = '', , , lat, lon], i) => ({ i, country, lat: Number(lat), lon: Number(lon) }));
    for (let k = 0; k < 400; k++) {
      const near = points[(k * 7919) % points.length];
      if (!near) throw new Error('no such point');
      const lat = near.lat + Math.sin(k) * 0.5;
      const lon = near.lon + Math.cos(k * 1.7) * 0.7;
      const byDistance = points
        .filter((point) => point.country === near.country)
        .map((point) => ({ ...point, km: distanceKm(lat, lon, point.lat, point.lon) }))
        .sort((a, b) => a.km - b.km);
      const [best] = byDistance;
      const row = best && best.km <= 40 ? towns[best.i] : undefined;
      const shown = row && row[5] !== '' ? towns[Number(row[5])] : row;
      expect(cities.nearest(near.country, lat, lon)?.name).toBe(shown?.[2]);
    }
  });

  it('[GE3] the grid goes round at 180°', () => {
    const round = new Cities('FJ\tNorth\tEast side\t-16.800\t179.990\t\nFJ\tNorth\tWest side\t-16.000\t-179.990\t\n');
    expect(round.nearest('FJ', -16.8, -179.99)?.name).toBe('East side');
    expect(round.nearest('FJ', -16, 179.99)?.name).toBe('West side');
  });
});
