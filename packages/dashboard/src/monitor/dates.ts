import { currentLocale } from '../messages/catalogue.ts';

export { number } from '../messages/format.ts';

/** Of a local date, YYYY-MM-DD: it is a day and no moment, so it is read and written in one zone. */
const formatted = (date: string, options: Intl.DateTimeFormatOptions): string => {
  const at = new Date(`${date}T12:00:00Z`);
  return Number.isNaN(at.getTime()) ? date : new Intl.DateTimeFormat(currentLocale(), { ...options, timeZone: 'UTC' }).format(at);
};
/** `Mon` */
export const weekdayShort = (date: string): string => formatted(date, { weekday: 'short' });
/** `Monday, 17 November` */
export const dayOfDate = (date: string): string => formatted(date, { weekday: 'long', day: 'numeric', month: 'long' });
