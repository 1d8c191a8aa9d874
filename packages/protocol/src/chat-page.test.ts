import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHAT_LIMITS, CHAT_REFUSALS, CHAT_TIMES, ConsoleChatUp, ConsoleUp, VisitorChatUp, VisitorUp } from './index.ts';

const page = readFileSync(new URL('../CHAT.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```json (\w+)\n(.*)\n```$/gm)].map(([, kind = '', text = '']) => ({ kind, text }));
const of = (kind: string) => examples.filter((example) => example.kind === kind).map(({ text }) => JSON.parse(text) as { t: string });
const kindsOf = (schema: { readonly options: readonly { readonly entries: { readonly t: { readonly literal: string } } }[] }): string[] =>
  schema.options.map(({ entries }) => entries.t.literal).sort();

describe('the page that describes chat on the wire', () => {
  it('[CH32] has an example of every frame a tab and a console may say, and each is one', () => {
    for (const [kind, schema] of [
      ['chatup', VisitorChatUp],
      ['chatconsole', ConsoleChatUp],
    ] as const) {
      const said = of(kind);
      for (const frame of said) v.parse(schema, frame);
      expect([...new Set(said.map(({ t }) => t))].sort()).toEqual(kindsOf(schema));
    }
    expect(of('chatup').length + of('chatconsole').length).toBe([...page.matchAll(/^```json/gm)].length);
  });

  it('[CH32] names every refusal, and the limits as they are', () => {
    const table = page.slice(page.indexOf('## Refusals'));
    const named = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, codes = '']) =>
      [...codes.matchAll(/`(\w+)`/g)].map(([, code = '']) => code),
    );
    expect(new Set(named)).toEqual(new Set(CHAT_REFUSALS));
    expect(page).toContain(`${CHAT_LIMITS.maxFrameBytes.toLocaleString('en')} bytes`);
    expect(page).toContain(`at least every ${CHAT_TIMES.headsEveryMs / 1_000} s`);
  });

  it('[CH32] no frame of chat has the name of another frame of its socket', () => {
    expect([...kindsOf(VisitorChatUp), ...kindsOf(ConsoleChatUp)].every((kind) => kind.startsWith('chat.'))).toBe(true);
    expect([...kindsOf(VisitorUp), ...kindsOf(ConsoleUp)].some((kind) => kind.startsWith('chat.'))).toBe(false);
  });
});
