import { type AgentBody, CHAT_LIMITS, FIELD_TYPES } from '@foyer/protocol';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { bodyOfPlan, type FieldPlan, type FieldType, moved, type Plan, type PlanProblem, problemOf } from './builder-model.ts';
import { BuilderPreview } from './builder-preview.tsx';

const PROBLEMS = (): Record<PlanProblem, string> => ({
  text: t.composer.builder.needsText,
  one: t.composer.builder.needsOne,
  label: t.composer.builder.needsLabel,
  choices: t.composer.builder.needsChoices,
  long: t.composer.builder.tooLong,
});

/** Buttons to click or a form to fill in, built beside a preview of what the visitor gets. What stood in the field is its text. */
export function Builder({
  text,
  onSend,
  onClose,
}: {
  readonly text: string;
  readonly onSend: (body: AgentBody) => void;
  readonly onClose: () => void;
}) {
  const [plan, setPlan] = useState<Plan>(() => ({
    kind: 'buttons',
    text,
    buttons: [1, 2].map((key) => ({ key, label: '' })),
    fields: [{ key: 1, label: '', type: 'text', required: true, choices: '' }],
  }));
  const [isTold, setTold] = useState(false);
  const next = useRef(3);
  const list = useRef<HTMLDivElement>(null);
  const added = useRef(false);
  const words = t.composer.builder;
  const problem = problemOf(plan);
  const isForm = plan.kind === 'form';
  const count = isForm ? plan.fields.length : plan.buttons.length;
  const most = isForm ? CHAT_LIMITS.formFields : CHAT_LIMITS.buttons;

  useEffect(() => {
    if (added.current) [...(list.current?.querySelectorAll<HTMLInputElement>('.builder-label') ?? [])].at(-1)?.focus();
    added.current = false;
  }, [count]);

  const setField = (key: number, set: Partial<FieldPlan>): void =>
    setPlan({ ...plan, fields: plan.fields.map((field) => (field.key === key ? { ...field, ...set } : field)) });
  const move = (from: number, by: -1 | 1): void =>
    setPlan(isForm ? { ...plan, fields: moved(plan.fields, from, by) } : { ...plan, buttons: moved(plan.buttons, from, by) });
  const remove = (key: number): void =>
    setPlan(
      isForm
        ? { ...plan, fields: plan.fields.filter((one) => one.key !== key) }
        : { ...plan, buttons: plan.buttons.filter((one) => one.key !== key) },
    );
  const add = (): void => {
    const key = next.current;
    next.current += 1;
    added.current = true;
    setPlan(
      isForm
        ? { ...plan, fields: [...plan.fields, { key, label: '', type: 'text', required: false, choices: '' }] }
        : { ...plan, buttons: [...plan.buttons, { key, label: '' }] },
    );
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem) setTold(true);
    else onSend(bodyOfPlan(plan));
  };
  const tools = (i: number, key: number, what: string) => (
    <span className="builder-tools">
      <button
        className="icon-button icon-button-sm"
        type="button"
        aria-label={words.up(what)}
        disabled={i === 0}
        onClick={() => move(i, -1)}
      >
        <Icon name="up" size="sm" />
      </button>
      <button
        className="icon-button icon-button-sm"
        type="button"
        aria-label={words.down(what)}
        disabled={i === count - 1}
        onClick={() => move(i, 1)}
      >
        <Icon name="down" size="sm" />
      </button>
      <button className="icon-button icon-button-sm" type="button" aria-label={words.remove(what)} onClick={() => remove(key)}>
        <Icon name="x" size="sm" />
      </button>
    </span>
  );

  return (
    <Dialog label={words.title} className="builder" testId="builder" onClose={onClose}>
      <form onSubmit={submit}>
        <header className="builder-head">
          <h2>{words.title}</h2>
          <div className="segmented" role="group" aria-label={words.title}>
            {(['buttons', 'form'] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={plan.kind === kind}
                data-testid={`builder-${kind}`}
                onClick={() => {
                  setTold(false);
                  setPlan({ ...plan, kind });
                }}
              >
                {kind === 'form' ? words.form : words.buttons}
              </button>
            ))}
          </div>
          <button className="icon-button" type="button" aria-label={words.cancel} onClick={onClose}>
            <Icon name="x" />
          </button>
        </header>
        <div className="builder-body">
          <div className="builder-parts" ref={list}>
            <label>
              <span className="label">{words.text}</span>
              <textarea
                className="field builder-text"
                rows={2}
                dir="auto"
                autoFocus
                value={plan.text}
                placeholder={words.textExample[plan.kind]}
                data-testid="builder-text"
                onChange={(event) => setPlan({ ...plan, text: event.target.value })}
              />
            </label>
            {isForm
              ? plan.fields.map((field, i) => (
                  <fieldset className="builder-field" key={field.key}>
                    <legend className="visually-hidden">{words.field(i + 1)}</legend>
                    <div className="builder-line">
                      <input
                        className="field builder-label"
                        aria-label={words.field(i + 1)}
                        placeholder={i === 0 ? words.fieldExample : words.field(i + 1)}
                        dir="auto"
                        value={field.label}
                        maxLength={CHAT_LIMITS.buttonChars}
                        onChange={(event) => setField(field.key, { label: event.target.value })}
                      />
                      {tools(i, field.key, field.label || words.field(i + 1))}
                    </div>
                    <div className="builder-line">
                      <span className="select">
                        <select
                          className="field"
                          aria-label={`${words.type}, ${field.label || words.field(i + 1)}`}
                          value={field.type}
                          onChange={(event) => setField(field.key, { type: event.target.value as FieldType })}
                        >
                          {FIELD_TYPES.map((type) => (
                            <option key={type} value={type}>
                              {words.types[type]}
                            </option>
                          ))}
                        </select>
                        <Icon name="updown" size="sm" />
                      </span>
                      <label className="builder-check">
                        <input
                          type="checkbox"
                          checked={field.required}
                          onChange={(event) => setField(field.key, { required: event.target.checked })}
                        />
                        {words.required}
                      </label>
                    </div>
                    {field.type === 'choice' && (
                      <textarea
                        className="field builder-text"
                        rows={3}
                        dir="auto"
                        aria-label={words.choices}
                        placeholder={words.choices}
                        value={field.choices}
                        onChange={(event) => setField(field.key, { choices: event.target.value })}
                      />
                    )}
                  </fieldset>
                ))
              : plan.buttons.map((button, i) => (
                  <div className="builder-line" key={button.key}>
                    <input
                      className="field builder-label"
                      aria-label={words.button(i + 1)}
                      placeholder={
                        [words.buttonExamples.first, words.buttonExamples.second, words.buttonExamples.third][i] ?? words.button(i + 1)
                      }
                      dir="auto"
                      value={button.label}
                      maxLength={CHAT_LIMITS.buttonChars}
                      onChange={(event) =>
                        setPlan({
                          ...plan,
                          buttons: plan.buttons.map((one) => (one.key === button.key ? { ...one, label: event.target.value } : one)),
                        })
                      }
                    />
                    {tools(i, button.key, button.label || words.button(i + 1))}
                  </div>
                ))}
            {count < most && (
              <button className="button button-sm" type="button" data-testid="builder-add" onClick={add}>
                <Icon name="plus" size="sm" />
                {isForm ? words.addField : words.addButton}
              </button>
            )}
          </div>
          <BuilderPreview plan={plan} />
        </div>
        <footer className="builder-foot">
          {isTold && problem && (
            <p className="field-problem" role="alert">
              {PROBLEMS()[problem]}
            </p>
          )}
          <span className="spacer" />
          <button className="button" type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button className="button button-primary" type="submit" data-testid="builder-send">
            {words.send}
            <Icon name="send" />
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
