import { currentLocale } from '../messages/catalogue.ts';

const KINDS = {
  weekday: { weekday: 'short' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;
/** Making one costs 50 µs, using it 1. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Of a local date, YYYY-MM-DD: it is a day and no moment, so it is read and written in one zone. */
function formatted(date: string, kind: keyof typeof KINDS): string {
  const at = new Date(`${date}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  const name = `${currentLocale()} ${kind}`;
  const formatter = formatters.get(name) ?? new Intl.DateTimeFormat(currentLocale(), { ...KINDS[kind], timeZone: 'UTC' });
  formatters.set(name, formatter);
  return formatter.format(at);
}
/** `Mon` */
export const weekdayShort = (date: string): string => formatted(date, 'weekday');
/** `Monday, 17 November` */
export const dayOfDate = (date: string): string => formatted(date, 'day');
