import { useQuery } from '@tanstack/react-query';
import { goalsQuery } from '../api/rules-api.ts';
import { goalWord } from '../words/goals.ts';
import { t } from '../messages/catalogue.ts';

/** Names of goals of a site, as they are now. Those that ship are known without asking. */
export function useGoalWords(site: string, goals: readonly string[]): (goal: string) => string {
  const isKnown = goals.every((goal) => Object.hasOwn(t.words.goals, goal));
  const { data } = useQuery({ ...goalsQuery(site), enabled: !isKnown });
  return (goal) => goalWord(goal, data?.goals);
}
