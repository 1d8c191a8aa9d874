export const THEMES = ['dark', 'light', 'auto'] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_WORDS: Readonly<Record<Theme, string>> = { dark: 'Dark', light: 'Light', auto: 'As the system' };

/** `public/theme.js` sets it before the first paint from the same key. */
const KEY = 'foyer.theme';

export function currentTheme(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return THEMES.find((t) => t === theme) ?? 'dark';
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Blocked storage: the choice holds for this page.
  }
}
