import type { ContextRule } from '@foyer/protocol';
import { useId } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { dropMark, Handle, LineMenu, LineSwitch, type Placed } from './line-parts.tsx';
import { OutcomeTag } from './outcome-tag.tsx';
import { shippedNote } from './shipped-note.ts';
import { patternText, type SetEntry, withRuleOff } from './rules-draft.ts';

/** Rules that ship for one platform: switched off together, or one by one. */
export function SetLine({
  entry,
  rules,
  onChange,
  ...placed
}: Placed & { readonly entry: SetEntry; readonly rules: readonly ContextRule[]; readonly onChange: (entry: SetEntry) => void }) {
  const { index, count, reorder, isOpen, onToggle, onMove } = placed;
  const id = useId();
  const words = t.rules.sets;
  const name = t.rules.setName(entry.set);
  const off = rules.filter((rule) => entry.off.includes(rule.id)).length;
  return (
    <li
      className="rule-line"
      data-testid="rule"
      data-kind="set"
      data-set={entry.set}
      data-off={entry.enabled ? undefined : true}
      data-mark={dropMark(reorder, index)}
    >
      <div className="rule-row">
        <Handle name={name} index={index} count={count} reorder={reorder} />
        <button
          className="rule-name"
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          data-testid="show-set"
          onClick={() => onToggle(!isOpen)}
        >
          <span className="set-title">
            <b>{name}</b>
            <Icon name={isOpen ? 'up' : 'down'} size="sm" />
          </span>
          <span className="hint">{entry.enabled ? words.rules(rules.length, off) : words.off}</span>
        </button>
        <LineSwitch name={name} on={entry.enabled} onChange={(enabled) => onChange({ ...entry, enabled })} />
        <LineMenu name={name} index={index} count={count} onMove={onMove} />
      </div>
      {isOpen && (
        <ul className="set-rules" id={id} data-testid="set-rules" aria-label={words.rulesOf(name)}>
          {rules.map((rule) => {
            const pattern = patternText(rule);
            const isOff = entry.off.includes(rule.id);
            return (
              <li key={rule.id} id={`rule-${rule.id}`} data-testid="shipped-rule" data-off={isOff || !entry.enabled || undefined}>
                <OutcomeTag outcome={rule.context} />
                <span className="set-rule">
                  <bdi className="mono" title={pattern}>
                    {pattern}
                  </bdi>
                  {rule.note !== '' && <span className="hint">{shippedNote(rule.note)}</span>}
                </span>
                <button
                  className="switch"
                  type="button"
                  role="switch"
                  aria-checked={!isOff}
                  aria-label={t.rules.counts(pattern)}
                  disabled={!entry.enabled}
                  onClick={() => onChange(withRuleOff(entry, rule.id, !isOff))}
                />
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
