import type { ReachedGoal } from '@foyer/protocol';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { useGoalWords } from '../../visitors/use-goal-words.ts';
import { goalValue } from '../../words/goals.ts';
import { Clock } from './transcript-line.tsx';

/** A goal that was reached while the conversation went on: only the team sees it. */
export function GoalLine({ reached, site }: { readonly reached: ReachedGoal; readonly site: string }) {
  const wordOf = useGoalWords(site, [reached.goal]);
  const value = goalValue(reached);
  return (
    <li className="event" data-testid="event" data-event="goal" data-goal={reached.goal}>
      <Icon name="goal" />
      <span>
        {t.inbox.events.reached} <b dir="auto">{wordOf(reached.goal)}</b>
        {value !== '' && <span className="num"> {value}</span>}
      </span>
      <Clock at={reached.at} />
    </li>
  );
}
