import { DIALOGUES, type Form, SIZE_FORM } from './dialogue-texts.ts';

export { FILLED_IN } from './dialogue-texts.ts';
/** For whatever was not foreseen: nobody promises what nobody keeps. */
export const WORDS = {
  /** Of a visitor, to what somebody real has written. */
  visitor: ['I see, thank you!', 'That helps, thanks.', 'Ok, let me try that.', 'Good to know 👍', 'Thanks, I will think about it.'],
  greeting: 'Hello, this is Fernhill. How can I help?',
  /** Before it is given to a colleague. */
  handOver: 'That is a good question, and I would rather not guess. I am handing you to a colleague who knows.',
  /** Before it is given to people. */
  askPeople: 'I am not sure about that. I am asking somebody of the team to join us.',
} as const;
const GOODBYES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'You are welcome. Have a great time out there!',
    'Any time! Enjoy the trail.',
    'Glad I could help. Dry feet and clear skies!',
    'My pleasure. We are here until eight if anything comes up.',
  ],
  de: ['Sehr gern. Viel Freude draußen!', 'Gern geschehen, schöne Tour!'],
  fr: ['Avec plaisir. Bonne randonnée !', 'Je vous en prie, à bientôt !'],
  es: ['De nada. ¡Que lo disfrute!', 'A usted. ¡Buen camino!'],
  tr: ['Rica ederim. İyi yolculuklar!'],
};
/** The same to the same words, whoever says it. */
function goodbyeIn(lang: string, words: string): string {
  const all = GOODBYES[lang] ?? [];
  return all[words.length % all.length] ?? '';
}

/** How somebody who said these words is let go; '' who has more to say, or asks something that was not foreseen. */
export function goodbyeTo(words: string): string {
  if (WORDS.visitor.some((known) => known === words)) return goodbyeIn('en', words);
  const dialogue = DIALOGUES.find(({ turns }) => turns.at(-1) === words);
  return dialogue ? goodbyeIn(dialogue.lang, words) : '';
}

/** Whether nothing is to be said to this any more. */
export const isLastWord = (words: string): boolean =>
  Object.values(GOODBYES).flat().includes(words) ||
  words === WORDS.handOver ||
  words === WORDS.askPeople ||
  DIALOGUES.some(({ turns }) => turns.at(-1) === words);

/** What a conversation with these words is about; '' not known. */
export const tagOf = (words: string): string => DIALOGUES.find(({ turns }) => turns.includes(words))?.tag ?? '';

/** As it is sent: in words, or as the form that asks the same. */
export const bodyOf = (text: string): Form | { kind: 'text'; text: string } =>
  text === SIZE_FORM.text ? SIZE_FORM : { kind: 'text', text };

/** What is said `n` turns after these words; '' where nothing was foreseen. */
export function turnAfter(words: string, n: number): string {
  for (const { turns } of DIALOGUES) {
    const at = turns.indexOf(words);
    if (at >= 0) return turns[at + n] ?? '';
  }
  return '';
}

/** In the visitor's language, where there is one. */
export function openingsIn(language: string): readonly string[] {
  const own = DIALOGUES.filter(({ lang }) => language.startsWith(lang));
  return (own.length > 0 ? own : DIALOGUES.filter(({ lang }) => lang === 'en')).map(({ turns }) => turns[0]!);
}
