import type { Language } from './language.ts';
import type { LaterArea, Messages } from './messages.ts';

/**
 * The catalogue in use. What every page needs is there before the first render, the rest with the screens that need it (`withTexts`).
 * Read it where a text is drawn, never while a module is evaluated: modules are loaded beside the catalogue, not after it.
 */
export let t: Messages;
let language: Language = 'en';

type Later = { readonly [Area in LaterArea]: () => Promise<Messages[Area]> };
interface Loaders {
  readonly first: () => Promise<Omit<Messages, LaterArea>>;
  readonly later: Later;
}
const LOADERS: Readonly<Record<Language, Loaders>> = {
  en: {
    first: () => import('./en/first.ts').then((module) => module.first),
    later: {
      analytics: () => import('./en/analytics.ts').then((module) => module.analytics),
      blocks: () => import('./en/blocks.ts').then((module) => module.blocks),
      chatSettings: () => import('./en/chatSettings.ts').then((module) => module.chatSettings),
      composer: () => import('./en/composer.ts').then((module) => module.composer),
      entry: () => import('./en/entry.ts').then((module) => module.entry),
      history: () => import('./en/history.ts').then((module) => module.history),
      inbox: () => import('./en/inbox.ts').then((module) => module.inbox),
      keys: () => import('./en/keys.ts').then((module) => module.keys),
      look: () => import('./en/look.ts').then((module) => module.look),
      map: () => import('./en/map.ts').then((module) => module.map),
      monitor: () => import('./en/monitor.ts').then((module) => module.monitor),
      notify: () => import('./en/notify.ts').then((module) => module.notify),
      palette: () => import('./en/palette.ts').then((module) => module.palette),
      profile: () => import('./en/profile.ts').then((module) => module.profile),
      replay: () => import('./en/replay.ts').then((module) => module.replay),
      requests: () => import('./en/requests.ts').then((module) => module.requests),
      rules: () => import('./en/rules.ts').then((module) => module.rules),
      seen: () => import('./en/seen.ts').then((module) => module.seen),
      settings: () => import('./en/settings.ts').then((module) => module.settings),
      start: () => import('./en/start.ts').then((module) => module.start),
      table: () => import('./en/table.ts').then((module) => module.table),
      visit: () => import('./en/visit.ts').then((module) => module.visit),
    },
  },
  de: {
    first: () => import('./de/first.ts').then((module) => module.first),
    later: {
      analytics: () => import('./de/analytics.ts').then((module) => module.analytics),
      blocks: () => import('./de/blocks.ts').then((module) => module.blocks),
      chatSettings: () => import('./de/chatSettings.ts').then((module) => module.chatSettings),
      composer: () => import('./de/composer.ts').then((module) => module.composer),
      entry: () => import('./de/entry.ts').then((module) => module.entry),
      history: () => import('./de/history.ts').then((module) => module.history),
      inbox: () => import('./de/inbox.ts').then((module) => module.inbox),
      keys: () => import('./de/keys.ts').then((module) => module.keys),
      look: () => import('./de/look.ts').then((module) => module.look),
      map: () => import('./de/map.ts').then((module) => module.map),
      monitor: () => import('./de/monitor.ts').then((module) => module.monitor),
      notify: () => import('./de/notify.ts').then((module) => module.notify),
      palette: () => import('./de/palette.ts').then((module) => module.palette),
      profile: () => import('./de/profile.ts').then((module) => module.profile),
      replay: () => import('./de/replay.ts').then((module) => module.replay),
      requests: () => import('./de/requests.ts').then((module) => module.requests),
      rules: () => import('./de/rules.ts').then((module) => module.rules),
      seen: () => import('./de/seen.ts').then((module) => module.seen),
      settings: () => import('./de/settings.ts').then((module) => module.settings),
      start: () => import('./de/start.ts').then((module) => module.start),
      table: () => import('./de/table.ts').then((module) => module.table),
      visit: () => import('./de/visit.ts').then((module) => module.visit),
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
  const loaded = await Promise.all(areas.map(async (area) => [area, await later[area]()] as const));
  t = { ...t, ...Object.fromEntries(loaded) };
}

/** A screen's loader that brings the screen's texts too, at the same time. */
export const withTexts =
  <Screen>(areas: readonly LaterArea[], load: () => Promise<Screen>): (() => Promise<Screen>) =>
  async () =>
    (await Promise.all([load(), loadTexts(areas)]))[0];

/** BCP 47 tag for Intl. */
export const currentLocale = (): string => LOCALES[language];
