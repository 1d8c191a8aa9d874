/** How the site wants its widget, in which language, and in which light. */
import type { PublicLook, WidgetLanguage } from '@foyer/protocol/link';
import { change, state } from './state.ts';
import type { Texts } from './texts/en.ts';
import { base, settings } from './tracker.ts';

/** Each is a chunk, `lang-xx.js`. */
const LANGUAGES: readonly string[] = ['en', 'de', 'fr', 'es', 'tr', 'ar'] satisfies readonly WidgetLanguage[];
let revision = '';

/** Reads the look anew when it has another revision. Throws when it cannot be had. */
export async function readLook(wanted: string): Promise<void> {
  if (wanted === revision && state.look) return;
  // The revision is for caches alone, so that none answers with an earlier look.
  const answer = await fetch(`${base}look?${new URLSearchParams({ site: settings['site']!, revision: wanted })}`, { credentials: 'omit' });
  if (!answer.ok) throw new Error(`look ${answer.status}`);
  await wear((await answer.json()) as PublicLook);
  revision = wanted;
}

/** Also by `foyer('look', …)`: the settings page shows what is not saved yet. */
export async function wear(look: PublicLook): Promise<void> {
  const language = languageOf(look.language);
  if (language !== state.language || !state.texts.chat) change({ texts: await textsOf(language), language });
  change({ look, theme: themeOf(look.theme) });
}

/** The site's choice, else the page's language, else the browser's. */
function languageOf(chosen: PublicLook['language']): string {
  const wishes = chosen === 'auto' ? [document.documentElement.lang, ...navigator.languages] : [chosen];
  return wishes.map((wish) => wish.slice(0, 2).toLowerCase()).find((wish) => LANGUAGES.includes(wish)) ?? 'en';
}
const textsOf = async (language: string): Promise<Texts> =>
  ((await import(/* @vite-ignore */ `${base}lang-${language}.js`)) as { texts: Texts }).texts;

const dark = matchMedia('(prefers-color-scheme: dark)');
const themeOf = (chosen: PublicLook['theme']): 'light' | 'dark' => (chosen === 'auto' ? (dark.matches ? 'dark' : 'light') : chosen);
export const followTheme = (): void => dark.addEventListener('change', () => state.look && change({ theme: themeOf(state.look.theme) }));
