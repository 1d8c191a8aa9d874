import { leftOutParts, type Place, type Role, type Row } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { listOr as anyOf, regionName } from '../messages/format.ts';

export { languageName } from '../messages/format.ts';

/** '' for unknown: a code that Intl does not know is shown as it is. */
export function countryName(code: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  return regionName(code.toUpperCase()) || code;
}

/** A number comes with the store's answer; until then the visitor is just that. */
export function visitorName(row: Pick<Row, 'name' | 'n'>): string {
  // A name of nothing but invisible characters would leave a row without one.
  const isSeen = /[\p{L}\p{N}\p{P}\p{S}]/u.test(row.name);
  return isSeen ? row.name : row.n > 0 ? t.words.visitorN(row.n) : t.words.visitor;
}

/** Place as one line; '' when nothing is known. Never "Vienna, Vienna, Austria". */
export function placeName(row: Pick<Row, 'city' | 'region' | 'country'>): string {
  const parts = [row.city, row.region, row.country === '' ? '' : countryName(row.country)];
  return parts.filter((part, i) => part !== '' && parts.indexOf(part) === i).join(', ');
}

/** A city's pin, its popup and the list of its place; of an approximate one only the country is known. */
export const cityName = (place: Pick<Place, 'country' | 'region' | 'city' | 'approximate'>): string =>
  place.approximate ? t.words.somewhereIn(countryName(place.country)) : place.city || place.region || countryName(place.country);

export const statusWord = (status: Row['status']): string => t.words.status[status];
export const roleWord = (role: Role): string => t.words.roles[role];

/** A word of an open set, the key itself when it is none we know. */
const wordOf = (known: Readonly<Record<string, string>>, key: string): string => (Object.hasOwn(known, key) ? (known[key] ?? key) : key);
export const contextWord = (context: string): string => wordOf(t.words.contexts, context);
/** The word for a kind of device, `Unknown` for ''. */
export const deviceWord = (device: string): string => (device === '' ? t.words.unknown : wordOf(t.words.devices, device));

/** Why a visit is in no count, from `filtered` of a row: in the reader's language, or as it came when its form is not known. */
export function leftOutWord(filtered: string): string {
  const parts = leftOutParts(filtered);
  if (!parts) return filtered;
  const word = t.words.leftOut[parts.kind];
  return typeof word === 'string' ? word : word(parts.name);
}

const letters = new Intl.Segmenter();
/** The first letter as people see it, also when it is made of several code points. */
const letterOf = (word: string): string => letters.segment(word)[Symbol.iterator]().next().value?.segment ?? '';

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = letterOf(words[0] ?? '') || '?';
  const last = words.length > 1 ? letterOf(words.at(-1) ?? '') : '';
  return (first + last).toUpperCase();
}

/** `Anna`, `Anna or Ben`, `Anna, Ben or Cem`; somebody with the role when nobody is named. */
export const listOr = (names: readonly string[]): string => (names.length === 0 ? t.words.anAdmin : anyOf(names));
