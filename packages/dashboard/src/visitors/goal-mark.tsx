import type { Row } from '@foyer/protocol';
import { late } from '../ui/late.tsx';

/** Few visits have reached one, and a list is there before their names. */
const GoalReached = late(() => import('./goal-reached.tsx').then((module) => module.GoalReached), { failed: () => null });

/** What a visit has reached: the mark, and how many when there are several. Nothing when there is none. */
export function GoalMark({ row }: { readonly row: Pick<Row, 'site' | 'goals'> }) {
  return row.goals === '' ? null : <GoalReached site={row.site} goals={row.goals.split(' ')} />;
}
