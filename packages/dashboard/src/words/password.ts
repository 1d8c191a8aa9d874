import { t } from '../messages/catalogue.ts';

/** 0–4 bars and what to do. Length is what counts (NIST SP 800-63B); repeating one character is not length. */
export function passwordStrength(password: string): { readonly bars: 0 | 1 | 2 | 3 | 4; readonly hint: string } {
  const distinct = new Set(password).size;
  const length = Math.min(password.length, distinct * 3);
  if (password === '') return { bars: 0, hint: t.entry.strength.empty };
  if (length < 10)
    return {
      bars: 1,
      hint: password.length < 10 ? t.entry.strength.short(10 - password.length) : t.entry.strength.same,
    };
  if (length < 12) return { bars: 2, hint: t.entry.strength.enough };
  return length < 18 ? { bars: 3, hint: t.entry.strength.good } : { bars: 4, hint: t.entry.strength.strong };
}
