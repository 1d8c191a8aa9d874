import type { Language } from './language.ts';
import type { LaterArea, Messages } from './messages.ts';

/**
 * The catalogue in use. What every page needs is there before the first render, the rest with the screens that need it (`withTexts`).
 * Read it where a text is drawn, never while a module is evaluated: modules are loaded beside the catalogue, not after it.
 */
export let t: Messages;
let language: Language = 'en';

type Later = { readonly [Area in LaterArea]: () => Promise<{ readonly [Name in Area]: Messages[Name] }> };
interface Loaders {
  readonly first: () => Promise<Omit<Messages, LaterArea>>;
  readonly later: Later;
}
const LOADERS: Readonly<Record<Language, Loaders>> = {
  en: {
    first: () => import('./en/first.ts').then((module) => module.first),
    later: {
      analytics: () => import('./en/analytics.ts'),
      blocks: () => import('./en/blocks.ts'),
      chatSettings: () => import('./en/chatSettings.ts'),
      composer: () => import('./en/composer.ts'),
      entry: () => import('./en/entry.ts'),
      history: () => import('./en/history.ts'),
      inbox: () => import('./en/inbox.ts'),
      keys: () => import('./en/keys.ts'),
      look: () => import('./en/look.ts'),
      map: () => import('./en/map.ts'),
      monitor: () => import('./en/monitor.ts'),
      notify: () => import('./en/notify.ts'),
      palette: () => import('./en/palette.ts'),
      profile: () => import('./en/profile.ts'),
      replay: () => import('./en/replay.ts'),
      requests: () => import('./en/requests.ts'),
      rules: () => import('./en/rules.ts'),
      seen: () => import('./en/seen.ts'),
      settings: () => import('./en/settings.ts'),
      start: () => import('./en/start.ts'),
      table: () => import('./en/table.ts'),
      visit: () => import('./en/visit.ts'),
    },
  },
  de: {
    first: () => import('./de/first.ts').then((module) => module.first),
    later: {
      analytics: () => import('./de/analytics.ts'),
      blocks: () => import('./de/blocks.ts'),
      chatSettings: () => import('./de/chatSettings.ts'),
      composer: () => import('./de/composer.ts'),
      entry: () => import('./de/entry.ts'),
      history: () => import('./de/history.ts'),
      inbox: () => import('./de/inbox.ts'),
      keys: () => import('./de/keys.ts'),
      look: () => import('./de/look.ts'),
      map: () => import('./de/map.ts'),
      monitor: () => import('./de/monitor.ts'),
      notify: () => import('./de/notify.ts'),
      palette: () => import('./de/palette.ts'),
      profile: () => import('./de/profile.ts'),
      replay: () => import('./de/replay.ts'),
      requests: () => import('./de/requests.ts'),
      rules: () => import('./de/rules.ts'),
      seen: () => import('./de/seen.ts'),
      settings: () => import('./de/settings.ts'),
      start: () => import('./de/start.ts'),
      table: () => import('./de/table.ts'),
      visit: () => import('./de/visit.ts'),
    },
  },
};
export const LATER_AREAS: readonly LaterArea[] = [
  'analytics',
  'blocks',
  'chatSettings',
  'composer',
  'entry',
  'history',
  'inbox',
  'keys',
  'look',
  'map',
  'monitor',
  'notify',
  'palette',
  'profile',
  'replay',
  'requests',
  'rules',
  'seen',
  'settings',
  'start',
  'table',
  'visit',
];
/** Numbers and dates: English with the day before the month and 24 hours, as teams across borders write it. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

export async function loadCatalogue(chosen: Language): Promise<void> {
  // The areas of a language that was loaded before are not this one's; whoever needs them loads them again.
  const first = await LOADERS[chosen].first();
  language = chosen;
  t = first as Messages;
}

/** Adds areas that screens need; from then on `t` has them. */
export async function loadTexts(areas: readonly LaterArea[]): Promise<void> {
  const { later } = LOADERS[language];
  const loaded = await Promise.all(areas.map(async (area) => [area, ((await later[area]()) as Pick<Messages, LaterArea>)[area]] as const));
  t = { ...t, ...Object.fromEntries(loaded) };
}

/** A screen's loader that brings the screen's texts too, at the same time. */
export const withTexts =
  <Screen>(areas: readonly LaterArea[], load: () => Promise<Screen>): (() => Promise<Screen>) =>
  async () =>
    (await Promise.all([load(), loadTexts(areas)]))[0];

/** BCP 47 tag for Intl. */
export const currentLocale = (): string => LOCALES[language];
