/** Buckets of durations, eight to a doubling from 1 s on: a value and its bucket's bounds are at most 9 % apart. */
const PER_DOUBLING = 8;
const FIRST_MS = 1_000;
/** 2^22 s are 48 days. */
const LAST = 22 * PER_DOUBLING;

/** Number of the bucket of a duration: 0 is under 1 s, the last one has no end. */
export function bucketOf(ms: number): number {
  if (!(ms >= FIRST_MS)) return 0;
  // Floating point must not put a bound below itself: the bound of the next one decides.
  const bucket = Math.min(LAST, 1 + Math.floor(Math.log2(ms / FIRST_MS) * PER_DOUBLING));
  return bucket < LAST && ms >= boundOf(bucket) ? bucket + 1 : ms < boundOf(bucket - 1) ? bucket - 1 : bucket;
}

/** Where a bucket ends, ms; not included. */
export const boundOf = (bucket: number): number => Math.round(FIRST_MS * 2 ** (bucket / PER_DOUBLING));

export interface Bucket {
  readonly bucket: number;
  readonly count: number;
  /** Of its durations, ms. */
  readonly sum: number;
}

/**
 * The middle value of what the buckets hold, of an even number the mean of the two in the middle; null: they are empty. In any order.
 * Within its bucket's 9 %, never outside of what was measured, and exact where the middle ones are alone in their buckets.
 */
export function medianOf(buckets: readonly Bucket[]): number | null {
  const filled = buckets.filter(({ count }) => count > 0).sort((a, b) => a.bucket - b.bucket);
  const total = filled.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const [low, high] = [Math.floor((total - 1) / 2), Math.floor(total / 2)];
  return Math.round((nth(filled, low) + nth(filled, high)) / 2);
}

/** The value at a place, 0 the smallest: from the bucket's bounds to its mean by straight lines. */
function nth(filled: readonly Bucket[], place: number): number {
  let below = 0;
  for (const [i, { bucket, count, sum }] of filled.entries()) {
    if (place >= below + count) {
      below += count;
      continue;
    }
    const from = bucket === 0 ? 0 : boundOf(bucket - 1);
    const to = boundOf(bucket);
    // The last bucket has no end.
    const mean = bucket === LAST ? Math.max(from, sum / count) : Math.min(to, Math.max(from, sum / count));
    // Nothing was measured below the smallest bucket's values nor above the largest one's, so there their mean is the bound.
    const [least, most] = [i === 0 ? mean : from, i === filled.length - 1 ? mean : to];
    const at = (place - below + 0.5) / count;
    return at < 0.5 ? least + (mean - least) * 2 * at : mean + (most - mean) * (2 * at - 1);
  }
  return 0;
}
