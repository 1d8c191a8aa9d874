import { randomBytes } from 'node:crypto';

/** Begins the secret of a tab that stores nothing: told from a visitor's stored one, which has no dot. */
const TAB = 'k.';

export const newTabSecret = (): string => TAB + randomBytes(16).toString('base64url');
export const isTabSecret = (secret: string): boolean => secret.startsWith(TAB);
