import { t } from '../../messages/catalogue.ts';
import { choicesOf, type FieldPlan, type Plan } from './builder-model.ts';

/** What the visitor gets, in the widget's shapes. A picture: nothing in it can be used. */
export function BuilderPreview({ plan }: { readonly plan: Plan }) {
  const words = t.composer.builder;
  return (
    <section className="builder-preview" aria-label={words.preview} data-testid="builder-preview">
      <h3>{words.preview}</h3>
      <div aria-hidden="true">
        <p className="bubble" dir="auto">
          {plan.text || words.textExample[plan.kind]}
        </p>
        {plan.kind === 'buttons' ? (
          <p className="preview-buttons">
            {plan.buttons.map(({ key, label }, i) => (
              <span key={key} dir="auto">
                {label || words.button(i + 1)}
              </span>
            ))}
          </p>
        ) : (
          <div className="preview-form">
            {plan.fields.map((field, i) => (
              <PreviewField key={field.key} field={field} n={i + 1} />
            ))}
            <span className="preview-submit">{words.submit}</span>
          </div>
        )}
      </div>
    </section>
  );
}

function PreviewField({ field, n }: { readonly field: FieldPlan; readonly n: number }) {
  const words = t.composer.builder;
  const label = (
    <b dir="auto">
      {field.label || words.field(n)} {!field.required && <small>{words.optional}</small>}
    </b>
  );
  if (field.type === 'check') {
    return (
      <p className="preview-check">
        <i /> {label}
      </p>
    );
  }
  return (
    <p>
      {label}
      <i className="preview-box" data-type={field.type} dir="auto">
        {field.type === 'choice' ? (choicesOf(field.choices)[0] ?? '') : ''}
      </i>
    </p>
  );
}
