import { AgentBody } from '@foyer/protocol';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { bodyOf, FILLED_IN, goodbyeTo, isLastWord, openingsIn, tagOf, turnAfter, WORDS } from './dialogues.ts';

/** What is said from these words on, the visitor first. */
function talkFrom(opening: string): string[] {
  const said = [opening];
  for (let words = opening; words !== '' && said.length < 20;) {
    const isTeam = said.length % 2 === 1;
    words = isTeam ? turnAfter(words, 1) || goodbyeTo(words) : isLastWord(words) ? '' : turnAfter(words, 1);
    if (words !== '') said.push(words);
  }
  return said;
}
const openings = ['en', 'de', 'fr', 'es', 'tr'].flatMap(openingsIn);

test.each(openings)('[SI14] %j is answered to the end by the team, and the last word promises nothing', (opening) => {
  const said = talkFrom(opening);
  expect(said.length % 2).toBe(0);
  expect(said.length).toBeGreaterThanOrEqual(4);
  expect(isLastWord(said.at(-1)!)).toBe(true);
  expect(new Set(said).size).toBe(said.length);
  expect(tagOf(opening)).not.toBe('');
});

test('[SI14] one of them is a form that may be sent, and goes on when it is filled in', () => {
  const forms = openings.flatMap(talkFrom).filter((words) => bodyOf(words).kind === 'form');
  expect(forms).toHaveLength(1);
  expect(v.safeParse(AgentBody, bodyOf(forms[0]!)).success).toBe(true);
  expect(turnAfter(FILLED_IN, 1)).not.toBe('');
});

test('[SI14] what nobody foresaw is answered by nobody: it is for a person', () => {
  expect([turnAfter('Do you sell kayaks?', 1), goodbyeTo('Do you sell kayaks?')]).toEqual(['', '']);
  for (const words of [WORDS.handOver, WORDS.askPeople]) expect(isLastWord(words)).toBe(true);
  for (const words of WORDS.visitor) expect(goodbyeTo(words)).not.toBe('');
});
