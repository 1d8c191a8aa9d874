/** http(s) addresses in a text; nothing else becomes a link, and nothing becomes markup. */
export interface Part {
  readonly text: string;
  /** '' for what is no link. */
  readonly href: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** What ends a sentence around an address and is none of it. */
const TRAILING = /[.,;:!?)\]}'"»”’،؛؟]+$/;

/** The whole text in pieces, in order. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const href = trimmed(found);
    if (!URL.canParse(href)) continue;
    if (index > end) parts.push({ text: text.slice(end, index), href: '' });
    parts.push({ text: href, href });
    end = index + href.length;
  }
  if (end < text.length || !parts[0]) parts.push({ text: text.slice(end), href: '' });
  return parts;
}

/** A closing bracket stays where its opening one is in the address. */
function trimmed(found: string): string {
  const bare = found.replace(TRAILING, '');
  return bare.includes('(') && found[bare.length] === ')' ? `${bare})` : bare;
}
