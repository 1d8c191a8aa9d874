/** Initials and tone of somebody without a picture: the same as in the dashboard, so that a person looks alike on both sides. */
const TONES = ['#7a3f63', '#35608f', '#3d6b4d', '#7b5a2c'] as const;

/** `beside`: the tone of the face next to it, from which it is to differ. */
export function toneOf(name: string, beside = ''): string {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + sign.codePointAt(0)!) % 9_973;
  const tone = TONES[sum % TONES.length]!;
  return tone === beside ? TONES[(sum + 1) % TONES.length]! : tone;
}

/** A first letter as people see it, also when it is made of several code points. */
const letterOf = (word: string | undefined): string => [...new Intl.Segmenter().segment(word ?? '')][0]?.segment ?? '';

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((letterOf(words[0]) || '?') + (words[1] ? letterOf(words.at(-1)) : '')).toUpperCase();
}
