import { CHECKOUT, LEAD } from '@foyer/domain/rules';
import { type PagePattern, RULE_LIMITS } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Snippet } from '../snippet.tsx';
import { PatternField, PatternFields } from './pattern-fields.tsx';
import { type FieldProblems, goalCall, type GoalDraft, NO_PROBLEMS } from './rules-draft.ts';

const NEW_PAGE: PagePattern = { host: '', path: '', query: '', hash: '' };

/** What reaches a goal: pages, a form in chat, the site's own code. */
export function GoalForm({
  goal,
  problems,
  isTold,
  onChange,
  onRemove,
  onDone,
}: {
  readonly goal: GoalDraft;
  readonly problems: FieldProblems;
  readonly isTold: boolean;
  readonly onChange: (goal: GoalDraft) => void;
  /** null: it cannot be removed. */
  readonly onRemove: (() => void) | null;
  readonly onDone: () => void;
}) {
  const words = t.rules.goals;
  const put = (change: Partial<GoalDraft>): void => onChange({ ...goal, ...change });
  const ofPage = (i: number): FieldProblems => {
    const prefix = `pages.${i}.`;
    const own = Object.entries(problems).filter(([field]) => field.startsWith(prefix));
    return own.length === 0 ? NO_PROBLEMS : Object.fromEntries(own.map(([field, text]) => [field.slice(prefix.length), text]));
  };
  return (
    <form
      className="rule-form"
      data-testid="goal-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      {onRemove && (
        <PatternField
          name="name"
          word={words.name}
          value={goal.name}
          most={RULE_LIMITS.goalNameChars}
          example={words.nameExample}
          problem={problems['name']}
          isTold={isTold}
          isText
          autoFocus={goal.name === ''}
          onChange={(name) => put({ name })}
        />
      )}
      {goal.id === CHECKOUT && (
        <p className="hint">
          <Rich
            text={words.checkoutText}
            link={(text) => (
              <Link to="/settings/contexts" search={(before: { site?: string | undefined }) => ({ site: before.site })}>
                {text}
              </Link>
            )}
          />
        </p>
      )}
      {goal.id === LEAD && <p className="hint">{words.leadText}</p>}
      <fieldset className="goal-pages">
        <legend className="label">{words.pages}</legend>
        <p className="hint">
          <Rich text={t.rules.patternHelp} />
        </p>
        {goal.pages.map((page, i) => (
          <div className="goal-page" key={i} data-testid="goal-page" role="group" aria-label={words.page(i + 1)}>
            <PatternFields
              pattern={page}
              problems={ofPage(i)}
              isTold={isTold}
              autoFocus={page.path === ''}
              onChange={(next) => put({ pages: goal.pages.with(i, next) })}
            />
            <button
              className="icon-button"
              type="button"
              aria-label={words.removePage(i + 1)}
              title={words.removePage(i + 1)}
              onClick={() => put({ pages: goal.pages.toSpliced(i, 1) })}
            >
              <Icon name="x" size="sm" />
            </button>
          </div>
        ))}
        <button
          className="button button-sm"
          type="button"
          data-testid="add-page"
          disabled={goal.pages.length >= RULE_LIMITS.goalPages}
          onClick={() => put({ pages: [...goal.pages, NEW_PAGE] })}
        >
          <Icon name="plus" size="sm" />
          {words.addPage}
        </button>
      </fieldset>
      <PatternField
        name="form"
        word={words.form}
        value={goal.form}
        most={200}
        example={words.formExample}
        hint={words.formHint}
        problem={problems['form']}
        isTold={isTold}
        isText
        onChange={(form) => put({ form })}
      />
      <div>
        <p className="label">{words.code}</p>
        <p className="hint rules-hint">{words.codeHint}</p>
        <Snippet
          code={goalCall(goal.name || words.nameExample)}
          kind="JavaScript"
          label={words.codeOf(goal.name || words.newGoal)}
          testId="goal-call"
        />
      </div>
      <div className="rule-foot">
        {onRemove ? (
          <button className="button button-ghost button-danger-text" type="button" data-testid="remove-goal" onClick={onRemove}>
            {words.remove}
          </button>
        ) : (
          <span className="hint">{words.stays}</span>
        )}
        <span className="spacer" />
        <button className="button" type="submit" data-testid="goal-done">
          {t.rules.done}
        </button>
      </div>
    </form>
  );
}
