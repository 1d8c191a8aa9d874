/** Names chosen so that gzip finds more repetition: a search over which variable has which name (100 bytes gzip). */
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { childrenOf, isFunction, type Node } from './build-syntax.ts';

const TRIES = 80_000;

/** One place where a variable is named. */
interface Token {
  readonly start: number;
  readonly end: number;
  name: string;
}
/** A function that declares variables, with every token inside it. */
interface Scope {
  readonly tokens: readonly Token[];
  readonly declared: readonly Token[];
}

/**
 * The same program with other names for the variables of `try{(()=>{…})()}catch{}`.
 *
 * Two kinds of step, each of which leaves every name meaning what it meant: two variables of the top exchange names that nothing further in
 * declares; a variable of an inner function takes a name that does not occur in it, or exchanges it with another one of its own.
 * The same input gives the same output: chance comes from a fixed seed.
 */
export function shortNames(code: string): string {
  const { tokens, scopes, top } = read(code);
  const inner = [...new Set(scopes.flatMap(({ declared }) => declared.map(({ name }) => name)))];
  const byName = Map.groupBy(
    tokens.filter(({ name }) => top.has(name) && !inner.includes(name)),
    ({ name }) => name,
  );
  const variables = [...byName.values()];
  const between = [...tokens.map(({ start }, i) => code.slice(tokens[i - 1]?.end ?? 0, start)), code.slice(tokens.at(-1)!.end)];
  const render = (): string => between.map((text, i) => text + (tokens[i]?.name ?? '')).join('');
  const size = (): number => gzipSync(render(), { level: 9 }).length;
  const random = seeded(6);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

  let best = size();
  for (let tries = 0; tries < TRIES; tries++) {
    const undo = tries % 3 ? exchange(pick(variables), pick(variables)) : renameWithin(pick(scopes), pick, inner);
    const now = undo ? size() : Infinity;
    if (now <= best) best = now;
    else undo?.();
  }
  return render();
}

function exchange(a: readonly Token[], b: readonly Token[]): () => void {
  const [nameA, nameB] = [a[0]!.name, b[0]!.name];
  for (const token of a) token.name = nameB;
  for (const token of b) token.name = nameA;
  return () => {
    for (const token of a) token.name = nameA;
    for (const token of b) token.name = nameB;
  };
}

function renameWithin({ tokens, declared }: Scope, pick: <T>(list: readonly T[]) => T, names: readonly string[]): (() => void) | null {
  const own = pick(declared).name;
  const other = pick(names);
  const isFree = tokens.every(({ name }) => name !== other) || declared.some(({ name }) => name === other);
  if (own === other || !isFree) return null;
  const swap = (): void => {
    for (const token of tokens) token.name = token.name === own ? other : token.name === other ? own : token.name;
  };
  swap();
  return swap;
}

/** Every token in order; the functions inside the outermost one; and the names that one declares. */
function read(code: string): { tokens: Token[]; scopes: Scope[]; top: Set<string> } {
  const tokens: Token[] = [];
  const scopes: { tokens: Token[]; declared: Token[] }[] = [];
  const top = new Set<string>();
  const visit = (node: Node, around: readonly { tokens: Token[]; declared: Token[] }[], isDeclared: boolean): void => {
    if (node.type === 'Identifier') {
      const token = { start: node.start, end: node.end, name: node['name'] as string };
      tokens.push(token);
      around.forEach((scope) => scope.tokens.push(token));
      // Of the outermost function the names at the top; of others all that is declared further in counts as theirs.
      if (isDeclared && around.length > 1) around.at(-1)!.declared.push(token);
      else if (isDeclared) top.add(token.name);
      return;
    }
    if (node.type === 'Property' && node['shorthand'])
      throw new Error(`a shorthand property would be renamed: ${code.slice(node.start, node.end)}`);
    const inside = isFunction(node) ? [...around, { tokens: [], declared: [] }] : around;
    for (const [key, child] of childrenOf(node)) {
      if (!node['computed'] && ((node.type === 'MemberExpression' && key === 'property') || (node.type === 'Property' && key === 'key')))
        continue;
      const declares = (isFunction(node) && key === 'params') || (node.type === 'VariableDeclarator' && key === 'id');
      // A default value is no declaration.
      visit(child, inside, declares || (isDeclared && key !== 'right'));
    }
    if (inside !== around && around.length > 0 && inside.at(-1)!.declared.length > 0) scopes.push(inside.at(-1)!);
  };
  visit(parseSync('entry.js', code).program as unknown as Node, [], false);
  return { tokens: tokens.sort((a, b) => a.start - b.start), scopes, top };
}

/** Numbers in [0, 1), the same each time (a linear congruential generator of Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
