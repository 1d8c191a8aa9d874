export * from './context-cart.ts';
export { compileContexts, type ContextRules, defaultEntries, type RuleProblems } from './context-rules.ts';
export { shippedRules } from './context-shipped.ts';
export * from './filter.ts';
export * from './filter-match.ts';
export * from './fold.ts';
export { CHECKOUT, compileGoals, completeGoals, goalId, type Goals, LEAD, reach, shippedGoals, valueOf } from './goals.ts';
export { countryNames, isCountryCode, languageNames } from './names.ts';
export { NO_VERDICT, PageRules, type PageVerdict } from './page-rules.ts';
