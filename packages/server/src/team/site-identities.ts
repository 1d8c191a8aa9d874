import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RefusedHashes } from '@foyer/protocol';
import type { Clock } from '../ports/clock.ts';
import type { IdentitySecret, TeamStore } from '../ports/team-store.ts';

const DAY_MS = 86_400_000;
/** A site's server is deployed within a day of a rotation, or its visitors are verified again when it is. */
export const OLD_SECRET_FOR_MS = DAY_MS;
/** As long as browsers keep a cookie at most: whoever comes later has another secret anyway. */
const CLAIM_KEPT_FOR_MS = 400 * DAY_MS;
/** HMAC-SHA256 as lower-case hex. */
const HASH = /^[0-9a-f]{64}$/;

export type IdentityStore = Pick<TeamStore, 'identitySecrets' | 'identitySecret' | 'rotateIdentitySecret' | 'claimVisitor'>;
export interface SiteIdentitiesDeps {
  readonly store: IdentityStore;
  readonly clock: Clock;
  /** For a counter and for who looks at Install. */
  readonly onRefused: (site: string) => void;
  readonly onOutage: (cause: unknown) => void;
}

/**
 * SiteIdentities — who a site's own server says that somebody is, and whether that is proved. Rules VI1–VI7.
 *
 * Purpose   the secrets in memory, so that a hash costs one HMAC (≈ 3 µs) and no question to the store.
 * Owner     one per process; it alone writes secrets.
 * On error  what asks the store rejects with its cause, but `claim`, which answers that it does not know.
 */
export class SiteIdentities {
  readonly #deps: SiteIdentitiesDeps;
  readonly #secrets = new Map<string, IdentitySecret>();
  readonly #refused = new Map<string, RefusedHashes>();
  #isOpen = false;

  constructor(deps: SiteIdentitiesDeps) {
    this.#deps = deps;
  }

  /** Reads all secrets, once. */
  async open(): Promise<this> {
    for (const secret of this.#isOpen ? [] : await this.#deps.store.identitySecrets()) this.#secrets.set(secret.site, secret);
    this.#isOpen = true;
    return this;
  }

  /** Made when it is first asked for. null: there is no such site (any more). */
  async secretOf(site: string): Promise<IdentitySecret | null> {
    const known = this.#secrets.get(site);
    return known ?? this.#keep(await this.#deps.store.identitySecret({ site, make: newSecret(), now: this.#deps.clock.now() }));
  }

  /** The one before is good for `OLD_SECRET_FOR_MS`. */
  async rotate(site: string): Promise<IdentitySecret | null> {
    const now = this.#deps.clock.now();
    return this.#keep(await this.#deps.store.rotateIdentitySecret({ site, make: newSecret(), now, beforeUntil: now + OLD_SECRET_FOR_MS }));
  }

  /** Whether `hash` is the site's word for `text`; one that is not is counted. */
  proves(site: string, text: string, hash: string): boolean {
    const known = this.#secrets.get(site);
    const now = this.#deps.clock.now();
    const given = Buffer.from(HASH.test(hash) ? hash : '', 'hex');
    const keys = known ? [known.secret, ...(known.before !== '' && now < known.beforeUntil ? [known.before] : [])] : [];
    const right = (key: string): boolean => {
      const own = createHmac('sha256', key).update(text).digest();
      return own.length === given.length && timingSafeEqual(own, given);
    };
    if (text !== '' && keys.some(right)) return true;
    this.#refused.set(site, { count: (this.#refused.get(site)?.count ?? 0) + 1, lastAt: now });
    this.#deps.onRefused(site);
    return false;
  }

  /** Since this process began; null: none. */
  refusedHashes(site: string): RefusedHashes | null {
    return this.#refused.get(site) ?? null;
  }

  /** A visitor is one proved person at most, the first one. */
  async claim(q: { workspace: string; visitor: string; subject: string }): Promise<'theirs' | 'of another' | 'unknown'> {
    const now = this.#deps.clock.now();
    try {
      const isTheirs = await this.#deps.store.claimVisitor({ ...q, now, forgetBefore: now - CLAIM_KEPT_FOR_MS });
      return isTheirs ? 'theirs' : 'of another';
    } catch (cause) {
      this.#deps.onOutage(cause);
      return 'unknown';
    }
  }

  #keep(secret: IdentitySecret | null): IdentitySecret | null {
    if (secret) this.#secrets.set(secret.site, secret);
    return secret;
  }
}

/** 256 bits, hex: a site's server uses it as text. */
const newSecret = (): string => randomBytes(32).toString('hex');

/** By what a proved person is known without saying who. */
export const subjectOf = (site: string, kind: 'id' | 'email', text: string): string =>
  createHash('sha256').update(`${site}\n${kind}\n${text}`).digest('hex');
