import { PIN_COLOURS, type PinColour } from './core/pin-state.ts';

const MAP_TOKENS = {
  ocean: '--map-ocean',
  land: '--map-land',
  coast: '--map-coast',
  border: '--map-border',
  state: '--map-state',
  shelf: '--map-shelf',
  lake: '--map-lake',
  grid: '--map-grid',
  label: '--map-label',
  sea: '--map-sea',
  halo: '--map-label-halo',
  cityLabel: '--text-2',
  chosenLabel: '--text-1',
} as const;
/** CSS colours. */
export type MapColours = Readonly<Record<keyof typeof MAP_TOKENS, string>>;

/** Red, green, blue from 0 to 1, as shaders take them. */
export interface PinPalette {
  /** By PIN_COLOURS, one after the other. */
  readonly colours: Float32Array;
  readonly gap: Float32Array;
  readonly count: Float32Array;
  readonly onCount: Float32Array;
}
export interface Palette {
  readonly map: MapColours;
  readonly pins: PinPalette;
}

/**
 * The tokens' colours where `root` is, in the theme it is shown in. A token's own value is the raw `light-dark(…)`, so each is asked for as
 * the colour of something. Cost: one style calculation.
 */
export function readPalette(root: HTMLElement): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  root.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const rgb = (token: string): number[] => channels(colour(token));
  const map = Object.fromEntries(Object.entries(MAP_TOKENS).map(([name, token]) => [name, colour(token)])) as MapColours;
  const pins: PinPalette = {
    colours: new Float32Array(PIN_COLOURS.flatMap((status: PinColour) => rgb(`--status-${status}`))),
    gap: new Float32Array(rgb('--map-pin-gap')),
    count: new Float32Array(rgb('--count')),
    onCount: new Float32Array(rgb('--on-count')),
  };
  probe.remove();
  return { map, pins };
}

/** `rgb(12, 34, 56)` as 0–1. */
const channels = (css: string): number[] => (css.match(/[\d.]+/g) ?? ['0', '0', '0']).slice(0, 3).map((part) => Number(part) / 255);

/** Calls `changed` when the theme does: chosen in the menu, or by the system. Answers the end of it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
