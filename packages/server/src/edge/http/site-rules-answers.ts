/** What the API answers about rules and goals of a site: see answers.ts. */
import { CONTEXT_SETS, ContextEntry, type Goal, RULE_OUTCOMES, type SiteContexts, type SiteGoals, type TriedPage } from '@foyer/protocol';
import * as v from 'valibot';

const text = v.string();
const patternFields = { host: text, path: text, query: text, hash: text };
const ruleFields = { id: text, context: v.picklist(RULE_OUTCOMES), ...patternFields, note: text };

export const SiteContextsAnswer: v.GenericSchema<unknown, SiteContexts> = v.object({
  entries: v.array(ContextEntry),
  sets: v.array(v.object({ set: v.picklist(CONTEXT_SETS), rules: v.array(v.object(ruleFields)) })),
});

const GoalAnswer = v.object({
  id: text,
  name: text,
  enabled: v.boolean(),
  pages: v.array(v.object(patternFields)),
  form: text,
}) satisfies v.GenericSchema<unknown, Goal>;
export const SiteGoalsAnswer: v.GenericSchema<unknown, SiteGoals> = v.object({
  goals: v.array(GoalAnswer),
  unknown: v.array(v.object({ name: text, count: v.pipe(v.number(), v.integer()), lastAt: v.number() })),
});

const matching = v.object({ from: v.picklist(['own', ...CONTEXT_SETS]), ...ruleFields });
export const TriedPageAnswer: v.GenericSchema<unknown, TriedPage> = v.object({
  url: v.pipe(text, v.description('As agents see it: without what the site does not keep. Rules see no more.')),
  context: v.picklist(RULE_OUTCOMES),
  by: v.nullable(matching),
  others: v.array(matching),
  goals: v.array(text),
});
