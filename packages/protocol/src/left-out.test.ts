import { describe, expect, it } from 'vitest';
import { LEFT_OUT, leftOutParts, leftOutReason, leftOutRule, leftOutText, type LeftOutKind } from './left-out.ts';

const NAMED: readonly string[] = ['bot', 'script'];

describe('why a visit is left out', () => {
  it.each(Object.keys(LEFT_OUT) as LeftOutKind[])('[AG7] %s: text, rule and parts say the same', (kind) => {
    const name = NAMED.includes(kind) ? 'Googlebot' : '';
    const reason = leftOutReason(kind, name);
    expect(leftOutParts(reason.text)).toEqual({ kind, name });
    expect(leftOutRule(reason.text)).toBe(reason.rule);
    expect(reason.rule).toBe(name === '' ? kind : `${kind}:googlebot`);
    expect(leftOutText(reason.rule).toLowerCase()).toBe(reason.text.toLowerCase());
  });

  it.each(['Something older', 'toString', '', 'constructor'])('[AG7] a text of no known form is its own rule: %j', (text) => {
    expect(leftOutParts(text)).toBeNull();
    expect(leftOutRule(text)).toBe(text);
    expect(leftOutText(text)).toBe(text);
  });

  it('[AG7] a rule that only looks like one is not taken for it', () => {
    for (const rule of ['bot', 'headless:x', 'Bot:x', 'own_team:']) expect(leftOutText(rule)).toBe(rule);
  });
});
