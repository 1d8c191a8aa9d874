import { useEffect, useRef } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';

const MOST = 6;

/** Questions of the greeting, in their order. A line left empty is none; Enter adds the next. */
export function QuickQuestions({
  questions,
  onChange,
}: {
  readonly questions: readonly string[];
  readonly onChange: (questions: string[]) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const added = useRef(false);
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    [...(list.current?.querySelectorAll('input') ?? [])].at(-1)?.focus();
  }, [questions.length]);
  const add = (): void => {
    if (questions.length >= MOST) return;
    added.current = true;
    onChange([...questions, '']);
  };
  return (
    <div className="setting look-text">
      <div>
        <p className="name">{t.look.questions}</p>
        <p className="hint">{t.look.questionsHint}</p>
      </div>
      <ul className="look-questions" ref={list}>
        {questions.map((question, at) => (
          // By place: two lines may say the same while one is typed.
          <li key={at}>
            <input
              className="field"
              type="text"
              dir="auto"
              maxLength={120}
              aria-label={t.look.question(at + 1)}
              placeholder={t.look.questionExample}
              value={question}
              data-testid="look-question"
              onChange={(event) => onChange(questions.map((one, i) => (i === at ? event.target.value : one)))}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                if (question.trim() !== '') add();
              }}
            />
            <button
              className="icon-button"
              type="button"
              aria-label={t.look.removeQuestion(at + 1)}
              title={t.look.removeQuestion(at + 1)}
              onClick={() => onChange(questions.filter((_, i) => i !== at))}
            >
              <Icon name="x" size="sm" />
            </button>
          </li>
        ))}
      </ul>
      {questions.length < MOST && (
        <button className="button button-sm" type="button" onClick={add} data-testid="look-add-question">
          <Icon name="plus" size="sm" />
          {t.look.addQuestion}
        </button>
      )}
    </div>
  );
}
