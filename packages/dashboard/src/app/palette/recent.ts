/** Ids of what was chosen in the palette lately, newest first. Never a visitor: who was looked at is nothing to keep in a browser. */
const KEY = 'foyer.palette';
const RECENT_MOST = 5;

export function readRecent(storage: () => Pick<Storage, 'getItem'> = () => localStorage): readonly string[] {
  try {
    const stored: unknown = JSON.parse(storage().getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, RECENT_MOST) : [];
  } catch {
    // Blocked storage, or not ours.
    return [];
  }
}

export const withRecent = (recent: readonly string[], id: string): readonly string[] =>
  [id, ...recent.filter((other) => other !== id)].slice(0, RECENT_MOST);

export function keepRecent(id: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withRecent(readRecent(), id)));
  } catch {
    // Blocked storage: the next palette begins without.
  }
}
