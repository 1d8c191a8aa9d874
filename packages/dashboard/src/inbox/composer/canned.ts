import type { CannedReply } from '@foyer/protocol';

/** `{visitor.name}`, `{order.number|your order}`: letters and a dot, so that a lone brace or `{ x }` stays what it is. */
const VARIABLE = /\{(\p{L}[\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)+)(?:\|([^{}|]*))?\}/gu;

/** By name, without braces. '' = known to be nothing. */
export type Variables = Readonly<Record<string, string>>;

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** What a variable became. */
  | { readonly kind: 'filled'; readonly text: string }
  /** A variable nobody knows the value of, as it stands. */
  | { readonly kind: 'unknown'; readonly text: string };

/** A reply in pieces, for a preview that marks what was filled in. A variable without a value becomes what stands after its `|`. */
export function fillParts(text: string, variables: Variables): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(VARIABLE)) {
    if (found.index > at) parts.push({ kind: 'text', text: text.slice(at, found.index) });
    const [whole, name = '', instead] = found;
    const value = (Object.hasOwn(variables, name) ? variables[name] : '') || instead;
    parts.push(value === undefined ? { kind: 'unknown', text: whole } : { kind: 'filled', text: value });
    at = found.index + whole.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

export const fill = (text: string, variables: Variables): string =>
  fillParts(text, variables)
    .map((part) => part.text)
    .join('');

/** Where variables stand that would be sent as they are. */
export const unfilled = (text: string): { readonly from: number; readonly to: number; readonly text: string }[] =>
  [...text.matchAll(VARIABLE)].map((found) => ({ from: found.index, to: found.index + found[0].length, text: found[0] }));

/** Names of the variables in a reply that no conversation can ever fill. `data.…` is what the site says of a visitor: any name may come. */
export const unheardOf = (text: string, known: readonly string[]): string[] => [
  ...new Set([...text.matchAll(VARIABLE)].flatMap(([, name = '']) => (known.includes(name) || name.startsWith('data.') ? [] : [name]))),
];

/** The word after a `/` that the caret stands in, at the beginning of the text or after white space; null: none. */
export function slashBefore(text: string, caret: number): { readonly from: number; readonly query: string } | null {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u.exec(text.slice(0, caret));
  return found ? { from: caret - (found[1] ?? '').length - 1, query: found[1] ?? '' } : null;
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Replies for what was typed: shortcuts that begin so, then those with it inside, then those whose text has it. Each group by shortcut. */
export function matching(replies: readonly CannedReply[], query: string): CannedReply[] {
  const wanted = folded(query);
  const rank = (reply: CannedReply): number => {
    const shortcut = folded(reply.shortcut);
    if (shortcut.startsWith(wanted)) return 0;
    if (shortcut.includes(wanted)) return 1;
    return folded(reply.text).includes(wanted) ? 2 : 3;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map((one) => one.reply);
}
