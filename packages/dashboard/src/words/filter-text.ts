/** How the filter bar cuts what was typed into pieces to show as tokens. What they mean is `@foyer/domain/rules`. */

/** Pieces as typed, quotes and all; white space inside quotes does not cut. Joined by one space they are the same filter. */
export function filterPieces(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i] ?? '';
    if (quoted && c === '\\' && i + 1 < text.length) {
      piece += c + (text[i + 1] ?? '');
      i += 1;
      continue;
    }
    if (/["“”„‟«»]/.test(c)) quoted = !quoted;
    if (!quoted && /\s/.test(c)) {
      if (piece !== '') pieces.push(piece);
      piece = '';
    } else piece += c;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

/** Whether a finished piece is worth a token: it has a prefix, a dash, quotes or alternatives. Plain words stay text. */
const isTokenPiece = (piece: string): boolean => /^-.|^\p{L}+[:：].|["“”„‟«»]|.,./u.test(piece);

/** Tokens in front, then the words still being typed. */
export function splitFilter(text: string): { readonly tokens: readonly string[]; readonly draft: string } {
  const pieces = filterPieces(text);
  return { tokens: pieces.filter(isTokenPiece), draft: pieces.filter((p) => !isTokenPiece(p)).join(' ') };
}

export const joinFilter = (tokens: readonly string[], draft: string): string =>
  [...tokens, draft.trim()].filter((part) => part !== '').join(' ');

/** The filter with this term in it, or without it when it was. */
export function toggledTerm(filter: string, term: string): string {
  const { tokens, draft } = splitFilter(filter);
  return joinFilter(tokens.includes(term) ? tokens.filter((t) => t !== term) : [...tokens, term], draft);
}
export const hasTerm = (filter: string, term: string): boolean => splitFilter(filter).tokens.includes(term);
/** `country:de`, `page:"two words"`. */
export function termFor(field: string, value: string): string {
  const term = `${field}:${/[\s,"\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value}`;
  return isTokenPiece(term) ? term : '';
}
