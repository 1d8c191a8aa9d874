import type { Role, Row } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** '' for unknown: a code that Intl does not know is shown as it is. */
export function countryName(code: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  return regions.of(code.toUpperCase()) ?? code;
}

export function languageName(tag: string): string {
  try {
    return languages.of(tag.split('-')[0] ?? tag) ?? tag;
  } catch {
    return tag;
  }
}

/** A number comes with the store's answer; until then the visitor is just that. */
export function visitorName(row: Pick<Row, 'name' | 'n'>): string {
  return row.name || (row.n > 0 ? `Visitor ${row.n}` : 'Visitor');
}

/** Place as one line; '' when nothing is known. Never "Vienna, Vienna, Austria". */
export function placeName(row: Pick<Row, 'city' | 'region' | 'country'>): string {
  const parts = [row.city, row.region, row.country === '' ? '' : countryName(row.country)];
  return parts.filter((part, i) => part !== '' && parts.indexOf(part) === i).join(', ');
}

export const STATUS_WORDS: Readonly<Record<Row['status'], string>> = {
  unassigned: 'Unassigned',
  assigned: 'Assigned',
  ai: 'AI chat',
  chatting: 'Chatting',
  active: 'Active',
  resolved: 'Resolved',
  inactive: 'Inactive',
};
const CONTEXT_WORDS: Readonly<Record<string, string>> = {
  checkout: 'In Checkout',
  cart: 'Cart',
  product: 'Product',
  collection: 'Collection',
  search: 'Search',
};
export const contextWord = (context: string): string => CONTEXT_WORDS[context] ?? context;
export const ROLE_WORDS: Readonly<Record<Role, string>> = { owner: 'Owner', admin: 'Admin', agent: 'Agent' };

/** The word for a kind of device, `Unknown` for ''. */
export function deviceWord(device: string): string {
  if (device === '') return t.words.unknown;
  return (t.words.devices as Readonly<Record<string, string>>)[device] ?? device;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** `Anna`, `Anna or Ben`, `Anna, Ben or Cem`. */
export function listOr(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? 'an Owner or Admin';
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
