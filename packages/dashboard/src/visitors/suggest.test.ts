import type { Place, Row, Totals } from '@foyer/protocol';
import { parseFilter } from '@foyer/domain/rules';
import { expect, test } from 'vitest';
import { aRow } from '../../test/scripted.ts';
import { lastWord, withLastWord } from '../words/last-word.ts';
import { type Known, suggest } from './suggest.ts';

const totals: Totals = {
  listed: 90,
  live: 80,
  chatting: 3,
  browsing: 77,
  unknownPlace: 1,
  byStatus: { unassigned: 2, assigned: 1, ai: 0, chatting: 3, active: 70, resolved: 0, inactive: 14 },
  browsers: [
    { key: 'Chrome', count: 60 },
    { key: 'Firefox', count: 20 },
    { key: 'Samsung Internet', count: 10 },
  ],
  systems: [{ key: 'Windows', count: 50 }],
  devices: [{ key: 'desktop', count: 50 }],
  countries: [
    { key: 'DE', count: 40 },
    { key: 'DK', count: 20 },
    { key: 'AT', count: 30 },
  ],
  pages: [
    { key: 'https://shop.example.com/pricing', count: 9 },
    { key: 'https://shop.example.com', count: 5 },
  ],
  referrers: [{ key: 'forum.example.org', count: 4 }],
  exact: true,
};
const place = (city: string, region: string, country: string): Place => ({
  index: 1,
  id: `${country}|${region}|${city}`,
  city,
  region,
  country,
  lat: 0,
  lon: 0,
  approximate: false,
});
const NAMES: Readonly<Record<string, string>> = { de: 'Germany', dk: 'Denmark', at: 'Austria', unassigned: 'Unassigned' };
const known: Known = {
  totals,
  places: [
    { place: place('São Paulo', 'São Paulo', 'BR'), count: 7 },
    { place: place('Saint Paul', 'Minnesota', 'US'), count: 2 },
    { place: place('Vienna', 'Vienna', 'AT'), count: 5 },
  ],
  sites: [],
  rows: [aRow({ id: 'a', lang: 'pt-BR', campaign: 'autumn tents' }), aRow({ id: 'b', lang: 'pt-BR', campaign: '' })] as Row[],
  nameOf: (_, value) => NAMES[value] ?? value,
};
const inserts = (draft: string): string[] => suggest(draft, known).map((one) => one.insert);

test('[VP13] nothing typed offers what may stand before the colon, a beginning narrows it', () => {
  expect(inserts('').slice(0, 4)).toEqual(['country:', 'city:', 'region:', 'page:']);
  expect(inserts('coun')[0]).toBe('country:');
  expect(inserts('-st')[0]).toBe('-status:');
});

test('[VP13] behind a field its values are offered, commonest first, with how many they find', () => {
  expect(suggest('country:', known).map(({ insert, text, count }) => [insert, text, count])).toEqual([
    ['country:de', 'Germany', 40],
    ['country:at', 'Austria', 30],
    ['country:dk', 'Denmark', 20],
  ]);
  expect(inserts('page:')).toEqual(['page:/pricing', 'page:/']);
  expect(inserts('status:un')).toEqual(['status:unassigned']);
  expect(inserts('lang:')).toEqual(['lang:pt-BR']);
});

test('[VP13] case and accents do not matter, by name or by code', () => {
  expect(inserts('city:sao')).toEqual(['city:"São Paulo"']);
  expect(inserts('country:GER')).toEqual(['country:de']);
  expect(inserts('country:den')).toEqual(['country:dk']);
});

test('[VP13] a term with alternatives or a dash is gone on with', () => {
  expect(inserts('-country:de,au')).toEqual(['-country:de,at']);
  expect(inserts('browser:Chrome,sam')).toEqual(['browser:Chrome,"Samsung Internet"']);
});

test('[VP13] a value typed to its end stands alone, unless another one goes on from it', () => {
  expect(inserts('country:at')).toEqual(['country:at']);
  expect(inserts('status:active')).toEqual(['status:active']);
  expect(inserts('page:/')).toEqual(['page:/', 'page:/pricing']);
});

test('[VP13] a plain word finds values of every field', () => {
  expect(inserts('firef')).toEqual(['browser:Firefox']);
  expect(inserts('paul')).toEqual(['city:"São Paulo"', 'region:"São Paulo"', 'city:"Saint Paul"']);
});

test('[VP13] every offered value is a term that the filter reads as that field', () => {
  for (const draft of [
    '',
    'country:',
    'city:',
    'region:',
    'page:',
    'referrer:',
    'status:',
    'is:',
    'lang:',
    'browser:',
    'campaign:',
    'pa',
    'a',
  ]) {
    for (const one of suggest(draft, known)) {
      if (one.kind === 'field') continue;
      const parsed = parseFilter(one.insert);
      expect(parsed.ok && parsed.value.terms.map((term) => term.field), one.insert).toEqual([one.field]);
    }
  }
});

test('[VP13] only the word at the end of the draft is replaced, quotes and all', () => {
  expect(withLastWord('shoes country:', 'country:de')).toBe('shoes country:de');
  expect(lastWord('shoes city:"New Yo')).toBe('city:"New Yo');
  expect(lastWord('shoes ')).toBe('');
});
