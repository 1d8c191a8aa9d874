import { RULE_LIMITS } from '@foyer/protocol';
import { fold } from './fold.ts';

/** `Newsletter – sign-up` is `newsletter-sign-up`. '' when nothing is left. Cost: its length. */
export function goalId(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, RULE_LIMITS.goalNameChars)
    .replace(/-$/, '');
}
