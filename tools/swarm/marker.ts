/**
 * A marker is a page title that says when it was sent: `m~<µs, base 36>~ Title`. Send and arrival are read from CLOCK_MONOTONIC, which all
 * processes of a machine share, so that no clock difference is in a lag.
 */
export const nowMicros = (): number => Number(process.hrtime.bigint() / 1_000n);

/** Unique within a swarm as long as two markers of one tab are a microsecond apart: `salt` tells tabs apart. */
export const markTitle = (title: string, salt: number): string => `m~${nowMicros().toString(36)}.${salt.toString(36)}~ ${title}`;

export interface Marker {
  readonly key: string;
  readonly sentMicros: number;
}

/** Every marker in a frame; the same one may be in it twice. Cost: one pass over the text. */
export function markersIn(text: string): Marker[] {
  const found: Marker[] = [];
  for (let at = text.indexOf('m~'); at !== -1; at = text.indexOf('m~', at + 2)) {
    const end = text.indexOf('~', at + 2);
    if (end === -1 || end - at > 32) continue;
    const key = text.slice(at + 2, end);
    const sentMicros = Number.parseInt(key, 36);
    if (Number.isFinite(sentMicros)) found.push({ key, sentMicros });
  }
  return found;
}

/** Nearest-rank percentile of unsorted values; NaN when there are none. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] as number;
}
