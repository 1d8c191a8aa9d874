import { CHAT_TIMES } from '@foyer/protocol';
import { expect, it } from 'vitest';
import { searchTextOf, searchWords } from './search-text.ts';
import { applyChatSettings, newChatSettings } from './settings.ts';

it('[CS12] a change of settings changes what it says and nothing else', () => {
  const before = newChatSettings();
  expect(before.reopenForMs).toBe(CHAT_TIMES.reopenForMs);
  expect(applyChatSettings(before, { capacity: 2, hours: undefined, requeueAfterMs: 60_000 })).toEqual({
    ...before,
    capacity: 2,
    requeueAfterMs: 60_000,
  });
});

it.each([
  ['  Žluťoučký   kůň! ', ['zlutoucky', 'kun']],
  ['it’s 3.5 € — e-mail@x.example', ['it', 's', '3', '5', 'e', 'mail', 'x', 'example']],
  ['東京へ go', ['東', '京', 'へ', 'go']],
  ['\u0000"*(', []],
])('[CS9] the words of %j are its letters and numbers, folded', (text, words) => {
  expect(searchWords(text)).toEqual(words);
});

it('[CS9] what a message says is found, what it is or was is not', () => {
  const of = (body: Parameters<typeof searchTextOf>[0]['body'], gone: '' | 'deleted' = '') => searchTextOf({ body, gone });
  expect(of({ kind: 'submission', to: 1, values: [{ id: 'm', label: 'E-mail', value: 'a@b.c' }] })).toBe('e mail a b c');
  expect(of({ kind: 'rating', stars: 5, comment: 'Thanks' })).toBe('thanks');
  expect(of({ kind: 'form', text: 'Tell us', fields: [{ id: 'f', label: 'Size', type: 'text', required: false, choices: [] }] })).toBe(
    'tell us size',
  );
  expect(of({ kind: 'event', event: 'resolved', whom: 'anna' })).toBe('');
  expect(of({ kind: 'text', text: 'gone' }, 'deleted')).toBe('');
});
