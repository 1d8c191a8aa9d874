/** Goals of a site: which there are, and what reaches them. SPEC.md, Goals (GO). */
import { type Goal, type MessageBody, type ReachedGoal, RULE_LIMITS } from '@foyer/protocol';
import { fail, ok, type Result } from '../result.ts';
import { readPage } from './context-page.ts';
import { type CompiledPattern, compilePattern, PatternList, presentIn } from './context-pattern.ts';
import type { RuleProblems } from './context-rules.ts';
import { fold } from './fold.ts';
import { goalId } from './goal-id.ts';

export const CHECKOUT = 'checkout';
export const LEAD = 'lead-captured';
/** Those that ship: always there, at first enabled. The first is reached where the checkout is done, the second by an address or a phone number in chat. */
export const shippedGoals = (): Goal[] => [
  { id: CHECKOUT, name: 'Checkout', enabled: true, pages: [], form: '' },
  { id: LEAD, name: 'Lead captured', enabled: true, pages: [], form: '' },
];

export interface Goals {
  readonly list: readonly Goal[];
  /** As of rules (ContextRules). */
  readonly present: readonly string[];
  /** Ids of the enabled goals that a visit to this page reaches by its page rules. */
  ofPage(url: string): readonly string[];
  /** By id, or by name as somebody would write it; null: no such goal, or it is off. */
  named(said: string): string | null;
  isOn(id: string): boolean;
  /** By what was filled in of a form in chat. */
  ofForm(form: MessageBody & { kind: 'form' }, submission: MessageBody & { kind: 'submission' }): readonly string[];
}

/** The list as it is kept: ids made, what ships in it, its names as they are. Or what is wrong, by field. */
export function completeGoals(said: readonly (Omit<Goal, 'id'> & { readonly id?: string | undefined })[]): Result<Goal[], RuleProblems> {
  const problems: Record<string, string> = {};
  const ids = new Set<string>();
  const names = new Set<string>();
  const goals: Goal[] = [];
  for (const [i, goal] of said.entries()) {
    const ship = shippedGoals().find(({ id }) => id === (goal.id ?? goalId(goal.name)));
    const id = ship?.id ?? goalId(goal.id ?? goal.name);
    const name = ship?.name ?? goal.name;
    if (id === '') problems[`goals.${i}.name`] = 'a name needs a letter or a digit';
    else if (ids.has(id) || names.has(fold(name))) problems[`goals.${i}.name`] = 'another goal of this site has this name';
    ids.add(id);
    names.add(fold(name));
    goals.push({ id, name, enabled: goal.enabled, pages: goal.pages, form: goal.form });
  }
  const missing = shippedGoals().filter(({ id }) => !ids.has(id));
  // Last, so that what is wrong with a goal is said at the place where it was given.
  const all = [...goals, ...missing];
  if (all.length > RULE_LIMITS.goals) problems['goals'] = `a site has at most ${RULE_LIMITS.goals} goals`;
  return Object.keys(problems).length > 0 ? fail(problems) : ok(all);
}

export function compileGoals(goals: readonly Goal[]): Result<Goals, RuleProblems> {
  const problems: Record<string, string> = {};
  const patterns: CompiledPattern[] = [];
  const ofPattern: string[] = [];
  for (const [i, { id, enabled, pages }] of goals.entries()) {
    for (const [j, page] of pages.entries()) {
      const compiled = compilePattern(page);
      if (!compiled.ok) problems[`goals.${i}.pages.${j}.${compiled.error.field}`] = compiled.error.message;
      else if (enabled) {
        patterns.push(compiled.value);
        ofPattern.push(id);
      }
    }
  }
  if (Object.keys(problems).length > 0) return fail(problems);
  const on = new Map(goals.filter(({ enabled }) => enabled).map((goal) => [goal.id, goal]));
  const byName = new Map([...on.values()].flatMap(({ id, name }) => [[id, id] as const, [goalId(name), id] as const]));
  const list = new PatternList(patterns);
  const forms = [...on.values()].filter(({ form }) => form !== '').map(({ id, form }) => ({ id, begins: fold(form) }));
  return ok({
    list: goals,
    present: [...new Set([...on.values()].flatMap(({ pages }) => pages.flatMap(presentIn)))],
    ofPage(url) {
      const page = patterns.length === 0 ? null : readPage(url);
      return page ? [...new Set([...list.matching(page)].map((i) => ofPattern[i]!))] : [];
    },
    named: (said) => byName.get(goalId(said)) ?? null,
    isOn: (id) => on.has(id),
    ofForm(form, submission) {
      const text = fold(form.text);
      const reached = forms.filter(({ begins }) => text.startsWith(begins)).map(({ id }) => id);
      if (on.has(LEAD) && hasContact(form, submission)) reached.push(LEAD);
      return [...new Set(reached)];
    },
  });
}

function hasContact({ fields }: MessageBody & { kind: 'form' }, { values }: MessageBody & { kind: 'submission' }): boolean {
  return fields.some(
    ({ id, type }) => (type === 'email' || type === 'phone') && values.some((given) => given.id === id && given.value.trim() !== ''),
  );
}

/** As a page may say it: whole hundredths, nothing below 0; a currency only with a value. */
export function valueOf(value: unknown, currency: unknown): Pick<ReachedGoal, 'value' | 'currency'> {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !(number > 0) || number > MOST_VALUE) return { value: 0, currency: '' };
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : '';
  return { value: Math.round(number * 100) / 100, currency: /^[A-Z]{3}$/.test(code) ? code : '' };
}

const MOST_VALUE = 1e12;
