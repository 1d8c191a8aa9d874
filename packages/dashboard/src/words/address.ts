/** The address if it may become a link: http and https only, so that no page title or referrer can carry a script. */
export function webAddress(text: string): string | null {
  if (!/^https?:\/\//i.test(text)) return null;
  return URL.canParse(text) ? new URL(text).href : null;
}

/** Path of an address as the row shows it; the text itself when it is none. */
export function pathOf(text: string): string {
  const address = webAddress(text);
  if (!address) return text;
  const { pathname, search, hash } = new URL(address);
  try {
    return decodeURI(pathname) + search + hash;
  } catch {
    return pathname + search + hash;
  }
}

export function hostOf(text: string): string {
  const address = webAddress(text);
  return address ? new URL(address).host.replace(/^www\./, '') : text;
}
