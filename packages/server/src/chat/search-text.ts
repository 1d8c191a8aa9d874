import { fold } from '@foyer/domain/rules';
import type { Message, MessageBody } from '@foyer/protocol';

/** What of a message is found by search: its words, folded, between blanks, the same in every store. '' for what says nothing or is gone. */
export function searchTextOf({ body, gone }: Pick<Message, 'body' | 'gone'>): string {
  return gone === '' ? searchWords(wordsOf(body).join(' ')).join(' ') : '';
}

/** Written without blanks between words: each letter counts as one. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Words of a text, folded. Of a query each must be in a message, as a word or the beginning of one. */
export function searchWords(text: string): string[] {
  return fold(text)
    .replace(UNSPACED, ' $& ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
}

function wordsOf(body: MessageBody): readonly string[] {
  switch (body.kind) {
    case 'text':
    case 'note':
      return [body.text];
    case 'attachment':
      return [body.text, ...body.files.map(({ name }) => name)];
    case 'buttons':
      return [body.text, ...body.buttons.map(({ label }) => label)];
    case 'form':
      return [body.text, ...body.fields.map(({ label }) => label)];
    case 'choice':
      return [body.label];
    case 'submission':
      return body.values.flatMap(({ label, value }) => [label, value]);
    case 'rating':
      return [body.comment];
    case 'event':
      return [];
  }
}
