import { countryName } from '../words/names.ts';

/** A country's flag with its name; an empty frame of the same size for a country nobody knows. */
export function Flag({ country }: { readonly country: string }) {
  if (!/^[A-Z]{2}$/i.test(country)) return <span className="flag flag-none" role="img" aria-label="Country unknown" />;
  return <img className="flag" src={`${__FLAGS_BASE__}/${country.toLowerCase()}.svg`} alt={countryName(country)} width={16} height={12} loading="lazy" decoding="async" draggable={false} />;
}
