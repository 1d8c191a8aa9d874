import { LEFT_OUT } from '@foyer/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leftOutWord } from '../words/names.ts';
import { fieldText, refusalText } from '../words/refusal.ts';
import { activity, duration } from '../words/time.ts';
import { loadCatalogue } from './catalogue.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { day, listAnd, number, percent } from './format.ts';
import { LANGUAGES, pickLanguage } from './language.ts';
import { plurals } from './plural.ts';

type Texts = string | ((...values: never[]) => string) | { readonly [key: string]: Texts };

/** Each text by its dotted path. Functions are called with numbers and with words, at the edges of grammar. */
function* textsOf(texts: Texts, path: string): Generator<[path: string, text: string]> {
  if (typeof texts === 'string') yield [path, texts];
  else if (typeof texts === 'function') {
    const call = texts as (...values: unknown[]) => string;
    for (const value of [0, 1, 2, 5, 21, 1_000, 'x', 'Zoë & Søn'])
      yield [`${path}(${value})`, call(...Array<unknown>(call.length).fill(value))];
  } else for (const [key, below] of Object.entries(texts)) yield* textsOf(below, path === '' ? key : `${path}.${key}`);
}
const all = { en: [...textsOf(en, '')], de: [...textsOf(de, '')] };
const keysOf = (language: 'en' | 'de'): string[] => all[language].map(([path]) => path).toSorted();

beforeEach(() => loadCatalogue('en'));
afterEach(() => loadCatalogue('en'));

describe('the catalogue', () => {
  test('[DA28] German has every text of English and no other', () => {
    expect(keysOf('de')).toEqual(keysOf('en'));
  });

  test.each(['en', 'de'] as const)('[DA28] every text of %s says something, and takes up what it is given', (language) => {
    const bad = all[language].filter(([, text]) => text.trim() === '' || /undefined|null|\[object|\$\{/.test(text));
    expect(bad).toEqual([]);
    // A word where a number belongs is no number; a number is.
    expect(all[language].filter(([path, text]) => /\(\d+\)$/.test(path) && text.includes('NaN'))).toEqual([]);
  });

  test('[DA28] a text with a value in it has it in both languages', () => {
    const valueOf = (list: readonly (readonly [string, string])[]): string[] =>
      list.flatMap(([path, text]) => (path.endsWith('(Zoë & Søn)') && text.includes('Zoë & Søn') ? [path] : [])).toSorted();
    expect(valueOf(all.de)).toEqual(valueOf(all.en));
  });

  test('[DA28] German is German: only names and words that both have are the same', () => {
    const english = new Map(all.en);
    const same = all.de.filter(([path, text]) => !path.endsWith(')') && text === english.get(path) && /\p{Ll} \p{Ll}/u.test(text));
    expect(same).toEqual([]);
  });
});

describe('languages', () => {
  test('[DA29] a chosen language wins; then the first of the browser that there is; then English', () => {
    expect(pickLanguage('de', ['en-US'])).toBe('de');
    expect(pickLanguage(null, ['de-AT', 'en'])).toBe('de');
    expect(pickLanguage(null, ['fr-FR', 'DE', 'en'])).toBe('de');
    expect(pickLanguage(null, ['fr', 'pl'])).toBe('en');
    expect(pickLanguage(null, [])).toBe('en');
    expect(pickLanguage('tlh', ['de'])).toBe('de');
    expect(LANGUAGES.map((language) => pickLanguage(language, []))).toEqual(LANGUAGES);
  });

  test('[DA29] plurals follow the language, not the number one', () => {
    const forms = { one: 'one', other: 'other' };
    expect([0, 1, 2, 1.5].map((n) => plurals('en')(n, forms))).toEqual(['other', 'one', 'other', 'other']);
    // In French nothing is singular too.
    expect([0, 1, 2].map((n) => plurals('fr')(n, forms))).toEqual(['one', 'one', 'other']);
  });

  test('[DA29] numbers, dates and lists are written as the language has them', async () => {
    const at = Date.UTC(2025, 10, 21, 12);
    expect([number(12_345), percent(0.426), day(at, at), listAnd(['A', 'B', 'C'])]).toEqual(['12,345', '43%', '21 Nov', 'A, B and C']);
    await loadCatalogue('de');
    expect([number(12_345), percent(0.426), day(at, at), listAnd(['A', 'B', 'C'])]).toEqual([
      '12.345',
      '43\u00a0%',
      '21. Nov.',
      'A, B und C',
    ]);
  });

  test('[DA29] German says durations and activity its own way', async () => {
    await loadCatalogue('de');
    expect([5_000, 222_000, 3_900_000].map(duration)).toEqual(['5 s', '3 min 42 s', '1 h 05 min']);
    const ago = (minutes: number): string => activity({ lastActivityAt: 0, online: true, now: minutes * 60_000 }).text;
    expect([0, 4, 12].map(ago)).toEqual(['Aktiv', 'vor 4 min', 'Untätig 12 min']);
  });
});

describe('what the server says', () => {
  test('[DA30] a refusal is said by its code, one that nobody knows in its own words', async () => {
    const known = { code: 'last_owner', message: 'from the server' };
    expect(refusalText(known)).toBe(en.words.failures.last_owner);
    expect(refusalText({ code: 'brand_new', message: 'from the server' })).toBe('from the server');
    expect(refusalText({ code: 'toString', message: 'from the server' })).toBe('from the server');
    await loadCatalogue('de');
    expect(refusalText(known)).toBe(de.words.failures.last_owner);
  });

  test('[DA30] a sentence about a field is known by how it begins', () => {
    expect(fieldText('a host name is needed, such as shop.example.com')).toBe(en.words.fields.host);
    expect(fieldText('at least 10 characters')).toBe(en.words.fields.tooShort);
    expect(fieldText('must not rhyme')).toBe('must not rhyme');
  });

  test('[DA30] why a visit is in no count is said in the reader’s language', async () => {
    const texts = Object.entries(LEFT_OUT).map(([kind, text]) => (kind === 'bot' || kind === 'script' ? `${text}Curl` : text));
    expect(texts.map(leftOutWord)).toEqual(texts);
    await loadCatalogue('de');
    expect(leftOutWord('Script: curl')).toBe('Skript: curl');
    expect(leftOutWord('Own team')).toBe('Eigenes Team');
    expect(leftOutWord('Something new')).toBe('Something new');
  });
});
