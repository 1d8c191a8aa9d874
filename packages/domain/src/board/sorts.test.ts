import { CONTEXT_KINDS, type Row, type Sort, SORTS, type Window } from '@foyer/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hello, key, makePresence, page } from '../presence/presence.testkit.ts';
import { rowOf } from './row.ts';
import { rowKeyOf } from './sorts.ts';
import { hostOf, shownPath } from './shown-path.ts';
import { WindowStream } from './streams.ts';

const T0 = 1_700_000_000_000;
type Facts = ReturnType<typeof hello>['facts'];
interface Somebody {
  readonly facts?: Partial<Facts>;
  readonly path?: string;
  readonly url?: string;
  readonly context?: (typeof CONTEXT_KINDS)[number];
}

/** Arrives with all of them, a second after one another, and answers the rows in an order. */
function made(all: readonly Somebody[]) {
  const { presence, board, table } = makePresence();
  const whole = { scope: {}, filter: { terms: [] } };
  for (const [i, { facts, path = '/', url, context }] of all.entries()) {
    const first = page(1, path);
    const said = hello(`v${i}`, { pages: [url === undefined ? first : { ...first, url }] });
    presence.announce({ ...said, facts: { ...said.facts, ...facts } }, T0 + i * 1_000);
    if (context) presence.context(key(`v${i}`), { kind: context, items: null }, '', T0 + i * 1_000);
  }
  const open = (window: Pick<Window, 'sort' | 'dir' | 'group'>) =>
    new WindowStream(board, board.open('all', whole), { before: 0, after: 200, ...window });
  const read = (stream: WindowStream): readonly Row[] => {
    board.read(() => true);
    stream.take(0);
    const { order = [], set = {} } = stream.full();
    return order.map((id) => set[id] as Row);
  };
  return { presence, board, table, open, read, by: (sort: Sort, dir: 'asc' | 'desc') => read(open({ sort, dir })) };
}
const placed = (country: string, city: string, approximate = false): Facts['place'] => ({
  ...{ id: country && `${country}||${city.toLowerCase()}`, country, region: '', city, lat: 0, lon: 0, approximate },
});

test('[BD14] pages are sorted by the path that is shown, whatever the host, and a page that is none comes last both ways', () => {
  const all = made([
    { url: 'https://b.test/a' },
    { url: 'https://a.test/sch%C3%B6n' },
    { url: 'https://a.test/schnee?x=1' },
    { url: '' },
    { url: 'https://www.a.test' },
  ]);
  const paths = (dir: 'asc' | 'desc') => all.by('page', dir).map(({ url }) => shownPath(url));
  expect(paths('asc')).toEqual(['/', '/a', '/schnee?x=1', '/schön', '']);
  expect(paths('desc')).toEqual(['/schön', '/schnee?x=1', '/a', '/', '']);
});

test('[BD14] no referrer is sorted as Direct; unknown browsers, countries, cities and contexts come last both ways', () => {
  const all = made([
    { facts: { referrer: 'https://zoo.test/x', referrerHost: 'zoo.test', browser: '', place: placed('', '') }, context: 'none' },
    { facts: { browser: 'Safari', place: placed('DE', 'Wien', true) }, context: 'search' },
    { facts: { referrer: 'https://ads.test/', referrerHost: 'ads.test', browser: 'Chrome', place: placed('AT', 'Wien') }, context: 'cart' },
  ]);
  const both = (sort: Sort, of: (row: Row) => string) => (['asc', 'desc'] as const).map((dir) => all.by(sort, dir).map(of));
  expect(both('referrer', (row) => hostOf(row.referrer))).toEqual([
    ['ads.test', '', 'zoo.test'],
    ['zoo.test', '', 'ads.test'],
  ]);
  expect(both('browser', (row) => row.browser)).toEqual([
    ['Chrome', 'Safari', ''],
    ['Safari', 'Chrome', ''],
  ]);
  expect(both('country', (row) => row.country)).toEqual([
    ['AT', 'DE', ''],
    ['DE', 'AT', ''],
  ]);
  expect(both('city', (row) => (row.approximate ? '' : row.city)).map((cities) => cities[0])).toEqual(['Wien', 'Wien']);
  expect(both('context', (row) => row.context)).toEqual([
    ['cart', 'search', ''],
    ['search', 'cart', ''],
  ]);
});

test('[BD14] sites are sorted by what they are called, and move when they are renamed', () => {
  const all = made([{ facts: { site: 's1' } }, { facts: { site: 's2' } }, { facts: { site: 's1' } }]);
  const { table, board } = all;
  const stream = all.open({ sort: 'site', dir: 'asc' });
  const name = (site: string, called: string): void => {
    if (!table.nameSite(site, called)) return;
    for (let slot = 0; slot < table.end; slot++) if (table.getText(slot, 'site') === site) board.touch(slot);
  };
  name('s1', 'Zebra');
  name('s2', 'Äpfel');
  expect(all.read(stream).map(({ site }) => site)).toEqual(['s2', 's1', 's1']);
  name('s2', 'Zoo');
  expect(all.read(stream).map(({ site }) => site)).toEqual(['s1', 's1', 's2']);
  name('s2', 'Zoo');
  name('s1', 'zoologist');
  expect(all.read(stream).map(({ visitor }) => visitor)).toEqual(['v1', 'v0', 'v2']);
});

const text = fc.constantFrom('', 'Chrome', 'Öl', 'x'.repeat(80), '\u202e');
const somebody = fc.record({
  facts: fc.record({
    site: fc.constantFrom('s1', 's2', 's3'),
    browser: text,
    referrer: fc.constantFrom('', 'https://www.Zoo.test:8080/x', 'https://a.test', 'android-app://x'),
    place: fc.constantFrom(placed('', ''), placed('AT', 'Wien'), placed('DE', 'Berlin'), placed('DE', '', true)),
  }),
  path: fc.constantFrom('/', '/a?b=%C3%B6#c', '/sch%C3%B6n', '/%ff', `/${'y'.repeat(90)}`),
  context: fc.constantFrom(...CONTEXT_KINDS),
  talks: fc.boolean(),
  leaves: fc.boolean(),
  number: fc.integer({ min: 0, max: 12 }),
  name: fc.constantFrom('', '', 'Ana', 'Łukasz'),
});

test('[BD15] in any order, up and down, with and without groups, a row alone says the key that it has in a window', () => {
  const window = fc.record({
    sort: fc.constantFrom(...SORTS),
    dir: fc.constantFrom('asc' as const, 'desc' as const),
    group: fc.constantFrom(undefined, 'context' as const, 'country' as const),
  });
  const names: Record<string, string> = { s1: 'Zebra', s2: 'Äpfel' };
  fc.assert(
    fc.property(fc.array(somebody, { minLength: 1, maxLength: 12 }), window, (people, { group, ...order }) => {
      const all = made(people.map((one) => ({ ...one, facts: { ...one.facts, referrerHost: hostOf(one.facts.referrer) } })));
      const { table, presence, board } = all;
      for (const [i, { talks, leaves, number, name }] of people.entries()) {
        presence.met(`visit-${i + 1}`, { number, visits: 1, firstVisitAt: 0, previousVisitAt: 0, name, identity: '' });
        if (talks) presence.converse(`v${i}`, { state: 'ai', id: 'chat', waitingSince: T0 }, T0);
        if (leaves) presence.gone(key(`v${i}`), T0 + 60_000);
      }
      presence.advance(T0 + 90_000);
      for (const [site, called] of Object.entries(names)) table.nameSite(site, called);
      const asked = group ? { ...order, group } : order;
      const stream = all.open(asked);
      all.read(stream);
      board.commit();
      const { order: ids = [], keys } = stream.full();
      expect(ids).toHaveLength(people.length);
      for (const id of ids) {
        const row = rowOf(table, table.slotOfVisit(id)!);
        expect(
          rowKeyOf(row, asked, (site) => names[site] ?? site),
          `${id} by ${order.sort}`,
        ).toEqual(keys![id]);
      }
    }),
    { numRuns: 400 },
  );
});

test('[BD16] a view of named visitors has exactly those of them who are listed', () => {
  const { board } = made(Array.from({ length: 20 }, () => ({})));
  const view = board.open('named', { scope: { visitors: ['v3', 'v17', 'nobody'] }, filter: { terms: [] } });
  const stream = new WindowStream(board, view, { sort: 'arrived', dir: 'asc', before: 0, after: 200 });
  board.read(() => true);
  stream.take(0);
  expect(stream.full().order).toEqual(['visit-4', 'visit-18']);
  expect(stream.full().total).toBe(2);
});
