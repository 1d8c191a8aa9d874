/**
 * Letters that Unicode does not decompose although people type them without their stroke or ligature.
 * Keys are lower case; `toLowerCase` runs first.
 */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ȷ: 'j',
  ŋ: 'n',
  ĸ: 'k',
  ə: 'e',
  ǝ: 'e',
  // The final form of sigma comes out of toLowerCase at the end of a word only, so half a word would not be found in the whole.
  ς: 'σ',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');
/**
 * Accents of Latin, Greek, Cyrillic, Hebrew and Arabic, and characters that nobody sees. Not every `\p{M}`: in Devanagari or Thai
 * a mark is the vowel, and in Japanese it makes another consonant.
 */
const UNSEEN =
  /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]/g;
const ASCII = /^[\x21-\x5f\x61-\x7e]+(?: [\x21-\x5f\x61-\x7e]+)*$/;

/**
 * Text as it is compared in search: lower case, without accents, white space as single blanks, trimmed. `fold('São  Paulo') = 'sao paulo'`.
 *
 * Shape: `fold(fold(x)) = fold(x)`; decomposed (NFKD), so a Korean syllable begins with its first letter.
 * Cost: about 0.1 µs for ASCII, 1–2 µs else; fold once per distinct value, not per comparison.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(SPECIAL, (c) => PLAIN[c] ?? c)
      // toLowerCase can compose anew (İ becomes i and a dot above).
      .normalize('NFKD')
      .replace(UNSEEN, '')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
  );
}
