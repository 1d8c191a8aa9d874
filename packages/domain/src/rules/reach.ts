import { type ReachedGoal, RULE_LIMITS } from '@foyer/protocol';

/**
 * Goals of a visit, or of a conversation, after this one was reached; the same list when that is no news. A goal counts once, with the
 * time and value of its first; one that came without a value (a page rule) takes the value that the page then says.
 */
export function reach(goals: readonly ReachedGoal[], now: ReachedGoal): readonly ReachedGoal[] {
  const at = goals.findIndex(({ goal }) => goal === now.goal);
  const first = goals[at];
  if (!first) return goals.length >= RULE_LIMITS.goals ? goals : [...goals, now];
  if (first.value > 0 || now.value === 0) return goals;
  return goals.with(at, { ...first, value: now.value, currency: now.currency });
}
