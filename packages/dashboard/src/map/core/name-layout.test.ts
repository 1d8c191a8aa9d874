import { describe, expect, test } from 'vitest';
import { BadgeLayout } from './badge-layout.ts';
import { broken, placeCityName, placeCountryName } from './name-layout.ts';
import { NO_SPOT } from './pin.ts';

const measure = (text: string, sizePx: number): number => text.length * sizePx * 0.6;
const pin = (x: number, y: number, radius = 12) => ({ x, y, radius, badgeWidth: 0, total: 1, spot: NO_SPOT });

describe('names of the world', () => {
  test('[MP8] a long name is broken between words, never within', () => {
    expect(broken('CENTRAL AFRICAN REPUBLIC', 12, (text) => text.length)).toEqual(['CENTRAL', 'AFRICAN', 'REPUBLIC']);
    expect(broken('SOUTH SUDAN OF', 12, (text) => text.length)).toEqual(['SOUTH SUDAN', 'OF']);
    expect(broken('LIECHTENSTEIN', 4, (text) => text.length)).toEqual(['LIECHTENSTEIN']);
  });

  test('[MP8] a country’s name moves aside for a pin, and is left out where it finds nothing', () => {
    const free = new BadgeLayout();
    free.placeAll([]);
    expect(placeCountryName('Chad', { x: 0, y: 0, sizePx: 10 }, free, measure)).toMatchObject({ text: 'CHAD', offset: [0, 0] });
    const aside = new BadgeLayout();
    aside.placeAll([pin(0, 0)]);
    expect(placeCountryName('Chad', { x: 0, y: 0, sizePx: 10 }, aside, measure)?.offset).not.toEqual([0, 0]);
    const full = new BadgeLayout();
    full.placeAll(Array.from({ length: 400 }, (_, i) => pin((i % 20) * 12 - 120, Math.floor(i / 20) * 12 - 120)));
    expect(placeCountryName('Chad', { x: 0, y: 0, sizePx: 10 }, full, measure)).toBeNull();
  });

  test('[MP8] a city that has a pin is not named a second time', () => {
    const layout = new BadgeLayout();
    layout.placeAll([pin(0, 0)]);
    expect(placeCityName('Vienna', { x: 1, y: 1, sizePx: 11 }, layout, measure)).toBeNull();
    expect(placeCityName('Graz', { x: 100, y: 100, sizePx: 11 }, layout, measure)).not.toBeNull();
  });
});
