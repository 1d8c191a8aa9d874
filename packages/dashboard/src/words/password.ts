/** 0–4 bars and what to do. Length is what counts (NIST SP 800-63B); repeating one character is not length. */
export function passwordStrength(password: string): { readonly bars: 0 | 1 | 2 | 3 | 4; readonly hint: string } {
  const distinct = new Set(password).size;
  const length = Math.min(password.length, distinct * 3);
  if (password === '') return { bars: 0, hint: '10 characters or more; a sentence works well.' };
  if (length < 10)
    return {
      bars: 1,
      hint:
        password.length < 10 ? `${10 - password.length} more to go; a sentence works well.` : 'Too much the same; a sentence works well.',
    };
  if (length < 12) return { bars: 2, hint: 'Enough. A longer one is better; a sentence works well.' };
  return length < 18 ? { bars: 3, hint: 'Good. A sentence works well.' } : { bars: 4, hint: 'Strong.' };
}
