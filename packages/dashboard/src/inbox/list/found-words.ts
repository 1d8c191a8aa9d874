import { fold } from '@foyer/domain/rules';
import type { Message } from '@foyer/protocol';
import { t } from '../../messages/catalogue.ts';
import { lastWords } from '../people.ts';

export interface Part {
  readonly text: string;
  readonly isHit: boolean;
}

/** As much as two lines show, and of it so much in front of the first hit. */
const SHOWN = 180;
const BEFORE = 30;
/** Written without blanks between words: a word may begin anywhere. */
const UNSPACED = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u;

/** What of a message search looks at, in one line: also labels, what was filled in, and names of files. */
export function searchedText(message: Message): string {
  const { body } = message;
  switch (body.kind) {
    case 'attachment':
      return [body.text, ...body.files.map(({ name }) => name)].filter(Boolean).join(' · ');
    case 'buttons':
      return [body.text, ...body.buttons.map(({ label }) => label)].join(' · ');
    case 'form':
      return [body.text, ...body.fields.map(({ label }) => label)].join(' · ');
    case 'submission':
      return body.values.map(({ label, value }) => `${label}: ${value}`).join(' · ');
    case 'rating':
      return [t.inbox.last.rated(body.stars), body.comment].filter(Boolean).join(': ');
    default:
      return lastWords(message).text;
  }
}

/** What lies around the first hit, with every hit marked. Case and accents do not matter. */
export function markedParts(text: string, query: string): readonly Part[] {
  const words = query
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(fold)
    .filter((word) => word !== '');
  // Folding keeps places only where it keeps length: each letter is folded by itself, to one.
  const letters = Array.from(text);
  const plain = letters.map((letter) => Array.from(fold(letter))[0] ?? ' ');
  const isHit = plain.map(() => false);
  for (const word of words.map((one) => Array.from(one))) {
    const isAnywhere = UNSPACED.test(word[0] ?? '');
    for (let at = 0; at + word.length <= plain.length; at += 1) {
      if (!isAnywhere && /[\p{L}\p{N}]/u.test(plain[at - 1] ?? ' ')) continue;
      if (word.every((letter, i) => plain[at + i] === letter)) isHit.fill(true, at, at + word.length);
    }
  }
  const from = Math.max(0, isHit.indexOf(true) - BEFORE);
  const parts: { text: string; isHit: boolean }[] = from > 0 ? [{ text: '…', isHit: false }] : [];
  for (const [i, letter] of letters.slice(from, from + SHOWN).entries()) {
    const hit = isHit[from + i] === true;
    const last = parts.at(-1);
    if (last?.isHit === hit) last.text += letter;
    else parts.push({ text: letter, isHit: hit });
  }
  return parts;
}
