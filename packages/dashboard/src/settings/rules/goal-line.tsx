import { CHECKOUT, LEAD } from '@foyer/domain/rules';
import { t } from '../../messages/catalogue.ts';
import { listAnd } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { goalWord } from '../../words/goals.ts';
import { GoalForm } from './goal-form.tsx';
import { LineSwitch } from './line-parts.tsx';
import type { FieldProblems, GoalDraft } from './rules-draft.ts';

/** Whether it is one of the two that every site has: switched off at most, and called the same everywhere. */
const isShipped = ({ id }: Pick<GoalDraft, 'id'>): boolean => id === CHECKOUT || id === LEAD;

/** Everything that reaches a goal, in a few words. */
function waysOf(goal: GoalDraft): string {
  const words = t.rules.goals.ways;
  const ways: string[] = [];
  if (goal.id === CHECKOUT) ways.push(words.done);
  if (goal.id === LEAD) ways.push(words.contact);
  if (goal.pages.length > 0) ways.push(words.pages(goal.pages.length));
  if (goal.form !== '') ways.push(words.form);
  ways.push(words.code);
  return t.rules.goals.reachedBy(listAnd(ways));
}

export function GoalLine({
  goal,
  problems,
  isTold,
  isOpen,
  onToggle,
  onChange,
  onRemove,
}: {
  readonly goal: GoalDraft;
  readonly problems: FieldProblems;
  readonly isTold: boolean;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onChange: (goal: GoalDraft) => void;
  readonly onRemove: () => void;
}) {
  const words = t.rules.goals;
  const name = goal.id !== undefined && isShipped(goal) ? goalWord(goal.id, undefined) : goal.name || words.newGoal;
  const isWrong = Object.keys(problems).length > 0;
  return (
    <li className="rule-line" data-testid="goal" data-goal={goal.id ?? ''} data-off={goal.enabled ? undefined : true}>
      <div className="rule-row">
        <span className="goal-mark">
          <Icon name="goal" size="sm" />
        </span>
        <button className="rule-name" type="button" aria-expanded={isOpen} data-testid="edit-goal" onClick={() => onToggle(!isOpen)}>
          <span className="set-title">
            <b>
              <bdi>{name}</bdi>
            </b>
            <Icon name={isOpen ? 'up' : 'down'} size="sm" />
          </span>
          <span className="hint">{goal.enabled ? waysOf(goal) : words.off}</span>
        </button>
        {isWrong && !isOpen && (
          <span className="rule-wrong">
            <Icon name="warn" size="sm" />
            <span className="visually-hidden">{t.rules.wrong}</span>
          </span>
        )}
        <LineSwitch name={name} on={goal.enabled} onChange={(enabled) => onChange({ ...goal, enabled })} />
      </div>
      {isOpen && (
        <GoalForm
          goal={goal}
          problems={problems}
          isTold={isTold}
          onChange={onChange}
          onRemove={isShipped(goal) ? null : onRemove}
          onDone={() => onToggle(false)}
        />
      )}
    </li>
  );
}
