/**
 * The small glob of page rules. No regular expression is made of what people type, so no pattern can be slow:
 *
 *   /products/*        `*` is one part of the path, or within a part any run of characters (`*.html`)
 *   /checkout/**       `**` is the rest, no part or many; it may stand once, and other parts may follow it
 *   /{cart,basket}     one of these; several in one part make all their combinations
 *   /<number>-*.html   `<number>` is every digit that stands there, at least one
 *
 * Case, accents and percent-encoding are folded on both sides; a slash at the end does not matter.
 */
import { fail, ok, type Result } from '../result.ts';
import { fold } from './fold.ts';

/** Parts of a pattern, and combinations of the alternatives of one part. */
const MOST_PARTS = 20;
const MOST_COMBINATIONS = 400;
/** A longer part of an address is found by `*` alone: what it costs is bounded by this times the pattern's length. */
const MOST_PART_CHARS = 300;

const STAR = 0;
const NUMBER = 1;
type Token = string | typeof STAR | typeof NUMBER;

/** One part: any text, or one of these texts, or one that is like one of these. */
interface Part {
  readonly isAny: boolean;
  readonly texts: ReadonlySet<string>;
  readonly likes: readonly (readonly Token[])[];
}
export interface Glob {
  readonly before: readonly Part[];
  /** null: no `**`; else what stands behind it. */
  readonly after: readonly Part[] | null;
}

/** `separator`: '/' of a path, '.' of a host. Costs what the pattern is long; refuses with a sentence for the person who typed it. */
export function compileGlob(pattern: string, separator: '/' | '.'): Result<Glob, string> {
  const texts = splitParts(pattern, separator);
  if (texts === null) return fail('a “{” needs its “}”, and neither “{” nor the separator may stand between them');
  if (texts.length > MOST_PARTS) return fail(`at most ${MOST_PARTS} parts`);
  const before: Part[] = [];
  let after: Part[] | null = null;
  for (const text of texts) {
    if (text === '**') {
      if (after) return fail('“**” may stand once');
      after = [];
      continue;
    }
    if (text.includes('**')) return fail('“**” has to be a part of its own');
    const part = compilePart(text);
    if (!part.ok) return part;
    (after ?? before).push(part.value);
  }
  return ok({ before, after });
}

/** Whether the folded parts of an address are what the pattern says. Cost: its parts; see MOST_PART_CHARS for `likes`. */
export function matchesGlob({ before, after }: Glob, parts: readonly string[]): boolean {
  const rest = parts.length - before.length - (after?.length ?? 0);
  if (rest < 0 || (after === null && rest > 0)) return false;
  for (let i = 0; i < before.length; i++) if (!matchesPart(before[i]!, parts[i]!)) return false;
  if (after) {
    const from = parts.length - after.length;
    for (let i = 0; i < after.length; i++) if (!matchesPart(after[i]!, parts[from + i]!)) return false;
  }
  return true;
}

/** The texts with one of which every address that matches begins; null: with any. */
export function firstTexts({ before }: Glob): ReadonlySet<string> | null {
  const first = before[0];
  return first && !first.isAny && first.likes.length === 0 ? first.texts : null;
}

/** One part, or the value of a parameter. */
export function compilePart(text: string): Result<Part, string> {
  const combinations = expand(text);
  if (typeof combinations === 'string') return fail(combinations);
  const texts = new Set<string>();
  const likes: Token[][] = [];
  for (const one of combinations) {
    if (one === '*') return ok({ isAny: true, texts, likes: [] });
    const tokens = tokensOf(one);
    if (tokens.length === 1 && typeof tokens[0] === 'string') texts.add(tokens[0]);
    else if (tokens.length > 0) likes.push(tokens);
  }
  if (texts.size + likes.length === 0) return fail('a part is empty');
  return ok({ isAny: false, texts, likes });
}

export function matchesPart({ isAny, texts, likes }: Part, text: string): boolean {
  if (isAny || texts.has(text)) return true;
  if (text.length > MOST_PART_CHARS) return false;
  for (const tokens of likes) if (isLike(tokens, text)) return true;
  return false;
}

/** Splits at separators outside of braces; empty parts go. null: braces are wrong. */
function splitParts(pattern: string, separator: string): string[] | null {
  const parts: string[] = [];
  let part = '';
  let isInside = false;
  for (const c of pattern) {
    if (c === '{' ? isInside : c === '}' ? !isInside : c === separator && isInside) return null;
    if (c === '{') isInside = true;
    if (c === '}') isInside = false;
    if (c === separator) {
      if (part !== '') parts.push(part);
      part = '';
    } else part += c;
  }
  if (isInside) return null;
  if (part !== '') parts.push(part);
  return parts;
}

function expand(text: string): string[] | string {
  let made = [''];
  for (const [i, piece] of text.split(/[{}]/).entries()) {
    // Odd ones stood in braces.
    const choices = i % 2 === 1 ? piece.split(',').map((choice) => choice.trim()) : [piece];
    if (i % 2 === 1 && choices.every((choice) => choice === '')) return 'there is nothing between “{” and “}”';
    if (made.length * choices.length > MOST_COMBINATIONS) return `at most ${MOST_COMBINATIONS} combinations in one part`;
    made = made.flatMap((start) => choices.map((choice) => start + choice));
  }
  return made;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const piece of text.split(/(\*|<number>)/)) {
    if (piece === '*') {
      if (tokens.at(-1) !== STAR) tokens.push(STAR);
    } else if (piece === '<number>') tokens.push(NUMBER);
    else if (piece !== '') tokens.push(foldPart(piece));
  }
  return tokens;
}

/** A text as patterns and addresses compare it. A broken escape stays as it is. */
export function foldPart(text: string): string {
  if (!text.includes('%')) return fold(text);
  try {
    return fold(decodeURIComponent(text));
  } catch {
    return fold(text);
  }
}

/** Goes back to the last star only: at most text × tokens steps. */
function isLike(tokens: readonly Token[], text: string): boolean {
  let at = 0;
  let t = 0;
  let starT = -1;
  let starAt = 0;
  for (;;) {
    const token = tokens[t];
    if (token === STAR) {
      starT = t++;
      starAt = at;
      continue;
    }
    if (t === tokens.length && at === text.length) return true;
    const taken = token === undefined ? 0 : lengthOf(token, text, at);
    if (taken > 0) {
      at += taken;
      t++;
      continue;
    }
    if (starT < 0 || starAt >= text.length) return false;
    at = ++starAt;
    t = starT + 1;
  }
}

/** Characters that `token` takes at `at`; 0: it is not there. */
function lengthOf(token: Exclude<Token, typeof STAR>, text: string, at: number): number {
  if (typeof token === 'string') return text.startsWith(token, at) ? token.length : 0;
  let end = at;
  while (end < text.length && text[end]! >= '0' && text[end]! <= '9') end++;
  return end - at;
}
