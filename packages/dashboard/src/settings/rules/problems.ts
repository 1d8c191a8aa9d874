import { t } from '../../messages/catalogue.ts';
import { fieldText } from '../../words/refusal.ts';

/** Sentences about rules come without a code, from the engine itself: known by how they begin. */
const SENTENCES: readonly (readonly [RegExp, keyof typeof t.rules.problems])[] = [
  [/^a path begins/, 'path'],
  [/^what stands behind “\?”/, 'queryApart'],
  [/^a route behind “#”/, 'hashApart'],
  [/^a host has no scheme/, 'host'],
  [/^a “\{” needs/, 'braces'],
  [/^at most \d+ parts/, 'parts'],
  [/^“\*\*” may stand once/, 'restOnce'],
  [/^“\*\*” has to be/, 'restAlone'],
  [/^a part is empty/, 'emptyPart'],
  [/^there is nothing between/, 'emptyBraces'],
  [/^at most \d+ combinations/, 'combinations'],
  [/^a parameter needs a name/, 'parameter'],
  [/^at most \d+ parameters/, 'parameters'],
  [/^is in the list twice/, 'twice'],
  [/^a site has at most \d+ rules/, 'mostRules'],
  [/^a site has at most \d+ goals/, 'mostGoals'],
  [/^a name needs a letter/, 'name'],
  [/^another goal of this site/, 'nameTaken'],
  [/^this is no web address/, 'address'],
];

/** What is wrong with a field of a rule or goal, in the reader's language. */
export function problemText(sentence: string): string {
  const known = SENTENCES.find(([pattern]) => pattern.test(sentence));
  return known ? t.rules.problems[known[1]] : fieldText(sentence);
}
