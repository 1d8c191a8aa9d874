/** A place in a list's order: a time or number, and the id that decides between equals. */
export type Key = readonly [number, string];

export const cursorOf = ([at, id]: Key): string => Buffer.from(JSON.stringify([at, id])).toString('base64url');

/** null: not one of ours. */
export function keyFrom(cursor: string | undefined): Key | null {
  if (cursor === undefined) return null;
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (!Array.isArray(key) || key.length !== 2) return null;
    const [at, id] = key as unknown[];
    return typeof at === 'number' && Number.isSafeInteger(at) && typeof id === 'string' ? [at, id] : null;
  } catch {
    return null;
  }
}
export const isCursor = (text: string): boolean => keyFrom(text) !== null;
