import type { Me, Settings, Site } from '@foyer/protocol';
import { signIn } from '../tools/swarm/sign-in.ts';
import type { FoyerProcess } from './foyer-process.ts';

const DEMO_OWNER = { email: 'demo@foyer.test', password: 'foyer-demo' };
const OWNER = { email: 'olga@foyer.test', password: 'ten letters at least' };

/** Somebody who is signed in, as a program sees them: REST with their cookie. */
export class Account {
  readonly origin: string;
  readonly cookie: string;

  private constructor(origin: string, cookie: string) {
    this.origin = origin;
    this.cookie = cookie;
  }

  static async signedIn(foyer: Pick<FoyerProcess, 'origin'>, login: { email: string; password: string } = DEMO_OWNER): Promise<Account> {
    return new Account(foyer.origin, await signIn(foyer.origin, login));
  }

  /** Makes the first account by the printed link; tracking on, as most tests want it. */
  static async setUp(
    foyer: Pick<FoyerProcess, 'origin' | 'setupLink'>,
    site: { name: string; domain: string } = { name: 'Shop', domain: 'localhost' },
  ): Promise<Account> {
    const token = foyer.setupLink.split('token=')[1] ?? '';
    await call(foyer.origin, 'POST', '/setup', {
      token,
      workspace: 'Fernhill',
      name: 'Olga Owner',
      ...OWNER,
      site,
      timeZone: 'Europe/Prague',
    });
    const owner = await Account.signedIn(foyer, OWNER);
    await owner.patch<Settings>('/settings', { tracking: true });
    return owner;
  }

  /** By an invitation of `owner`'s. */
  static async invited(owner: Account, role: 'admin' | 'agent', name: string): Promise<Account> {
    const { link } = await owner.post<{ link: string }>('/invitations', { role });
    const token = link.split('token=')[1] ?? '';
    const login = {
      email: `${name
        .toLowerCase()
        .match(/[a-z]+/g)
        ?.join('.')}@foyer.test`,
      password: 'ten letters at least',
    };
    await call(owner.origin, 'POST', '/invite', { token, name, ...login });
    return new Account(owner.origin, await signIn(owner.origin, login));
  }

  get<T>(path: string): Promise<T> {
    return call(this.origin, 'GET', path, undefined, this.cookie) as Promise<T>;
  }
  post<T>(path: string, body: unknown = {}): Promise<T> {
    return call(this.origin, 'POST', path, body, this.cookie) as Promise<T>;
  }
  patch<T>(path: string, body: unknown): Promise<T> {
    return call(this.origin, 'PATCH', path, body, this.cookie) as Promise<T>;
  }
  put<T>(path: string, body: unknown): Promise<T> {
    return call(this.origin, 'PUT', path, body, this.cookie) as Promise<T>;
  }
  delete(path: string): Promise<unknown> {
    return call(this.origin, 'DELETE', path, undefined, this.cookie);
  }

  me(): Promise<Me> {
    return this.get('/me');
  }

  async site(): Promise<Site> {
    const [first] = await this.get<Site[]>('/sites');
    if (first === undefined) throw new Error('there is no site');
    return first;
  }

  /** For a browser context. */
  get browserCookie(): { name: string; value: string; url: string } {
    const at = this.cookie.indexOf('=');
    return { name: this.cookie.slice(0, at), value: this.cookie.slice(at + 1), url: this.origin };
  }
}

/** Throws the answer when it is no 2xx. */
async function call(origin: string, method: string, path: string, body?: unknown, cookie?: string): Promise<unknown> {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { origin, ...(cookie === undefined ? {} : { cookie }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
