/**
 * What a page is: the first rule that matches it decides. Rules and their order are the team's; those that ship are in
 * context-shipped.ts. SPEC.md, Page context (PC).
 */
import { CONTEXT_SETS, type ContextEntry, type MatchingRule, RULE_LIMITS, type RuleOutcome } from '@foyer/protocol';
import { fail, ok, type Result } from '../result.ts';
import { readPage } from './context-page.ts';
import { type CompiledPattern, compilePattern, PatternList, presentIn } from './context-pattern.ts';
import { shippedRules } from './context-shipped.ts';

/** What is wrong, by the dotted path of the field: `{ 'entries.3.path': '…' }`. */
export type RuleProblems = Readonly<Record<string, string>>;

export interface ContextRules {
  /** Names of the parameters that some rule wants to be there, whatever they say. */
  readonly present: readonly string[];
  /** O(parts of the address × the few rules that begin like it). */
  judge(url: string): RuleOutcome;
  /** The rule that decides, and those that would have matched after it. */
  explain(url: string): { readonly by: MatchingRule | null; readonly others: readonly MatchingRule[] };
}

const MOST_OTHERS = 20;
/** Off until a team turns them on: on any other platform such addresses are posts of a blog. */
const OFF_AT_FIRST = ['prestashop-category', 'prestashop-product-at-root'];

/** The list of a site whose team has changed nothing: every shipped set, in order. */
export const defaultEntries = (): ContextEntry[] =>
  CONTEXT_SETS.map((set) => ({ kind: 'set', set, enabled: true, off: set === 'prestashop' ? OFF_AT_FIRST : [] }));

export function compileContexts(entries: readonly ContextEntry[]): Result<ContextRules, RuleProblems> {
  const problems: Record<string, string> = {};
  const rules: MatchingRule[] = [];
  const patterns: CompiledPattern[] = [];
  const seen = new Set<string>();
  let own = 0;
  for (const [i, entry] of entries.entries()) {
    const name = entry.kind === 'set' ? `set ${entry.set}` : entry.id;
    if (seen.has(name)) problems[`entries.${i}.${entry.kind === 'set' ? 'set' : 'id'}`] = 'is in the list twice';
    seen.add(name);
    if (entry.kind === 'rule' && ++own > RULE_LIMITS.rules)
      problems[`entries.${i}`] = `a site has at most ${RULE_LIMITS.rules} rules of its own`;
    for (const rule of rulesOf(entry)) {
      const compiled = compilePattern(rule);
      if (!compiled.ok) problems[`entries.${i}.${compiled.error.field}`] = compiled.error.message;
      else if (entry.enabled) {
        rules.push(rule);
        patterns.push(compiled.value);
      }
    }
  }
  if (Object.keys(problems).length > 0) return fail(problems);
  const list = new PatternList(patterns);
  return ok({
    present: [...new Set(rules.flatMap(presentIn))],
    judge(url) {
      const page = readPage(url);
      if (page) for (const i of list.matching(page)) return rules[i]!.context;
      return 'none';
    },
    explain(url) {
      const page = readPage(url);
      const [by = null, ...others] = page ? [...list.matching(page)].map((i) => rules[i]!) : [];
      return { by, others: others.slice(0, MOST_OTHERS) };
    },
  });
}

function rulesOf(entry: ContextEntry): MatchingRule[] {
  if (entry.kind === 'set') {
    return shippedRules(entry.set)
      .filter(({ id }) => !entry.off.includes(id))
      .map((rule) => ({ ...rule, from: entry.set }));
  }
  const { kind: _, enabled: __, ...rule } = entry;
  return [{ ...rule, from: 'own' }];
}
