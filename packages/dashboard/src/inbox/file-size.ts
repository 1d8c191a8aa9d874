import { currentLocale } from '../messages/catalogue.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** `210 kB`, as the reader's language writes it; powers of 1,000, as operating systems' file lists do. */
export function fileSize(bytes: number): string {
  const power = bytes < 1_000 ? 0 : bytes < 999_500 ? 1 : 2;
  const value = bytes / 1_000 ** power;
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    // Short in English is `54 byte`.
    unitDisplay: power === 0 ? 'narrow' : 'short',
    maximumFractionDigits: power === 2 && value < 10 ? 1 : 0,
  }).format(value);
}
