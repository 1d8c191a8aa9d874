/**
 * Sessions — who is signed in.
 *
 * Purpose     turn a cookie into an actor, and say at once when that ends, so that sockets close with it.
 * Invariants  a token is random and kept as its hash only; the role is read with each request, never remembered;
 *             an ended session never lives again.
 * Cost        `authenticate` reads two rows of the store; it writes at most once an hour (once a minute on the move).
 * On error    an outage of the store rejects with its cause.
 * Rules       TM5–TM12.
 */
import { fail, ok, type Result } from '@foyer/domain';
import type { Role } from '@foyer/protocol';
import type { Clock } from '../ports/clock.ts';
import type { SessionRecord, TeamStore, UserRecord } from '../ports/team-store.ts';
import type { Directory } from './directory.ts';
import type { Passwords } from './passwords.ts';
import { tokenOf } from './session-cookie.ts';
import { hashOf, newToken } from './tokens.ts';

export interface Actor {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  /** Hash of the session's token: names the session, opens nothing. */
  readonly session: string;
  readonly workspace: string;
  readonly role: Role;
}
export interface SignedIn {
  readonly actor: Actor;
  /** For the cookie; nothing else ever sees it. */
  readonly token: string;
  readonly maxAgeS: number;
}
/** Either one session, or every session of one user. */
export interface SessionEnd {
  readonly session?: string;
  readonly user?: string;
  readonly why: 'logout' | 'expired' | 'removed' | 'role';
}
/** Slows down whoever keeps failing. `now`: epoch ms. */
export interface LoginThrottle {
  check(key: string, now: number): { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };
  fail(key: string, now: number): void;
  succeed(key: string): void;
}
export type LoginRefusal =
  { readonly code: 'bad_credentials' } | { readonly code: 'too_many_tries' | 'busy'; readonly retryAfterMs: number };

export interface SessionsDeps {
  readonly store: TeamStore;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  /** An unused session ends after this. */
  readonly lifetimeMs: number;
}

/** However much it is used, a sign-in ends after a year. */
const LONGEST_MS = 365 * 86_400_000;
const SLIDE_EVERY_MS = 3_600_000;
const MOVE_EVERY_MS = 60_000;
/** Sockets close within 1 s of an expiry; half of it is for finding out. */
const EXPIRY_SCAN_MS = 500;
const BUSY_RETRY_MS = 1_000;

interface Watched {
  readonly user: string;
  readonly workspace: string;
  expiresAt: number;
  touchedAt: number;
}

export class Sessions {
  readonly #deps: SessionsDeps;
  /** Sessions seen by this process, so that their expiry is noticed. */
  readonly #watched = new Map<string, Watched>();
  readonly #listeners = new Set<(end: SessionEnd) => void>();
  readonly #stopScan: () => void;

  constructor(deps: SessionsDeps) {
    this.#deps = deps;
    this.#stopScan = deps.clock.setInterval(() => this.#endExpired(), EXPIRY_SCAN_MS);
  }

  close(): void {
    this.#stopScan();
  }

  onEnded(listener: (end: SessionEnd) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `addressHash`: keyed hash of the full address that asks. */
  async login(q: { email: string; password: string; addressHash: string }): Promise<Result<SignedIn, LoginRefusal>> {
    const { store, passwords, throttle, clock } = this.#deps;
    // Both: one address that tries many accounts, and one account that is tried from many addresses.
    const keys = [`address:${q.addressHash}`, `email:${hashOf(q.email)}`];
    for (const key of keys) {
      const open = throttle.check(key, clock.now());
      if (!open.ok) return fail({ code: 'too_many_tries', retryAfterMs: open.retryAfterMs });
    }
    const user = await store.userByEmail(q.email);
    const right = await passwords.matches(user?.passwordHash ?? null, q.password);
    if (right === null) return fail({ code: 'busy', retryAfterMs: BUSY_RETRY_MS });
    if (!right || user === null) {
      for (const key of keys) throttle.fail(key, clock.now());
      return fail({ code: 'bad_credentials' });
    }
    for (const key of keys) throttle.succeed(key);
    return ok(await this.begin(user, q.addressHash));
  }

  /** A session for somebody who has just proved who they are. */
  async begin(user: UserRecord, addressHash: string): Promise<SignedIn> {
    const { store, directory, clock, lifetimeMs } = this.#deps;
    const now = clock.now();
    const token = newToken();
    const session: SessionRecord = {
      idHash: hashOf(token),
      user: user.id,
      workspace: user.workspace,
      createdAt: now,
      expiresAt: now + lifetimeMs,
      addressHash,
    };
    await store.putSession(session);
    directory.noteTeamAddress(user.workspace, addressHash);
    this.#watch(session, now);
    return { actor: actorOf(user, session.idHash), token, maxAgeS: Math.floor(lifetimeMs / 1000) };
  }

  /** null: no cookie, or one that opens nothing. With `addressHash` the session moves to that address. */
  async authenticate(cookieHeader: string | null | undefined, addressHash?: string): Promise<Actor | null> {
    const token = tokenOf(cookieHeader);
    if (token === null) return null;
    const { store, clock } = this.#deps;
    const now = clock.now();
    const session = await store.session(hashOf(token));
    if (session === null || session.expiresAt <= now) return null;
    const user = await store.user(session.user);
    if (user === null || user.workspace !== session.workspace) return null;
    await this.#slide(session, addressHash ?? session.addressHash, now);
    return actorOf(user, session.idHash);
  }

  async logout(actor: Actor): Promise<void> {
    await this.#deps.store.endSession(actor.session);
    this.#watched.delete(actor.session);
    this.#tell({ session: actor.session, why: 'logout' });
    await this.#deps.directory.refreshTeamAddresses(actor.workspace);
  }

  /** The member is gone (and the store with it ended the sessions), or has another role: their sockets close either way. */
  async userChanged(q: { user: string; workspace: string; why: 'removed' | 'role' }): Promise<void> {
    if (q.why === 'removed') for (const [id, watched] of this.#watched) if (watched.user === q.user) this.#watched.delete(id);
    this.#tell({ user: q.user, why: q.why });
    if (q.why === 'removed') await this.#deps.directory.refreshTeamAddresses(q.workspace);
  }

  async #slide(session: SessionRecord, addressHash: string, now: number): Promise<void> {
    const { store, directory, lifetimeMs } = this.#deps;
    const watched = this.#watch(session, session.expiresAt - lifetimeMs);
    const expiresAt = Math.min(now + lifetimeMs, session.createdAt + LONGEST_MS);
    const sinceTouch = now - watched.touchedAt;
    const moved = addressHash !== session.addressHash && sinceTouch >= MOVE_EVERY_MS;
    if (!moved && sinceTouch < SLIDE_EVERY_MS) return;
    watched.touchedAt = now;
    watched.expiresAt = expiresAt;
    await store.touchSession({ idHash: session.idHash, expiresAt, addressHash });
    directory.noteTeamAddress(session.workspace, addressHash);
  }

  #watch(session: SessionRecord, touchedAt: number): Watched {
    const known = this.#watched.get(session.idHash);
    if (known !== undefined) return known;
    const watched: Watched = { user: session.user, workspace: session.workspace, expiresAt: session.expiresAt, touchedAt };
    this.#watched.set(session.idHash, watched);
    return watched;
  }

  #endExpired(): void {
    const now = this.#deps.clock.now();
    for (const [session, { expiresAt }] of this.#watched) {
      if (expiresAt > now) continue;
      this.#watched.delete(session);
      this.#tell({ session, why: 'expired' });
    }
  }

  #tell(end: SessionEnd): void {
    for (const listener of this.#listeners) listener(end);
  }
}

function actorOf(user: UserRecord, session: string): Actor {
  return { user: { id: user.id, name: user.name, email: user.email }, session, workspace: user.workspace, role: user.role };
}
