/** A site's rules while they are edited: nothing here asks the server. */
import { compileContexts, compileGoals, completeGoals } from '@foyer/domain/rules';
import { CONTEXT_SETS, type ContextEntry, type Goal, type GoalEntry, type PagePattern } from '@foyer/protocol';

export type OwnRule = Extract<ContextEntry, { kind: 'rule' }>;
export type SetEntry = Extract<ContextEntry, { kind: 'set' }>;
/** What is wrong, by field. */
export type FieldProblems = Readonly<Record<string, string>>;
export const NO_PROBLEMS: FieldProblems = {};

export const idOf = (entry: ContextEntry): string => (entry.kind === 'set' ? `set ${entry.set}` : entry.id);

/** Every shipped set is in the list that people see; the server takes one that is not named for switched off. */
export function withAllSets(entries: readonly ContextEntry[]): readonly ContextEntry[] {
  const missing = CONTEXT_SETS.filter((set) => !entries.some((entry) => entry.kind === 'set' && entry.set === set));
  return missing.length === 0
    ? entries
    : [...entries, ...missing.map((set): ContextEntry => ({ kind: 'set', set, enabled: false, off: [] }))];
}

/** `to`: where it stands afterwards. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const at = Math.max(0, Math.min(list.length - 1, to));
  const one = list[from];
  if (one === undefined || at === from) return list;
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(at, 0, one);
}

export const newRule = (id: string): OwnRule => ({
  kind: 'rule',
  id,
  enabled: true,
  context: 'product',
  host: '',
  path: '',
  query: '',
  hash: '',
  note: '',
});
/** Short enough to read in a request, and never one that a list of 100 has already. */
export const newRuleId = (random: () => number): string => `r-${Math.floor(random() * 36 ** 8).toString(36)}`;

export const withRuleOff = (entry: SetEntry, rule: string, isOff: boolean): SetEntry => ({
  ...entry,
  off: isOff ? [...new Set([...entry.off, rule])] : entry.off.filter((id) => id !== rule),
});

/** As it stands in one line: `shop.example.com/products/*?q#/route`. */
export function patternText({ host, path, query, hash }: PagePattern): string {
  const route = hash.replace(/^#?!?/, '');
  return `${host}${path}${query === '' ? '' : `?${query.replace(/^\?/, '')}`}${route === '' ? '' : `#${route}`}`;
}

export function problemsOfRule(rule: OwnRule): FieldProblems {
  const compiled = compileContexts([{ ...rule, enabled: true }]);
  return compiled.ok ? NO_PROBLEMS : below(compiled.error, 'entries.0.');
}

/** A goal with a name of its own in the list while it has no id yet. */
export interface GoalDraft extends Omit<Goal, 'id'> {
  readonly key: string;
  /** Absent: new. */
  readonly id?: string;
}
export const draftOf = (goal: Goal): GoalDraft => ({ key: goal.id, ...goal });
export const entryOf = ({ key: _, ...goal }: GoalDraft): GoalEntry => ({ ...goal, pages: [...goal.pages] });

/** By key of the goal, then by field: `name`, `pages.0.path`. */
export function problemsOfGoals(goals: readonly GoalDraft[]): ReadonlyMap<string, FieldProblems> {
  const complete = completeGoals(goals.map(entryOf).map((goal) => ({ ...goal, id: goal.id })));
  const compiled = compileGoals(goals.map((goal) => ({ ...goal, id: goal.id ?? goal.key, enabled: true })));
  return problemsByKey({ ...(complete.ok ? {} : complete.error), ...(compiled.ok ? {} : compiled.error) }, goals);
}

/** Of the server's answer, or ours: `goals.2.name` is about the third. */
export function problemsByKey(problems: FieldProblems, list: readonly { readonly key: string }[]): ReadonlyMap<string, FieldProblems> {
  const byKey = new Map<string, FieldProblems>();
  for (const [path, sentence] of Object.entries(problems)) {
    const [, index = '', field = ''] = /^\w+\.(\d+)\.?(.*)$/.exec(path) ?? [];
    const key = list[Number(index)]?.key;
    if (index !== '' && key !== undefined) byKey.set(key, { ...byKey.get(key), [field]: sentence });
  }
  return byKey;
}

function below(problems: FieldProblems, prefix: string): FieldProblems {
  return Object.fromEntries(Object.entries(problems).map(([path, sentence]) => [path.replace(prefix, ''), sentence]));
}

/** `foyer('goal', 'Booked a demo', …)`; safe inside of a script element whatever the name is. */
export const goalCall = (name: string): string => `foyer('goal', ${inScript(name)}, { value: 59.9, currency: 'EUR' })`;
const inScript = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('<', '\\u003c')}'`;
