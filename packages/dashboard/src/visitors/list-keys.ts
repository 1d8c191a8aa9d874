/** Where a key leads in a list of `count` rows, from row `at` (-1: none yet); undefined: it does not move. `page`: rows of a screen. */
export function rowFor(key: string, q: { readonly at: number; readonly count: number; readonly page: number }): number | undefined {
  const { at, count, page } = q;
  if (count === 0) return undefined;
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? 0 : at - 1,
    Home: 0,
    End: count - 1,
    PageDown: Math.max(at, 0) + page,
    PageUp: at - page,
  }[key];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}
