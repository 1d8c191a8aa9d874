export interface Person {
  readonly id: string;
  readonly name: string;
}

/** How each is called after `@`: the first name where only one has it, else the whole. */
export function handlesOf(people: readonly Person[]): ReadonlyMap<string, string> {
  const first = (name: string): string => name.trim().split(/\s+/)[0] ?? '';
  const shared = (name: string): boolean =>
    people.filter((other) => first(other.name).toLocaleLowerCase() === first(name).toLocaleLowerCase()).length > 1;
  return new Map(people.map(({ id, name }) => [id, shared(name) ? name.trim() : first(name)]));
}

/** What is being typed after an `@`, at the beginning of the text or after white space or a bracket; null: nothing. */
export function atBefore(text: string, caret: number): { readonly from: number; readonly query: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{N}_.'’-]{0,40}(?: [\p{L}\p{N}_.'’-]{1,40})?)$/u.exec(text.slice(0, caret));
  return found ? { from: caret - (found[1] ?? '').length - 1, query: found[1] ?? '' } : null;
}

export interface Mentioned {
  readonly from: number;
  readonly to: number;
  readonly id: string;
}

/** Everybody called in a text, where it says so. A longer name wins over one it begins with. */
export function mentioned(text: string, people: readonly Person[]): Mentioned[] {
  const called = [...handlesOf(people)]
    .flatMap(([id, handle]) => [
      { id, handle },
      { id, handle: people.find((one) => one.id === id)?.name.trim() ?? handle },
    ])
    .filter(({ handle }) => handle !== '')
    .sort((a, b) => b.handle.length - a.handle.length);
  const found: Mentioned[] = [];
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}@])@/gu)) {
    const rest = text.slice(index + 1);
    const one = called.find(
      ({ handle }) =>
        rest.slice(0, handle.length).toLocaleLowerCase() === handle.toLocaleLowerCase() &&
        !/^[\p{L}\p{N}]/u.test(rest.slice(handle.length)),
    );
    if (one) found.push({ from: index, to: index + 1 + one.handle.length, id: one.id });
  }
  return found;
}

/** Colleagues for what was typed: whose name begins so, then whose other names do. */
export function suggested<P extends Person>(people: readonly P[], query: string): P[] {
  const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const wanted = folded(query);
  const starts = people.filter((one) => folded(one.name).startsWith(wanted));
  const others = people.filter(
    (one) =>
      !starts.includes(one) &&
      folded(one.name)
        .split(/\s+/)
        .some((word) => word.startsWith(wanted)),
  );
  return [...starts, ...others];
}
