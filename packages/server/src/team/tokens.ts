/** Secrets that are shown once and kept only as their hash. */
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@foyer/domain';

/** 256 random bits, base64url: 43 characters. Nothing guesses it, so a plain SHA-256 is enough to keep it. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** An id that sorts by `now` (epoch ms). */
export function freshId(now: number): string {
  return newId(now, () => randomBytes(4).readUInt32LE());
}

/** Site keys are public: short enough to read, and never the same twice. 80 bits. */
export function newSiteKey(): string {
  return randomBytes(10).toString('hex');
}
