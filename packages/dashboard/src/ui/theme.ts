import { Listeners } from '../live/listeners.ts';

export const THEMES = ['dark', 'light', 'auto'] as const;
export type Theme = (typeof THEMES)[number];

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
