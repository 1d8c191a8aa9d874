import { type AgentBody, CHAT_LIMITS, type FIELD_TYPES } from '@foyer/protocol';

export type FieldType = (typeof FIELD_TYPES)[number];
export interface ButtonPlan {
  readonly key: number;
  readonly label: string;
}
export interface FieldPlan {
  readonly key: number;
  readonly label: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** One on each line. */
  readonly choices: string;
}
export interface Plan {
  readonly kind: 'buttons' | 'form';
  readonly text: string;
  readonly buttons: readonly ButtonPlan[];
  readonly fields: readonly FieldPlan[];
}
export type PlanProblem = 'text' | 'one' | 'label' | 'choices' | 'long';

/** Ids that say what they are (`order-number`), distinct, in what the wire takes; a label in another script has its number. */
export function idsOf(labels: readonly string[], prefix: string): string[] {
  const taken = new Set<string>();
  return labels.map((label, i) => {
    const slug = label
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40);
    let id = slug || `${prefix}${i + 1}`;
    for (let n = 2; taken.has(id); n += 1) id = `${slug || prefix}-${n}`;
    taken.add(id);
    return id;
  });
}

export const choicesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What is wrong first; null: it can be sent. */
export function problemOf(plan: Plan): PlanProblem | null {
  if (plan.text.trim() === '') return 'text';
  if (new TextEncoder().encode(plan.text).length > CHAT_LIMITS.textBytes) return 'long';
  const parts = plan.kind === 'buttons' ? plan.buttons : plan.fields;
  if (parts.length === 0) return 'one';
  if (parts.some(({ label }) => label.trim() === '')) return 'label';
  if (parts.some(({ label }) => label.trim().length > CHAT_LIMITS.buttonChars)) return 'long';
  if (plan.kind === 'buttons') return null;
  for (const field of plan.fields.filter(({ type }) => type === 'choice')) {
    const choices = choicesOf(field.choices);
    if (choices.length === 0 || choices.length > CHAT_LIMITS.choices || new Set(choices).size < choices.length) return 'choices';
    if (choices.some((choice) => choice.length > CHAT_LIMITS.buttonChars)) return 'long';
  }
  return null;
}

/** As it goes out. Only of a plan without a problem. */
export function bodyOfPlan(plan: Plan): Extract<AgentBody, { kind: 'buttons' | 'form' }> {
  const labels = (plan.kind === 'buttons' ? plan.buttons : plan.fields).map(({ label }) => label.trim());
  if (plan.kind === 'buttons') {
    const ids = idsOf(labels, 'button');
    return { kind: 'buttons', text: plan.text, buttons: labels.map((label, i) => ({ id: ids[i] ?? '', label })) };
  }
  const ids = idsOf(labels, 'field');
  return {
    kind: 'form',
    text: plan.text,
    fields: plan.fields.map(({ type, required, choices }, i) => ({
      id: ids[i] ?? '',
      label: labels[i] ?? '',
      type,
      required,
      choices: type === 'choice' ? choicesOf(choices) : [],
    })),
  };
}

/** The list with the entry at `from` one place further up or down; the same at its ends. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const to = from + by;
  const [one, other] = [list[from], list[to]];
  if (one === undefined || other === undefined) return list;
  return list.map((entry, i) => (i === from ? other : i === to ? one : entry));
}
