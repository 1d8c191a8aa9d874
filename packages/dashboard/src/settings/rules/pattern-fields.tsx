import { type PagePattern, RULE_LIMITS } from '@foyer/protocol';
import { useId, useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { problemText } from './problems.ts';
import type { FieldProblems } from './rules-draft.ts';

/** One text of a rule, with what is wrong with it below. An empty one is only told after it was left, or when all is to be saved. */
export function PatternField({
  name,
  word,
  value,
  most,
  example = '',
  hint,
  problem,
  isTold = false,
  isText = false,
  autoFocus = false,
  onChange,
}: {
  readonly name: string;
  readonly word: string;
  readonly value: string;
  readonly most: number;
  readonly example?: string;
  readonly hint?: string;
  readonly problem: string | undefined;
  readonly isTold?: boolean;
  /** Words of people, not a pattern. */
  readonly isText?: boolean;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const [wasLeft, setLeft] = useState(false);
  const shown = problem !== undefined && (isTold || wasLeft || value !== '') ? problemText(problem) : '';
  return (
    <div className={`pattern-field is-${name}`}>
      <label className="label" htmlFor={id}>
        {word}
      </label>
      <input
        className={isText ? 'field' : 'field mono'}
        id={id}
        name={name}
        value={value}
        maxLength={most}
        placeholder={example}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={isText}
        dir={isText ? 'auto' : 'ltr'}
        autoFocus={autoFocus}
        aria-invalid={shown !== '' || undefined}
        aria-describedby={shown !== '' ? `${id}p` : hint ? `${id}h` : undefined}
        onBlur={() => setLeft(true)}
        onChange={(event) => onChange(event.target.value)}
      />
      {shown !== '' ? (
        <p className="field-problem" id={`${id}p`} data-testid={`problem-${name}`}>
          {shown}
        </p>
      ) : (
        hint && (
          <p className="hint" id={`${id}h`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** Which pages: path, and host, parameters and hash route where the path alone does not tell. */
export function PatternFields({
  pattern,
  problems,
  isTold,
  autoFocus = false,
  onChange,
}: {
  readonly pattern: PagePattern;
  readonly problems: FieldProblems;
  readonly isTold: boolean;
  readonly autoFocus?: boolean;
  readonly onChange: (pattern: PagePattern) => void;
}) {
  const { host, path, query, hash } = pattern;
  const words = t.rules.fields;
  const put = (change: Partial<PagePattern>): void => onChange({ host, path, query, hash, ...change });
  return (
    <div className="pattern-fields">
      <PatternField
        name="path"
        word={words.path}
        value={path}
        most={RULE_LIMITS.pathChars}
        example="/products/*"
        problem={problems['path']}
        isTold={isTold}
        autoFocus={autoFocus}
        onChange={(next) => put({ path: next })}
      />
      <PatternField
        name="host"
        word={words.host}
        value={host}
        most={RULE_LIMITS.hostChars}
        example={words.anyHost}
        problem={problems['host']}
        isTold={isTold}
        onChange={(next) => put({ host: next })}
      />
      <PatternField
        name="query"
        word={words.query}
        value={query}
        most={RULE_LIMITS.queryChars}
        example="q"
        hint={words.queryHint}
        problem={problems['query']}
        isTold={isTold}
        onChange={(next) => put({ query: next })}
      />
      <PatternField
        name="hash"
        word={words.hash}
        value={hash}
        most={RULE_LIMITS.pathChars}
        example="/cart"
        hint={words.hashHint}
        problem={problems['hash']}
        isTold={isTold}
        onChange={(next) => put({ hash: next })}
      />
    </div>
  );
}
