import type { Scope } from '@foyer/protocol';
import { cityName, countryName } from '../words/names.ts';
import { isApproximate, type Pin } from './core/pin.ts';

/** What a pin stands for, as its label, its popup and the list of its place call it. */
export function pinName(pin: Pick<Pin, 'kind' | 'place'>): string {
  const { place } = pin;
  if (pin.kind === 'country') return countryName(place.country);
  if (pin.kind === 'region') return place.region;
  return cityName(place);
}

/** Beside a pin there is room for a name, not for a sentence. */
export const pinLabel = (pin: Pin): string => (isApproximate(pin) ? countryName(pin.place.country) : pinName(pin));

/** The visitors of one pin, as views ask for them. */
export type PinScope = { readonly city: string } | { readonly region: string } | { readonly country: string };
export function pinScope({ kind, id }: Pick<Pin, 'kind' | 'id'>): PinScope {
  if (kind === 'country') return { country: id };
  return kind === 'region' ? { region: id } : { city: id };
}

/** The other way round. */
export function refOf(scope: PinScope): Pick<Pin, 'kind' | 'id'> {
  if ('country' in scope) return { kind: 'country', id: scope.country };
  return 'region' in scope ? { kind: 'region', id: scope.region } : { kind: 'city', id: scope.city };
}

export const scopeOf = (pin: Pick<Pin, 'kind' | 'id'>, site: string | undefined): Scope => ({
  ...(site === undefined ? {} : { site }),
  ...pinScope(pin),
});
