/** Both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * RFC 9110, 14.2: what a `Range` asks for. null: all of it, because nothing was asked, the file is another one by now, or it is asked in a way
 * that is not served (several pieces at once).
 */
export function byteRange(q: {
  readonly header: string | undefined;
  readonly ifRange: string | undefined;
  readonly etag: string;
  readonly bytes: number;
}): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(q.header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (q.ifRange !== undefined && q.ifRange !== q.etag) return null;
  // `-500`: the last 500.
  const start = first === '' ? Math.max(0, q.bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? q.bytes - 1 : Math.min(Number(last), q.bytes - 1);
  if (first !== '' && last !== '' && Number(first) > Number(last)) return null;
  return start > end ? 'unsatisfiable' : { start, end };
}
