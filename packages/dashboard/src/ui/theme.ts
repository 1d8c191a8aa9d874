import { Listeners } from '../live/listeners.ts';
import type { IconName } from './icons.tsx';

export const THEMES = ['dark', 'light', 'auto'] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_ICONS: Readonly<Record<Theme, IconName>> = { dark: 'moon', light: 'sun', auto: 'laptop' };

/** `public/theme.js` sets it before the first paint from the same key. */
const KEY = 'foyer.theme';
const changed = new Listeners();

export function currentTheme(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return THEMES.find((t) => t === theme) ?? 'dark';
}
export const subscribeTheme = changed.subscribe;

export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Blocked storage: the choice holds for this page.
  }
  changed.notify();
}
