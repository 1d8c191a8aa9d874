import { t } from '../messages/catalogue.ts';
import { listAnd, number } from '../messages/format.ts';
import { Icon } from '../ui/icons.tsx';
import { useGoalWords } from './use-goal-words.ts';

export function GoalReached({ site, goals }: { readonly site: string; readonly goals: readonly string[] }) {
  const wordOf = useGoalWords(site, goals);
  const text = t.visitors.row.reached(listAnd(goals.map(wordOf)));
  return (
    <span className="returning goal-mark" title={text} data-testid="goal-mark">
      <Icon name="goal" />
      <span className="visually-hidden">{text}</span>
      {goals.length > 1 && <span aria-hidden="true">{number(goals.length)}</span>}
    </span>
  );
}
