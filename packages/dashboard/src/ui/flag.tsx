import { t } from '../messages/catalogue.ts';
import { countryName } from '../words/names.ts';

/** A country's flag; an empty frame of the same size for a country nobody knows. `named`: its name stands beside it, so it says nothing itself. */
export function Flag({ country, named = false }: { readonly country: string; readonly named?: boolean }) {
  if (!/^[A-Z]{2}$/i.test(country))
    return (
      <span className="flag flag-none" {...(named ? { 'aria-hidden': true } : { role: 'img', 'aria-label': t.words.countryUnknown })} />
    );
  return (
    <img
      className="flag"
      src={`${__FLAGS_BASE__}/${country.toLowerCase()}.svg`}
      alt={named ? '' : countryName(country)}
      width={16}
      height={12}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  );
}
