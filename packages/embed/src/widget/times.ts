import { state } from './state.ts';

const WEEK_MS = 6 * 86_400_000;
const isToday = (at: number): boolean => new Date(at).toDateString() === new Date().toDateString();

/** As this reader's country writes it, where it has the widget's language. */
const locale = (): string => navigator.languages.find((one) => one.startsWith(state.language)) ?? state.language;

/** 14:07, and the day as far as it takes to know it; digits as in the rest of the page, also in Arabic. */
const format = (at: number, day: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale(), {
    numberingSystem: 'latn',
    hour: 'numeric',
    minute: '2-digit',
    ...(isToday(at) ? {} : day),
  }).format(at);

/** Of what was. */
export const time = (at: number): string => format(at, { day: 'numeric', month: 'short' });
/** Of what will be: `Monday 09:00`. */
export const when = (at: number): string => format(at, at - Date.now() > WEEK_MS ? { day: 'numeric', month: 'long' } : { weekday: 'long' });
