import { AgentBody } from '@foyer/protocol';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { bodyOfPlan, idsOf, moved, type Plan, problemOf } from './builder-model.ts';

const plan = (given: Partial<Plan>): Plan => ({ kind: 'buttons', text: 'Which?', buttons: [], fields: [], ...given });
const field = (label: string, type: Plan['fields'][number]['type'] = 'text', choices = '') => ({
  key: 1,
  label,
  type,
  required: false,
  choices,
});

describe('buttons and forms to send', () => {
  test('[CO7] ids say what they are, are distinct, and are there for every script', () => {
    expect(idsOf(['Order number', 'Größe', 'order-number', '注文', ' ', '注文'], 'field')).toEqual([
      'order-number',
      'gro-e',
      'order-number-2',
      'field4',
      'field5',
      'field6',
    ]);
  });

  test('[CO7] what is missing is said before it can be sent', () => {
    expect(problemOf(plan({ text: ' ' }))).toBe('text');
    expect(problemOf(plan({}))).toBe('one');
    expect(problemOf(plan({ buttons: [{ key: 1, label: ' ' }] }))).toBe('label');
    expect(problemOf(plan({ buttons: [{ key: 1, label: 'x'.repeat(81) }] }))).toBe('long');
    expect(problemOf(plan({ text: 'é'.repeat(4_097), buttons: [{ key: 1, label: 'x' }] }))).toBe('long');
    expect(problemOf(plan({ kind: 'form', fields: [field('Size', 'choice', ' \n')] }))).toBe('choices');
    expect(problemOf(plan({ kind: 'form', fields: [field('Size', 'choice', 'S\nM\nS')] }))).toBe('choices');
    expect(problemOf(plan({ kind: 'form', fields: [field('Size', 'choice', 'S\n M \n')] }))).toBeNull();
  });

  test('[CO7] whatever is built without a problem is what the server takes', () => {
    const types = fc.constantFrom('text', 'email', 'phone', 'number', 'date', 'long', 'choice', 'check' as const);
    const any = fc.record({
      kind: fc.constantFrom('buttons' as const, 'form' as const),
      text: fc.string(),
      buttons: fc.array(fc.record({ key: fc.nat(), label: fc.string() }), { maxLength: 10 }),
      fields: fc.array(fc.record({ key: fc.nat(), label: fc.string(), type: types, required: fc.boolean(), choices: fc.string() }), {
        maxLength: 20,
      }),
    });
    fc.assert(
      fc.property(any, (made) => {
        const built = made as Plan;
        if (problemOf(built) === null) v.parse(AgentBody, bodyOfPlan(built));
      }),
    );
    expect(bodyOfPlan(plan({ kind: 'form', fields: [field(' Size ', 'choice', 'S\n M ')] }))).toEqual({
      kind: 'form',
      text: 'Which?',
      fields: [{ id: 'size', label: 'Size', type: 'choice', required: false, choices: ['S', 'M'] }],
    });
  });

  test('[CO7] an entry moves by one, and not beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });
});
