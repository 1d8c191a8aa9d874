import type { SyntheticEvent } from 'react';
import { t } from '../messages/catalogue.ts';
import { countryName } from '../words/names.ts';

/** Of all countries there are 250; more than these are seldom in view within a minute. */
const MOST_KEPT = 128;
const kept = new Map<string, HTMLImageElement>();

/**
 * Chromium makes a document of each SVG and forgets it with the last `<img>` that shows it: rows that come and go would have some made each
 * second, which is a tenth of what a busy table costs. What is held here is not forgotten.
 */
function keep({ currentTarget: { src } }: SyntheticEvent<HTMLImageElement>): void {
  if (kept.has(src)) return;
  const image = new Image();
  image.src = src;
  kept.set(src, image);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
}

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
      onLoad={keep}
    />
  );
}
