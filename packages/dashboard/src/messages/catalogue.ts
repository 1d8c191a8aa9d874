import type { Language } from './language.ts';
import type { Messages } from './messages.ts';

/**
 * The catalogue in use, set once before the first render. Read it where a text is drawn, never while a module is evaluated:
 * modules are loaded beside the catalogue, not after it.
 */
export let t: Messages;
let locale = 'en-GB';

const LOADERS: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: () => import('./en/index.ts').then((module) => module.en),
  de: () => import('./de/index.ts').then((module) => module.de),
};
/** Numbers and dates: English with the day before the month and 24 hours, as teams across borders write it. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

export async function loadCatalogue(language: Language): Promise<void> {
  t = await LOADERS[language]();
  locale = LOCALES[language];
}

/** BCP 47 tag for Intl. */
export const currentLocale = (): string => locale;
