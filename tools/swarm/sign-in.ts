/** Signs in over REST and answers the session cookie as `name=value`. Throws what the server said. */
export async function signIn(url: string, login: { email: string; password: string }): Promise<string> {
  const { origin } = new URL(url);
  const response = await fetch(new URL('/api/v1/login', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(login),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (!response.ok || cookie === undefined) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return cookie;
}
