import type { Projection } from './basemap/style.ts';

const KEY = 'foyer.map.projection';

export function rememberedProjection(): Projection {
  try {
    return localStorage.getItem(KEY) === 'globe' ? 'globe' : 'mercator';
  } catch {
    return 'mercator';
  }
}

export function rememberProjection(projection: Projection): void {
  try {
    localStorage.setItem(KEY, projection);
  } catch {
    // Blocked storage: the choice holds for this page.
  }
}
