import type { Site } from '@foyer/protocol';
import { useQueries } from '@tanstack/react-query';
import { goalsQuery } from '../api/rules-api.ts';
import { goalWord } from '../words/goals.ts';

export interface GoalNames {
  /** The name it has now; what its id says where no site has it any more. */
  readonly of: (goal: string, site: string) => string;
  /** Of all sites, or of `only`, each id once, by name. */
  readonly all: readonly { readonly id: string; readonly name: string }[];
}

/** Goals are kept by id; people know them by the names that a site gives them. */
export function useGoalNames(sites: readonly Site[], only: string | undefined): GoalNames {
  return useQueries({
    queries: sites.map(({ id }) => goalsQuery(id)),
    combine: (answers): GoalNames => {
      const bySite = new Map(sites.map(({ id }, i) => [id, answers[i]?.data?.goals]));
      const everywhere = [...bySite.values()].flatMap((goals) => goals ?? []);
      const offered = only === undefined ? everywhere : (bySite.get(only) ?? []);
      const names = new Map(offered.map(({ id }) => [id, goalWord(id, offered)]));
      return {
        of: (goal, site) => goalWord(goal, bySite.get(site)?.some(({ id }) => id === goal) ? bySite.get(site) : everywhere),
        all: [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
      };
    },
  });
}
