/** The token of `#token=…`, of a whole pasted link, or the text itself. */
export function tokenOf(text: string): string {
  const found = /[#&]token=([^&\s]+)/.exec(text);
  return found ? decodeURIComponent(found[1] ?? '') : text.replace(/^#/, '').trim();
}
