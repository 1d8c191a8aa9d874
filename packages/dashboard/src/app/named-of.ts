/** A person looks at one visitor, or at a few in several windows; more names than this are not read. */
const NAMED = 3;
/** Visitors followed for their names, of all colleagues together: a console may have a dozen views, and the page needs most of them. */
const FOLLOWED = 4;

/** Visitors to name, by colleague: the first of each, then more of them, as far as it goes. */
export function namedOf(
  colleagues: readonly { readonly id: string; readonly looking: readonly string[] }[],
): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  let left = FOLLOWED;
  for (let nth = 0; nth < NAMED; nth += 1) {
    for (const { id, looking } of colleagues) {
      const visitor = looking[nth];
      if (visitor === undefined || left === 0) continue;
      named.set(id, [...(named.get(id) ?? []), visitor]);
      left -= 1;
    }
  }
  return named;
}
