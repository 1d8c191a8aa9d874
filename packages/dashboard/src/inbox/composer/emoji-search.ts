import { EMOJI, type EmojiGroup } from './emoji-list.ts';

export interface Emoji {
  readonly emoji: string;
  /** Its words in the reader's language; a name for who does not see it. */
  readonly name: string;
}
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** How well words fit a name: a name that is the word beats one that has it, which beats one in which a word only begins so. */
function distance(wanted: readonly string[], name: string): number {
  const known = folded(name).split(' ');
  const begun = wanted.filter((word) => !known.includes(word)).length;
  return begun * 100 + known.indexOf(wanted[0] ?? '') * 10 + known.length;
}

/** By group; with words only those that have each of them, in either language, and the best first. */
export function emojiFor(words: string, language: 'en' | 'de'): { readonly group: EmojiGroup; readonly emoji: readonly Emoji[] }[] {
  const wanted = folded(words)
    .split(/\s+/)
    .filter((word) => word !== '');
  const groups = (Object.keys(EMOJI) as EmojiGroup[]).map((group) => ({
    group,
    emoji: EMOJI[group]
      .filter(([, en, de]) => {
        const known = folded(`${en} ${de}`).split(' ');
        return wanted.every((word) => known.some((one) => one.startsWith(word)));
      })
      .map(([emoji, en, de]) => ({
        emoji,
        name: language === 'de' ? de : en,
        far: wanted.length === 0 ? 0 : Math.min(distance(wanted, en), distance(wanted, de)),
      }))
      .toSorted((a, b) => a.far - b.far),
  }));
  return groups.filter(({ emoji }) => emoji.length > 0).toSorted((a, b) => (a.emoji[0]?.far ?? 0) - (b.emoji[0]?.far ?? 0));
}

const KEY = 'foyer.emoji';
const MOST = 18;
const known = new Set<string>(Object.values(EMOJI).flatMap((list) => list.map(([emoji]) => emoji as string)));

/** Used lately on this device, the latest first. */
export function recentEmoji(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string' && known.has(one)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}
export function rememberEmoji(emoji: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([emoji, ...recentEmoji().filter((one) => one !== emoji)].slice(0, MOST)));
  } catch {
    // Not remembered, then.
  }
}
