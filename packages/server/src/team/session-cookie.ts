export const SESSION_COOKIE = 'foyer_session';

/** `maxAgeS` 0 takes the cookie away. */
export function sessionCookie(o: { token: string; maxAgeS: number; secure: boolean }): string {
  return `${SESSION_COOKIE}=${o.token}; Path=/; Max-Age=${o.maxAgeS}; HttpOnly; SameSite=Lax${o.secure ? '; Secure' : ''}`;
}

/** The token in a Cookie header; null when there is none, or more than one (a neighbouring host may have planted the other). */
export function tokenOf(cookieHeader: string | null | undefined): string | null {
  const found = (cookieHeader ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1));
  const [token] = found;
  return token !== undefined && found.length === 1 && /^[\w-]{43}$/.test(token) ? token : null;
}
