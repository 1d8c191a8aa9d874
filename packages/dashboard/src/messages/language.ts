/** Language of the dashboard, chosen in the user menu, else the browser's first that there is a catalogue for. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Each in its own words: whoever looks for theirs may read no other. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

const KEY = 'foyer.language';
const isLanguage = (text: string | null | undefined): text is Language => LANGUAGES.some((language) => language === text);

/** `chosen` wins; then the first of the browser's `preferred` tags whose language is there; else English. */
export function pickLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return preferred.map((tag) => tag.split('-')[0]?.toLowerCase()).find(isLanguage) ?? 'en';
}

export function currentLanguage(): Language {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // Blocked storage: the browser's own languages decide.
  }
  return pickLanguage(chosen, navigator.languages);
}

/** Takes effect with a reload: texts, dates and place names are formatted all over the page, and a change of language is rare. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Blocked storage: there is nothing to remember it in.
  }
  location.reload();
}
