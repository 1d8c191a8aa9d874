/** The path of an address as a row shows it: decoded, with query and hash. What is no web address is shown as it is. */
export function shownPath(address: string): string {
  const parts = /^https?:\/\/[^/?#]*([^?#]*)(.*)$/is.exec(address);
  if (!parts) return address;
  const path = parts[1] || '/';
  const rest = parts[2] ?? '';
  try {
    return decodeURI(path) + rest;
  } catch {
    return path + rest;
  }
}

/** Host of a web address without `www.`, its port and the dot of a whole name; an app's name for an `android-app:` address; '' for none. */
export function hostOf(address: string): string {
  const host = /^(?:https?|android-app):\/\/(?:www\.)?(\[[^\]/?#]*\]|[^/?#:]+)/i.exec(address)?.[1]?.toLowerCase() ?? '';
  return host.replace(/\.$/, '');
}
