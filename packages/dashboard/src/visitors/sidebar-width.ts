/** Bounds of the sidebar (product.md section 2), and what one press of an arrow key moves its edge. */
export const SIDEBAR = { minPx: 325, maxPx: 600, stepPx: 16 } as const;
const KEY = 'foyer.sidebar-width';

export const clampedWidth = (px: number): number => Math.round(Math.min(SIDEBAR.maxPx, Math.max(SIDEBAR.minPx, px)));

/** Pixels; null: never chosen, the usual width. */
export function rememberedWidth(): number | null {
  try {
    const text = localStorage.getItem(KEY);
    const px = text === null ? Number.NaN : Number(text);
    return Number.isFinite(px) && px > 0 ? clampedWidth(px) : null;
  } catch {
    return null;
  }
}

export function rememberWidth(px: number | null): void {
  try {
    if (px === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, String(px));
  } catch {
    // Blocked storage: it holds for this page.
  }
}
