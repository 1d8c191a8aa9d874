import { type ComponentChildren, h } from 'preact';
import type { FormField } from '@foyer/protocol/link';
import { change, state } from './state.ts';

/** One question of any form: before a chat, in a message, out of hours. Nothing is controlled: what is typed stays where it is. */
export interface Question extends Pick<FormField, 'id' | 'label' | 'type' | 'required'> {
  readonly choices?: readonly string[];
  readonly hint?: string;
  readonly initial?: string;
  /** Whether an optional one is marked so. */
  readonly isBare?: boolean;
}
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;
const TYPES: Partial<Record<FormField['type'], 'email' | 'tel' | 'number' | 'date'>> = {
  email: 'email',
  phone: 'tel',
  number: 'number',
  date: 'date',
};
const COMPLETE: Partial<Record<FormField['type'], string>> = { email: 'email', phone: 'tel' };
/** Few short ones can all be seen at once. */
const fitsInARow = (choices: readonly string[]): boolean => choices.length < 5 && choices.join('').length < 24;

function Field({
  of: { id, label, type, required, choices = [], hint, initial, isBare },
  form,
}: {
  readonly of: Question;
  readonly form: string;
}) {
  const { texts, errors } = state;
  const error = errors[`${form} ${id}`];
  const name = `${form}-${id}`;
  const common = {
    class: 'in',
    name: id,
    id: name,
    required,
    'aria-invalid': !!error,
    'aria-describedby': error ? `${name}-error` : undefined,
  };
  const caption = (
    <span>
      {label} {!required && !isBare && type !== 'check' && <small>{texts.optional}</small>}
    </span>
  );
  const wrong = error && (
    <small class="error" id={`${name}-error`}>
      {error}
    </small>
  );
  if (type === 'choice' && fitsInARow(choices))
    return (
      <fieldset>
        <legend>{caption}</legend>
        <div class="pick">
          {choices.map((choice) => (
            <label>
              <input type="radio" name={id} value={choice} required={required} />
              <span>{choice}</span>
            </label>
          ))}
        </div>
        {wrong}
      </fieldset>
    );
  if (type === 'check')
    return (
      <div class="field">
        <label class="check">
          <input type="checkbox" {...common} class="" value="✓" />
          <span>{label}</span>
        </label>
        {wrong}
      </div>
    );
  return (
    <div class="field">
      <label for={name}>{caption}</label>
      {type === 'choice' ? (
        <select {...common}>
          <option value="">{texts.choose}</option>
          {choices.map((choice) => (
            <option>{choice}</option>
          ))}
        </select>
      ) : type === 'long' ? (
        <textarea {...common} placeholder={hint} defaultValue={initial} maxLength={8_000} dir="auto" />
      ) : (
        <input
          {...common}
          type={(TYPES[type] ?? 'text') as 'text'}
          autocomplete={id === 'name' ? 'name' : (COMPLETE[type] ?? 'off')}
          placeholder={hint}
          defaultValue={initial}
          maxLength={1_000}
          dir={type === 'email' || type === 'phone' ? 'ltr' : 'auto'}
        />
      )}
      {wrong}
    </div>
  );
}

/** What was filled in by field id; null when something is missing or wrong: it is said at the field, and the first one has the focus. */
function filled(element: HTMLFormElement, form: string, questions: readonly Question[]): Record<string, string> | null {
  const { texts } = state;
  const data = new FormData(element);
  const errors: Record<string, string> = {};
  const values: Record<string, string> = {};
  for (const { id, type, required } of questions) {
    const value = String(data.get(id) ?? '').trim();
    if (value) values[id] = value;
    if (required && !value) errors[`${form} ${id}`] = texts.missing;
    else if (value && type === 'email' && !EMAIL.test(value)) errors[`${form} ${id}`] = texts.badEmail;
  }
  change({ errors });
  const [first] = Object.keys(errors);
  if (!first) return values;
  element.querySelector<HTMLElement>(`[name="${first.split(' ')[1]}"]`)?.focus();
  return null;
}

/** A form that says what is wrong by itself, in the widget's language. */
export const Form = ({
  id,
  of: questions,
  onDone,
  label,
  ...rest
}: {
  readonly id: string;
  readonly of: readonly Question[];
  readonly onDone: (values: Record<string, string>) => void;
  readonly label: string;
  readonly class: string;
  readonly title?: string;
  readonly intro?: string;
  readonly children?: ComponentChildren;
  readonly footer?: boolean;
}) => {
  const button = label && (
    <button class="act" type="submit">
      {label}
    </button>
  );
  return (
    <form
      class={rest.class}
      noValidate
      onSubmit={(event: Event) => {
        event.preventDefault();
        const values = filled(event.currentTarget as HTMLFormElement, id, questions);
        if (values) onDone(values);
      }}
    >
      {rest.title && <h3>{rest.title}</h3>}
      {rest.intro && <p>{rest.intro}</p>}
      {rest.footer ? (
        <div class="form fill">
          {questions.map((question) => (
            <Field of={question} form={id} />
          ))}
        </div>
      ) : (
        questions.map((question) => <Field of={question} form={id} />)
      )}
      {rest.footer ? <div class="end">{button}</div> : button}
      {rest.children}
    </form>
  );
};
