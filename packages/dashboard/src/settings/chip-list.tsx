import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { Setting } from './setting.tsx';

/** A list of short texts: chips with a cross, and a field that opens to add one. `parse` answers the text to keep, or what is wrong with it. */
export function ChipList({
  name,
  hint,
  chips,
  placeholder,
  parse,
  onChange,
}: {
  readonly name: string;
  readonly hint: ReactNode;
  readonly chips: readonly string[];
  readonly placeholder: string;
  readonly parse: (text: string) => { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };
  readonly onChange: (chips: string[]) => void;
}) {
  const id = useId();
  const [adding, setAdding] = useState(false);
  const [problem, setProblem] = useState('');
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const parsed = parse(String(new FormData(form).get('chip') ?? '').trim());
    if (!parsed.ok) return setProblem(parsed.problem);
    setProblem('');
    form.reset();
    if (!chips.includes(parsed.value)) onChange([...chips, parsed.value]);
  };
  const below = (
    <>
      {chips.length > 0 && (
        <ul className="chips">
          {chips.map((chip) => (
            <li key={chip} className="token num">
              {chip}
              <button type="button" aria-label={t.settings.chips.remove(chip)} onClick={() => onChange(chips.filter((c) => c !== chip))}>
                <Icon name="x" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <form className="chip-form" onSubmit={add}>
          <input
            className="field"
            name="chip"
            aria-label={t.settings.chips.addTo(name)}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            autoFocus
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? `${id}p` : undefined}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setAdding(false);
            }}
          />
          <button className="button" type="submit">
            {t.settings.chips.add}
          </button>
        </form>
      )}
      {problem && (
        <p className="field-problem" id={`${id}p`}>
          {problem}
        </p>
      )}
    </>
  );
  return (
    <Setting name={name} hint={hint} below={below}>
      {!adding && (
        <button className="button" type="button" aria-label={t.settings.chips.addTo(name)} onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {t.settings.chips.add}
        </button>
      )}
    </Setting>
  );
}
