import { STATUSES } from '@foyer/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Column, filterMatches, fold, IS_WORDS, parseFilter } from '../rules/index.ts';
import { compileFilter } from './matcher.ts';
import { PlaceTable } from './places.ts';
import { VisitTable } from './visit-table.ts';

const TEXTS: Partial<Record<Column, readonly string[]>> = {
  name: ['', 'Ana', 'Łukasz'],
  title: ['Pricing', 'Cart · Shop', ''],
  url: ['https://a.test/pricing', 'https://a.test/app#/cart', 'https://b.test/sch%C3%B6n'],
  referrer: ['', 'https://www.google.com/'],
  lang: ['de-AT', 'pt-BR', 'en'],
  site: ['s1', 's2'],
  browser: ['Chrome', 'Firefox'],
  os: ['Windows', 'iOS'],
  device: ['desktop', 'phone'],
  context: ['', 'checkout', 'cart'],
  campaign: ['', 'spring'],
  ip: ['203.0.113.0', '2001:db8:1::', ''],
};
const PLACES = [
  { id: '', country: '', region: '', city: '', lat: 0, lon: 0, approximate: false },
  { id: 'BR|sao paulo|sao paulo', country: 'BR', region: 'Sao Paulo', city: 'São Paulo', lat: -23, lon: -46, approximate: false },
  { id: 'DE||', country: 'DE', region: '', city: '', lat: 51, lon: 9, approximate: true },
];

const aVisit = fc.record({
  texts: fc.record(Object.fromEntries(Object.entries(TEXTS).map(([column, values]) => [column, fc.constantFrom(...values)]))),
  place: fc.constantFrom(...PLACES),
  status: fc.constantFrom(...STATUSES),
  online: fc.boolean(),
  reconnecting: fc.boolean(),
  number: fc.integer({ min: 1, max: 30 }),
  visits: fc.integer({ min: 0, max: 3 }),
});
type Visit = typeof aVisit extends fc.Arbitrary<infer V> ? V : never;

const WORDS = [
  'sao',
  'ana',
  'luka',
  'visitor',
  'visitor:3',
  'visitor:v1',
  '"visitor 3"',
  'is:new',
  'is:ret',
  'is:online',
  'is:left',
  'is:browsing',
  'is:chatting',
  'is:reconnecting',
  'is:approximate',
  'is:named',
  'status:left',
  'status:a',
  'active',
  'ai',
  'country:de',
  'country:braz',
  'city:unknown',
  'region:sao',
  'page:/cart',
  'page:pri',
  '/schön',
  'from:direct',
  'google',
  'chrome',
  'checkout',
  'ios',
  'lang:de',
  'german',
  'ip:203.0.113.9',
  'ip:2001:',
  'site:s1',
  'browser:fire,chrome',
  'os:ios',
  'device:phone',
  'context:"in checkout"',
  'campaign:spring',
  'title:cart',
];
const aFilter = fc
  .array(fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...WORDS)), { maxLength: 4 })
  .map((terms) => terms.map((term) => term.join('')).join(' '));

it('[FI12] a board finds the visits that the grammar says, judged once per distinct text', () => {
  fc.assert(
    fc.property(fc.array(aVisit, { minLength: 1, maxLength: 12 }), fc.array(aFilter, { minLength: 1, maxLength: 8 }), (visits, filters) => {
      const places = new PlaceTable();
      const table = new VisitTable(places, fold);
      for (const [i, visit] of visits.entries()) put(table, places, visit, i);
      for (const text of filters) {
        const parsed = parseFilter(text);
        if (!parsed.ok) throw new Error(parsed.error.message);
        const judge = compileFilter(parsed.value, table);
        const found = visits.map((_, i) => judge(i));
        expect(found, text).toEqual(visits.map((visit, i) => filterMatches(parsed.value, (column) => valuesOf(visit, i, column))));
      }
    }),
    { numRuns: 300 },
  );
});

function put(table: VisitTable, places: PlaceTable, visit: Visit, i: number): void {
  const slot = table.take(`visit${i}`, `v${i}`);
  for (const column of Object.keys(TEXTS) as (keyof typeof TEXTS & 'url')[]) table.setText(slot, column, visit.texts[column] ?? '');
  table.place[slot] = places.learn(visit.place);
  table.status[slot] = STATUSES.indexOf(visit.status);
  table.online[slot] = Number(visit.online);
  table.reconnecting[slot] = Number(visit.reconnecting);
  table.number[slot] = visit.number;
  table.visits[slot] = visit.visits;
}

function valuesOf(visit: Visit, i: number, column: Column): string[] {
  if (column === 'is') return IS_WORDS.filter((word) => holds(visit, word));
  if (column === 'visitor') return [`v${i}`, String(visit.number)];
  if (column === 'status') return [visit.status];
  if (column === 'country' || column === 'region' || column === 'city') return [fold(visit.place[column])];
  const text = visit.texts[column] ?? '';
  return [fold(column === 'name' && text === '' ? `Visitor ${visit.number}` : text)];
}

function holds({ online, status, visits, texts, reconnecting, place }: Visit, word: (typeof IS_WORDS)[number]): boolean {
  const chatting = ['unassigned', 'assigned', 'ai', 'chatting'].includes(status);
  const facts = {
    online,
    left: !online,
    browsing: online && !chatting,
    chatting: online && chatting,
    new: visits === 1,
    returning: visits > 1,
    identified: texts['name'] !== '',
    reconnecting,
    approximate: place.approximate,
  };
  return facts[word];
}
