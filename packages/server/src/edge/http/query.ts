/** Query parameters are text; these say what text, and what it becomes. */
import * as v from 'valibot';

export function wholeNumber(o: { min: number; max: number; about: string }) {
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,16}$/, 'a whole number is needed'),
    v.description(o.about),
    v.transform(Number),
    v.minValue(o.min, `at least ${o.min}`),
    v.maxValue(o.max, `at most ${o.max}`),
  );
}

export function flag(about: string) {
  return v.pipe(
    v.picklist(['true', 'false', '1', '0'], 'true or false is needed'),
    v.description(about),
    v.transform((said) => said === 'true' || said === '1'),
  );
}

export function words(max: number, about: string) {
  return v.pipe(v.string(), v.maxLength(max), v.description(about));
}

/** The largest time that `Date` can hold. */
export const MAX_TIME_MS = 8_640_000_000_000_000;
