/**
 * What the host page's own code passes to `identify`, `context` and `goal`. It is cut to size and sorted out here, not refused: a slip
 * on somebody's page must not close its visitors' sockets, and the tracker has no room for rules that the server has anyway.
 */
import * as v from 'valibot';
import { LIMITS } from './limits.ts';

type Scalar = string | number | boolean | null;

const MOST_ENTRIES = 30;
const KEY_CHARS = 60;

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

/** Texts are cut, numbers become text (ids often are), everything else is absent. */
export const saidText = v.pipe(
  v.unknown(),
  v.transform((value): string | undefined =>
    typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LIMITS.identityChars) : undefined,
  ),
);

/** A number, or a text (prices often are); everything else is absent. */
export const saidValue = v.pipe(
  v.unknown(),
  v.transform((value): number | undefined => {
    const said = typeof value === 'string' && value.trim() !== '' ? Number(value.slice(0, LIMITS.identityChars)) : value;
    return typeof said === 'number' && Number.isFinite(said) ? said : undefined;
  }),
);

/** The first entries with a scalar value, texts cut, at most `LIMITS.dataBytes` as JSON; what is no object is absent. */
export const saidData = v.pipe(
  v.unknown(),
  v.transform((value): Record<string, Scalar> | undefined => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const kept: [string, Scalar][] = [];
    let left = LIMITS.dataBytes;
    for (const [key, entry] of Object.entries(value)) {
      if (!isScalar(entry) || kept.length === MOST_ENTRIES) continue;
      const pair: [string, Scalar] = [key.slice(0, KEY_CHARS), typeof entry === 'string' ? entry.slice(0, LIMITS.identityChars) : entry];
      // At most three bytes of UTF-8 for each UTF-16 unit.
      left -= 3 * JSON.stringify(pair).length;
      if (left < 0) break;
      kept.push(pair);
    }
    return Object.fromEntries(kept);
  }),
);
