/**
 * The first account. Until there is one, each start makes a new one-time link; whoever opens it makes the workspace,
 * its owner and its first site, and is signed in. Rules TM13, TM14.
 */
import { fail, ok, type Result } from '@foyer/domain';
import type { Clock } from '../ports/clock.ts';
import type { SiteRecord, TeamStore, UserRecord, WorkspaceRecord } from '../ports/team-store.ts';
import type { Directory } from './directory.ts';
import { parseDomain } from './origins.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions, SignedIn } from './sessions.ts';
import { isTimeZone, newSettings } from './settings.ts';
import { freshId, hashOf, newSiteKey, newToken } from './tokens.ts';

export interface SetupRequest {
  readonly token: string;
  readonly workspace: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly site: { readonly name: string; readonly domain: string };
  readonly timeZone?: string | undefined;
}
export interface SetupDeps {
  readonly store: TeamStore;
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly clock: Clock;
}
export type SetupRefusal = 'bad_domain' | 'busy' | 'already_set_up' | 'used_or_expired';

export class Setup {
  readonly #deps: SetupDeps;

  constructor(deps: SetupDeps) {
    this.#deps = deps;
  }

  /**
   * The path and fragment of a new link to print, null when there is an account. It replaces the link of an earlier
   * start. The token is in the fragment: browsers do not send it, so no proxy logs it.
   */
  async prepare(): Promise<string | null> {
    if (await this.#deps.store.isSetUp()) return null;
    const token = newToken();
    await this.#deps.store.putSetupToken(hashOf(token));
    return `/setup#token=${token}`;
  }

  async isNeeded(): Promise<boolean> {
    return !(await this.#deps.store.isSetUp());
  }

  async complete(request: SetupRequest, addressHash: string): Promise<Result<SignedIn, SetupRefusal>> {
    const { store, directory, sessions, passwords, clock } = this.#deps;
    const domain = parseDomain(request.site.domain);
    if (domain === null) return fail('bad_domain');
    // Before the hash, so that a server that is in use spends nothing on it.
    if (await store.isSetUp()) return fail('already_set_up');
    const passwordHash = await passwords.hash(request.password);
    if (passwordHash === null) return fail('busy');

    const now = clock.now();
    const timeZone = request.timeZone !== undefined && isTimeZone(request.timeZone) ? request.timeZone : 'UTC';
    const workspace: WorkspaceRecord = {
      id: freshId(now),
      name: request.workspace,
      settings: newSettings(timeZone),
      trackingInPlan: true,
      createdAt: now,
    };
    const owner: UserRecord = {
      id: freshId(now),
      workspace: workspace.id,
      name: request.name,
      email: request.email,
      role: 'owner',
      createdAt: now,
      passwordHash,
    };
    const site = newSite({ workspace: workspace.id, name: request.site.name, domain, now });
    const done = await store.setUp({ tokenHash: hashOf(request.token), workspace, owner, site });
    if (done !== true) return fail(done.conflict === 'already_set_up' ? 'already_set_up' : 'used_or_expired');
    directory.adopt(workspace, site);
    return ok(await sessions.begin(owner, addressHash));
  }
}

/** `domain`: as `parseDomain` answers it. */
export function newSite(q: { workspace: string; name: string; domain: string; now: number }): SiteRecord {
  return {
    id: freshId(q.now),
    workspace: q.workspace,
    key: newSiteKey(),
    name: q.name,
    domain: q.domain,
    origins: [],
    params: [],
    hashRouting: false,
    countAutomated: false,
    createdAt: q.now,
    seenAt: null,
  };
}
