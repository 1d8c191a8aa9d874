import { LIMITS } from '@foyer/protocol/link';

/** What a site lets its page URLs keep; `welcome` carries it to the tab. */
export interface KeptInUrl {
  /** Query parameters besides utm_*; names as they stand in the URL, case counts. */
  readonly params: readonly string[];
  /** true: the site routes by hash, so `#/path` and `#!/path` are part of the page's address. */
  readonly hash: boolean;
}

// Scheme · user and password (dropped) · host, path and query · fragment up to a second #, behind which implicit grants put
// tokens. The host must end where a URL parser would end it: without the look-ahead `https://user:secret@` came back as one.
const PARTS = /^(https?:\/\/)(?:[^/?#\\]*@)?([^/?#\\@]+(?![^/?#\\])[^#]*)#?([^#]*)/i;

/**
 * A page's address without what could identify or authenticate a person: user and password, query and fragment.
 *
 * With `keep`, utm_* and the listed parameters stay, and with `keep.hash` a hash router's path, whose own query is filtered
 * the same way. Without `keep` (referrers) nothing after the path stays.
 * Answers '' for what is not http(s); at most `LIMITS.urlChars` characters. Rules: LK7–LK11.
 */
export function cleanUrl(url: string, keep?: KeptInUrl): string {
  const filtered = (text: string, separator: string | RegExp) => {
    const [head, ...rest] = text.split(separator);
    const kept = rest
      .join('&')
      .split(/[&;]/)
      .filter((param) => keep && (/^utm_/.test(param) || keep.params.includes(param.split('=')[0]!)));
    return head + (kept[0] ? '?' : '') + kept.join('&');
  };
  const [, scheme, address, fragment] = PARTS.exec(url) || [];
  if (!address) return '';
  // `#/callback&access_token=…` is seen in the wild, so a router's path ends at any separator.
  const route = keep?.hash && /^!?\//.test(fragment!) ? `#${filtered(fragment!, /[?&;]/)}` : '';
  return (scheme + filtered(address, '?')! + route).slice(0, LIMITS.urlChars);
}
