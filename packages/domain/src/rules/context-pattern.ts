import type { PagePattern } from '@foyer/protocol';
import { fail, ok, type Result } from '../result.ts';
import { compileGlob, compilePart, firstTexts, foldPart, type Glob, matchesGlob, matchesPart } from './context-glob.ts';
import type { Page } from './context-page.ts';

/** What is wrong with which field of a pattern. */
export interface PatternProblem {
  readonly field: keyof PagePattern;
  readonly message: string;
}
export interface CompiledPattern {
  readonly path: Glob;
  readonly host: Glob | null;
  readonly hash: Glob | null;
  readonly query: readonly { readonly name: string; readonly value: ReturnType<typeof valueOf> }[];
}

const MOST_PARAMETERS = 4;

/** Refuses with a sentence and the field it is about. Cost: the pattern's length. */
export function compilePattern(pattern: PagePattern): Result<CompiledPattern, PatternProblem> {
  const refuse = (field: PatternProblem['field'], message: string) => fail({ field, message });
  if (!pattern.path.startsWith('/')) return refuse('path', 'a path begins with “/”, such as /products/*');
  if (pattern.path.includes('?')) return refuse('path', 'what stands behind “?” has a field of its own');
  if (pattern.path.includes('#')) return refuse('path', 'a route behind “#” has a field of its own');
  const path = compileGlob(pattern.path, '/');
  if (!path.ok) return refuse('path', path.error);
  let host: Glob | null = null;
  if (pattern.host !== '') {
    if (/[/:?#\s]/.test(pattern.host)) return refuse('host', 'a host has no scheme, port or path: shop.example.com, *.example.com');
    const glob = compileGlob(pattern.host.replace(/^www\./i, ''), '.');
    if (!glob.ok) return refuse('host', glob.error);
    host = glob.value;
  }
  let hash: Glob | null = null;
  if (pattern.hash !== '') {
    const glob = compileGlob(pattern.hash.replace(/^#?!?/, ''), '/');
    if (!glob.ok) return refuse('hash', glob.error);
    hash = glob.value;
  }
  const query: { name: string; value: ReturnType<typeof valueOf> }[] = [];
  for (const pair of pattern.query.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const [name = '', value] = pair.split('=', 2);
    const part = value === undefined || value === '' ? null : compilePart(value);
    if (part && !part.ok) return refuse('query', part.error);
    if (name === '') return refuse('query', 'a parameter needs a name: q, or controller=cart');
    query.push({ name: foldPart(name), value: valueOf(part) });
  }
  if (query.length > MOST_PARAMETERS) return refuse('query', `at most ${MOST_PARAMETERS} parameters`);
  return ok({ path: path.value, host, hash, query });
}

/** Parameters that a page only has to have, whatever they say: names as somebody typed them. */
export const presentIn = ({ query }: Pick<PagePattern, 'query'>): string[] =>
  query
    .replace(/^\?/, '')
    .split('&')
    .flatMap((pair) => /^([^=]+)=?$/.exec(pair)?.[1] ?? []);

function valueOf(part: ReturnType<typeof compilePart> | null) {
  return part?.ok ? part.value : null;
}

/** Without `hash` a pattern finds its path in the route too: on a site that routes by hash the route is the page. */
function matchesPage(pattern: CompiledPattern, page: Page): boolean {
  const { path, host, hash, query } = pattern;
  if (host && !matchesGlob(host, page.host)) return false;
  if (hash && !page.routes.some((route) => matchesGlob(hash, route))) return false;
  for (const { name, value } of query) {
    const said = page.query.get(name);
    if (said === undefined || (value && !matchesPart(value, said))) return false;
  }
  if (page.paths.some((parts) => matchesGlob(path, parts))) return true;
  return hash === null && page.routes.some((parts) => matchesGlob(path, parts));
}

/**
 * Patterns in order, of which those that a page cannot match are passed over by the first part of its path: a site with 200 rules
 * looks at some ten of them.
 */
export class PatternList {
  readonly #patterns: readonly CompiledPattern[];
  readonly #byFirst = new Map<string, number[]>();
  readonly #always: number[] = [];

  constructor(patterns: readonly CompiledPattern[]) {
    this.#patterns = patterns;
    for (const [i, { path }] of patterns.entries()) {
      const firsts = firstTexts(path);
      if (!firsts) this.#always.push(i);
      else for (const first of firsts) this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), i]);
    }
  }

  /** Indexes of the patterns that match, in order. */
  *matching(page: Page): Generator<number> {
    const candidates = new Set(this.#always);
    for (const parts of [...page.paths, ...page.routes]) {
      for (const i of this.#byFirst.get(parts[0] ?? '') ?? []) candidates.add(i);
    }
    for (const i of [...candidates].sort((a, b) => a - b)) if (matchesPage(this.#patterns[i]!, page)) yield i;
  }
}
