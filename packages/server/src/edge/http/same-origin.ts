/**
 * Does a request that changes something come from our own pages? (SPEC AP5)
 *
 * `Sec-Fetch-Site` cannot be set by a page and is sent by every current browser over https and to localhost. Over plain
 * http it is missing, and `Origin` decides; its scheme is not compared, because a proxy may have taken the TLS away.
 * A request with neither is not from a browser: it has no cookie but one it was given.
 */
export function isSameOrigin(request: Request, publicUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  if (origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === hostOf(request);
}

/** As the browser addressed it: proxies are asked to keep the Host header (docs/operate.md). */
function hostOf(request: Request): string {
  return request.headers.get('host') ?? new URL(request.url).host;
}

/** Where browsers reach this server: the public URL, else the address of this request. No slash at the end. */
export function originOf(request: Request, o: { publicUrl: string; secure: boolean }): string {
  return o.publicUrl === '' ? `${o.secure ? 'https' : 'http'}://${hostOf(request)}` : o.publicUrl;
}
