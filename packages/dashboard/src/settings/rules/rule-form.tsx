import { RULE_LIMITS, RULE_OUTCOMES } from '@foyer/protocol';
import { useId } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Rich } from '../../ui/rich.tsx';
import { Select } from '../setting.tsx';
import { PatternField, PatternFields } from './pattern-fields.tsx';
import type { FieldProblems, OwnRule } from './rules-draft.ts';

/** The fields of a rule. What is typed is the draft at once, so that an address can be tried against it. */
export function RuleForm({
  rule,
  problems,
  isTold,
  onChange,
  onRemove,
  onDone,
}: {
  readonly rule: OwnRule;
  readonly problems: FieldProblems;
  readonly isTold: boolean;
  readonly onChange: (rule: OwnRule) => void;
  readonly onRemove: () => void;
  readonly onDone: () => void;
}) {
  const id = useId();
  const words = t.rules.contexts;
  return (
    <form
      className="rule-form"
      data-testid="rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <div className="rule-outcome">
        <span className="label" id={`${id}o`}>
          {words.outcome}
        </span>
        <Select
          label={words.outcome}
          value={rule.context}
          options={RULE_OUTCOMES.map((value) => ({ value, word: t.rules.outcomes[value] }))}
          onChange={(context) => onChange({ ...rule, context })}
          testId="rule-outcome"
        />
        <p className="hint">{t.rules.outcomeHints[rule.context]}</p>
      </div>
      <PatternFields
        pattern={rule}
        problems={problems}
        isTold={isTold}
        autoFocus={rule.path === ''}
        onChange={(pattern) => onChange({ ...rule, ...pattern })}
      />
      <p className="hint rule-help">
        <Rich text={t.rules.patternHelp} />
      </p>
      <PatternField
        name="note"
        word={words.note}
        value={rule.note}
        most={RULE_LIMITS.noteChars}
        example={words.noteExample}
        problem={problems['note']}
        isTold={isTold}
        isText
        onChange={(note) => onChange({ ...rule, note })}
      />
      <div className="rule-foot">
        <button className="button button-ghost button-danger-text" type="button" onClick={onRemove}>
          {words.remove}
        </button>
        <span className="spacer" />
        <button className="button" type="submit" data-testid="rule-done">
          {t.rules.done}
        </button>
      </div>
    </form>
  );
}
