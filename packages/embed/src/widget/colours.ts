/** From the site's one colour: what is written on it, and itself as text, always readable (WCAG 2.2, 4.5:1). */
type Rgb = readonly [number, number, number];

export const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const cssOf = (rgb: Rgb): string => `rgb(${rgb.map(Math.round).join(' ')})`;
const mix = (a: Rgb, b: Rgb, share: number): Rgb => a.map((part, i) => part + (b[i]! - part) * share) as unknown as Rgb;

/** Relative luminance, 0 to 1. */
function luminance(rgb: Rgb): number {
  const parts = rgb.map((part) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as unknown as Rgb;
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}
export function contrast(a: Rgb, b: Rgb): number {
  const ratio = (luminance(a) + 0.05) / (luminance(b) + 0.05);
  return Math.max(ratio, 1 / ratio);
}

const GROUND: Readonly<Record<'light' | 'dark', Rgb>> = { light: [255, 255, 255], dark: [17, 22, 30] };
/** How much of the accent tints a surface. */
const TINT = { light: 0.1, dark: 0.2 };
/** A little over 4.5: the eye is not asked to measure. */
const READABLE = 4.6;

/**
 * `on`: text on the accent. `tint`: a surface that belongs to it. `link`: the accent as text, moved towards black or white until it reads
 * on the ground and on the tint.
 */
export function coloursOf(accent: string, theme: 'light' | 'dark'): { accent: string; on: string; tint: string; link: string } {
  const rgb = rgbOf(accent);
  const ground = GROUND[theme];
  const tint = mix(ground, rgb, TINT[theme]);
  const pole: Rgb = theme === 'light' ? [0, 0, 0] : [255, 255, 255];
  let share = 0;
  let link = rgb;
  while (share < 1 && Math.min(contrast(link, ground), contrast(link, tint)) < READABLE) link = mix(rgb, pole, (share += 0.04));
  return { accent, on: luminance(rgb) > 0.179 ? '#000' : '#fff', tint: cssOf(tint), link: cssOf(link) };
}
