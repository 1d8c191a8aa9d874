/**
 * Which pages may embed a site's tracker (SPEC TM20–TM23).
 *
 * The list keeps a copied snippet from filling somebody else's board. It is no barrier against programs, which can
 * claim any origin; so a request without `Origin` (no browser sends a handshake without one) is let through, while
 * `null` (a sandboxed frame, a file, a data: page) is refused: it could be anybody's page.
 */
import { isIP } from 'node:net';
import type { Site } from '@foyer/protocol';

/** `origin`: the header's value, null when absent. */
export function originAllowed(site: Pick<Site, 'domain' | 'origins'>, origin: string | null): boolean {
  if (origin === null) return true;
  const url = parseOrigin(origin);
  if (url === null) return false;
  if (isLocalHost(url.hostname)) return true;
  if (site.origins.includes(url.origin)) return true;
  // Any port: who controls a host controls its ports, and staging servers like them odd.
  const base = site.domain.replace(/^www\./, '');
  return url.hostname === base || (isIP(base) === 0 && url.hostname.endsWith(`.${base}`));
}

export function isLocalHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** Canonical form of a listed origin (lower case, punycode, no default port); null when it is not one of http(s). */
export function canonicalOrigin(origin: string): string | null {
  return parseOrigin(origin)?.origin ?? null;
}

/** The host name in whatever was typed or pasted for a domain; null when there is none. `https://Shop.example:8080/x` → `shop.example`. */
export function parseDomain(typed: string): string | null {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  // A user name is an e-mail typed into the wrong field.
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '') return null;
  const host = url.hostname.replace(/\.$/, '');
  const bare = host.startsWith('[') ? host.slice(1, -1) : host;
  const isName = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(bare) && bare.length <= 253;
  return isIP(bare) !== 0 ? host : isName ? host : null;
}

function parseOrigin(origin: string): URL | null {
  if (!/^https?:\/\//i.test(origin) || !URL.canParse(origin)) return null;
  const url = new URL(origin);
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' ? url : null;
}
