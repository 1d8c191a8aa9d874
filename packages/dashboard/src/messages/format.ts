import { currentLocale } from './catalogue.ts';

/** One formatter for each locale and set of options: making one costs 50 µs, using it 1. */
function kept<Formatter>(make: (locale: string) => Formatter): () => Formatter {
  let made: { readonly locale: string; readonly formatter: Formatter } | null = null;
  return () => {
    const locale = currentLocale();
    if (made?.locale !== locale) made = { locale, formatter: make(locale) };
    return made.formatter;
  };
}

const integer = kept((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const share = kept((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
const anyOf = kept((locale) => new Intl.ListFormat(locale, { type: 'disjunction' }));
const allOf = kept((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const clockTime = kept((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }));
const dayMonth = kept((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }));
const dayMonthYear = kept((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }));
const weekdayName = kept((locale) => new Intl.DateTimeFormat(locale, { weekday: 'long' }));
const month = kept((locale) => new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }));
const regions = kept((locale) => new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' }));
const languages = kept((locale) => new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }));

/** `1,234` */
export const number = (n: number): string => integer().format(n);
/** `42%` of a share from 0 to 1. */
export const percent = (n: number): string => share().format(n);
/** `Anna, Ben or Cem` */
export const listOr = (names: readonly string[]): string => anyOf().format(names);
/** `Anna, Ben and Cem` */
export const listAnd = (names: readonly string[]): string => allOf().format(names);
/** `14:32:07`, in this browser's zone. */
export const timeOfDay = (at: number): string => clockTime().format(at);
/** Whether both are on one day of this browser's zone. */
export const isSameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();
/** `12 Sep`, with the year when it is another one. */
export const day = (at: number, now: number): string =>
  (new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth() : dayMonthYear()).format(at);
/** `Monday` */
export const weekday = (at: number): string => weekdayName().format(at);
/** `Nov 2025` */
export const monthYear = (at: number): string => month().format(at);
const zoned = new Map<string, () => Intl.DateTimeFormat>();
/** `17:32` in an IANA zone. Throws RangeError for one that this browser does not know. */
export function hoursMinutes(at: number, timeZone: string): string {
  let formatter = zoned.get(timeZone);
  if (!formatter) {
    formatter = kept((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }));
    zoned.set(timeZone, formatter);
  }
  return formatter().format(at);
}
/** '' for a code that Intl does not know. */
export const regionName = (code: string): string => regions().of(code) ?? '';
export const languageName = (tag: string): string => {
  try {
    return languages().of(tag.split('-')[0] ?? tag) ?? tag;
  } catch {
    return tag;
  }
};
