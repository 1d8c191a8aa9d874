import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { TIMES } from '@foyer/protocol';

const DAY_MS = 86_400_000;

export interface ResumeClaim {
  readonly site: string;
  readonly visitor: string;
  readonly visit: string;
  readonly startedAt: number;
}

/**
 * Who a visitor is, without keeping what proves it.
 *
 * The secret lives in the visitor's browser alone; the id is its keyed hash, so the id that agents and webhooks see authenticates nobody, and
 * two sites give the same secret two ids. Cookieless ids come from salts that are never written down and are dropped after two days.
 * Cost: one or two HMACs, ≈ 3 µs each.
 */
export class Identities {
  readonly #visitorKey: string;
  readonly #resumeKey: string;
  readonly #salts = new Map<number, Buffer>();

  constructor(keys: { visitor: string; resume: string }) {
    this.#visitorKey = keys.visitor;
    this.#resumeKey = keys.resume;
  }

  /** 128 bits, base64url. */
  newSecret(): string {
    return randomBytes(16).toString('base64url');
  }

  visitorOf(site: string, secret: string): string {
    return `v${createHmac('sha256', this.#visitorKey).update(`${site}\n${secret}`).digest('hex').slice(0, 24)}`;
  }

  /** For whoever comes after `visitor` in the same browser: all its tabs are given the same one, and nobody can guess it. */
  secretAfter(visitor: string, subject: string): string {
    return createHmac('sha256', this.#visitorKey).update(`after\n${visitor}\n${subject}`).digest('base64url').slice(0, 22);
  }

  /** Of a tab that stores nothing, for its chat alone. */
  tabVisitorOf(site: string, secret: string): string {
    return `k${createHmac('sha256', this.#visitorKey).update(`tab\n${site}\n${secret}`).digest('hex').slice(0, 24)}`;
  }

  /** The same all (UTC) day for one browser behind one address, and never again. */
  cookielessVisitor(site: string, address: string, userAgent: string, nowMs: number): string {
    const day = Math.floor(nowMs / DAY_MS);
    let salt = this.#salts.get(day);
    if (!salt) {
      salt = randomBytes(32);
      this.#salts.set(day, salt);
      for (const old of this.#salts.keys()) if (old < day - 1) this.#salts.delete(old);
    }
    return `c${createHmac('sha256', salt).update(`${site}\n${address}\n${userAgent}`).digest('hex').slice(0, 24)}`;
  }

  /** Good for as long as a visit is listed after its last activity. */
  resumeToken(claim: ResumeClaim, nowMs: number): string {
    const body = Buffer.from(
      JSON.stringify([claim.site, claim.visitor, claim.visit, claim.startedAt, Math.round(nowMs) + TIMES.resumeForMs]),
    ).toString('base64url');
    return `${body}.${this.#sign(body)}`;
  }

  /** null: forged, for another site, or too old. */
  readResume(token: string, site: string, nowMs: number): ResumeClaim | null {
    const dot = token.indexOf('.');
    const body = token.slice(0, dot);
    const given = Buffer.from(token.slice(dot + 1));
    const right = Buffer.from(this.#sign(body));
    if (dot < 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
    const [ofSite, visitor, visit, startedAt, expiresAt] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
      string,
      string,
      string,
      number,
      number,
    ];
    return ofSite === site && nowMs < expiresAt ? { site, visitor, visit, startedAt } : null;
  }

  #sign(body: string): string {
    return createHmac('sha256', this.#resumeKey).update(body).digest('base64url').slice(0, 27);
  }
}
