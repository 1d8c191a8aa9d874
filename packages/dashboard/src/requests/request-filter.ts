import { addressStart } from '@foyer/domain/privacy';
import { READS, REQUEST_SOURCES, type RequestEntry, type RequestSource, type Settings } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { countryName } from '../words/names.ts';

export const STATUS_CLASSES = ['2', '3', '4', '5'] as const;
/** What requests are narrowed to, as the address has it and the server takes it. */
export interface RequestFilter {
  readonly ip?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly source?: string | undefined;
  readonly status?: string | undefined;
  readonly country?: string | undefined;
}
export type FilterKey = keyof RequestFilter;
export const FILTER_KEYS: readonly FilterKey[] = ['ip', 'endpoint', 'source', 'status', 'country'];
/** Of those whose country is unknown. */
export const NO_COUNTRY = 'none';
/** Every source: also what dashboards read by themselves, which is left out otherwise. */
export const ALL_SOURCES = 'all';

/** As protocol and server have them; what an address says besides is not asked. */
const MOST_CHARS: Readonly<Record<FilterKey, number>> = { ip: 50, endpoint: 200, source: 20, status: 1, country: 4 };

export type Understood =
  { readonly ok: true; readonly key: FilterKey; readonly value: string } | { readonly ok: false; readonly problem: string };
const no = (problem: string): Understood => ({ ok: false, problem });

export interface FilterRules {
  /** The role may see addresses. */
  readonly seesAddresses: boolean;
  readonly ipMask: Settings['ipMask'];
}

/** What was typed as a term: `status:4xx`, `ip:198.51.100`, or an address or an endpoint alone. */
export function understand(typed: string, rules: FilterRules): Understood {
  const text = typed.trim();
  const [, name = '', rest = ''] = /^([a-z]+)\s*:\s*(.*)$/is.exec(text) ?? [];
  const key = FILTER_KEYS.find((one) => one === name.toLowerCase());
  if (key !== undefined) return valueOf(key, rest.trim(), rules);
  if (/^[\da-f]*[.:][\da-f.:]*$/i.test(text) && /\d/.test(text)) return valueOf('ip', text, rules);
  if (/^(\/|[a-z]+\.[a-z])/i.test(text)) return valueOf('endpoint', text, rules);
  return no(t.requests.notUnderstood(text));
}

function valueOf(key: FilterKey, value: string, { seesAddresses, ipMask }: FilterRules): Understood {
  if (value === '') return no(t.requests.noValue(key));
  if (value.length > MOST_CHARS[key] && key !== 'status' && key !== 'country') return no(t.requests.tooLong);
  switch (key) {
    case 'ip': {
      if (!seesAddresses) return no(t.requests.noAddresses);
      if (ipMask === 'none-stored') return no(t.requests.noneStored);
      return addressStart(value, ipMask) === null ? no(t.requests.badAddress(value)) : { ok: true, key, value: value.toLowerCase() };
    }
    case 'endpoint':
      return { ok: true, key, value };
    case 'source': {
      if ([ALL_SOURCES, t.requests.everySource.toLowerCase()].includes(value.toLowerCase())) return { ok: true, key, value: ALL_SOURCES };
      const source = REQUEST_SOURCES.find((one) => one === value.toLowerCase() || sourceWord(one).toLowerCase() === value.toLowerCase());
      return source ? { ok: true, key, value: source } : no(t.requests.badSource(value, REQUEST_SOURCES.map(sourceWord).join(', ')));
    }
    case 'status': {
      const status = STATUS_CLASSES.find((one) => one === value || `${one}xx` === value.toLowerCase());
      return status ? { ok: true, key, value: status } : no(t.requests.badStatus(value));
    }
    case 'country': {
      const country = countryCode(value);
      return country === null ? no(t.requests.badCountry(value)) : { ok: true, key, value: country };
    }
  }
}

/** Only what can be asked, of what an address says; `leftOutOf` says the rest. */
export function filterOf(search: Readonly<Record<string, string | undefined>>, rules: FilterRules): RequestFilter {
  const filter: { -readonly [Key in FilterKey]?: string } = {};
  for (const key of FILTER_KEYS) {
    const value = search[key];
    if (value === undefined) continue;
    const understood = valueOf(key, value, rules);
    if (understood.ok) filter[key] = understood.value;
  }
  return filter;
}

/** Why parts of what an address says are not asked: somebody followed a link that was mistyped, or is older. */
export const leftOutOf = (search: Readonly<Record<string, string | undefined>>, rules: FilterRules): string[] =>
  FILTER_KEYS.flatMap((key) => {
    const value = search[key];
    // Of addresses that may not be seen it is said apart.
    if (value === undefined || (key === 'ip' && !rules.seesAddresses)) return [];
    const understood = valueOf(key, value, rules);
    return understood.ok ? [] : [understood.problem];
  });

/** As the server takes it: it has one word for all sources. */
export const askedFilter = ({ source, ...filter }: RequestFilter): RequestFilter & { readonly reads?: 'true' } =>
  source === ALL_SOURCES ? { ...filter, reads: 'true' } : source === undefined ? filter : { ...filter, source };
/** What dashboards read is among what is shown. */
export const hasReads = ({ source, endpoint }: RequestFilter): boolean =>
  source === ALL_SOURCES || source === READS || endpoint !== undefined;

/** A code, or a country by its name in the reader's language. */
function countryCode(text: string): string | null {
  if (text.toLowerCase() === NO_COUNTRY || text.toLowerCase() === t.requests.unknownCountry.toLowerCase()) return NO_COUNTRY;
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  const wanted = text.toLowerCase();
  for (let a = 65; a <= 90; a += 1)
    for (let b = 65; b <= 90; b += 1) {
      const code = String.fromCharCode(a, b);
      const name = countryName(code);
      // Codes that are no longer used have the name of those that took their place.
      if (name !== code && name.toLowerCase() === wanted) return Intl.getCanonicalLocales(`und-${code}`)[0]?.slice(4) ?? code;
    }
  return null;
}

export const sourceWord = (source: RequestSource): string => t.requests.sources[source];
export const countryWord = (country: string): string =>
  country === '' || country === NO_COUNTRY ? t.requests.unknownCountry : countryName(country);

/** A term as its token says it. */
export function tokenText(key: FilterKey, value: string): string {
  if (key === 'status') return `${key}: ${value}xx`;
  if (key === 'country') return `${key}: ${countryWord(value)}`;
  if (key === 'source' && value === ALL_SOURCES) return `${key}: ${t.requests.everySource}`;
  const source = REQUEST_SOURCES.find((one) => one === value);
  return key === 'source' && source ? `${key}: ${sourceWord(source)}` : `${key}: ${value}`;
}

/** How an address, or the beginning of one, is stored when that is less than was typed; null: as it was typed. */
export function storedAs(ip: string | undefined, mask: Settings['ipMask']): string | null {
  const start = ip === undefined ? null : addressStart(ip, mask);
  return start === null || start === '' || start === ip?.toLowerCase() ? null : start;
}

/** How many signs of a shown address are what was searched for. */
export function markedChars(shown: string, searched: string | undefined): number {
  if (searched === undefined) return 0;
  if (shown.startsWith(searched)) return searched.length;
  let same = 0;
  while (same < shown.length && shown[same] === searched[same]) same += 1;
  return shown.slice(0, same).replace(/[.:]+$/, '').length;
}

export type StatusTone = 'good' | 'bad' | 'fault';
export const toneOf = (status: number): StatusTone => (status >= 500 ? 'fault' : status >= 400 ? 'bad' : 'good');

/** `Too many requests` of 429; of a status without an own word what its class means. */
export function statusWord(status: number): string {
  const known: Readonly<Record<number, string>> = t.requests.statuses;
  return known[status] ?? t.requests.classes[STATUS_CLASSES.find((one) => one === String(status)[0]) ?? '2'];
}
export const placeText = ({ city, country }: Pick<RequestEntry, 'city' | 'country'>): string =>
  city !== '' ? city : country === '' ? '' : countryName(country);
