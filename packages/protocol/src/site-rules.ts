/** What a site's pages are, and what counts as reaching a goal: shapes of /api/v1/sites/:id/contexts and …/goals. */
import * as v from 'valibot';
import { LIMITS } from './limits.ts';
import { CONTEXT_KINDS } from './visitor.ts';

export const RULE_LIMITS = {
  /** Own rules of a site. */
  rules: 100,
  pathChars: 300,
  hostChars: 120,
  queryChars: 120,
  noteChars: 200,
  /** Of a site, the two that ship included: as many as a visit keeps. */
  goals: 50,
  goalNameChars: 60,
  /** Page rules of one goal. */
  goalPages: 20,
} as const;

/** What a page rule can say. `none`: this page is nothing, whatever later rules say; `done`: the checkout is over. */
export const RULE_OUTCOMES = [...CONTEXT_KINDS, 'done'] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];
/** Rules that ship, in the order in which a new site tries them. */
export const CONTEXT_SETS = ['vtex', 'shopify', 'woocommerce', 'magento', 'prestashop', 'bigcommerce', 'generic'] as const;
export type ContextSet = (typeof CONTEXT_SETS)[number];

const text = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
const ruleId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/));
const patternFields = {
  /** '' = every host. A label may be `*`; `**` stands for any number of labels: `checkout.**`. */
  host: v.optional(text(RULE_LIMITS.hostChars), ''),
  /** `/products/*`: see the small glob of domain/rules. */
  path: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(RULE_LIMITS.pathChars)),
  /** `name`, `name=value`, joined by `&`: parameters that the site keeps. '' = any. */
  query: v.optional(text(RULE_LIMITS.queryChars), ''),
  /** Route behind `#` of a site that routes by hash. '' = any. */
  hash: v.optional(text(RULE_LIMITS.pathChars), ''),
};
export const PagePattern = v.strictObject(patternFields);
export type PagePattern = v.InferOutput<typeof PagePattern>;

const ruleFields = { id: ruleId, context: v.picklist(RULE_OUTCOMES), ...patternFields, note: v.optional(text(RULE_LIMITS.noteChars), '') };
const OwnRule = v.strictObject({ kind: v.literal('rule'), enabled: v.optional(v.boolean(), true), ...ruleFields });
const ShippedSet = v.strictObject({
  kind: v.literal('set'),
  set: v.picklist(CONTEXT_SETS),
  enabled: v.optional(v.boolean(), true),
  /** Ids of its rules that do not count. */
  off: v.optional(v.pipe(v.array(ruleId), v.maxLength(100)), []),
});
/** In order: the first rule that matches a page decides. A set that is not named is off. */
export const ContextEntry = v.variant('kind', [OwnRule, ShippedSet]);
export type ContextEntry = v.InferOutput<typeof ContextEntry>;
const contextEntries = v.pipe(v.array(ContextEntry), v.maxLength(RULE_LIMITS.rules + CONTEXT_SETS.length));
export const ContextsBody = v.strictObject({ entries: contextEntries });
export type ContextsBody = v.InferOutput<typeof ContextsBody>;

export interface ContextRule extends PagePattern {
  readonly id: string;
  readonly context: RuleOutcome;
  readonly note: string;
}
/** GET and PUT /sites/:id/contexts. */
export interface SiteContexts {
  readonly entries: readonly ContextEntry[];
  /** What each shipped set says, in its order. */
  readonly sets: readonly { readonly set: ContextSet; readonly rules: readonly ContextRule[] }[];
}

const goalFields = {
  /** Absent: a new goal, whose id is made of its name. Checkout and Lead captured are `checkout` and `lead-captured`. */
  id: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(RULE_LIMITS.goalNameChars))),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(RULE_LIMITS.goalNameChars)),
  enabled: v.optional(v.boolean(), true),
  /** A visit that comes to one of these pages has reached it. */
  pages: v.optional(v.pipe(v.array(PagePattern), v.maxLength(RULE_LIMITS.goalPages)), []),
  /** What the text above a form in chat begins with, whose submission reaches it; '' = none. */
  form: v.optional(text(200), ''),
};
export const GoalEntry = v.strictObject(goalFields);
export type GoalEntry = v.InferOutput<typeof GoalEntry>;
export const GoalsBody = v.strictObject({ goals: v.pipe(v.array(GoalEntry), v.maxLength(RULE_LIMITS.goals)) });
export type GoalsBody = v.InferOutput<typeof GoalsBody>;

export interface Goal {
  /** Stays when the name changes; visits and reports keep it. */
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly pages: readonly PagePattern[];
  readonly form: string;
}
/** A goal that a page of the site declared and nobody has defined: it does not count. */
export interface UnknownGoal {
  readonly name: string;
  readonly count: number;
  readonly lastAt: number;
}
/** GET and PUT /sites/:id/goals. */
export interface SiteGoals {
  readonly goals: readonly Goal[];
  /** Latest first, since the server started, at most 20. */
  readonly unknown: readonly UnknownGoal[];
}

/** POST /sites/:id/contexts/try. What is not said is as saved. */
export const TryPageBody = v.strictObject({
  url: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LIMITS.urlChars)),
  entries: v.optional(contextEntries),
  goals: v.optional(GoalsBody.entries.goals),
});
/** One rule that matches a page. `from` 'own': a rule of the site's. */
export interface MatchingRule extends ContextRule {
  readonly from: 'own' | ContextSet;
}
export interface TriedPage {
  /** As agents see it: without what the site does not keep. Rules see no more. */
  readonly url: string;
  readonly context: RuleOutcome;
  /** null: no rule matches. */
  readonly by: MatchingRule | null;
  /** Those that would have matched after it, in order; at most 20. */
  readonly others: readonly MatchingRule[];
  /** Ids of goals that a visit to the page reaches. */
  readonly goals: readonly string[];
}

/** A goal that a visit has reached. */
export interface ReachedGoal {
  readonly goal: string;
  readonly at: number;
  /** 0: none was said. In whole hundredths. */
  readonly value: number;
  /** ISO 4217, '' when no value was said. */
  readonly currency: string;
}
