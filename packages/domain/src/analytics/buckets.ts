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
}

/** The middle value of what the buckets hold, by straight lines within its bucket; null: they are empty. In any order. */
export function medianOf(buckets: readonly Bucket[]): number | null {
  const filled = buckets.filter(({ count }) => count > 0).sort((a, b) => a.bucket - b.bucket);
  const total = filled.reduce((sum, { count }) => sum + count, 0);
  let below = 0;
  for (const { bucket, count } of filled) {
    if (below + count >= total / 2) {
      const from = bucket === 0 ? 0 : boundOf(bucket - 1);
      const to = boundOf(bucket);
      return Math.round(from + ((to - from) * (total / 2 - below)) / count);
    }
    below += count;
  }
  return null;
}
