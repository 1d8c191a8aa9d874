import type * as v from 'valibot';

/** What a validator says by itself: its own words for who programs it, none for who calls an API. */
const BY_ITSELF = /^Invalid [^:]+: (Expected .* but r|R)eceived /s;
const OF_TYPE: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  strict_object: 'must be an object',
  integer: 'must be a whole number',
  finite: 'must be a number',
  email: 'is no e-mail address',
  url: 'is no web address',
  regex: 'has the wrong form',
};

/** What is wrong with a field, for the person who called. A schema's own sentence stays as it is. */
export function fieldSentence(issue: v.BaseIssue<unknown>): string {
  const { type, message, expected, received, requirement, input } = issue;
  if (!BY_ITSELF.test(message)) return message;
  if (expected === 'never') return 'is not known here';
  // Of an object that lacks a key, the key is what is expected.
  if (received === 'undefined') return 'is needed';
  if (type === 'picklist' || type === 'literal' || type === 'variant' || type === 'enum')
    return `must be one of: ${(expected ?? '').replace(/[()"]/g, '').replaceAll(' | ', ', ')}`;
  if (type === 'regex' && String(requirement).startsWith('/^https')) return 'an origin is needed, such as https://shop.example.com';
  const things = Array.isArray(input) ? 'entries' : 'characters';
  switch (type) {
    case 'max_length':
      return `at most ${String(requirement)} ${things}`;
    case 'min_length':
    case 'non_empty':
      return `at least ${String(requirement ?? 1)} ${things}`;
    case 'max_value':
      return `at most ${String(requirement)}`;
    case 'min_value':
      return `at least ${String(requirement)}`;
    default:
      return OF_TYPE[type] ?? 'is not valid';
  }
}
