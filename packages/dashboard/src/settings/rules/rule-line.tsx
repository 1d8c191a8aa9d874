import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { dropMark, Handle, LineMenu, LineSwitch, type Placed } from './line-parts.tsx';
import { OutcomeTag } from './outcome-tag.tsx';
import { RuleForm } from './rule-form.tsx';
import { type FieldProblems, type OwnRule, patternText } from './rules-draft.ts';

/** One of the site's own rules: what it says in one line, and its fields when it is open. */
export function RuleLine({
  rule,
  problems,
  isTold,
  onChange,
  onRemove,
  ...placed
}: Placed & {
  readonly rule: OwnRule;
  readonly problems: FieldProblems;
  readonly isTold: boolean;
  readonly onChange: (rule: OwnRule) => void;
  readonly onRemove: () => void;
}) {
  const { index, count, reorder, isOpen, onToggle, onMove } = placed;
  const words = t.rules.contexts;
  const pattern = patternText(rule);
  const name = pattern === '' ? words.newRule : pattern;
  const isWrong = Object.keys(problems).length > 0;
  return (
    <li
      className="rule-line"
      id={`rule-${rule.id}`}
      data-testid="rule"
      data-kind="rule"
      data-off={rule.enabled ? undefined : true}
      data-mark={dropMark(reorder, index)}
    >
      <div className="rule-row">
        <Handle name={name} index={index} count={count} reorder={reorder} />
        <OutcomeTag outcome={rule.context} />
        <button className="rule-name" type="button" aria-expanded={isOpen} data-testid="edit-rule" onClick={() => onToggle(!isOpen)}>
          <bdi className="mono truncate">{name}</bdi>
          {rule.note !== '' && (
            <span className="hint truncate" dir="auto">
              {rule.note}
            </span>
          )}
        </button>
        {isWrong && !isOpen && (
          <span className="rule-wrong">
            <Icon name="warn" size="sm" />
            <span className="visually-hidden">{t.rules.wrong}</span>
          </span>
        )}
        <LineSwitch name={name} on={rule.enabled} onChange={(enabled) => onChange({ ...rule, enabled })} />
        <LineMenu
          name={name}
          index={index}
          count={count}
          onMove={onMove}
          more={[
            { id: 'edit', label: words.edit, onSelect: () => onToggle(true) },
            { id: 'remove', label: words.remove, onSelect: onRemove },
          ]}
        />
      </div>
      {isOpen && (
        <RuleForm rule={rule} problems={problems} isTold={isTold} onChange={onChange} onRemove={onRemove} onDone={() => onToggle(false)} />
      )}
    </li>
  );
}
