import { currentLocale } from '../messages/catalogue.ts';

const QUARTER_MS = 900_000;
const TICK_HOURS = 3;
/** Of a zone that this browser does not know. */
const FALLBACK = 'UTC';

/** Words for moments of one zone. Made once for a zone and language. */
export interface ZonedWords {
  /** `14:05` */
  readonly clock: (at: number) => string;
  /** `Thu 20 Nov` */
  readonly day: (at: number) => string;
  /** Minutes since midnight, as clocks there show it. */
  readonly minuteOfDay: (at: number) => number;
}

export function zonedWords(timeZone: string, locale: string = currentLocale()): ZonedWords {
  const make = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    try {
      return new Intl.DateTimeFormat(locale, { ...options, timeZone });
    } catch {
      return new Intl.DateTimeFormat(locale, { ...options, timeZone: FALLBACK });
    }
  };
  const clock = make({ hour: '2-digit', minute: '2-digit' });
  const day = make({ weekday: 'short', day: 'numeric', month: 'short' });
  const parts = make({ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
  return {
    clock: (at) => clock.format(at),
    day: (at) => day.format(at),
    minuteOfDay: (at) => {
      const [hour = 0, minute = 0] = ['hour', 'minute'].map((type) =>
        Number(parts.formatToParts(at).find((part) => part.type === type)?.value),
      );
      return hour * 60 + minute;
    },
  };
}

export interface Tick {
  readonly second: number;
  readonly text: string;
  /** Midnight: the day is said, not the hour. */
  readonly isDay: boolean;
}

/** Every third hour of the zone's clocks. `from` is a whole quarter-hour. */
export function ticksOf({ from, lengthS }: { readonly from: number; readonly lengthS: number }, words: ZonedWords): Tick[] {
  const ticks: Tick[] = [];
  for (let at = from; at <= from + lengthS * 1_000; at += QUARTER_MS) {
    const minute = words.minuteOfDay(at);
    if (minute % (TICK_HOURS * 60) !== 0) continue;
    const isDay = minute === 0;
    ticks.push({ second: (at - from) / 1_000, text: isDay ? words.day(at) : words.clock(at), isDay });
  }
  return ticks;
}
