import type { Place, Scope } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { countryName } from '../words/names.ts';
import type { Pin } from './core/pin.ts';

/** What a pin stands for, as its label and its popup call it. */
export function pinName(pin: Pick<Pin, 'kind' | 'place'>): string {
  const { place } = pin;
  if (pin.kind === 'region') return place.region;
  return place.approximate ? t.map.somewhereIn(countryName(place.country)) : cityName(place);
}
const cityName = (place: Place): string => place.city || place.region || countryName(place.country);

/** Beside a pin there is room for a name, not for a sentence. */
export const pinLabel = (pin: Pin): string => (pin.place.approximate ? countryName(pin.place.country) : pinName(pin));

/** The visitors of one pin, as views ask for them. */
export const pinScope = (pin: Pick<Pin, 'kind' | 'id'>): { city: string } | { region: string } =>
  pin.kind === 'city' ? { city: pin.id } : { region: pin.id };

export const scopeOf = (pin: Pick<Pin, 'kind' | 'id'>, site: string | undefined): Scope => ({
  ...(site === undefined ? {} : { site }),
  ...pinScope(pin),
});
