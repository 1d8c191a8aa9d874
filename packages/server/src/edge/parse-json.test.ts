import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

it('[WS28] half of a character is U+FFFD, however deep it lies; all else is as JSON.parse has it', () => {
  expect(parseJson('{"a":["\\ud800x","\\uDC00",{"b":"\\ud83d\\ude00"}],"c":"\\\\ud800"}')).toEqual({
    a: ['\uFFFDx', '\uFFFD', { b: '\u{1F600}' }],
    c: '\\ud800',
  });
  for (const text of ['null', '[]', '"x\\u0000"', '{"__proto__":{"a":1}}', '{"n":1e999}'])
    expect(parseJson(text)).toEqual(JSON.parse(text));
  expect(Object.hasOwn(parseJson('{"__proto__":"\\ud800"}') as object, '__proto__')).toBe(true);
});

it('[WS28] what is no JSON, or too deep to look through, throws, and ends nothing', () => {
  for (const text of ['', '{', '"\\ud8"', `${'['.repeat(100_000)}"\\ud800"`]) expect(() => parseJson(text)).toThrow();
  const deep = `${'['.repeat(30_000)}"\\ud800"${']'.repeat(30_000)}`;
  try {
    parseJson(deep);
  } catch (cause) {
    expect(cause).toBeInstanceOf(RangeError);
  }
});
