import { LIMITS } from '@foyer/protocol/link';

/** What a site lets its page URLs keep; `welcome` carries it to the tab. */
export interface KeptInUrl {
  /** What of a query parameter stays, as the source of a pattern without groups (`keptParams`). */
  readonly keep: string;
  /** true: the site routes by hash, so `#/path` and `#!/path` are part of the page's address. */
  readonly hash: boolean;
}

// Scheme (of an app `android-app://`, in the fewest letters: the tracker has no room) · user and password (dropped) · host, path and query · fragment up to a second #, behind which implicit grants put
// tokens. The host must end where a URL parser would end it: without the look-ahead `https://user:secret@` came back as one.
const PARTS = /^(https?:\/\/|andr.+?\/\/)(?:[^/?#\\]*@)?([^/?#\\@]+(?![^/?#\\])[^#]*)#?([^#]*)/i;

/**
 * utm_* and the parameters `whole` stay as they are, of those `named` the name alone: whether somebody searched is no secret, what for is
 * one. Names as they stand in the URL, case counts.
 */
export function keptParams(whole: readonly string[], named: readonly string[] = []): string {
  const names = (list: readonly string[]) => `(?:${list.map((name) => name.replace(/[^\w-]/g, '\\$&')).join('|')})`;
  return `^(?:utm_.*${whole.length > 0 ? `|${names(whole)}(?:=.*)?$` : ''}${named.length > 0 ? `|${names(named)}(?:=|$)` : ''})`;
}

/**
 * A page's address without what could identify or authenticate a person: user and password, query and fragment.
 *
 * With `keep`, utm_* and the site's parameters stay, and with `keep.hash` a hash router's path, whose own query is filtered
 * the same way. Without `keep` (referrers) nothing after the path stays.
 * Answers '' for what is not http(s) or an Android app, which refers but has no pages; at most `LIMITS.urlChars` characters. Rules: LK7–LK11.
 */
export function cleanUrl(url: string, keep?: KeptInUrl): string {
  const filtered = (text: string, separator: string | RegExp) => {
    const [head, ...rest] = text.split(separator);
    const kept = rest
      .join('&')
      .split(/[&;]/)
      // The match of a pattern without groups is a list of one.
      .flatMap((param) => (keep && param.match(keep.keep)) || []);
    return head + (kept[0] ? '?' : '') + kept.join('&');
  };
  const [, scheme, address, fragment] = PARTS.exec(url) || [];
  if (!address) return '';
  // `#/callback&access_token=…` is seen in the wild, so a router's path ends at any separator.
  const route = keep?.hash && /^!?\//.test(fragment!) ? `#${filtered(fragment!, /[?&;]/)}` : '';
  return (scheme + filtered(address, '?')! + route).slice(0, LIMITS.urlChars);
}
